package dini.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Kernels that are split over threads give the bits of those that are not. */
final class SplitKernelsTest {
  /** Elements of which even cheap work is split; a multiple of nothing. */
  private static final int MANY = 4_000_037;

  /** Elements of which sums are split. */
  private static final int SUMMED = 310 * ScalarSums.BLOCK;

  /** Likewise for functions. */
  private static final int FUNCTION = 400_009;

  private static List<Kernels> both() {
    List<Kernels> kernels = new ArrayList<>(List.of(Kernels.scalar()));
    if (Kernels.vector().isPresent()) {
      kernels.add(new VectorKernels(true));
    }
    return kernels;
  }

  /** Numbers as of {@link Twins}, repeated. */
  private static double[] doubles(int n, int every, long seed) {
    double[] some = Twins.doubles(100_003, every, seed);
    double[] x = new double[n];
    for (int i = 0; i < n; i += some.length) {
      System.arraycopy(some, 0, x, i, Math.min(some.length, n - i));
    }
    return x;
  }

  private static float[] floats(int n, int every, long seed) {
    float[] some = Twins.floats(100_003, every, seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i += some.length) {
      System.arraycopy(some, 0, x, i, Math.min(some.length, n - i));
    }
    return x;
  }

  @BeforeAll
  static void thereAreThreads() {
    assumeTrue(Threads.count() > 1, "the build gives the tests several threads");
    assertThat(Threads.pays(MANY, BinaryKernel.CHEAP)).isTrue();
    assertThat(Threads.pays(FUNCTION, UnaryKernel.TANH.picoseconds())).isTrue();
    assertThat(Threads.pays(SUMMED, SplitKernels.READ)).isTrue();
  }

  @Test
  void elementwise64() {
    double[] x = doubles(MANY + 3, 9, 1);
    double[] y = doubles(MANY + 3, 9, 2);
    for (Kernels kernels : both()) {
      Kernels split = new SplitKernels(kernels);
      double[] actual = new double[MANY + 1];
      double[] expected = new double[MANY + 1];
      split.unary(UnaryKernel.SQUARE, x, 3, actual, 1, MANY);
      kernels.unary(UnaryKernel.SQUARE, x, 3, expected, 1, MANY);
      Twins.same(actual, expected, "square");
      split.unary(UnaryKernel.TANH, x, 3, actual, 1, FUNCTION);
      kernels.unary(UnaryKernel.TANH, x, 3, expected, 1, FUNCTION);
      Twins.same(actual, expected, "tanh");
      double[] slope = new double[FUNCTION + 5];
      double[] expectedSlope = new double[FUNCTION + 5];
      split.tanhAndSechSquared(x, 3, actual, 1, slope, 5, FUNCTION);
      kernels.tanhAndSechSquared(x, 3, expected, 1, expectedSlope, 5, FUNCTION);
      Twins.same(actual, expected, "tanh with its slope");
      Twins.same(slope, expectedSlope, "slope of tanh");
      split.unary(UnaryKernel.LGAMMA, x, 3, actual, 1, FUNCTION / 8);
      kernels.unary(UnaryKernel.LGAMMA, x, 3, expected, 1, FUNCTION / 8);
      Twins.same(actual, expected, "lgamma");
      split.binary(BinaryKernel.ADD, x, 3, y, 2, actual, 1, MANY);
      kernels.binary(BinaryKernel.ADD, x, 3, y, 2, expected, 1, MANY);
      Twins.same(actual, expected, "add");
      split.binary(BinaryKernel.DIV, x, 3, 1.7, actual, 1, MANY);
      kernels.binary(BinaryKernel.DIV, x, 3, 1.7, expected, 1, MANY);
      Twins.same(actual, expected, "div by a number");
      split.binary(BinaryKernel.POW, 1.7, y, 3, actual, 1, FUNCTION);
      kernels.binary(BinaryKernel.POW, 1.7, y, 3, expected, 1, FUNCTION);
      Twins.same(actual, expected, "pow of a number");
      split.axpy(1.7, x, 2, actual, 1, MANY);
      kernels.axpy(1.7, x, 2, expected, 1, MANY);
      Twins.same(actual, expected, "axpy");
      split.unary(UnaryKernel.NEG, actual, 1, actual, 1, MANY);
      kernels.unary(UnaryKernel.NEG, expected, 1, expected, 1, MANY);
      Twins.same(actual, expected, "neg in place");
    }
  }

