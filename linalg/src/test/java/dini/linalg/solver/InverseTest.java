package dini.linalg.solver;

import static org.assertj.core.api.Assertions.assertThat;

import dini.core.DType;
import dini.core.LinearMap;
import dini.core.Products;
import dini.core.Shape;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.linalg.LinearAlgebra;
import dini.linalg.LinearSolver;
import dini.linalg.LinearSolvers;
import dini.linalg.Status;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Repeated solves with one map and its transpose, and the estimate of its condition. */
class InverseTest {
  private static Tensor random(int seed, int rows, int columns) {
    double[] values = new SplittableRandom(seed).doubles((long) rows * columns, -1, 1).toArray();
    return Tensors.tensor(Shape.of(rows, columns), values);
  }

  private static Operator operator(Tensor a) {
    return new MapOperator<>("test", LinearMap.matrix(a));
  }

  private static double[] product(Tensor a, double[] x) {
    return Products.matmul(a, Tensors.tensor(x)).toArray();
  }

  private static double oneNorm(Tensor a) {
    double largest = 0;
    for (int j = 0; j < a.shape().extent(1); j++) {
      double sum = 0;
      for (int i = 0; i < a.shape().extent(0); i++) {
        sum += Math.abs(a.item(i, j));
      }
      largest = Math.max(largest, sum);
    }
    return largest;
  }

  private static double[] ramp(int n) {
    double[] b = new double[n];
    for (int i = 0; i < n; i++) {
      b[i] = 1 - 0.3 * i;
    }
    return b;
  }

  @Test
  void oneNormIsALowerBoundAndRarelyFarBelow() {
    int exact = 0;
    for (int seed = 0; seed < 100; seed++) {
      int n = 1 + seed % 12;
      // of an inverse one column is far larger than the others, which is what it is for
      Tensor a = LinearAlgebra.inv(random(seed, n, n));
      OneNorm estimate = OneNorm.of(n, x -> product(a, x), y -> product(a.transpose(), y));
      double norm = oneNorm(a);
      assertThat(estimate.value()).as("seed %d", seed).isBetween(norm / 3, norm * (1 + 1e-14));
      exact += estimate.value() > norm * (1 - 1e-12) ? 1 : 0;
    }
    assertThat(exact).isGreaterThan(80);
  }

  @Test
  void signsOfTheColumnMakeTheLargestImage() {
    for (int seed = 0; seed < 20; seed++) {
      Tensor a = random(seed, 6, 6);
      OneNorm ofTransposed = OneNorm.of(6, x -> product(a.transpose(), x), y -> product(a, y));
      double largest = 0;
      for (double element : product(a, ofTransposed.signs())) {
        largest = Math.max(largest, Math.abs(element));
      }
      assertThat(largest).as("seed %d", seed).isGreaterThanOrEqualTo(ofTransposed.value() / 1.0001);
    }
  }

