package dini.linalg;

import static dini.core.Elementwise.abs;
import static dini.core.Elementwise.mul;
import static dini.core.Products.matmul;
import static dini.core.Tensors.eye;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.linalg.LinearAlgebra.det;
import static dini.linalg.LinearAlgebra.tridiagonalSolve;
import static dini.linalg.MatrixFunctions.expm;
import static dini.linalg.MatrixFunctions.lstsq;
import static dini.linalg.MatrixFunctions.matrixNorm;
import static dini.linalg.MatrixFunctions.matrixPower;
import static dini.linalg.MatrixFunctions.pinv;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Reductions;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.trace.Batching;
import dini.core.trace.Differentiation;
import dini.core.trace.Leaves;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Functions of matrices where they are hard: edges, repeated values, high orders. */
class MatrixFunctionsTest {

  private static Tensor random(long seed, int... extents) {
    Shape shape = Shape.of(extents);
    return tensor(shape, new SplittableRandom(seed).doubles(shape.size(), -1, 1).toArray());
  }

  private static double distance(Tensor x, Tensor y) {
    assertThat(x.shape()).isEqualTo(y.shape());
    return x.size() == 0 ? 0 : Reductions.max(abs(x.sub(y))).toDouble();
  }

  /** The derivative of some order along one direction, forward. */
  private static Tensor along(UnaryOperator<Tensor> f, Tensor a, Tensor direction, int order) {
    Leaves derivative = x -> new Tensor[] {f.apply(x[0])};
    for (int k = 0; k < order; k++) {
      Leaves before = derivative;
      derivative =
          x -> {
            Tensor[] tangents = Differentiation.jvp(before, x, new Tensor[] {direction}).tangents();
            return new Tensor[] {
              tangents[0] == null ? Tensors.zerosLike(before.apply(x)[0]) : tangents[0]
            };
          };
    }
    return derivative.apply(new Tensor[] {a})[0];
  }

  private static Tensor gradient(UnaryOperator<Tensor> f, Tensor a) {
    return Differentiation.linearize(x -> new Tensor[] {f.apply(x[0])}, new Tensor[] {a})
        .recording()
        .pullback(new Tensor[] {Tensors.scalar(1)})[0];
  }

  // ---- expm ----

  @Test
  void expmOfKnownMatrices() {
    double c = Math.cos(20);
    double s = Math.sin(20);
    Tensor turn = tensor(new double[][] {{0, -20}, {20, 0}});
    assertThat(distance(expm(turn), tensor(new double[][] {{c, -s}, {s, c}}))).isLessThan(2e-14);
    // defective, with an entry that asks for far more squarings than the spectrum does
    Tensor jordan = tensor(new double[][] {{1, 1e6}, {0, 1}});
    Tensor expected = tensor(new double[][] {{Math.E, 1e6 * Math.E}, {0, Math.E}});
    assertThat(
            distance(
                expm(jordan).div(expected.add(tensor(new double[][] {{0, 0}, {1, 0}}))),
                tensor(new double[][] {{1, 1}, {0, 1}})))
        .isLessThan(4e-15);
    // nilpotent: a polynomial
    Tensor nilpotent = tensor(new double[][] {{0, 2, 3}, {0, 0, 4}, {0, 0, 0}});
    assertThat(distance(expm(nilpotent), tensor(new double[][] {{1, 2, 7}, {0, 1, 4}, {0, 0, 1}})))
        .isLessThan(1e-14);
    // Moler and Van Loan's example, where the Taylor series loses everything
    Tensor stiff = tensor(new double[][] {{-49, 24}, {-64, 31}});
    Tensor truth =
        tensor(
            new double[][] {
              {-0.7357587581447531, 0.5518190996580973}, {-1.4715175990882345, 1.1036382407155722}
            });
    assertThat(distance(expm(stiff), truth)).isLessThan(1e-13);
  }