  @Test
  void reductions64() {
    for (int n : new int[] {SUMMED, SUMMED + 32_761}) {
      for (int every : new int[] {0, 50_000}) {
        double[] x = doubles(n + 1, every, n);
        double[] y = doubles(n + 2, every, n + 1);
        for (Kernels kernels : both()) {
          Kernels split = new SplitKernels(kernels);
          Twins.same(split.sum(x, 1, n), kernels.sum(x, 1, n), "sum", n);
          Twins.same(split.dot(x, 1, y, 2, n), kernels.dot(x, 1, y, 2, n), "dot", n);
          Twins.same(split.nrm2(x, 1, n), kernels.nrm2(x, 1, n), "nrm2", n);
          Twins.same(split.max(x, 1, n), kernels.max(x, 1, n), "max", n);
          Twins.same(split.min(x, 1, n), kernels.min(x, 1, n), "min", n);
        }
      }
    }
    double[] large = doubles(SUMMED, 0, 3);
    Kernels.scalar().binary(BinaryKernel.MUL, large, 0, 1e300, large, 0, SUMMED);
    for (Kernels kernels : both()) {
      double norm = new SplitKernels(kernels).nrm2(large, 0, SUMMED);
      Twins.same(norm, kernels.nrm2(large, 0, SUMMED), "nrm2 of large numbers", 0);
    }
  }

  @Test
  void axes64() {
    int[][] shapes = {
      {1, SUMMED, 1}, {3, 3_400_003, 1}, {100_003, 101, 1}, {1_300_001, 8, 1}, {51, 1003, 99}
    };
    for (int[] shape : shapes) {
      int outer = shape[0];
      int n = shape[1];
      int inner = shape[2];
      double[] x = doubles(outer * n * inner, 1000, n);
      for (Kernels kernels : both()) {
        for (BinaryKernel op :
            List.of(BinaryKernel.ADD, BinaryKernel.MUL, BinaryKernel.MAX, BinaryKernel.MIN)) {
          double[] actual = new double[outer * inner];
          double[] expected = new double[outer * inner];
          new SplitKernels(kernels).reduce(op, x, outer, n, inner, actual);
          kernels.reduce(op, x, outer, n, inner, expected);
          Twins.same(actual, expected, op + " of " + List.of(outer, n, inner));
        }
      }
    }
  }

  @Test
  void matricesAndVectors64() {
    for (int[] shape : new int[][] {{2003, 2501}, {70_003, 101}, {11, 700_003}, {1, SUMMED}}) {
      int m = shape[0];
      int n = shape[1];
      double[] a = doubles(m * n + 1, 0, n);
      double[] x = doubles(Math.max(m, n) + 3, 0, m);
      for (Kernels kernels : both()) {
        for (boolean transposed : new boolean[] {false, true}) {
          double[] actual = new double[(transposed ? n : m) + 2];
          double[] expected = actual.clone();
          new SplitKernels(kernels).gemv(transposed, m, n, a, 1, x, 3, actual, 2);
          kernels.gemv(transposed, m, n, a, 1, x, 3, expected, 2);
          Twins.same(actual, expected, m + " x " + n + (transposed ? " transposed" : ""));
        }
      }
    }
  }

  @Test
  void products64() {
    int[][] shapes = {
      {257, 259, 261},
      {250, 257, 529},
      {1001, 33, 500},
      {35, 1003, 501},
      {66, 70, 4001},
      {3, 5, 1_000_003},
      {1, 5, 1_000_003}
    };
    for (int[] shape : shapes) {
      int m = shape[0];
      int n = shape[1];
      int k = shape[2];
      double[] a = doubles(m * k + 1, 0, m);
      double[] b = doubles(k * n + 2, 0, n);
      for (Kernels kernels : both()) {
        for (int flags = 0; flags < 4; flags++) {
          boolean ta = (flags & 1) != 0;
          boolean tb = (flags & 2) != 0;
          double[] actual = doubles(m * n + 3, 0, 5);
          double[] expected = actual.clone();
          new SplitKernels(kernels).gemm(ta, tb, m, n, k, a, 1, b, 2, actual, 3);
          kernels.gemm(ta, tb, m, n, k, a, 1, b, 2, expected, 3);
          Twins.same(actual, expected, List.of(m, n, k) + " " + ta + " " + tb);
        }
      }
    }
  }

