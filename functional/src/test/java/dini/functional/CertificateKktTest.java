package dini.functional;

import static dini.core.Products.dot;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Certificates.certify;
import static dini.functional.Certificates.certifyJvp;
import static dini.functional.Certificates.certifyVjp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates of solutions under constraints: their roots must be solutions. */
class CertificateKktTest {
  /** The nearest point to t that is at most 1: 1 with the multiplier t - 1 if t > 1, else t. */
  private static final Kkt<Tensor, Tensor> NEAREST =
      Kkt.minimize((Tensor x, Tensor t) -> dot(x.sub(t), x.sub(t)).mul(0.5))
          .inequality((x, t) -> x.sub(1));

  private static KktPoint<Tensor> point(double x, double lambda) {
    return new KktPoint<>(tensor(x), zeros(0), tensor(lambda));
  }

  private static Certificate<Tensor> at(double x, double lambda, double t) {
    return certify(NEAREST, p -> dot(p.primal(), p.primal()), point(x, lambda), tensor(t));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-9, 1e-3, 1e-2})
  void certifiesSolutionsThatAreNotExact(double away) {
    Certificate<Tensor> active = at(1 + away, 2 - away, 3);
    assertThat(active.certified()).as("%s", active).isTrue();
    assertThat(Math.abs(active.derivative().item(0))).isLessThanOrEqualTo(active.bound());
    Certificate<Tensor> inactive = at(0.5 + away, away, 0.5);
    double error = Math.abs(inactive.derivative().item(0) - 1);
    assertThat(inactive.certified()).as("%s", inactive).isTrue();
    assertThat(error).as("%s", inactive).isLessThanOrEqualTo(inactive.bound());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-3})
  void refusesAMultiplierOfTheWrongSign(double away) {
    // x = 1, lambda = t - 1 = -1 solves the equations, but no minimum is there
    KktPoint<Tensor> x = point(1 + away, -1);
    Tensor t = tensor(0);
    assertThatThrownBy(() -> at(1 + away, -1, 0))
        .isInstanceOf(NotARootException.class)
        .hasMessageContaining("multiplier -1");
    assertThatThrownBy(() -> certifyVjp(NEAREST, x, t, point(1, 0)))
        .isInstanceOf(NotARootException.class);
    assertThatThrownBy(() -> certifyJvp(NEAREST, x, t, tensor(1)))
        .isInstanceOf(NotARootException.class);
  }

  @Test
  void refusesAPointThatViolatesAnInequality() {
    assertThatThrownBy(() -> at(3, 0, 3))
        .isInstanceOf(NotARootException.class)
        .hasMessageContaining("value 2");
  }

  @Test
  void aWeaklyActiveInequalityHasNoBound() {
    assertThat(at(1, 0, 1).verdict()).isEqualTo(Verdict.ILL_CONDITIONED);
    assertThat(at(1, 0, 1).bound()).isInfinite();
  }
}
