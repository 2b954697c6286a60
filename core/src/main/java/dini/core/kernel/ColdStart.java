package dini.core.kernel;

/**
 * Counts what each kernel has done, to leave the first work to the scalar kernels, whose results
 * are the same. Counts are racy on purpose: a lost update only moves the change a little.
 */
final class ColdStart {

  /** Elements that are left to each scalar kernel. */
  private static final long LIMIT = 1L << 20;

  /** Multiplications of a matrix product that count as one element. */
  static final int PRODUCTS = 16;

  static final int UNARY_64 = 0;
  static final int BINARY_64 = 32;
  static final int RIGHT_64 = 40;
  static final int LEFT_64 = 48;
  static final int REDUCE_64 = 56;
  static final int AXPY_64 = 64;
  static final int SUM_64 = 65;
  static final int MAX_64 = 66;
  static final int MIN_64 = 67;
  static final int DOT_64 = 68;
  static final int GEMV_64 = 69;
  static final int GEMV_TRANSPOSED_64 = 70;
  static final int GRAM_64 = 71;
  static final int GEMM_64 = 72;

  static final int UNARY_32 = 73;
  static final int BINARY_32 = 105;
  static final int RIGHT_32 = 113;
  static final int LEFT_32 = 121;
  static final int REDUCE_32 = 129;
  static final int AXPY_32 = 137;
  static final int SUM_32 = 138;
  static final int MAX_32 = 139;
  static final int MIN_32 = 140;
  static final int DOT_32 = 141;
  static final int GEMV_32 = 142;
  static final int GEMV_TRANSPOSED_32 = 143;
  static final int GRAM_32 = 144;
  static final int GEMM_32 = 145;

  private static final int SLOTS = 146;

  private final long limit;

  private final long[] done = new long[SLOTS];

  ColdStart(long limit) {
    this.limit = limit;
  }

  /** The limit of this process: the property {@code dini.warm} makes it 0. */
  static long limit() {
    return Boolean.getBoolean("dini.warm") ? 0 : LIMIT;
  }

  /** Whether work of so many elements is still for the scalar kernel of this kind. */
  boolean takes(int slot, long elements) {
    long before = done[slot];
    if (before >= limit) {
      return false;
    }
    done[slot] = before + elements;
    return true;
  }
}