  /** Results that replace an operand. */
  @Test
  void inPlace64() {
    int n = 700;
    double[] a = doubles(n * n, 0, 1);
    double[] wide = doubles(2000 * 2000, 0, 1);
    for (Kernels kernels : both()) {
      Kernels split = new SplitKernels(kernels);
      double[] actual = doubles(n * n, 0, 2);
      double[] expected = actual.clone();
      split.gemm(false, false, n, n, n, actual, 0, a, 0, actual, 0);
      kernels.gemm(false, false, n, n, n, expected, 0, a, 0, expected, 0);
      Twins.same(actual, expected, "product");
      split.gemv(true, 2000, 2000, wide, 0, actual, 0, actual, 0);
      kernels.gemv(true, 2000, 2000, wide, 0, expected, 0, expected, 0);
      Twins.same(actual, expected, "product with a vector");
    }
  }

  @Test
  void elementwise32() {
    float[] x = floats(MANY + 3, 9, 1);
    float[] y = floats(MANY + 3, 9, 2);
    for (Kernels kernels : both()) {
      Kernels split = new SplitKernels(kernels);
      float[] actual = new float[MANY + 1];
      float[] expected = new float[MANY + 1];
      split.unary(UnaryKernel.SQUARE, x, 3, actual, 1, MANY);
      kernels.unary(UnaryKernel.SQUARE, x, 3, expected, 1, MANY);
      Twins.same(actual, expected, "square");
      split.unary(UnaryKernel.TANH, x, 3, actual, 1, FUNCTION);
      kernels.unary(UnaryKernel.TANH, x, 3, expected, 1, FUNCTION);
      Twins.same(actual, expected, "tanh");
      float[] slope = new float[FUNCTION + 5];
      float[] expectedSlope = new float[FUNCTION + 5];
      split.tanhAndSechSquared(x, 3, actual, 1, slope, 5, FUNCTION);
      kernels.tanhAndSechSquared(x, 3, expected, 1, expectedSlope, 5, FUNCTION);
      Twins.same(actual, expected, "tanh with its slope");
      Twins.same(slope, expectedSlope, "slope of tanh");
      split.unary(UnaryKernel.LGAMMA, x, 3, actual, 1, FUNCTION / 8);
      kernels.unary(UnaryKernel.LGAMMA, x, 3, expected, 1, FUNCTION / 8);
      Twins.same(actual, expected, "lgamma");
      split.binary(BinaryKernel.ADD, x, 3, y, 2, actual, 1, MANY);
      kernels.binary(BinaryKernel.ADD, x, 3, y, 2, expected, 1, MANY);
      Twins.same(actual, expected, "add");
      split.binary(BinaryKernel.DIV, x, 3, 1.7f, actual, 1, MANY);
      kernels.binary(BinaryKernel.DIV, x, 3, 1.7f, expected, 1, MANY);
      Twins.same(actual, expected, "div by a number");
      split.binary(BinaryKernel.POW, 1.7f, y, 3, actual, 1, FUNCTION);
      kernels.binary(BinaryKernel.POW, 1.7f, y, 3, expected, 1, FUNCTION);
      Twins.same(actual, expected, "pow of a number");
      split.axpy(1.7f, x, 2, actual, 1, MANY);
      kernels.axpy(1.7f, x, 2, expected, 1, MANY);
      Twins.same(actual, expected, "axpy");
      split.unary(UnaryKernel.NEG, actual, 1, actual, 1, MANY);
      kernels.unary(UnaryKernel.NEG, expected, 1, expected, 1, MANY);
      Twins.same(actual, expected, "neg in place");
    }
  }

  @Test
  void reductions32() {
    for (int n : new int[] {SUMMED, SUMMED + 32_761}) {
      for (int every : new int[] {0, 50_000}) {
        float[] x = floats(n + 1, every, n);
        float[] y = floats(n + 2, every, n + 1);
        for (Kernels kernels : both()) {
          Kernels split = new SplitKernels(kernels);
          Twins.same(split.sum(x, 1, n), kernels.sum(x, 1, n), "sum", n);
          Twins.same(split.dot(x, 1, y, 2, n), kernels.dot(x, 1, y, 2, n), "dot", n);
          Twins.same(split.nrm2(x, 1, n), kernels.nrm2(x, 1, n), "nrm2", n);
          Twins.same(split.max(x, 1, n), kernels.max(x, 1, n), "max", n);
          Twins.same(split.min(x, 1, n), kernels.min(x, 1, n), "min", n);
        }
      }
    }
    float[] large = floats(SUMMED, 0, 3);
    Kernels.scalar().binary(BinaryKernel.MUL, large, 0, 1e30f, large, 0, SUMMED);
    for (Kernels kernels : both()) {
      float norm = new SplitKernels(kernels).nrm2(large, 0, SUMMED);
      Twins.same(norm, kernels.nrm2(large, 0, SUMMED), "nrm2 of large numbers", 0);
    }
  }

