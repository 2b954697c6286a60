package dini.core.kernel;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Arithmetic on the elements of primitive arrays: the one door between tensors and the machine.
 *
 * <p>Every method gives the same bits for the same input in every implementation (up to the sign
 * and payload of NaN). Offsets count elements; arrays are read and written at {@code offset ..
 * offset + n - 1}; arguments are trusted, since callers have checked shapes. An output range is
 * either exactly one of the input ranges or disjoint from them.
 */
public interface Kernels {

  /** The implementation chosen at start-up: the Vector API where present, else portable Java. */
  static Kernels chosen() {
    return Choice.KERNELS;
  }

  /** The portable implementation, for tests and benchmarks. */
  static Kernels scalar() {
    return Choice.SCALAR;
  }

  /** The implementation by the Vector API, if this machine has it; for tests and benchmarks. */
  static Optional<Kernels> vector() {
    return Choice.VECTOR;
  }

  /** The width of the vectors of the chosen implementation, if it has any. */
  static OptionalInt vectorBits() {
    return Choice.WHY_SCALAR.isPresent() ? OptionalInt.empty() : OptionalInt.of(VectorKernels.BITS);
  }

  /** Why the portable implementation was chosen, if it was. */
  static Optional<String> whyScalar() {
    return Choice.WHY_SCALAR;
  }

  /** One word for logs: {@code "vector-512"}, {@code "scalar"}. */
  String name();

  // ---- elementwise ----

  /** {@code out[i] = op(x[i])}. */
  void unary(UnaryKernel op, double[] x, int xo, double[] out, int oo, int n);

  void unary(UnaryKernel op, float[] x, int xo, float[] out, int oo, int n);

  /**
   * {@code tanh[i] = tanh(x[i])} and its derivative, {@code slope[i] = 1 / cosh(x[i])^2}, with the
   * bits of {@link UnaryKernel#TANH} and {@link UnaryKernel#SECH_SQUARED} for little more than the
   * work of one. The two results are in different places, of which either may be x.
   */
  void tanhAndSechSquared(double[] x, int xo, double[] tanh, int to, double[] slope, int so, int n);

  void tanhAndSechSquared(float[] x, int xo, float[] tanh, int to, float[] slope, int so, int n);

  /** {@code out[i] = op(x[i], y[i])}. */
  void binary(BinaryKernel op, double[] x, int xo, double[] y, int yo, double[] out, int oo, int n);

  void binary(BinaryKernel op, float[] x, int xo, float[] y, int yo, float[] out, int oo, int n);

  /** {@code out[i] = op(x[i], y)}. */
  void binary(BinaryKernel op, double[] x, int xo, double y, double[] out, int oo, int n);

  void binary(BinaryKernel op, float[] x, int xo, float y, float[] out, int oo, int n);

  /** {@code out[i] = op(x, y[i])}. */
  void binary(BinaryKernel op, double x, double[] y, int yo, double[] out, int oo, int n);

  void binary(BinaryKernel op, float x, float[] y, int yo, float[] out, int oo, int n);

  /** {@code y[i] = fma(a, x[i], y[i])}. */
  void axpy(double a, double[] x, int xo, double[] y, int yo, int n);

  void axpy(float a, float[] x, int xo, float[] y, int yo, int n);

  /** {@code p[i] = z[i] + b * p[i]}, the product rounded. */
  void xpby(double[] z, int zo, double b, double[] p, int po, int n);

  void xpby(float[] z, int zo, float b, float[] p, int po, int n);

  /**
   * A step of conjugate gradients on n elements from some index on: {@code x = fma(a, p, x)} and
   * {@code r = fma(-a, q, r)}, unless c is zero then {@code r = fma(c, p, r)}.
   *
   * @return {@code dot(r, r)}
   */
  double descend(
      double a, double c, double[] p, double[] q, double[] x, double[] r, int from, int n);

  float descend(float a, float c, float[] p, float[] q, float[] x, float[] r, int from, int n);

  /** Exchanges x and y. */
  void swap(double[] x, int xo, double[] y, int yo, int n);

  /** A pass of Adam over whole arrays: {@link AdamKernel} says what is read and written. */
  void adam(AdamKernel pass, AdamConstants constants, double[][] in, double[][] out, int n);

  void adam(AdamKernel pass, AdamConstants constants, float[][] in, float[][] out, int n);

  // ---- reductions of a contiguous range; empty: sum, dot, nrm2 0; max -inf; min +inf ----

  double sum(double[] x, int xo, int n);

  float sum(float[] x, int xo, int n);

  /** NaN if any element is NaN; {@code max(0, -0) = +0}. */
  double max(double[] x, int xo, int n);

  float max(float[] x, int xo, int n);

  double min(double[] x, int xo, int n);

  float min(float[] x, int xo, int n);

