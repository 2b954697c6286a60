package dini.functional.catalogue;

import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;

import dini.core.DType;
import dini.core.Tensor;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code u'Hv} of a weighted sum of results, by all four pairs of modes. */
class SecondOrderTest {

  static Stream<Entry> entries() {
    return Catalogue.differentiable().filter(Catalogue::hasFloatingResult);
  }

  @ParameterizedTest
  @MethodSource("entries")
  void allPairsOfModesAgree(Entry entry) {
    Sample.each(entry, DType.FLOAT64, 31).forEach(SecondOrderTest::checkPairs);
  }

  static void checkPairs(Sample sample) {
    Function<Tensor[], Tensor> g = sample.weighted();
    Tensor[] x = sample.point();
    Tensor[] u = sample.direction(3, x);
    Tensor[] v = sample.direction(4, x);
    Function<Tensor[], Tensor> slope = z -> jvp(g, z, v).tangent();
    Tensor second = jvp(slope, x, u).tangent();
    Tensor[] pushedGradient = jvp((Tensor[] z) -> grad(g, z), x, u).tangent();
    Tensor[] slopeGradient = grad(slope, x);
    Tensor[] gradient = grad((Tensor[] z) -> Sample.inner(grad(g, z), v), x);
    double scale =
        1
            + DerivativeTest.magnitude(pushedGradient, v)
            + DerivativeTest.magnitude(slopeGradient, u);
    double bound = DerivativeTest.ROUNDING * 10 * scale; // a derivative of a derivative
    double expected = second.toDouble();
    number(sample, "jvp of grad", expected, DerivativeTest.inner(pushedGradient, v), bound);
    number(sample, "grad of jvp", expected, DerivativeTest.inner(slopeGradient, u), bound);
    number(sample, "grad of grad", expected, DerivativeTest.inner(gradient, u), bound);
    if (sample.entry().kind() != Entry.Kind.FROZEN
        && sample.entry().kind() != Entry.Kind.ROUNDING) {
      Function<Tensor[], Tensor[]> first = z -> new Tensor[] {slope.apply(z)};
      Differences.check(sample, "jvp of jvp", first, x, u, new Tensor[] {second});
    }
  }

  private static void number(
      Sample sample, String law, double expected, double actual, double bound) {
    Close.number(sample, law + " = jvp of jvp", expected, actual, bound);
  }
}
