package dini.functional.catalogue;

import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.linearize;
import static dini.functional.Transforms.vjp;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dini.core.DType;
import dini.core.Elementwise;
import dini.core.LinearMap;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.functional.Jvp;
import dini.functional.Linearized;
import dini.functional.Vjp;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws of first derivatives. */
class DerivativeTest {
  /** Rounding of two ways to the same sum, relative to the sum of absolute terms. */
  static final double ROUNDING = 1e-12;

  /** As in FLOAT64, times the ratio of the units of rounding. */
  private static final double NARROW = 1e-4;

  static Stream<Entry> entries() {
    return Catalogue.differentiable();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void jvpIsTheLimitOfDifferences(Entry entry) {
    Sample.each(entry, DType.FLOAT64, 21).forEach(DerivativeTest::checkJvp);
  }

  static void checkJvp(Sample sample) {
    Function<Tensor[], Tensor[]> f = sample.function();
    Tensor[] x = sample.point();
    Tensor[] v = sample.direction(1, x);
    Jvp<Tensor[]> jvp = jvp(f, x, v);
    Close.bits(sample, "value under jvp", f.apply(x), jvp.value());
    assertEquals(Sample.types(jvp.value()), Sample.types(jvp.tangent()), sample::toString);
    switch (sample.entry().kind()) {
      case SMOOTH -> Differences.check(sample, "jvp", f, x, v, jvp.tangent());
      case LINEAR -> {
        Differences.check(sample, "jvp", f, x, v, jvp.tangent());
        Close.tensors(sample, "jvp of a linear function", f.apply(v), jvp.tangent(), ROUNDING);
      }
      case ROUNDING -> Close.bits(sample, "jvp of a linear function", f.apply(v), jvp.tangent());
      case FROZEN -> {
        for (Tensor tangent : jvp.tangent()) {
          assertEquals(Tensors.zerosLike(tangent), tangent, sample::toString);
        }
      }
      case VALUE -> {}
    }
  }

  @ParameterizedTest
  @MethodSource("entries")
  void pullbackIsTheTranspose(Entry entry) {
    Sample.each(entry, DType.FLOAT64, 22)
        .forEach(sample -> checkTranspose(sample, rounding(entry)));
    Sample.each(entry, DType.FLOAT32, 22).forEach(sample -> checkTranspose(sample, NARROW));
  }

  static void checkTranspose(Sample sample, double rounding) {
    Function<Tensor[], Tensor[]> f = sample.function();
    Tensor[] x = sample.point();
    Tensor[] v = sample.direction(1, x);
    Vjp<Tensor[], Tensor[]> vjp = vjp(f, x);
    Tensor[] u = sample.direction(2, vjp.value());
    Tensor[] pushed = jvp(f, x, v).tangent();
    Tensor[] pulled = vjp.pullback().apply(u);
    Close.bits(sample, "value under vjp", f.apply(x), vjp.value());
    assertEquals(Sample.types(x), Sample.types(pulled), sample::toString);
    double bound = rounding * (1 + magnitude(u, pushed) + magnitude(pulled, v));
    Close.number(sample, "<u, Jv> = <J'u, v>", inner(u, pushed), inner(pulled, v), bound);
  }

  @ParameterizedTest
  @MethodSource("entries")
  void linearizedMapIsLinearAndIsTheJvp(Entry entry) {
    Sample.each(entry, DType.FLOAT64, 23).forEach(DerivativeTest::checkLinearity);
  }

  static void checkLinearity(Sample sample) {
    Function<Tensor[], Tensor[]> f = sample.function();
    Tensor[] x = sample.point();
    Tensor[] v = sample.direction(1, x);
    Tensor[] w = sample.direction(2, x);
    Linearized<Tensor[], Tensor[]> linearized = linearize(f, x);
    LinearMap<Tensor[], Tensor[]> map = linearized.map();
    Close.bits(sample, "value under linearize", f.apply(x), linearized.value());
    Close.bits(sample, "linearized = jvp", jvp(f, x, v).tangent(), map.apply(v));
    Close.tensors(
        sample,
        "L(av + bw) = a Lv + b Lw",
        combine(1.5, map.apply(v), -0.75, map.apply(w)),
        map.apply(combine(1.5, v, -0.75, w)),
        rounding(sample.entry()));
  }

  static double rounding(Entry entry) {
    return entry.kind() == Entry.Kind.ROUNDING ? 0x1p-22 : ROUNDING;
  }

  private static Tensor[] combine(double a, Tensor[] v, double b, Tensor[] w) {
    Tensor[] sum = new Tensor[v.length];
    Arrays.setAll(sum, i -> Elementwise.add(v[i].mul(a), w[i].mul(b)));
    return sum;
  }

  static double inner(Tensor[] x, Tensor[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += Plain.dot(x[i].toArray(), y[i].toArray());
    }
    return sum;
  }

  static double magnitude(Tensor[] x, Tensor[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double[] a = x[i].toArray();
      double[] b = y[i].toArray();
      for (int k = 0; k < a.length; k++) {
        sum += Math.abs(a[k] * b[k]);
      }
    }
    return sum;
  }
}
