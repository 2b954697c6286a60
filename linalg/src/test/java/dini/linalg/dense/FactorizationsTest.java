package dini.linalg.dense;

import static org.assertj.core.api.Assertions.assertThat;

import dini.core.kernel.BinaryKernel;
import dini.core.kernel.Kernels;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.lu.LUDecompositionAlt_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** LU, Cholesky's method and triangular systems at the extents where they are cut differently. */
class FactorizationsTest {
  private static final double EPSILON = Math.ulp(1.0);

  /** Around the extents of what is eliminated one by one, panels, tall panels and caches. */
  private static int[] extents() {
    return new int[] {
      0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 66, 100, 127, 129, 255, 256,
      257, 289, 333, 520
    };
  }

  private static double[] random(long seed, int size) {
    return new SplittableRandom(seed).doubles(size, -1, 1).toArray();
  }

  private static double[] positive(long seed, int n) {
    double[] g = random(seed, n * n);
    double[] a = product(g, g, true, n, n, n);
    for (int i = 0; i < n; i++) {
      a[i * n + i] += 0.1;
    }
    return a;
  }

  /** {@code X Y}, or {@code X Y'}. */
  private static double[] product(double[] x, double[] y, boolean ty, int m, int n, int k) {
    double[] out = new double[m * n];
    Kernels.chosen().gemm(false, ty, m, n, k, x, 0, y, 0, out, 0);
    return out;
  }

  private static double norm(double[] a) {
    return Kernels.chosen().nrm2(a, 0, a.length);
  }

  private static double distance(double[] x, double[] y) {
    double[] difference = new double[x.length];
    Arrays.setAll(difference, i -> x[i] - y[i]);
    return norm(difference);
  }

  /** {@code P A}, and {@code L U} from what {@link LuFactorization} gives. */
  private static double[] permuted(double[] a, int[] rows, int n) {
    double[] out = new double[a.length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(a, rows[i] * n, out, i * n, n);
    }
    return out;
  }

