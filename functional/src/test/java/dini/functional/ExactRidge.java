package dini.functional;

import static dini.core.Elementwise.square;
import static dini.core.Products.matmul;
import static dini.core.Reductions.sum;

import dini.core.Tensor;
import dini.core.Tensors;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A ridge regression whose Jacobian {@code X'X + lambda I} has a chosen condition number, and the
 * gradient of {@code |Z w - t|^2 / 2} at its solution w by lambda and y, to 100 digits.
 */
final class ExactRidge {
  private static final MathContext DIGITS = new MathContext(100, RoundingMode.HALF_EVEN);

  final Tensor x;
  final Tensor y;
  final Tensor z;
  final Tensor t;
  final double lambda;
  private BigDecimal[] w;
  private BigDecimal[] adjoint;

  private ExactRidge(double[][] x, double[] y, double[][] z, double[] t, double lambda) {
    this.x = Tensors.tensor(x);
    this.y = Tensors.tensor(y);
    this.z = Tensors.tensor(z);
    this.t = Tensors.tensor(t);
    this.lambda = lambda;
    solve(x, y, z, t);
  }

  /** Singular values of X in geometric order from 1 down to {@code 1 / sqrt(condition)}. */
  static ExactRidge of(double condition, int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] u = orthonormal(random, rows, columns);
    double[][] v = orthonormal(random, columns, columns);
    double[][] x = new double[rows][columns];
    for (int k = 0; k < columns; k++) {
      double s = Math.pow(condition, columns == 1 ? 0 : -0.5 * k / (columns - 1));
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          x[i][j] += u[i][k] * s * v[j][k];
        }
      }
    }
    return of(x, 0.1 / condition, random);
  }

  /** With {@code y = X (1, …, 1)}, rounded. */
  static ExactRidge of(double[][] x, double lambda, SplittableRandom random) {
    int columns = x[0].length;
    double[] y = Arrays.stream(x).mapToDouble(row -> Arrays.stream(row).sum()).toArray();
    return new ExactRidge(
        x, y, orthonormal(random, columns + 3, columns), normals(random, columns + 3), lambda);
  }

  private static double[] normals(SplittableRandom random, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }

  /** Columns by Gram and Schmidt, twice. */
  private static double[][] orthonormal(SplittableRandom random, int rows, int columns) {
    double[][] q = new double[rows][columns];
    for (int k = 0; k < columns; k++) {
      double[] column = normals(random, rows);
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < k; j++) {
          double product = 0;
          for (int i = 0; i < rows; i++) {
            product += q[i][j] * column[i];
          }
          for (int i = 0; i < rows; i++) {
            column[i] -= product * q[i][j];
          }
        }
      }
      double norm = 0;
      for (double value : column) {
        norm += value * value;
      }
      for (int i = 0; i < rows; i++) {
        q[i][k] = column[i] / Math.sqrt(norm);
      }
    }
    return q;
  }

  private void solve(double[][] x, double[] y, double[][] z, double[] t) {
    int n = x[0].length;
    BigDecimal[][] a = new BigDecimal[n][n];
    BigDecimal[] b = zeros(n);
    for (int i = 0; i < n; i++) {
      a[i] = zeros(n);
      a[i][i] = new BigDecimal(lambda);
      for (int k = 0; k < x.length; k++) {
        b[i] = b[i].add(new BigDecimal(x[k][i]).multiply(new BigDecimal(y[k])));
        for (int j = 0; j < n; j++) {
          a[i][j] = a[i][j].add(new BigDecimal(x[k][i]).multiply(new BigDecimal(x[k][j])));
        }
      }
    }
    w = eliminated(a, b);
    BigDecimal[] slope = zeros(n);
    for (int k = 0; k < t.length; k++) {
      BigDecimal error = new BigDecimal(t[k]).negate();
      for (int j = 0; j < n; j++) {
        error = error.add(new BigDecimal(z[k][j]).multiply(w[j]));
      }
      for (int j = 0; j < n; j++) {
        slope[j] = slope[j].add(new BigDecimal(z[k][j]).multiply(error));
      }
    }
    adjoint = eliminated(a, slope);
  }

  private static BigDecimal[] zeros(int n) {
    BigDecimal[] zeros = new BigDecimal[n];
    Arrays.fill(zeros, BigDecimal.ZERO);
    return zeros;
  }

  /** Gaussian elimination of a positive definite system, which needs no pivoting. */
  private static BigDecimal[] eliminated(BigDecimal[][] matrix, BigDecimal[] right) {
    int n = right.length;
    BigDecimal[][] a = new BigDecimal[n][];
    for (int i = 0; i < n; i++) {
      a[i] = matrix[i].clone();
    }
    BigDecimal[] b = right.clone();
    for (int k = 0; k < n; k++) {
      for (int i = k + 1; i < n; i++) {
        BigDecimal factor = a[i][k].divide(a[k][k], DIGITS);
        for (int j = k; j < n; j++) {
          a[i][j] = a[i][j].subtract(factor.multiply(a[k][j], DIGITS), DIGITS);
        }
        b[i] = b[i].subtract(factor.multiply(b[k], DIGITS), DIGITS);
      }
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int j = i + 1; j < n; j++) {
        b[i] = b[i].subtract(a[i][j].multiply(b[j], DIGITS), DIGITS);
      }
      b[i] = b[i].divide(a[i][i], DIGITS);
    }
    return b;
  }

  /** The solution, rounded. */
  Tensor solution() {
    double[] values = new double[w.length];
    Arrays.setAll(values, i -> w[i].doubleValue());
    return Tensors.tensor(values);
  }

  /** A parameter tree. */
  public record Theta(Tensor lambda, Tensor y) {}

  Theta theta() {
    return new Theta(Tensors.scalar(lambda), y);
  }

  /** {@code X'(X w - y) + lambda w}. */
  Tensor stationary(Tensor weights, Theta theta) {
    return matmul(matmul(x, weights).sub(theta.y()), x).add(theta.lambda().mul(weights));
  }

  Tensor loss(Tensor weights) {
    return sum(square(matmul(z, weights).sub(t))).mul(0.5);
  }

  /** {@code X'X + lambda I} and {@code X'y}, as whoever solves the normal equations forms them. */
  Tensor normalMatrix() {
    return matmul(x, x, true, false).add(Tensors.eye(w.length).mul(lambda));
  }

  Tensor normalRight() {
    return matmul(y, x);
  }

  /** The distance of a gradient from the true one: {@code -<adjoint, w>} and {@code X adjoint}. */
  double error(Theta gradient) {
    BigDecimal byLambda = new BigDecimal(gradient.lambda().toDouble());
    for (int i = 0; i < w.length; i++) {
      byLambda = byLambda.add(w[i].multiply(adjoint[i], DIGITS), DIGITS);
    }
    BigDecimal squares = byLambda.pow(2, DIGITS);
    for (int i = 0; i < y.size(); i++) {
      BigDecimal byY = new BigDecimal(gradient.y().item(i));
      for (int j = 0; j < w.length; j++) {
        byY = byY.subtract(new BigDecimal(x.item(i, j)).multiply(adjoint[j], DIGITS), DIGITS);
      }
      squares = squares.add(byY.pow(2, DIGITS));
    }
    return Math.sqrt(squares.doubleValue());
  }

  /** The norm of the true gradient. */
  double norm() {
    return error(new Theta(Tensors.scalar(0), Tensors.zerosLike(y)));
  }
}
