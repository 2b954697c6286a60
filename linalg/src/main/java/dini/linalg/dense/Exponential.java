package dini.linalg.dense;

import dini.core.kernel.Kernels;
import java.util.Arrays;

/**
 * The exponential of a square matrix and its derivatives {@code D^k exp(A)[E1, …, Ek]}, by scaling
 * and squaring with Padé approximants.
 *
 * <p>The derivative is the coefficient of {@code e1 … ek} in the exponential of {@code A + e1 E1 +
 * … + ek Ek} with {@code ei^2 = 0}: the algorithm runs on such polynomials, which have one matrix
 * for each subset of the e's. That is the block triangular form of Mathias (1996) without its
 * repeated blocks, and costs 3^k products of matrices where one was.
 *
 * <p>Sources: degrees, scaling and bounds are those of Al-Mohy and Higham, A New Scaling and
 * Squaring Algorithm for the Matrix Exponential (2009), algorithm 5.1 with {@code max(d4, d6)} in
 * place of its estimates, which needs no product more; Higham, The Scaling and Squaring Method for
 * the Matrix Exponential Revisited (2005); for k = 1 Al-Mohy and Higham, Computing the Fréchet
 * Derivative of the Matrix Exponential (2009), table 6.1. A higher k halves the bounds of k = 1:
 * each order divides the first neglected power, the (2m + 1)-th, by that bound and multiplies by at
 * most 2m + 1.
 */
public final class Exponential {
  private static final int[] DEGREES = {3, 5, 7, 9, 13};

  /** The largest scaled norm for which each degree has a backward error below 2^-53. */
  private static final double[] BOUNDS = {
    1.495585217958292e-2, 2.539398330063230e-1, 9.504178996162932e-1, 2.097847961257068, 4.25
  };

  /** The same for the first derivative. */
  private static final double[] DERIVATIVE_BOUNDS = {1.08e-2, 2.00e-1, 7.83e-1, 1.78, 4.74};

  /** Reciprocals of the first coefficients that the approximants leave out. */
  private static final double[] RECIPROCALS = {
    100800, 10059033600.0, 4487938430976000.0, 5914384781877411840000.0, 1.1325077560602112e35
  };

  private static final double[][] COEFFICIENTS = {
    {120, 60, 12, 1},
    {30240, 15120, 3360, 420, 30, 1},
    {17297280, 8648640, 1995840, 277200, 25200, 1512, 56, 1},
    {17643225600.0, 8821612800.0, 2075673600, 302702400, 30270240, 2162160, 110880, 3960, 90, 1},
    {
      64764752532480000.0,
      32382376266240000.0,
      7771770303897600.0,
      1187353796428800.0,
      129060195264000.0,
      10559470521600.0,
      670442572800.0,
      33522128640.0,
      1323241920,
      40840800,
      960960,
      16380,
      182,
      1
    }
  };

  private final int n;
  private final int parts;

  private Exponential(int n, int order) {
    this.n = n;
    this.parts = 1 << order;
  }

  /**
   * {@code D^k exp(A)[E1, …, Ek]}, for no directions exp(A).
   *
   * @param a a finite matrix (n, n)
   * @param directions finite matrices (n, n)
   */
  public static double[] derivative(int n, double[] a, double[]... directions) {
    return new Exponential(n, directions.length).of(a, directions);
  }

  private double[] of(double[] a, double[]... directions) {
    double norm = norm(a);
    int exponent = norm > 1 ? Math.getExponent(norm) + 1 : 0;
    // powers of a matrix of norm at most 1 do not leave the range
    double[][] x = new double[parts][];
    x[0] = scaled(a, -exponent);
    for (int i = 0; i < directions.length; i++) {
      x[1 << i] = scaled(directions[i], -exponent);
    }
    double[][][] powers = {identity(), product(x, x), null, null, null};
    powers[2] = product(powers[1], powers[1]);
    powers[3] = product(powers[2], powers[1]);
    double size = Math.scalb(size(powers, x[0], directions.length), exponent);
    double[] bounds = directions.length == 0 ? BOUNDS : DERIVATIVE_BOUNDS;
    double bound = directions.length > 1 ? 0.5 : 1;
    for (int i = 0; i < DEGREES.length - 1; i++) {
      if (size <= bound * bounds[i] && excess(a, i, 0) == 0) {
        rescale(x, powers, exponent);
        if (DEGREES[i] == 9) {
          powers[4] = product(powers[2], powers[2]);
        }
        return low(x, powers, COEFFICIENTS[i])[parts - 1];
      }
    }
    int last = DEGREES.length - 1;
    int squarings = Math.max(0, (int) Math.ceil(log2(size / (bound * bounds[last]))));
    squarings += excess(a, last, squarings);
    rescale(x, powers, exponent - squarings);
    double[][] result = high(x, powers, COEFFICIENTS[last]);
    for (int i = 0; i < squarings; i++) {
      result = product(result, result);
    }
    return result[parts - 1];
  }

  /** What the bounds are about: for values, a mean growth of powers, which may be far less. */
  private double size(double[][][] powers, double[] a, int order) {
    if (order > 0) {
      return norm(a);
    }
    double fourth = Math.sqrt(Math.sqrt(norm(powers[2][0])));
    double sixth = StrictMath.cbrt(Math.sqrt(norm(powers[3][0])));
    return Math.min(norm(a), Math.max(fourth, sixth));
  }

