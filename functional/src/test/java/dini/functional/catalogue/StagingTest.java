package dini.functional.catalogue;

import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;

import dini.core.DType;
import dini.core.Tensor;
import dini.core.trace.Closed;
import dini.core.trace.Staging;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A recorded program is the function that it was recorded from, to the last bit. */
class StagingTest {

  static Stream<Entry> entries() {
    return Catalogue.all();
  }

  static Stream<Entry> differentiable() {
    return BatchTest.differentiable();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void programIsTheFunction(Entry entry) {
    for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
      Sample.eachAndLarge(entry, dtype, 51)
          .forEach(
              sample -> {
                Tensor[] x = sample.arguments();
                Closed program = Staging.stage(entry.operation()::apply, Sample.types(x));
                Close.bits(sample, "staged", entry.operation().apply(x), program.apply(x));
              });
    }
  }

  @ParameterizedTest
  @MethodSource("differentiable")
  void derivativesOfTheProgramAreThoseOfTheFunction(Entry entry) {
    Sample.each(entry, DType.FLOAT64, 52)
        .forEach(
            sample -> {
              Function<Tensor[], Tensor[]> f = sample.function();
              Function<Tensor[], Tensor> g = sample.weighted();
              Tensor[] x = sample.point();
              Tensor[] v = sample.direction(1, x);
              Closed program = Staging.stage(f::apply, Sample.types(x));
              Closed scalar = Staging.stage(z -> one(g.apply(z)), Sample.types(x));
              Tensor[] tangent = jvp(f, x, v).tangent();
              Tensor[] gradient = grad(g, x);
              Close.bits(sample, "jvp of staged", tangent, jvp(program::apply, x, v).tangent());
              Close.bits(
                  sample, "grad of staged", gradient, grad((Tensor[] z) -> scalar.apply(z)[0], x));
              Closed derivative = Staging.stage(z -> jvp(f, z, v).tangent(), Sample.types(x));
              Close.bits(sample, "staged jvp", tangent, derivative.apply(x));
              Closed slope = Staging.stage(z -> grad(g, z), Sample.types(x));
              Close.bits(sample, "staged grad", gradient, slope.apply(x));
            });
  }

  private static Tensor[] one(Tensor x) {
    return new Tensor[] {x};
  }
}