  private static double[] multiplied(double[] lu, int m, int n) {
    int k = Math.min(m, n);
    double[] l = new double[m * k];
    double[] u = new double[k * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        if (j < i && j < k) {
          l[i * k + j] = lu[i * n + j];
          assertThat(Math.abs(lu[i * n + j])).isLessThanOrEqualTo(1);
        } else if (i < k) {
          u[i * n + j] = lu[i * n + j];
        }
      }
      if (i < k) {
        l[i * k + i] = 1;
      }
    }
    return product(l, u, false, m, n, k);
  }

  private static double luResidual(double[] a, int m, int n) {
    double[] before = a.clone();
    LuFactorization lu = LuFactorization.of(a, m, n);
    assertThat(a).isEqualTo(before);
    double[] expected = permuted(a, lu.rows(), n);
    return distance(multiplied(lu.factors(), m, n), expected) / (EPSILON * norm(a));
  }

  /** Backward errors are of the order of eps, and grow far slower than with n. */
  private static double bound(int n) {
    return 2 + 0.2 * n;
  }

  @Test
  void matricesWithoutElements() {
    assertThat(LuFactorization.of(new double[0], 3, 0)).isNotNull();
    assertThat(LuFactorization.of(new double[0], 0, 3)).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("extents")
  void luIsBackwardStable(int n) {
    if (n > 0) {
      assertThat(luResidual(random(n, n * n), n, n)).isLessThan(bound(n));
    }
  }

  @ParameterizedTest
  @CsvSource({"300, 7", "7, 300", "300, 40", "40, 300", "513, 100", "100, 513", "300, 299", "1, 9"})
  void luOfRectangles(int m, int n) {
    assertThat(luResidual(random(m, m * n), m, n)).isLessThan(bound(Math.min(m, n)));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 10, 33, 100, 290})
  void luOfHardMatrices(int n) {
    double[] nearlySingular = random(1, n * n);
    double[] lowRank = product(random(2, n * (n / 2)), random(3, n * (n / 2)), true, n, n, n / 2);
    double[] scaled = random(4, n * n);
    for (int i = 0; i < n; i++) {
      nearlySingular[(n - 1) * n + i] = nearlySingular[i] + 1e-14 * nearlySingular[n + i];
      for (int j = 0; j < n; j++) {
        scaled[i * n + j] *= Math.scalb(1.0, (i * 37) % 200 - 100);
      }
    }
    assertThat(luResidual(nearlySingular, n, n)).isLessThan(bound(n));
    assertThat(luResidual(lowRank, n, n)).isLessThan(bound(n));
    assertThat(luResidual(scaled, n, n)).isLessThan(bound(n));
    assertThat(LuFactorization.of(scaled, n, n).weakPivot()).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 9, 40, 300})
  void luOfPermutationsIsExact(int n) {
    double[] a = new double[n * n];
    int[] rows = new int[n];
    Arrays.setAll(rows, i -> i);
    SplittableRandom random = new SplittableRandom(n);
    int sign = 1;
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = rows[i];
      rows[i] = rows[j];
      rows[j] = kept;
      sign = i == j ? sign : -sign;
    }
    for (int i = 0; i < n; i++) {
      a[rows[i] * n + i] = 1;
    }
    LuFactorization lu = LuFactorization.of(a, n, n);
    assertThat(lu.rows()).isEqualTo(rows);
    assertThat(lu.sign()).isEqualTo(sign);
    double[] identity = new double[n * n];
    for (int i = 0; i < n; i++) {
      identity[i * n + i] = 1;
    }
    assertThat(lu.factors()).isEqualTo(identity);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 9, 40, 300})
  void luFindsRankDeficiency(int n) {
    double[] a = random(n, n * n);
    for (int j = 0; j < n; j++) {
      a[(n - 1) * n + j] = -2 * a[j];
    }
    assertThat(LuFactorization.of(a, n, n).weakPivot()).isEqualTo(n - 1);
    assertThat(LuFactorization.of(new double[n * n], n, n).weakPivot()).isZero();
    assertThat(LuFactorization.of(new double[n * n], n, n).factors()).containsOnly(0.0);
    a[n + 1] = Double.NaN;
    assertThat(LuFactorization.of(a, n, n)).isNull();
  }

  @ParameterizedTest
  @MethodSource("extents")
  void luChoosesThePivotsOfAnotherImplementation(int n) {
    if (n == 0) {
      return;
    }
    double[] a = random(n + 1, n * n);
    var other = new LUDecompositionAlt_DDRM();
    other.decompose(DMatrixRMaj.wrap(n, n, a));
    LuFactorization lu = LuFactorization.of(a, n, n);
    assertThat(lu.rows()).isEqualTo(Arrays.copyOf(other.getPivot(), n));
    double[] theirs = Arrays.copyOf(other.getLU().data, n * n);
    // forward errors may grow with the condition of leading blocks
    assertThat(distance(lu.factors(), theirs)).isLessThan(1e-11 * (1 + norm(theirs)));
  }

  @ParameterizedTest
  @MethodSource("extents")
  void choleskyIsBackwardStable(int n) {
    double[] a = positive(n, n);
    double[] l = CholeskyFactorization.of(a.clone(), n).factor();
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        assertThat(l[i * n + j]).isZero();
      }
    }
    double residual = distance(product(l, l, true, n, n, n), a);
    assertThat(residual).isLessThanOrEqualTo(bound(n) * EPSILON * norm(a));
    if (n > 0) {
      var other = DecompositionFactory_DDRM.chol(n, true);
      other.decompose(DMatrixRMaj.wrap(n, n, a.clone()));
      double[] theirs = other.getT(null).data;
      assertThat(distance(l, theirs)).isLessThan(1e-9 * norm(theirs));
    }
  }

  @Test
  void choleskyReadsTheUpperTriangleOnly() {
    for (int n : extents()) {
      double[] a = positive(n, n);
      double[] half = a.clone();
      for (int i = 0; i < n; i++) {
        Arrays.fill(half, i * n, i * n + i, Double.NaN);
      }
      assertThat(CholeskyFactorization.of(half, n).factor())
          .isEqualTo(CholeskyFactorization.of(a, n).factor());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 9, 40, 65, 300})
  void choleskyRefuses(int n) {
    for (int at : new int[] {0, n / 2, n - 1}) {
      for (double value : new double[] {-1, 0, Double.NaN, Double.POSITIVE_INFINITY}) {
        double[] a = positive(n, n);
        a[at * n + at] = value;
        assertThat(CholeskyFactorization.of(a, n)).isNull();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true", "true, true"})
  void triangles(boolean lower, boolean transposed) {
    for (int n : extents()) {
      for (int k : new int[] {0, 1, 2, 7, 8, 9, 33, 70}) {
        for (boolean unit : new boolean[] {false, true}) {
          double[] t = random(n, n * n);
          double[] used = new double[n * n];
          for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
              boolean inside = lower ? j < i : j > i;
              // unit triangles of larger elements are hopelessly ill-conditioned
              double scaled = t[i * n + j] / n;
              t[i * n + j] = inside ? scaled : i == j && !unit ? 1.5 + scaled : Double.NaN;
              used[(transposed ? j * n + i : i * n + j)] =
                  inside || i == j && !unit ? t[i * n + j] : i == j ? 1 : 0;
            }
          }
          double[] b = random(k, n * k);
          double[] x = b.clone();
          Triangles.solve(Kernels.chosen(), lower, transposed, unit, n, k, t, x);
          double residual = distance(product(used, x, false, n, k, n), b);
          assertThat(residual).isLessThanOrEqualTo(4 * EPSILON * norm(used) * norm(x));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, false", "1, true", "5, false", "5, true", "40, false", "40, true"})
  void systems(int k, boolean transposed) {
    for (int n : extents()) {
      double[] a = random(n, n * n);
      for (int i = 0; i < n; i++) {
        a[i * n + (i + 1) % n] += n;
      }
      double[] b = random(k, n * k);
      double[] before = b.clone();
      double[] x = new double[n * k];
      LuFactorization.of(a, n, n).solve(transposed, k, b, x);
      assertThat(b).isEqualTo(before);
      double[] product = new double[n * k];
      Kernels.chosen().gemm(transposed, false, n, k, n, a, 0, x, 0, product, 0);
      assertThat(distance(product, b)).isLessThanOrEqualTo(8 * EPSILON * norm(a) * norm(x));
    }
  }

  @Test
  void bothKernelsGiveTheSameBits() {
    Kernels.vector()
        .ifPresent(
            vector -> {
              warm(vector);
              for (int n : extents()) {
                double[] a = random(n, n * n);
                double[] b = a.clone();
                int[] exchanges = Elimination.inPlace(Kernels.scalar(), n, n, a);
                assertThat(Elimination.inPlace(vector, n, n, b)).isEqualTo(exchanges);
                assertThat(b).isEqualTo(a);
                double[] right = random(n, n * 37);
                double[] same = right.clone();
                Triangles.solve(Kernels.scalar(), true, false, true, n, 37, a, right);
                Triangles.solve(vector, true, false, true, n, 37, a, same);
                Triangles.solve(Kernels.scalar(), false, false, false, n, 37, a, right);
                Triangles.solve(vector, false, false, false, n, 37, a, same);
                assertThat(same).isEqualTo(right);
                double[] c = positive(n, n);
                double[] d = c.clone();
                assertThat(Roots.inPlace(Kernels.scalar(), n, c)).isTrue();
                assertThat(Roots.inPlace(vector, n, d)).isTrue();
                assertThat(d).isEqualTo(c);
              }
            });
  }

  /** Vector kernels leave the first tenth of a second of work to scalar ones. */
  private static void warm(Kernels kernels) {
    int n = 700;
    double[] x = random(1, n * n);
    double[] y = new double[n * n];
    kernels.subtract(n, n, n, x, 0, n, 1, x, 0, n, y, 0, n);
    for (int i = 0; i < 500; i++) {
      kernels.amax(x, 0, n * n);
      kernels.binary(BinaryKernel.DIV, x, 0, 3.0, y, 0, n * n);
      kernels.axpy(1e-3, x, 0, y, 0, n * n);
      kernels.axpy(1e-3, x, 0, y, 0, n * n);
    }
  }

  /** The textbook's loops: cutting a matrix into blocks may change no bit of its factors. */
  @Test
  void blocksChangeNoBit() {
    for (int n : extents()) {
      double[] a = random(n, n * n);
      double[] expected = a.clone();
      for (int c = 0; c < n; c++) {
        int pivot = c;
        for (int i = c; i < n; i++) {
          pivot = Math.abs(expected[i * n + c]) > Math.abs(expected[pivot * n + c]) ? i : pivot;
        }
        Kernels.scalar().swap(expected, c * n, expected, pivot * n, pivot == c ? 0 : n);
        for (int i = c + 1; i < n; i++) {
          double l = expected[i * n + c] / expected[c * n + c];
          expected[i * n + c] = l;
          for (int j = c + 1; j < n; j++) {
            expected[i * n + j] = Math.fma(-l, expected[c * n + j], expected[i * n + j]);
          }
        }
      }
      Elimination.inPlace(Kernels.chosen(), n, n, a);
      assertThat(a).isEqualTo(expected);
    }
  }
}
