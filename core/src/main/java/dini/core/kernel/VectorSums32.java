package dini.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ScalarSums} over ranges of float: its 32 lanes are 4 accumulators of 256 bits, which
 * measured level with 512 bits and serve both kinds of machine.
 */
final class VectorSums32 {

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_256;

  private static final int LANES = ScalarSums.LANES;

  private static final int BLOCK = ScalarSums.BLOCK;

  private VectorSums32() {}

  private static FloatVector at(float[] x, int i) {
    return FloatVector.fromArray(S, x, i);
  }

  static float sum(float[] x, int xo, int n) {
    if (n <= BLOCK) {
      return sumBlock(x, xo, n);
    }
    int left = leftOfTree(n);
    return sum(x, xo, left) + sum(x, xo + left, n - left);
  }

  static float dot(float[] x, int xo, float[] y, int yo, int n) {
    if (n <= BLOCK) {
      return dotBlock(x, xo, y, yo, n);
    }
    int left = leftOfTree(n);
    return dot(x, xo, y, yo, left) + dot(x, xo + left, y, yo + left, n - left);
  }

  /**
   * How many elements are below the left branch of the tree of blocks: adding neighbours, an odd
   * last one moving up as it is, leaves there the largest power of two below the number of blocks.
   */
  private static int leftOfTree(int n) {
    return Integer.highestOneBit((n - 1) / BLOCK) * BLOCK;
  }

  private static float sumBlock(float[] x, int xo, int n) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    int i = xo;
    for (int end = xo + (n & -LANES); i < end; i += LANES) {
      s0 = s0.add(at(x, i));
      s1 = s1.add(at(x, i + 8));
      s2 = s2.add(at(x, i + 16));
      s3 = s3.add(at(x, i + 24));
    }
    for (int end = xo + (n & -8); i < end; i += 8) {
      s0 = s0.add(at(x, i));
    }
    s0 = s0.add(s2);
    s1 = s1.add(s3);
    s0 = s0.add(s1);
    float even = (s0.lane(0) + s0.lane(4)) + (s0.lane(2) + s0.lane(6));
    float odd = (s0.lane(1) + s0.lane(5)) + (s0.lane(3) + s0.lane(7));
    float s = even + odd;
    for (; i < xo + n; i++) {
      s = s + x[i];
    }
    return s;
  }

  private static float dotBlock(float[] x, int xo, float[] y, int yo, int n) {
    int d = yo - xo;
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    int i = xo;
    for (int end = xo + (n & -LANES); i < end; i += LANES) {
      s0 = at(x, i).fma(at(y, d + i), s0);
      s1 = at(x, i + 8).fma(at(y, d + i + 8), s1);
      s2 = at(x, i + 16).fma(at(y, d + i + 16), s2);
      s3 = at(x, i + 24).fma(at(y, d + i + 24), s3);
    }
    for (int end = xo + (n & -8); i < end; i += 8) {
      s0 = at(x, i).fma(at(y, d + i), s0);
    }
    s0 = s0.add(s2);
    s1 = s1.add(s3);
    s0 = s0.add(s1);
    float even = (s0.lane(0) + s0.lane(4)) + (s0.lane(2) + s0.lane(6));
    float odd = (s0.lane(1) + s0.lane(5)) + (s0.lane(3) + s0.lane(7));
    float s = even + odd;
    for (; i < xo + n; i++) {
      s = Math.fma(x[i], y[d + i], s);
    }
    return s;
  }
}