  /** The largest magnitude; NaN if any element is NaN, 0 if there is none. */
  double amax(double[] x, int xo, int n);

  double dot(double[] x, int xo, double[] y, int yo, int n);

  float dot(float[] x, int xo, float[] y, int yo, int n);

  /** Euclidean norm, safe from overflow and underflow of the squares. */
  double nrm2(double[] x, int xo, int n);

  float nrm2(float[] x, int xo, int n);

  /** Is {@code nrm2(x)} the root of this {@code dot(x, x)}? If not, x has to be scaled. */
  static boolean isRootOf(double square) {
    return ScalarNorms.isSafe(square);
  }

  static boolean isRootOf(float square) {
    return ScalarNorms.isSafe(square);
  }

  // ---- reductions over the middle axis of a contiguous (outer, n, inner) array ----

  /** {@code out[o, i] = op over k of x[o, k, i]}; {@code op} is ADD, MUL, MAX or MIN. */
  void reduce(BinaryKernel op, double[] x, int outer, int n, int inner, double[] out);

  void reduce(BinaryKernel op, float[] x, int outer, int n, int inner, float[] out);

  // ---- matrices, row-major and dense ----

  /** {@code y = A x} for A of shape (m, n); {@code y = A' x} (y of length n) if transposed. */
  void gemv(
      boolean transposed, int m, int n, double[] a, int ao, double[] x, int xo, double[] y, int yo);

  void gemv(
      boolean transposed, int m, int n, float[] a, int ao, float[] x, int xo, float[] y, int yo);

  /**
   * {@code y = A' (w * (A x))} for A of shape (m, n) and m weights, in one pass over A; a w of
   * length 0 stands for ones.
   */
  void gram(
      int m, int n, double[] a, int ao, double[] w, int wo, double[] x, int xo, double[] y, int yo);

  void gram(
      int m, int n, float[] a, int ao, float[] w, int wo, float[] x, int xo, float[] y, int yo);

  /**
   * {@code C = op(A) op(B)} with C of shape (m, n) and the sum over k; A is stored (m, k), or (k,
   * m) if {@code ta}; B is stored (k, n), or (n, k) if {@code tb}.
   */
  void gemm(
      boolean ta,
      boolean tb,
      int m,
      int n,
      int k,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] c,
      int co);

  void gemm(
      boolean ta,
      boolean tb,
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] c,
      int co);

  /**
   * A rectangle of such a product: element (i, l) of op(A) is at {@code ao + i * row + l * step};
   * the rows of B as it is stored are {@code bLine} apart, those of C {@code cLine}. C shares
   * nothing with A and B.
   */
  void gemm(
      boolean tb,
      int m,
      int n,
      int k,
      double[] a,
      int ao,
      int row,
      int step,
      double[] b,
      int bo,
      int bLine,
      double[] c,
      int co,
      int cLine);

  void gemm(
      boolean tb,
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int row,
      int step,
      float[] b,
      int bo,
      int bLine,
      float[] c,
      int co,
      int cLine);

  /** {@code out (n, m) = x' } for x of shape (m, n). */
  void transpose(int m, int n, double[] x, int xo, double[] out, int oo);

  void transpose(int m, int n, float[] x, int xo, float[] out, int oo);

  // ---- blocks of a row-major matrix: lines of any distance, in either direction ----

  /**
   * {@code C = C - A B} with C of shape (m, n) and the sum over k; element (i, l) of A is at {@code
   * ao + i * row + l * step}, rows of B and C are {@code bLine} and {@code cLine} apart. All three
   * may lie in one array; C overlaps neither A nor B. Zeros come out as +0.
   */
  void subtract(
      int m,
      int n,
      int k,
      double[] a,
      int ao,
      int row,
      int step,
      double[] b,
      int bo,
      int bLine,
      double[] c,
      int co,
      int cLine);

  /** {@link #subtract} for the elements (i, j) of C with {@code j >= i}; the others are kept. */
  void subtractUpper(
      int n,
      int k,
      double[] a,
      int ao,
      int row,
      int step,
      double[] b,
      int bo,
      int bLine,
      double[] c,
      int co,
      int cLine);

  /**
   * Solves {@code T X = B} in place, for B of shape (n, k) with rows {@code line} apart and the
   * lower triangle of T, whose element (i, l) is at {@code to + i * row + l * step}: for each row
   * in order, what {@link #subtract} gives is divided by the diagonal of T, unless that is {@code
   * unit} and not read. The transpose of an upper triangle is a lower one with the steps exchanged,
   * and an upper triangle one whose rows, columns and unknowns are counted from the end.
   */
  void substitute(
      boolean unit,
      int n,
      int k,
      double[] t,
      int to,
      int row,
      int step,
      double[] b,
      int bo,
      int line);
}