  @Test
  void expmFarAway() {
    assertThat(expm(eye(2).mul(-1e20))).isEqualTo(zeros(2, 2));
    assertThat(expm(eye(2).mul(-1e308)).toArray()).containsOnly(0);
    assertThat(expm(tensor(new double[][] {{709}})).toDouble())
        .isCloseTo(8.218407461554972e307, within(1e296));
    assertThat(expm(tensor(new double[][] {{1e4}})).toDouble()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(expm(tensor(new double[][] {{1e-300}})).toDouble()).isEqualTo(1);
    assertThat(expm(tensor(new double[][] {{Double.NaN}})).toDouble()).isNaN();
    assertThat(expm(zeros(0, 0))).isEqualTo(zeros(0, 0));
  }

  @Test
  void expmDegreesMeetAtTheirBounds() {
    Tensor a = random(1, 4, 4);
    double norm = matrixNorm(a, MatrixNorm.ONE).toDouble();
    for (double size :
        new double[] {1e-3, 0.0149, 0.0151, 0.25, 0.26, 0.9, 1, 2, 2.2, 4, 5, 9, 40}) {
      Tensor x = a.mul(size / norm);
      // exp(x) = exp(x/2)^2 by another degree or another number of squarings
      Tensor half = expm(x.mul(0.5));
      Tensor whole = expm(x);
      assertThat(distance(whole, matmul(half, half)))
          .isLessThan(1e-14 * (1 + size) * Reductions.max(abs(whole)).toDouble());
      // D exp(x)[e] = (D exp(x/2)[e] exp(x/2) + exp(x/2) D exp(x/2)[e]) / 2
      Tensor e = random(2, 4, 4);
      for (int order = 1; order <= 3; order++) {
        Tensor slope = along(MatrixFunctions::expm, x, e, order);
        Tensor other = along(y -> matmul(expm(y.mul(0.5)), expm(y.mul(0.5))), x, e, order);
        assertThat(distance(slope, other))
            .as("order %s at size %s", order, size)
            .isLessThan(1e-13 * (1 + size) * Reductions.max(abs(other)).toDouble());
      }
    }
  }

  @Test
  void expmOfCommutingDirectionsHasTheDerivativesOfTheScalarFunction() {
    Tensor a = random(3, 3, 3);
    for (int order = 0; order <= 4; order++) {
      Tensor expected = matmul(expm(a), matrixPower(a, order));
      assertThat(distance(along(MatrixFunctions::expm, a, a, order), expected)).isLessThan(1e-12);
    }
  }

  @Test
  void expmOfAStackScalesEachMatrixByItself() {
    Tensor small = random(4, 3, 3).mul(1e-3);
    Tensor large = random(5, 3, 3).mul(30);
    Tensor both = expm(Shapes.stack(0, small, large));
    assertThat(Shapes.index(both, 0, 0)).isEqualTo(expm(small));
    assertThat(Shapes.index(both, 0, 1)).isEqualTo(expm(large));
    Tensor narrow = large.astype(DType.FLOAT32);
    assertThat(expm(narrow)).isEqualTo(expm(narrow.astype(DType.FLOAT64)).astype(DType.FLOAT32));
  }

  // ---- powers ----

  @Test
  void powers() {
    Tensor a = tensor(new double[][] {{1, 1}, {1, 0}});
    assertThat(matrixPower(a, 50).item(0, 1)).isEqualTo(12586269025.0);
    assertThat(distance(matrixPower(a, -5), tensor(new double[][] {{-3, 5}, {5, -8}})))
        .isLessThan(1e-13);
    Tensor unit = tensor(new double[][] {{0, 1}, {1, 0}});
    assertThat(matrixPower(unit, Integer.MIN_VALUE)).isEqualTo(eye(2));
    assertThat(matrixPower(tensor(new double[][] {{Double.NaN}}), 0).toDouble()).isEqualTo(1);
    assertThat(matrixPower(ones(0, 2, 2).astype(DType.FLOAT32), 0).shape())
        .isEqualTo(Shape.of(0, 2, 2));
    assertThatThrownBy(() -> matrixPower(ones(2, 2), -1))
        .isInstanceOf(SingularMatrixException.class);
    assertThatThrownBy(() -> matrixPower(ones(2, 3), 2))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("matrixPower");
    assertThatThrownBy(() -> matrixPower(eye(2).astype(DType.INT64), 2))
        .isInstanceOf(DTypeException.class);
  }

  // ---- pseudo-inverses ----

  /** Central differences of fourth order of a smooth path of matrices. */
  private static Tensor slope(UnaryOperator<Tensor> path) {
    double h = 1e-3;
    Tensor near = path.apply(Tensors.scalar(h)).sub(path.apply(Tensors.scalar(-h))).mul(8);
    Tensor far = path.apply(Tensors.scalar(2 * h)).sub(path.apply(Tensors.scalar(-2 * h)));
    return near.sub(far).div(12 * h);
  }

  @Test
  void pinvOfLowerRankAlongPathsThatKeepIt() {
    Tensor left = random(6, 5, 2);
    Tensor right = random(7, 2, 4);
    Tensor dl = random(8, 5, 2);
    Tensor dr = random(9, 2, 4);
    UnaryOperator<Tensor> path = t -> matmul(left.add(dl.mul(t)), right.add(dr.mul(t)));
    assertThat(lstsq(path.apply(Tensors.scalar(0)), ones(5)).rank())
        .isEqualTo(Tensors.longs(2).reshape());
    UnaryOperator<Tensor> inverse = t -> pinv(path.apply(t));
    Tensor zero = Tensors.scalar(0);
    Tensor one = Tensors.scalar(1);
    assertThat(distance(along(inverse, zero, one, 1), slope(inverse))).isLessThan(1e-7);
    Tensor second = along(inverse, zero, one, 2);
    assertThat(distance(second, slope(t -> along(inverse, t, one, 1)))).isLessThan(1e-5);
    UnaryOperator<Tensor> fit = t -> lstsq(path.apply(t), random(10, 5)).x();
    assertThat(distance(along(fit, zero, one, 1), slope(fit))).isLessThan(1e-7);
    assertThat(distance(along(fit, zero, one, 2), slope(t -> along(fit, t, one, 1))))
        .isLessThan(1e-5);
  }

  @Test
  void pinvAtRepeatedSingularValues() {
    // the inverse there: d A^-1 = -dA at the identity, and the second derivative is 2 dA^2
    Tensor d = random(11, 3, 3);
    assertThat(distance(along(MatrixFunctions::pinv, eye(3), d, 1), d.mul(-1))).isLessThan(1e-14);
    assertThat(distance(along(MatrixFunctions::pinv, eye(3), d, 2), matmul(d, d).mul(2)))
        .isLessThan(1e-13);
    // orthonormal columns: all singular values are 1
    Tensor q = LinearAlgebra.qr(random(12, 5, 3)).q();
    UnaryOperator<Tensor> normal =
        a -> LinearAlgebra.solve(matmul(a, a, true, false), a.transpose());
    for (int order = 1; order <= 3; order++) {
      Tensor direction = random(13, 5, 3);
      Tensor expected = along(normal, q, direction, order);
      assertThat(distance(along(MatrixFunctions::pinv, q, direction, order), expected))
          .isLessThan(1e-12);
      Tensor wide = along(a -> pinv(a.transpose()).transpose(), q, direction, order);
      assertThat(distance(wide, expected)).isLessThan(1e-12);
    }
  }

  @Test
  void lstsqAtTheIdentity() {
    Tensor b = tensor(1, 2, 3);
    UnaryOperator<Tensor> f = a -> lstsq(a, b).x().sum();
    // x = A^-1 b: the gradient is -1 b'
    Tensor expected = matmul(ones(3, 1), b.reshape(1, 3)).mul(-1);
    assertThat(distance(gradient(f, eye(3)), expected)).isLessThan(1e-14);
    assertThat(distance(along(a -> lstsq(a, b).x(), eye(3), eye(3), 3), b.mul(-6)))
        .isLessThan(1e-12);
  }

  @Test
  void lstsqGivesResidualsAndRank() {
    Tensor a = tensor(new double[][] {{1, 0}, {1, 1}, {1, 2}});
    MatrixFunctions.LeastSquares fit = lstsq(a, tensor(1, 3, 8));
    assertThat(distance(fit.x(), tensor(0.5, 3.5))).isLessThan(1e-14);
    assertThat(fit.residuals().toDouble()).isCloseTo(1.5, within(1e-14));
    assertThat(fit.rank().toLong()).isEqualTo(2);
    // equal columns: the least norm is to share
    MatrixFunctions.LeastSquares shared = lstsq(ones(3, 2), tensor(2, 2, 2));
    assertThat(distance(shared.x(), tensor(1, 1))).isLessThan(1e-14);
    assertThat(shared.rank().toLong()).isEqualTo(1);
    assertThat(lstsq(zeros(2, 3), ones(2)).x()).isEqualTo(zeros(3));
    assertThat(lstsq(zeros(0, 3), zeros(0)).x()).isEqualTo(zeros(3));
    assertThat(lstsq(zeros(3, 0), ones(3)).residuals().toDouble()).isEqualTo(3);
    assertThat(lstsq(tensor(new double[][] {{Double.NaN}}), ones(1)).x().toArray())
        .containsOnly(Double.NaN);
  }

  @Test
  void lstsqOfAConsistentIllConditionedSystem() {
    int n = 8;
    double[][] hilbert = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        hilbert[i][j] = 1.0 / (i + j + 1);
      }
    }
    Tensor a = tensor(hilbert);
    Tensor x = ones(n);
    // condition 1.5e10: a product with the pseudo-inverse alone is off by 1e-3
    double error = distance(lstsq(a, matmul(a, x)).x(), x);
    assertThat(error).isLessThan(distance(matmul(pinv(a), matmul(a, x)), x)).isLessThan(1e-5);
  }

  @Test
  void cutOff() {
    Tensor a = tensor(new double[][] {{1, 0}, {0, 1e-3}});
    assertThat(pinv(a, 1e-2)).isEqualTo(tensor(new double[][] {{1, 0}, {0, 0}}));
    assertThat(pinv(a, 1e-4).item(1, 1)).isCloseTo(1000, within(1e-10));
    assertThat(lstsq(a, ones(2), 1e-2).rank().toLong()).isEqualTo(1);
    Tensor single = tensor(new double[][] {{1, 0}, {0, 1e-7}}).astype(DType.FLOAT32);
    assertThat(pinv(single).item(1, 1)).isZero();
    for (double rtol : new double[] {-1, 1, Double.NaN}) {
      assertThatThrownBy(() -> pinv(a, rtol))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("rtol");
    }
    assertThatThrownBy(() -> lstsq(a, ones(3)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("lstsq: matrix (2, 2) and right-hand side (3,): extents 2 and 3 differ");
    assertThatThrownBy(() -> pinv(ones(2))).isInstanceOf(ShapeException.class);
  }

  // ---- norms ----

  @Test
  void norms() {
    Tensor a = tensor(new double[][] {{3, 0}, {4, 5}});
    double[] expected = {Math.sqrt(50), 4 * Math.sqrt(5), Math.sqrt(45), 7, 9};
    for (MatrixNorm norm : MatrixNorm.values()) {
      assertThat(matrixNorm(a, norm).toDouble()).isCloseTo(expected[norm.ordinal()], within(1e-14));
      assertThat(matrixNorm(zeros(0, 3), norm).toDouble()).isZero();
      assertThat(matrixNorm(zeros(2, 0, 3), norm)).isEqualTo(zeros(2));
      // the subgradient of least norm
      assertThat(gradient(x -> matrixNorm(x, norm), zeros(2, 2))).isEqualTo(zeros(2, 2));
      assertThatThrownBy(() -> matrixNorm(ones(2), norm)).isInstanceOf(ShapeException.class);
    }
  }

  @Test
  void nuclearNormAtRepeatedSingularValues() {
    // the trace of (A'A)^(1/2): along a symmetric direction linear, along a skew one |K|^2
    Tensor k = tensor(new double[][] {{0, 1, 2}, {-1, 0, 3}, {-2, -3, 0}});
    Tensor s = random(14, 3, 3);
    Tensor symmetric = s.add(s.transpose());
    UnaryOperator<Tensor> nuclear = a -> matrixNorm(a, MatrixNorm.NUCLEAR);
    assertThat(along(nuclear, eye(3), k, 2).toDouble()).isCloseTo(28, within(1e-12));
    assertThat(along(nuclear, eye(3), symmetric, 2).toDouble()).isCloseTo(0, within(1e-12));
    assertThat(along(nuclear, eye(3), symmetric.add(k), 2).toDouble()).isCloseTo(28, within(1e-12));
    assertThat(distance(gradient(a -> matrixNorm(a, MatrixNorm.SPECTRAL), eye(2)), eye(2).mul(0.5)))
        .isLessThan(1e-15);
  }

  // ---- tridiagonal systems ----

  @Test
  void tridiagonalSystemsThatNeedPivots() {
    for (int n : new int[] {2, 3, 10, 101}) {
      Tensor lower = random(15, n);
      Tensor upper = random(16, n);
      Tensor b = random(17, n, 3);
      double[][] dense = new double[n][n];
      for (int i = 1; i < n; i++) {
        dense[i][i - 1] = lower.item(i);
        dense[i - 1][i] = upper.item(i - 1);
      }
      // a zero diagonal throughout has an inverse for an even number of rows only
      double middle = n % 2 == 0 ? 0 : 0.1;
      for (int i = 0; i < n; i++) {
        dense[i][i] = middle;
      }
      Tensor diagonal = Tensors.full(Shape.of(n), middle);
      Tensor x = tridiagonalSolve(lower, diagonal, upper, b);
      Tensor a = tensor(dense);
      double size = 1 + Reductions.max(abs(x)).toDouble();
      assertThat(distance(matmul(a, x), b)).as("n = %s", n).isLessThan(1e-13 * size);
      Tensor transposed =
          Differentiation.linearize(
                  v -> new Tensor[] {tridiagonalSolve(lower, diagonal, upper, v[0])},
                  new Tensor[] {b})
              .recording()
              .pullback(new Tensor[] {b})[0];
      size = 1 + Reductions.max(abs(transposed)).toDouble();
      assertThat(distance(matmul(a, transposed, true, false), b)).isLessThan(1e-13 * size);
    }
  }

  @Test
  void tridiagonalSolveReadsOnlyItsDiagonals() {
    Tensor lower = tensor(Double.NaN, 1, 1);
    Tensor upper = tensor(1, 1, Double.POSITIVE_INFINITY);
    UnaryOperator<Tensor> f = d -> tridiagonalSolve(lower, d, upper, tensor(5, 6, 5)).sum();
    assertThat(f.apply(tensor(4, 4, 4)).toDouble()).isCloseTo(3, within(1e-15));
    assertThat(gradient(f, tensor(4, 4, 4)).toArray()).doesNotContain(Double.NaN);
    Tensor pulled =
        gradient(l -> tridiagonalSolve(l, tensor(4, 4, 4), ones(3), ones(3)).sum(), ones(3));
    assertThat(pulled.item(0)).isZero();
  }

  @Test
  void tridiagonalRefusals() {
    Tensor zero = zeros(3);
    assertThatThrownBy(() -> tridiagonalSolve(ones(3), zero, ones(3), ones(3)))
        .isInstanceOf(SingularMatrixException.class)
        .hasMessage(
            "tridiagonalSolve: the matrix with diagonals of 3 is singular: pivot 2 of LU is 0.0,"
                + " zero to rounding; look for dependent rows or columns, or add a multiple of the"
                + " identity");
    assertThatThrownBy(() -> tridiagonalSolve(ones(3), zero, ones(3), ones(4)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("(3,)")
        .hasMessageContaining("(4,)");
    assertThatThrownBy(() -> tridiagonalSolve(Tensors.scalar(1), zero, ones(3), Tensors.scalar(1)))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(
            () -> tridiagonalSolve(ones(3), ones(3), ones(3), ones(3).astype(DType.FLOAT32)))
        .isInstanceOf(DTypeException.class);
    Tensor stack = Shapes.stack(0, ones(3).mul(4), zero);
    Tensor x =
        Batching.map(
            d -> new Tensor[] {tridiagonalSolve(ones(3), d[0], ones(3), ones(3))},
            2,
            new Tensor[] {stack},
            new boolean[] {true})[0];
    assertThat(Shapes.index(x, 0, 0))
        .isEqualTo(tridiagonalSolve(ones(3), ones(3).mul(4), ones(3), ones(3)));
    assertThat(Shapes.index(x, 0, 1).toArray()).containsOnly(Double.NaN);
  }

  // ---- determinants ----

  @Test
  void determinantsHaveAllDerivativesAtSingularMatrices() {
    // det(A + t D) is a polynomial: its coefficients from values at five points are exact
    for (int n : new int[] {1, 2, 3, 4}) {
      Tensor d = random(20 + n, n, n);
      for (Tensor a : List.of(zeros(n, n), ones(n, n), ones(n, n).add(random(30, n, 1)))) {
        for (int order = 1; order <= 5; order++) {
          double expected = coefficient(a, d, order);
          assertThat(along(LinearAlgebra::det, a, d, order).toDouble())
              .as("order %s of %s", order, a)
              .isCloseTo(expected, within(1e-11));
        }
      }
    }
  }

  /** The k-th derivative at 0 of det(A + t D), by interpolation at -2, -1, 0, 1, 2. */
  private static double coefficient(Tensor a, Tensor d, int k) {
    if (k > 4) {
      return 0;
    }
    double[][] powers = new double[5][5];
    double[] values = new double[5];
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 5; j++) {
        powers[i][j] = Math.pow(i - 2, j);
      }
      values[i] = det(a.add(d.mul(i - 2))).toDouble();
    }
    double factorial = 1;
    for (int i = 2; i <= k; i++) {
      factorial *= i;
    }
    return factorial * LinearAlgebra.solve(tensor(powers), tensor(values)).item(k);
  }

  @Test
  void mixedDerivativesOfADeterminantAgreeInReverse() {
    Tensor a = ones(3, 3);
    Tensor d = random(40, 3, 3);
    Tensor e = random(41, 3, 3);
    // third derivatives along d, d and e, with e by reverse mode
    Tensor pulled = gradient(x -> along(LinearAlgebra::det, x, d, 2), a);
    double h = 1e-2;
    double forward =
        (along(LinearAlgebra::det, a.add(e.mul(h)), d, 2).toDouble()
                - along(LinearAlgebra::det, a.sub(e.mul(h)), d, 2).toDouble())
            / (2 * h);
    assertThat(mul(pulled, e).sum().toDouble()).isCloseTo(forward, within(1e-11));
  }
}
