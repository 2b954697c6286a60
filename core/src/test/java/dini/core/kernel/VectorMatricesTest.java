package dini.core.kernel;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VectorMatricesTest {
  private final Kernels scalar = Twins.scalar();
  private final Kernels vector = Twins.vector();

  private static List<int[]> shapes() {
    List<int[]> shapes = new ArrayList<>();
    for (int m : new int[] {0, 1, 6, 8, 19}) {
      for (int n = 0; n <= 34; n++) {
        shapes.add(new int[] {m, n});
      }
      shapes.add(new int[] {m, 63});
      shapes.add(new int[] {m, 64});
      shapes.add(new int[] {m, 1001});
    }
    for (int n :
        new int[] {35, 40, 41, 47, 70, 72, 95, 96, 97, 100, 104, 105, 111, 119, 120, 127}) {
      shapes.add(new int[] {1, n});
      shapes.add(new int[] {37, n});
      shapes.add(new int[] {70, n});
    }
    for (int n : new int[] {128, 130, 145, 500}) {
      shapes.add(new int[] {70, n});
    }
    // more elements than stay in a cache of level 2
    for (int n : new int[] {128, 129, 255, 384, 385, 500, 767, 768, 769, 1001, 1024, 1025}) {
      shapes.add(new int[] {131072 / n + 5, n});
    }
    shapes.add(new int[] {3, 4099});
    shapes.add(new int[] {3, 32769});
    return shapes;
  }

  @Test
  void doubles() {
    for (int[] shape : shapes()) {
      doubles(shape[0], shape[1]);
    }
  }

  private void doubles(int m, int n) {
    String what = m + " x " + n;
    for (int every : new int[] {0, 4}) {
      double[] a = Twins.doubles(m * n + 1, every, n);
      double[] x = Twins.doubles(Math.max(m, n) + 3, every, m);
      double[] y = Twins.doubles(Math.max(m, n) + 2, 0, 7);
      double[] z = y.clone();
      vector.gemv(false, m, n, a, 1, x, 3, y, 2);
      scalar.gemv(false, m, n, a, 1, x, 3, z, 2);
      Twins.same(y, z, what);
      vector.gemv(true, m, n, a, 1, x, 3, y, 2);
      scalar.gemv(true, m, n, a, 1, x, 3, z, 2);
      Twins.same(y, z, what + " transposed");
      for (double[] w : new double[][] {{}, Twins.doubles(m + 1, 0, 5)}) {
        vector.gram(m, n, a, 1, w, 1, x, 3, y, 2);
        scalar.gram(m, n, a, 1, w, 1, x, 3, z, 2);
        Twins.same(y, z, what + " gram with " + w.length + " weights");
      }
      double[] t = new double[m * n + 2];
      double[] u = new double[m * n + 2];
      vector.transpose(m, n, a, 1, t, 2);
      scalar.transpose(m, n, a, 1, u, 2);
      Twins.same(t, u, what + " transpose");
    }
  }

  @Test
  void linesOfTheCacheBeginAnywhere() {
    int m = 270;
    for (int n : new int[] {500, 501, 502, 504}) {
      for (int ao = 0; ao < 9; ao++) {
        double[] a = Twins.doubles(ao + m * n, 4, n);
        double[] x = Twins.doubles(m + n, 0, m);
        double[] y = new double[n];
        double[] z = new double[n];
        vector.gram(m, n, a, ao, new double[0], 0, x, 0, y, 0);
        scalar.gram(m, n, a, ao, new double[0], 0, x, 0, z, 0);
        Twins.same(y, z, n + " columns from element " + ao);
        vector.gemv(true, m, n, a, ao, x, 0, y, 0);
        scalar.gemv(true, m, n, a, ao, x, 0, z, 0);
        Twins.same(y, z, n + " columns from element " + ao + " transposed");
      }
    }
  }

  @Test
  void floats() {
    for (int[] shape : shapes()) {
      floats(shape[0], shape[1]);
    }
  }

  private void floats(int m, int n) {
    String what = m + " x " + n;
    for (int every : new int[] {0, 4}) {
      float[] a = Twins.floats(m * n + 1, every, n);
      float[] x = Twins.floats(Math.max(m, n) + 3, every, m);
      float[] y = Twins.floats(Math.max(m, n) + 2, 0, 7);
      float[] z = y.clone();
      vector.gemv(false, m, n, a, 1, x, 3, y, 2);
      scalar.gemv(false, m, n, a, 1, x, 3, z, 2);
      Twins.same(y, z, what);
      vector.gemv(true, m, n, a, 1, x, 3, y, 2);
      scalar.gemv(true, m, n, a, 1, x, 3, z, 2);
      Twins.same(y, z, what + " transposed");
      for (float[] w : new float[][] {{}, Twins.floats(m + 1, 0, 5)}) {
        vector.gram(m, n, a, 1, w, 1, x, 3, y, 2);
        scalar.gram(m, n, a, 1, w, 1, x, 3, z, 2);
        Twins.same(y, z, what + " gram with " + w.length + " weights");
      }
      float[] t = new float[m * n + 2];
      float[] u = new float[m * n + 2];
      vector.transpose(m, n, a, 1, t, 2);
      scalar.transpose(m, n, a, 1, u, 2);
      Twins.same(t, u, what + " transpose");
    }
  }
}
