package dini.core.kernel;

/**
 * What kernels keep between their passes over a chunk of elements: arrays of a thread, so that a
 * call allocates none. Each user has numbers of its own, since one kernel may call another.
 */
final class Chunks {
  /** The length of the arrays. */
  static final int LENGTH = 512;

  /** Of {@link VectorUnary64} and {@link VectorTanh}. */
  static final int FUNCTION = 0;

  /** Of {@link VectorUnary32}. */
  static final int WIDENED = 1;

  /** The first of two of {@link VectorWidened}. */
  static final int PAIR = 2;

  /** The first of four of {@link VectorPower}. */
  static final int POWER = 4;

  private static final ThreadLocal<double[][]> ARRAYS =
      ThreadLocal.withInitial(() -> new double[POWER + 4][]);

  private Chunks() {}

  static double[] get(int number) {
    double[][] arrays = ARRAYS.get();
    if (arrays[number] == null) {
      arrays[number] = new double[LENGTH];
    }
    return arrays[number];
  }
}