  @Test
  void alternatingSignsFindWhatCancellationHides() {
    // all products with the vector of equal elements and with unit vectors of the first column's
    // choice are small
    int n = 9;
    double[] values = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        values[i * n + j] = (j % 2 == 0 ? 1 : -1) * (i == 0 ? 1 : 0) + (i == j ? 1e-3 : 0);
      }
    }
    Tensor a = Tensors.tensor(Shape.of(n, n), values);
    OneNorm estimate = OneNorm.of(n, x -> product(a, x), y -> product(a.transpose(), y));
    assertThat(estimate.value()).isBetween(oneNorm(a) / 3, oneNorm(a) * 1.0000001);
  }

  @Test
  void solvesWithTheMapAndItsTranspose() {
    int n = 8;
    Tensor a = random(1, n, n).add(Tensors.eye(n).mul(3));
    double[] b = ramp(n);
    List<Inverse> inverses =
        List.of(
            Inverse.of(LinearSolvers.auto(), operator(a)),
            new IterativeInverse(LinearSolvers.normalCg().withRtol(1e-13), operator(a)));
    for (Inverse inverse : inverses) {
      assertThat(product(a, inverse.solve(false, b))).containsExactly(b, within());
      assertThat(product(a.transpose(), inverse.solve(true, b))).containsExactly(b, within());
      assertThat(inverse.status()).isEqualTo(Status.CONVERGED);
      double condition = oneNorm(a) * oneNorm(LinearAlgebra.inv(a));
      assertThat(inverse.condition(n)).isBetween(condition / 3, condition * (1 + 1e-9));
    }
  }

  private static Offset<Double> within() {
    return Offset.offset(1e-9);
  }

  @Test
  void magnitudesAreSumsOfMagnitudesWhereTheMatrixIsKnown() {
    Tensor a = Tensors.tensor(new double[][] {{1, -2}, {3, 4}});
    Inverse dense = Inverse.of(LinearSolvers.auto(), operator(a));
    assertThat(dense.magnitude(false, new double[] {1, 1})).containsExactly(3, 7);
    assertThat(dense.magnitude(true, new double[] {1, -1})).containsExactly(4, 6);
    assertThat(dense.norm()).isEqualTo(6);
    Inverse iterative = new IterativeInverse(LinearSolvers.normalCg(), operator(a));
    assertThat(iterative.magnitude(false, new double[] {1, 1})).containsExactly(1, 7);
  }

  @Test
  void reportsWhatCannotBeSolved() {
    Tensor singular = Tensors.tensor(new double[][] {{1, 2}, {2, 4}});
    Inverse dense = Inverse.of(LinearSolvers.auto(), operator(singular));
    assertThat(dense.status()).isEqualTo(Status.SINGULAR);
    assertThat(dense.solve(false, new double[] {1, 0})).containsOnly(Double.NaN);
    assertThat(dense.condition(2)).isInfinite();
    Inverse notFinite = Inverse.of(LinearSolvers.auto(), operator(singular.div(Tensors.scalar(0))));
    assertThat(notFinite.status()).isEqualTo(Status.NON_FINITE);
    Inverse iterative = new IterativeInverse(LinearSolvers.cg(), operator(singular.neg()));
    assertThat(iterative.solve(true, new double[] {1, 0})).containsOnly(Double.NaN);
    assertThat(iterative.status()).isEqualTo(Status.NOT_POSITIVE_DEFINITE);
  }

  @Test
  void largeMapsAreSolvedByTheSolverWithoutRidgeGuessLimitsAndObserver() {
    int n = 600;
    double[] diagonal = new double[n];
    for (int i = 0; i < n; i++) {
      diagonal[i] = 1 + i % 7;
    }
    Tensor d = Tensors.tensor(diagonal);
    LinearMap<Tensor, Tensor> map = LinearMap.of((Tensor x) -> x.mul(d), d);
    LinearSolver careless =
        LinearSolvers.cg()
            .withRidge(5)
            .withRtol(0.5)
            .withMaxSteps(1)
            .withInit(d)
            .withObserver((step, r) -> false);
    Inverse inverse = Inverse.of(careless, new MapOperator<>("test", map));
    double[] b = ramp(n);
    double[] x = inverse.solve(false, b);
    for (int i = 0; i < n; i++) {
      assertThat(x[i]).isCloseTo(b[i] / diagonal[i], Offset.offset(1e-6));
    }
    assertThat(inverse.status()).isEqualTo(Status.CONVERGED);
    assertThat(Inverse.of(LinearSolvers.inv(), new MapOperator<>("test", map)))
        .isInstanceOf(DenseInverse.class);
  }

  @Test
  void transposedOperatorsSwap() {
    Tensor a = random(4, 3, 3);
    Operator transposed = operator(a).transpose();
    assertThat((Tensor) transposed.matrix()).isEqualTo(Shapes.transpose(a));
    assertThat(transposed.tags()).isEmpty();
    Operator symmetric =
        new MapOperator<>("test", LinearMap.matrix(Tensors.eye(3), LinearMap.Tag.SYMMETRIC));
    assertThat(symmetric.transpose().tags()).containsExactly(LinearMap.Tag.SYMMETRIC);
    assertThat(transposed.domain().dtype()).isEqualTo(DType.FLOAT64);
  }
}