  /**
   * How many more squarings keep rounding errors of the approximant small where the powers of A are
   * much smaller than those of |A|: the function of section 5 of the paper.
   */
  private int excess(double[] a, int degree, int squarings) {
    double[] row = new double[n];
    Arrays.fill(row, 1);
    double logarithm = 0;
    int power = 2 * DEGREES[degree] + 1;
    for (int p = 0; p < power; p++) {
      double[] next = new double[n];
      double largest = 0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          next[j] += row[i] * Math.abs(a[i * n + j]);
        }
      }
      for (double value : next) {
        largest = Math.max(largest, value);
      }
      if (largest == 0) {
        return 0;
      }
      // kept near 1, since a power may leave the range
      for (int j = 0; j < n; j++) {
        row[j] = next[j] / largest;
      }
      logarithm += log2(largest) - squarings;
    }
    double own = log2(norm(a)) - squarings;
    double excess = logarithm - own - log2(RECIPROCALS[degree]) + 53;
    return Math.max(0, (int) Math.ceil(excess / (2 * DEGREES[degree])));
  }

  private static double log2(double x) {
    return StrictMath.log(x) / StrictMath.log(2);
  }

  /** The largest sum of magnitudes of a column. */
  private double norm(double[] a) {
    double largest = 0;
    for (int j = 0; j < n; j++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += Math.abs(a[i * n + j]);
      }
      largest = Math.max(largest, sum);
    }
    return largest;
  }

  private static double[] scaled(double[] a, int exponent) {
    double[] result = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = Math.scalb(a[i], exponent);
    }
    return result;
  }

  /** Multiplies x by a power of two, and its even powers likewise. */
  private static void rescale(double[][] x, double[][][] powers, int exponent) {
    rescale(x, exponent);
    for (int i = 1; i <= 3; i++) {
      rescale(powers[i], 2 * i * exponent);
    }
  }

  private static void rescale(double[][] x, int exponent) {
    for (int part = 0; part < x.length && exponent != 0; part++) {
      if (x[part] != null) {
        x[part] = scaled(x[part], exponent);
      }
    }
  }

  /** A degree up to 9: {@code U = X sum b[2i+1] X^2i}, {@code V = sum b[2i] X^2i}. */
  private double[][] low(double[][] x, double[][][] powers, double... b) {
    double[][] odd = zero();
    double[][] even = zero();
    for (int i = 0; 2 * i < b.length; i++) {
      add(b[2 * i + 1], powers[i], odd);
      add(b[2 * i], powers[i], even);
    }
    return quotient(product(x, odd), even);
  }

  /** Degree 13, whose higher powers are multiples of the sixth. */
  private double[][] high(double[][] x, double[][][] powers, double... b) {
    double[][] odd = zero();
    double[][] even = zero();
    for (int i = 1; i <= 3; i++) {
      add(b[2 * i + 7], powers[i], odd);
      add(b[2 * i + 6], powers[i], even);
    }
    odd = product(powers[3], odd);
    even = product(powers[3], even);
    for (int i = 0; i <= 3; i++) {
      add(b[2 * i + 1], powers[i], odd);
      add(b[2 * i], powers[i], even);
    }
    return quotient(product(x, odd), even);
  }

  /** {@code (V - U)^-1 (V + U)}. */
  private double[][] quotient(double[][] u, double[][] v) {
    double[][] numerator = zero();
    add(1, v, numerator);
    add(1, u, numerator);
    double[][] denominator = zero();
    add(1, v, denominator);
    add(-1, u, denominator);
    LuFactorization lu = LuFactorization.of(denominator[0], n, n);
    double[][] result = new double[parts][];
    for (int part = 0; part < parts; part++) {
      double[] right = numerator[part].clone();
      // the parts of denominator times result that are known by now
      for (int own = part; own > 0; own = (own - 1) & part) {
        double[] known = product(denominator[own], result[part ^ own]);
        for (int i = 0; i < right.length; i++) {
          right[i] -= known[i];
        }
      }
      result[part] = new double[n * n];
      lu.solve(false, n, right, result[part]);
    }
    return result;
  }

  // ---- polynomials: a matrix for each subset, null for zero ----

  private double[][] zero() {
    return new double[parts][n * n];
  }

  private double[][] identity() {
    double[][] x = new double[parts][];
    x[0] = new double[n * n];
    for (int i = 0; i < n; i++) {
      x[0][i * n + i] = 1;
    }
    return x;
  }

  private static void add(double factor, double[][] x, double[][] sum) {
    for (int part = 0; part < x.length; part++) {
      if (x[part] != null) {
        Kernels.chosen().axpy(factor, x[part], 0, sum[part], 0, x[part].length);
      }
    }
  }

  private double[][] product(double[][] x, double[][] y) {
    double[][] product = zero();
    for (int part = 0; part < parts; part++) {
      for (int left = part; ; left = (left - 1) & part) {
        double[] first = x[left];
        double[] second = y[part ^ left];
        if (first != null && second != null) {
          Kernels.chosen().axpy(1, product(first, second), 0, product[part], 0, n * n);
        }
        if (left == 0) {
          break;
        }
      }
    }
    return product;
  }

  private double[] product(double[] x, double[] y) {
    double[] out = new double[n * n];
    Kernels.chosen().gemm(false, false, n, n, n, x, 0, y, 0, out, 0);
    return out;
  }
}
