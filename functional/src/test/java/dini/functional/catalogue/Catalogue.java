package dini.functional.catalogue;

import dini.core.Primitive;
import dini.core.Program;
import dini.core.Tensor;
import dini.core.trace.Staging;
import dini.functional.Transforms;
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
              ReductionEntries.all(),
              ShapeEntries.all(),
              IndexingEntries.all(),
              ProductEntries.all(),
              LinearSystemEntries.all())
          .flatMap(List::stream)
          .toList();

  static Stream<Entry> all() {
    return ALL.stream();
  }

  static Stream<Entry> differentiable() {
    return all().filter(Entry::differentiable);
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
    if (sample.entry().differentiable()
        && Sample.floating(sample.entry().operation().apply(arguments)).length > 0) {
      Tensor[] point = sample.point();
      collect(
          Staging.stage(x -> Transforms.grad(sample.weighted(), x), Sample.types(point)).program(),
          found);
    }
    return found;
  }

  private static void collect(Program program, Set<Primitive> found) {
    for (Program.Equation equation : program.equations()) {
      found.add(equation.primitive());
    }
  }
}
