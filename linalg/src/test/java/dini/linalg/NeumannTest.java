package dini.linalg;

import static dini.core.Products.matmul;
import static dini.core.Tensors.floats;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.linalg.LinearSolvers.inv;
import static dini.linalg.LinearSolvers.neumann;
import static dini.linalg.LinearSystems.linearSolve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dini.core.DType;
import dini.core.LinearMap;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.Tensors;
import org.junit.jupiter.api.Test;

/** The truncated series: how many terms, what it says of itself, and where it is refused. */
class NeumannTest {
  private static final LinearMap<Tensor, Tensor> HALF = LinearMap.of(x -> x.mul(0.5), scalar(0));

  /** Not symmetric; the eigenvalues of I - A are 0.3 +- 0.2i. */
  private static final Tensor TURNING = tensor(new double[][] {{0.7, 0.2}, {-0.2, 0.7}});

  /** Solves by the definition, with plain operations. */
  private static Tensor byDefinition(Tensor a, Tensor b, int terms, double alpha, double ridge) {
    Tensor shifted = a.add(Tensors.eye(b.size()).mul(ridge));
    Tensor power = b;
    Tensor sum = zeros(b.size());
    for (int k = 0; k < terms; k++) {
      sum = sum.add(power);
      power = power.sub(matmul(shifted, power).mul(alpha));
    }
    return sum.mul(alpha);
  }

  @Test
  void numberOfTermsMeansTheSameInEveryPlace() {
    // 1, 1/2, 1/4, ... of the series of 2 = 1 / 0.5; the numbers are exact
    double[] partial = {1, 1.5, 1.75, 1.875};
    for (int terms = 1; terms <= 4; terms++) {
      Solution<Tensor> direct = neumann(terms).solve(x -> x.mul(0.5), scalar(1));
      assertThat(direct.value()).isEqualTo(scalar(partial[terms - 1]));
      assertThat(direct.steps()).isEqualTo(terms);
      assertThat(direct.residual()).isEqualTo(Math.pow(0.5, terms));
      assertThat(linearSolve(HALF, scalar(1), neumann(terms))).isEqualTo(direct.value());
    }
  }

  @Test
  void sumsTheDefinition() {
    Tensor b = tensor(3, -1);
    for (int terms = 1; terms <= 6; terms++) {
      Tensor expected = byDefinition(TURNING, b, terms, 0.9, 0.1);
      Solution<Tensor> sum =
          neumann(terms).withAlpha(0.9).withRidge(0.1).solve(x -> matmul(TURNING, x), b);
      assertThat(sum.status()).isEqualTo(Status.TRUNCATED);
      assertThat(sum.value().toArray()).containsExactly(expected.toArray(), within(1e-15));
    }
  }

  @Test
  void truncationIsNoFailureUnlessTheResidualIsTested() {
    assertThat(linearSolve(HALF, scalar(1), neumann(3))).isEqualTo(scalar(1.75));
    assertThat(neumann(3).solve(HALF, scalar(1)).converged()).isFalse();
    assertThat(neumann(3).solve(HALF, scalar(1)).toString()).contains("TRUNCATED", "withRtol");
    assertThatThrownBy(() -> linearSolve(HALF, scalar(1), neumann(3).withRtol(0.1)))
        .isInstanceOf(UnsolvedException.class)
        .hasMessageStartingWith(
            "linearSolve: the system of 1 unknowns was not solved by neumann(3).withRtol(0.1):"
                + " MAX_STEPS after 3 steps, residual 0.125");
    assertThat(linearSolve(HALF, scalar(1), neumann(3).withRtol(0.125))).isEqualTo(scalar(1.75));
    Solution<Tensor> tested = neumann(60).withRtol(1e-15).solve(HALF, scalar(1));
    assertThat(tested.status()).isEqualTo(Status.CONVERGED);
    assertThat(tested.value().toDouble()).isCloseTo(2, within(1e-15));
  }