  @Test
  void axes32() {
    int[][] shapes = {
      {1, SUMMED, 1}, {3, 3_400_003, 1}, {100_003, 101, 1}, {1_300_001, 8, 1}, {51, 1003, 99}
    };
    for (int[] shape : shapes) {
      int outer = shape[0];
      int n = shape[1];
      int inner = shape[2];
      float[] x = floats(outer * n * inner, 1000, n);
      for (Kernels kernels : both()) {
        for (BinaryKernel op :
            List.of(BinaryKernel.ADD, BinaryKernel.MUL, BinaryKernel.MAX, BinaryKernel.MIN)) {
          float[] actual = new float[outer * inner];
          float[] expected = new float[outer * inner];
          new SplitKernels(kernels).reduce(op, x, outer, n, inner, actual);
          kernels.reduce(op, x, outer, n, inner, expected);
          Twins.same(actual, expected, op + " of " + List.of(outer, n, inner));
        }
      }
    }
  }

  @Test
  void matricesAndVectors32() {
    for (int[] shape : new int[][] {{2003, 2501}, {70_003, 101}, {11, 700_003}, {1, SUMMED}}) {
      int m = shape[0];
      int n = shape[1];
      float[] a = floats(m * n + 1, 0, n);
      float[] x = floats(Math.max(m, n) + 3, 0, m);
      for (Kernels kernels : both()) {
        for (boolean transposed : new boolean[] {false, true}) {
          float[] actual = new float[(transposed ? n : m) + 2];
          float[] expected = actual.clone();
          new SplitKernels(kernels).gemv(transposed, m, n, a, 1, x, 3, actual, 2);
          kernels.gemv(transposed, m, n, a, 1, x, 3, expected, 2);
          Twins.same(actual, expected, m + " x " + n + (transposed ? " transposed" : ""));
        }
      }
    }
  }

  @Test
  void products32() {
    int[][] shapes = {
      {257, 259, 261},
      {250, 257, 529},
      {1001, 33, 500},
      {35, 1003, 501},
      {66, 70, 4001},
      {3, 5, 1_000_003},
      {1, 5, 1_000_003}
    };
    for (int[] shape : shapes) {
      int m = shape[0];
      int n = shape[1];
      int k = shape[2];
      float[] a = floats(m * k + 1, 0, m);
      float[] b = floats(k * n + 2, 0, n);
      for (Kernels kernels : both()) {
        for (int flags = 0; flags < 4; flags++) {
          boolean ta = (flags & 1) != 0;
          boolean tb = (flags & 2) != 0;
          float[] actual = floats(m * n + 3, 0, 5);
          float[] expected = actual.clone();
          new SplitKernels(kernels).gemm(ta, tb, m, n, k, a, 1, b, 2, actual, 3);
          kernels.gemm(ta, tb, m, n, k, a, 1, b, 2, expected, 3);
          Twins.same(actual, expected, List.of(m, n, k) + " " + ta + " " + tb);
        }
      }
    }
  }

  /** Results that replace an operand. */
  @Test
  void inPlace32() {
    int n = 700;
    float[] a = floats(n * n, 0, 1);
    float[] wide = floats(2000 * 2000, 0, 1);
    for (Kernels kernels : both()) {
      Kernels split = new SplitKernels(kernels);
      float[] actual = floats(n * n, 0, 2);
      float[] expected = actual.clone();
      split.gemm(false, false, n, n, n, actual, 0, a, 0, actual, 0);
      kernels.gemm(false, false, n, n, n, expected, 0, a, 0, expected, 0);
      Twins.same(actual, expected, "product");
      split.gemv(true, 2000, 2000, wide, 0, actual, 0, actual, 0);
      kernels.gemv(true, 2000, 2000, wide, 0, expected, 0, expected, 0);
      Twins.same(actual, expected, "product with a vector");
    }
  }
}
