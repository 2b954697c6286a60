package dini.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ScalarSums} over ranges of double: its 32 lanes are 8 accumulators of 256 bits, which
 * measured level with 512 bits and serve both kinds of machine.
 */
final class VectorSums64 {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_256;

  private static final int LANES = ScalarSums.LANES;

  private static final int BLOCK = ScalarSums.BLOCK;

  private VectorSums64() {}

  private static DoubleVector at(double[] x, int i) {
    return DoubleVector.fromArray(S, x, i);
  }

  static double sum(double[] x, int xo, int n) {
    if (n <= BLOCK) {
      return sumBlock(x, xo, n);
    }
    int left = leftOfTree(n);
    return sum(x, xo, left) + sum(x, xo + left, n - left);
  }

  static double dot(double[] x, int xo, double[] y, int yo, int n) {
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

  private static double sumBlock(double[] x, int xo, int n) {
    DoubleVector s0 = DoubleVector.zero(S);
    DoubleVector s1 = DoubleVector.zero(S);
    DoubleVector s2 = DoubleVector.zero(S);
    DoubleVector s3 = DoubleVector.zero(S);
    DoubleVector s4 = DoubleVector.zero(S);
    DoubleVector s5 = DoubleVector.zero(S);
    DoubleVector s6 = DoubleVector.zero(S);
    DoubleVector s7 = DoubleVector.zero(S);
    int i = xo;
    for (int end = xo + (n & -LANES); i < end; i += LANES) {
      s0 = s0.add(at(x, i));
      s1 = s1.add(at(x, i + 4));
      s2 = s2.add(at(x, i + 8));
      s3 = s3.add(at(x, i + 12));
      s4 = s4.add(at(x, i + 16));
      s5 = s5.add(at(x, i + 20));
      s6 = s6.add(at(x, i + 24));
      s7 = s7.add(at(x, i + 28));
    }
    for (int end = xo + (n & -8); i < end; i += 8) {
      s0 = s0.add(at(x, i));
      s1 = s1.add(at(x, i + 4));
    }
    s0 = s0.add(s4);
    s1 = s1.add(s5);
    s2 = s2.add(s6);
    s3 = s3.add(s7);
    s0 = s0.add(s2);
    s1 = s1.add(s3);
    DoubleVector v = s0.add(s1);
    double s = (v.lane(0) + v.lane(2)) + (v.lane(1) + v.lane(3));
    for (; i < xo + n; i++) {
      s = s + x[i];
    }
    return s;
  }

  private static double dotBlock(double[] x, int xo, double[] y, int yo, int n) {
    int d = yo - xo;
    DoubleVector s0 = DoubleVector.zero(S);
    DoubleVector s1 = DoubleVector.zero(S);
    DoubleVector s2 = DoubleVector.zero(S);
    DoubleVector s3 = DoubleVector.zero(S);
    DoubleVector s4 = DoubleVector.zero(S);
    DoubleVector s5 = DoubleVector.zero(S);
    DoubleVector s6 = DoubleVector.zero(S);
    DoubleVector s7 = DoubleVector.zero(S);
    int i = xo;
    for (int end = xo + (n & -LANES); i < end; i += LANES) {
      s0 = at(x, i).fma(at(y, d + i), s0);
      s1 = at(x, i + 4).fma(at(y, d + i + 4), s1);
      s2 = at(x, i + 8).fma(at(y, d + i + 8), s2);
      s3 = at(x, i + 12).fma(at(y, d + i + 12), s3);
      s4 = at(x, i + 16).fma(at(y, d + i + 16), s4);
      s5 = at(x, i + 20).fma(at(y, d + i + 20), s5);
      s6 = at(x, i + 24).fma(at(y, d + i + 24), s6);
      s7 = at(x, i + 28).fma(at(y, d + i + 28), s7);
    }
    for (int end = xo + (n & -8); i < end; i += 8) {
      s0 = at(x, i).fma(at(y, d + i), s0);
      s1 = at(x, i + 4).fma(at(y, d + i + 4), s1);
    }
    s0 = s0.add(s4);
    s1 = s1.add(s5);
    s2 = s2.add(s6);
    s3 = s3.add(s7);
    s0 = s0.add(s2);
    s1 = s1.add(s3);
    DoubleVector v = s0.add(s1);
    double s = (v.lane(0) + v.lane(2)) + (v.lane(1) + v.lane(3));
    for (; i < xo + n; i++) {
      s = Math.fma(x[i], y[d + i], s);
    }
    return s;
  }
}
