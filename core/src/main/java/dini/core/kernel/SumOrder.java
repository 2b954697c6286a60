package dini.core.kernel;

/**
 * The order of sums of long contiguous ranges, for who makes the range in parts: sums of blocks of
 * {@link #BLOCK} elements by {@link Kernels#sum(double[], int, int)}, put together by a tree.
 */
public final class SumOrder {
  /** Elements of every block but the last. */
  public static final int BLOCK = ScalarSums.BLOCK;

  private SumOrder() {}

  /** The sum of the whole from those of its blocks, which are overwritten. */
  public static double tree(double[] blocks) {
    return ScalarSums.tree(blocks);
  }

  /** The sum of the whole from those of its blocks, which are overwritten. */
  public static float tree(float[] blocks) {
    return ScalarSums.tree(blocks);
  }
}
