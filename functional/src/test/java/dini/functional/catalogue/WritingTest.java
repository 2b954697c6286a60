package dini.functional.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dini.core.DType;
import dini.core.Program;
import dini.core.Program.Equation;
import dini.core.Tensor;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Reshape;
import dini.core.primitive.Rules;
import dini.core.primitive.Writing;
import dini.core.primitive.WritingAll;
import dini.core.trace.Bind;
import dini.core.trace.Closed;
import dini.core.trace.Staging;
import dini.functional.Transforms;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The laws that compiled programs lean on: who writes into given storage defines all of it,
 * whatever was there before, and nobody changes an argument.
 */
class WritingTest {

  static Stream<Entry> entries() {
    return Catalogue.all();
  }

  static Stream<Entry> differentiable() {
    return BatchTest.differentiable();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void definesAllStorageAndLeavesArgumentsAlone(Entry entry) {
    for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
      Sample.eachAndLarge(entry, dtype, 71)
          .forEach(
              sample -> {
                Tensor[] x = sample.arguments();
                walk(sample, Staging.stage(entry.operation()::apply, Sample.types(x)), x);
              });
    }
  }

  @ParameterizedTest
  @MethodSource("differentiable")
  void soDoDerivatives(Entry entry) {
    Sample.each(entry, DType.FLOAT64, 72)
        .forEach(
            sample -> {
              Tensor[] x = sample.point();
              walk(
                  sample,
                  Staging.stage(z -> Transforms.grad(sample.weighted(), z), Sample.types(x)),
                  x);
            });
  }

  /** Runs a program equation by equation. */
  private static void walk(Sample sample, Closed closed, Tensor[] inputs) {
    Program program = closed.program();
    DenseTensor[] values = new DenseTensor[program.variables().size()];
    Tensor[] constants = closed.constants();
    for (int i = 0; i < constants.length; i++) {
      values[i] = Bind.read(constants[i]);
    }
    for (int i = 0; i < inputs.length; i++) {
      values[constants.length + i] = Bind.read(inputs[i]);
    }
    for (Equation equation : program.equations()) {
      if (!(equation.primitive() instanceof Rules rules)) {
        return;
      }
      DenseTensor[] arguments =
          equation.operands().stream().map(i -> values[i]).toArray(DenseTensor[]::new);
      DenseTensor[] before =
          Arrays.stream(arguments).map(WritingTest::copy).toArray(DenseTensor[]::new);
      DenseTensor[] results = rules.evaluate(arguments);
      if (rules instanceof Writing writing) {
        for (boolean high : new boolean[] {false, true}) {
          DenseTensor out = poisoned(results[0], high);
          writing.write(arguments, out);
          assertThat(out).as("%s of %s", rules.label(), sample).isEqualTo(results[0]);
        }
        if (!(rules instanceof Reshape)) {
          assertThat(Arrays.stream(arguments).map(DenseTensor::data))
              .as("%s of %s", rules.label(), sample)
              .noneMatch(data -> data == results[0].data() && results[0].size() > 0);
        }
      }
      if (rules instanceof WritingAll writing) {
        for (boolean high : new boolean[] {false, true}) {
          DenseTensor[] out =
              Arrays.stream(results)
                  .map(result -> poisoned(result, high))
                  .toArray(DenseTensor[]::new);
          writing.write(arguments, out);
          assertThat(out).as("%s of %s", rules.label(), sample).isEqualTo(results);
        }
      }
      assertThat(arguments).as("arguments of %s of %s", rules.label(), sample).isEqualTo(before);
      for (int i = 0; i < results.length; i++) {
        values[equation.results().get(i)] = results[i];
      }
    }
  }

  private static DenseTensor copy(DenseTensor x) {
    DenseTensor copy = DenseTensor.allocate(x.type());
    System.arraycopy(x.data(), 0, copy.data(), 0, x.size());
    return copy;
  }

  private static DenseTensor poisoned(DenseTensor like, boolean high) {
    DenseTensor out = DenseTensor.allocate(like.type());
    switch (out.data()) {
      case double[] x -> Arrays.fill(x, high ? 1e300 : Double.NaN);
      case float[] x -> Arrays.fill(x, high ? 1e30f : Float.NaN);
      case int[] x -> Arrays.fill(x, high ? Integer.MAX_VALUE : -7);
      case long[] x -> Arrays.fill(x, high ? Long.MAX_VALUE : -7);
      case boolean[] x -> Arrays.fill(x, high);
      default -> throw new AssertionError(out);
    }
    return out;
  }
}
