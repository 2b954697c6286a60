package dini.functional.catalogue;

import dini.core.DType;
import dini.core.Primitive;
import dini.core.Program;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.trace.Leaves;
import dini.core.trace.Staging;
import dini.functional.Transforms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The table of all operations, of all modules. */
final class Catalogue {
  private Catalogue() {}

  static final List<Entry> ALL =
      Stream.of(
              ElementwiseEntries.all(),
              SpecialEntries.all(),
              ChoiceEntries.all(),
              LossEntries.all(),
              ReductionEntries.all(),
              CumulativeEntries.all(),
              ShapeEntries.all(),
              RearrangementEntries.all(),
              DynamicSliceEntries.all(),
              IndexingEntries.all(),
              ScatterEntries.all(),
              SortingEntries.all(),
              ConvolutionEntries.all(),
              ProductEntries.all(),
              ContractionEntries.all(),
              LinearSystemEntries.all(),
              LinearAlgebraEntries.all(),
              MatrixFunctionEntries.all(),
              OptimizerEntries.all(),
              RandomEntries.all(),
              ControlFlowEntries.all(),
              CustomEntries.all())
          .flatMap(List::stream)
          .toList();

  static Stream<Entry> all() {
    return ALL.stream();
  }

  static Stream<Entry> differentiable() {
    return all().filter(Entry::differentiable);
  }

  /** Whether a derivative has anywhere to go. */
  static boolean hasFloatingResult(Entry entry) {
    Sample sample = new Sample(entry, entry.shapes().getFirst(), DType.FLOAT64, 1);
    return Sample.floating(entry.operation().apply(sample.arguments())).length > 0;
  }

  static Entry named(String name) {
    return all().filter(entry -> entry.name().equals(name)).findFirst().orElseThrow();
  }

  /**
   * The primitives that an operation and its derivatives run: seen in their recordings, not
   * declared, so that the table cannot be wrong about them.
   */
  static Set<Primitive> primitives(Sample sample) {
    Set<Primitive> found = new HashSet<>();
    Tensor[] arguments = sample.arguments();
    collect(
        Staging.stage(x -> sample.entry().operation().apply(x), Sample.types(arguments)).program(),
        found);
    if (sample.entry().differentiable() && hasFloatingResult(sample.entry())) {
      Tensor[] x = sample.point();
      Tensor[] u = sample.function().apply(x);
      List<TensorType> types = new ArrayList<>(Sample.types(x));
      types.addAll(Sample.types(u));
      Leaves pullback =
          both ->
              Transforms.vjp(sample.function(), Arrays.copyOf(both, x.length))
                  .pullback()
                  .apply(Arrays.copyOfRange(both, x.length, both.length));
      collect(Staging.stage(pullback, types).program(), found);
      Leaves moved = both -> Transforms.jvp(pullback::apply, both, both).tangent();
      collect(Staging.stage(moved, types).program(), found);
    }
    return found;
  }

  private static void collect(Program program, Set<Primitive> found) {
    for (Program.Equation equation : program.equations()) {
      found.add(equation.primitive());
    }
  }
}
