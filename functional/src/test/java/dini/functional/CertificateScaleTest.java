package dini.functional;

import static dini.core.Elementwise.square;
import static dini.core.Tensors.scalar;
import static dini.functional.Certificates.certify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.Tensor;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One unknown does not hide what happens to another, whatever their scales. */
class CertificateScaleTest {
  /** Two unknowns, or two parameters. */
  record P(Tensor a, Tensor b) {
    static P of(double a, double b) {
      return new P(scalar(a), scalar(b));
    }
  }

  /**
   * The roots are 1e6 t.a, which is found in one step from anywhere, and the square root of t.b.
   */
  private static P apart(P x, P t) {
    return new P(x.a().sub(t.a().mul(1e6)), square(x.b()).sub(t.b()));
  }

  private static P rootless(P x, P t) {
    return new P(x.a().sub(t.a().mul(1e6)), square(x.b()).add(t.b()));
  }

  private static void refused(Certificate<P> c) {
    assertThat(c.verdict()).as("%s", c).isEqualTo(Verdict.NO_ROOT_NEAR);
    assertThat(c.nonlinearity()).as("%s", c).isGreaterThan(0.4);
    assertThatThrownBy(() -> c.within(1e-2)).isInstanceOf(UncertifiedException.class);
  }

  private static final P FAR = P.of(1e6 + 1e3, 1e-3);

  @ParameterizedTest
  @ValueSource(doubles = {1e-16, 2e-9, 1e-8})
  void aLinearErrorDoesNotHideANearDoubleRoot(double b) {
    for (double weight : new double[] {1, 100}) {
      Function<P, Tensor> loss = x -> x.a().add(x.b().mul(weight));
      refused(certify(CertificateScaleTest::apart, loss, FAR, P.of(1, b)));
    }
  }

  @Test
  void aLinearErrorDoesNotHideThatThereIsNoRoot() {
    Function<P, Tensor> loss = x -> x.a().add(x.b());
    refused(certify(CertificateScaleTest::rootless, loss, FAR, P.of(1, 0.5e-6)));
  }

  @Test
  void aLinearErrorDoesNotHideADoubleRootAlsoWhereUnknownsAreMixed() {
    BiFunction<P, P, P> mixed =
        (x, t) -> new P(x.a().sub(t.a().mul(1e6)), square(x.b().sub(x.a().mul(0.25))).sub(t.b()));
    P x = P.of(1e6 + 1024, 0.25 * (1e6 + 1024) + 0x1p-10);
    refused(certify(mixed, z -> z.b(), x, P.of(1, 1e-16)));
  }

  @Test
  void theDerivativeShowsADoubleRootThatMixedUnknownsHide() {
    BiFunction<P, P, P> mixed =
        (x, t) -> new P(square(x.a()).sub(t.a()), square(x.b().sub(x.a().mul(0.25))).sub(t.b()));
    P x = P.of(1.05e6, 0.25 * 1.05e6 + 0x1p-10);
    Certificate<P> c = certify(mixed, z -> z.b().sub(z.a().mul(0.25)), x, P.of(1e12, 1e-16));
    assertThat(c.nonlinearity()).as("%s", c).isLessThan(0.4);
    assertThat(c.verdict()).as("%s", c).isEqualTo(Verdict.NO_ROOT_NEAR);
  }

  @Test
  void aCurvedErrorDoesNotHideANearDoubleRoot() {
    BiFunction<P, P, P> curved =
        (x, t) -> new P(square(x.a()).sub(t.a()), square(x.b()).sub(t.b()));
    refused(certify(curved, z -> z.a().add(z.b()), P.of(1.05e6, 1e-3), P.of(1e12, 1e-16)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-15, 1e-9, 1, 1e6, 1e12})
  void scalesOfUnknownsDoNotChangeTheVerdict(double unit) {
    BiFunction<P, P, P> apart =
        (x, t) -> new P(x.a().div(unit).sub(t.a().mul(1e6)), square(x.b()).sub(t.b()));
    Function<P, Tensor> loss = x -> x.a().div(unit).add(x.b());
    refused(certify(apart, loss, P.of(unit * (1e6 + 1e3), 1e-3), P.of(1, 1e-16)));
    P near = P.of(unit * (1e6 + 1e3), 1.1);
    Certificate<P> c = certify(apart, loss, near, P.of(1, 1));
    double error = Math.abs(c.derivative().b().toDouble() - 0.5);
    assertThat(c.bound()).as("%s", c).isBetween(error, 5 * error);
    assertThat(c.nonlinearity()).as("%s", c).isBetween(0.08, 0.12);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-12, 1e-5, 1e-3, 1e-2})
  void anUnknownThatIsRightAlreadyIsNoReasonToRefuse(double away) {
    // b is right, and the error is all in a
    BiFunction<P, P, P> driven =
        (x, t) ->
            new P(
                square(x.a()).add(x.b()).sub(t.a()),
                x.b().sub(t.b()).add(square(x.a().sub(1)).mul(3)));
    Certificate<P> c = certify(driven, z -> z.a().mul(z.b()), P.of(1 + away, 2), P.of(3, 2));
    // at the root (1, 2): a' = (t.a' - t.b') / 2, b' = t.b', and the loss is b a' + a b'
    double error = Math.hypot(c.derivative().a().toDouble() - 1, c.derivative().b().toDouble());
    assertThat(error).as("%s", c).isLessThanOrEqualTo(c.bound());
    assertThat(c.bound()).as("%s", c).isLessThan(5 * error + 1e-13);
  }
}
