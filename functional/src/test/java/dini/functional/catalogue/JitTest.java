package dini.functional.catalogue;

import static dini.functional.Jit.jit;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vmap;

import dini.core.DType;
import dini.core.Tensor;
import dini.functional.JitFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A compiled function is the function, to the last bit, in every call. */
class JitTest {

  static Stream<Entry> entries() {
    return Catalogue.all();
  }

  static Stream<Entry> differentiable() {
    return BatchTest.differentiable();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void valuesAreThoseOfTheFunction(Entry entry) {
    for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
      JitFunction<Tensor[], Tensor[]> compiled = jit((Tensor[] x) -> entry.operation().apply(x));
      Sample.eachAndLarge(entry, dtype, 61)
          .forEach(
              sample -> {
                Tensor[] x = sample.arguments();
                Tensor[] y = new Sample(entry, sample.shapes(), dtype, 62).arguments();
                Tensor[] first = compiled.apply(x);
                Tensor[] second = compiled.apply(y);
                Close.bits(sample, "jit", entry.operation().apply(x), first);
                Close.bits(sample, "jit again", entry.operation().apply(y), second);
              });
    }
  }

  @ParameterizedTest
  @MethodSource("differentiable")
  void derivativesAreThoseOfTheFunction(Entry entry) {
    Stream.concat(Sample.each(entry, DType.FLOAT64, 63), Sample.each(entry, DType.FLOAT32, 63))
        .forEach(
            sample -> {
              Function<Tensor[], Tensor[]> f = sample.function();
              Function<Tensor[], Tensor> g = sample.weighted();
              Tensor[] x = sample.point();
              Tensor[] v = sample.direction(1, x);
              Tensor[] gradient = grad(g, x);
              Tensor[] tangent = jvp(f, x, v).tangent();
              Close.bits(sample, "jit of grad", gradient, jit((Tensor[] z) -> grad(g, z)).apply(x));
              Close.bits(sample, "grad of jit", gradient, grad(jit(g), x));
              Close.bits(
                  sample,
                  "jit of jvp",
                  tangent,
                  jit((Tensor[] z) -> jvp(f, z, v).tangent()).apply(x));
              Close.bits(sample, "jvp of jit", tangent, jvp(jit(f), x, v).tangent());
            });
  }

  @ParameterizedTest
  @MethodSource("entries")
  void lanesAreThoseOfTheFunction(Entry entry) {
    Function<Tensor[], Tensor[]> f = x -> entry.operation().apply(x);
    JitFunction<Tensor[], Tensor[]> compiled = jit(f);
    Sample.each(entry, DType.FLOAT64, 64)
        .forEach(
            sample -> {
              Tensor[] lanes = sample.lanes(3);
              Tensor[] expected = vmap(f, lanes);
              Close.bits(sample, "vmap of jit", expected, vmap(compiled, lanes));
              Close.bits(
                  sample, "jit of vmap", expected, jit((Tensor[] x) -> vmap(f, x)).apply(lanes));
            });
  }
}
