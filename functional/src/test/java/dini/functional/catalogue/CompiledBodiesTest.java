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

/**
 * Compiled functions that are called until the loops and branches in them are compiled as well: the
 * bits are those of the function, whose bodies are recorded anew in each call.
 */
class CompiledBodiesTest {
  private static final int CALLS = 25;

  static Stream<Entry> entries() {
    return Stream.concat(ControlFlowEntries.all().stream(), CustomEntries.all().stream());
  }

  static Stream<Entry> differentiable() {
    return entries().filter(Entry::differentiable).filter(Catalogue::hasFloatingResult);
  }

  @ParameterizedTest
  @MethodSource("entries")
  void valuesAndLanes(Entry entry) {
    for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
      Function<Tensor[], Tensor[]> f = x -> entry.operation().apply(x);
      Function<Tensor[], Tensor[]> mapped = x -> vmap(f, x);
      Sample.each(entry, dtype, 91)
          .forEach(
              sample -> {
                JitFunction<Tensor[], Tensor[]> compiled = jit(f);
                JitFunction<Tensor[], Tensor[]> lanes = jit(mapped);
                for (int call = 0; call < CALLS; call++) {
                  Sample other = new Sample(entry, sample.shapes(), dtype, 92 + call);
                  Tensor[] x = other.arguments();
                  Close.bits(other, "jit", f.apply(x), compiled.apply(x));
                  Tensor[] xs = other.lanes(3);
                  Close.bits(other, "jit of vmap", mapped.apply(xs), lanes.apply(xs));
                }
              });
    }
  }

  @ParameterizedTest
  @MethodSource("differentiable")
  void derivatives(Entry entry) {
    Sample.each(entry, DType.FLOAT64, 93)
        .forEach(
            sample -> {
              Function<Tensor[], Tensor[]> f = sample.function();
              Function<Tensor[], Tensor> g = sample.weighted();
              Tensor[] x = sample.point();
              Tensor[] v = sample.direction(1, x);
              Tensor[] gradient = grad(g, x);
              Tensor[] tangent = jvp(f, x, v).tangent();
              JitFunction<Tensor[], Tensor[]> back = jit((Tensor[] z) -> grad(g, z));
              JitFunction<Tensor[], Tensor[]> along = jit((Tensor[] z) -> jvp(f, z, v).tangent());
              for (int call = 0; call < CALLS; call++) {
                Close.bits(sample, "jit of grad", gradient, back.apply(x));
                Close.bits(sample, "jit of jvp", tangent, along.apply(x));
              }
            });
  }
}