  @Test
  void growingTermsAreRefused() {
    LinearMap<Tensor, Tensor> three = LinearMap.of(x -> x.mul(3), scalar(0));
    Solution<Tensor> grown = neumann(5).solve(three, scalar(1));
    assertThat(grown.status()).isEqualTo(Status.DIVERGED);
    assertThat(grown.residual()).isEqualTo(32);
    assertThatThrownBy(() -> linearSolve(three, scalar(1), neumann(5)))
        .isInstanceOf(UnsolvedException.class)
        .hasMessageContaining("DIVERGED")
        .hasMessageContaining("take an alpha below 2 over the largest eigenvalue");
    assertThat(neumann(5000).solve(three, scalar(1)).status()).isEqualTo(Status.DIVERGED);
    assertThat(neumann(40).withAlpha(0.4).solve(three, scalar(1)).residual()).isLessThan(1e-14);
    // the other sign
    assertThat(neumann(5).solve(three.scale(-0.2), scalar(1)).status()).isEqualTo(Status.DIVERGED);
    assertThat(neumann(40).withAlpha(-1).solve(three.scale(-0.2), scalar(1)).value().toDouble())
        .isCloseTo(-1 / 0.6, within(1e-15));
  }

  @Test
  void transposedSystems() {
    LinearMap<Tensor, Tensor> map = LinearMap.matrix(TURNING);
    Tensor b = tensor(1, 2);
    double[] exact = inv().solve(map.transpose(), b).value().toArray();
    assertThat(neumann(60).transpose().solve(map.transpose(), b).value().toArray())
        .containsExactly(exact, within(1e-14));
  }

  @Test
  void edgeCases() {
    assertThat(neumann(3).solve(HALF, scalar(0)))
        .isEqualTo(new Solution<>(scalar(0), Status.CONVERGED, 0, 0));
    assertThat(neumann(1).solve(HALF.scale(Double.NaN), scalar(1)).status())
        .isEqualTo(Status.NON_FINITE);
    assertThat(neumann(9).solve(HALF.scale(Double.NaN), scalar(1)).status())
        .isEqualTo(Status.NON_FINITE);
    assertThat(neumann(9).solve(HALF, scalar(Double.POSITIVE_INFINITY)).status())
        .isEqualTo(Status.NON_FINITE);
    assertThat(neumann(2).solve(x -> x, zeros(0)).value()).isEqualTo(zeros(0));
    // as small as numbers go
    assertThat(neumann(4).solve(HALF, scalar(Double.MIN_VALUE * 8)).value().toDouble())
        .isEqualTo(Double.MIN_VALUE * 15);
    Solution<Tensor> single = neumann(4).solve(x -> x.mul(0.5), floats(1, 2));
    assertThat(single.value()).isEqualTo(floats(1.875f, 3.75f));
    assertThat(single.value().dtype()).isEqualTo(DType.FLOAT32);
  }

  @Test
  void badNumbersAreRefused() {
    assertThatThrownBy(() -> neumann(0)).hasMessage("neumann: 0 terms, expected at least 1");
    assertThatThrownBy(() -> neumann(1).withAlpha(0))
        .hasMessage("neumann: alpha is zero, and so would be every term");
    assertThatThrownBy(() -> neumann(1).withAlpha(Double.NaN))
        .hasMessage("neumann: alpha NaN is not finite");
    assertThatThrownBy(() -> neumann(1).withRtol(-1))
        .hasMessage("neumann: rtol -1.0 is not a number >= 0");
    assertThatThrownBy(
            () -> neumann(2).solve(LinearMap.matrix(Tensors.ones(3, 2)), tensor(1, 2, 3)))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("neumann: needs a square map, got f64[2] -> f64[3]");
    assertThat(neumann(7).withAlpha(0.5).withRidge(0.1).withRtol(1e-3))
        .hasToString("neumann(7).withAlpha(0.5).withRidge(0.1).withRtol(0.001)");
  }
}
