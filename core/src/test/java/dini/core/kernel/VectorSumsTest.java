package dini.core.kernel;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VectorSumsTest {
  private final Kernels scalar = Twins.scalar();
  private final Kernels vector = Twins.vector();

  @ParameterizedTest
  @ValueSource(ints = {0, 1000, 20, 3})
  void doubles(int every) {
    for (int n : Twins.SIZES) {
      for (int offset : new int[] {0, 1, 3}) {
        double[] x = Twins.doubles(n + 4, every, n);
        double[] y = Twins.doubles(n + 8, every, n + 1);
        int yo = 2 * offset;
        String what = n + " from " + offset;
        Twins.same(vector.sum(x, offset, n), scalar.sum(x, offset, n), what, 0);
        double expected = scalar.dot(x, offset, y, yo, n);
        Twins.same(vector.dot(x, offset, y, yo, n), expected, what, 1);
        Twins.same(VectorSums64.sum(x, offset, n), scalar.sum(x, offset, n), what, 2);
        Twins.same(VectorSums64.dot(x, offset, y, yo, n), expected, what, 3);
        Twins.same(vector.nrm2(x, offset, n), scalar.nrm2(x, offset, n), what, 4);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1000, 20, 3})
  void floats(int every) {
    for (int n : Twins.SIZES) {
      for (int offset : new int[] {0, 1, 3}) {
        float[] x = Twins.floats(n + 4, every, n);
        float[] y = Twins.floats(n + 8, every, n + 1);
        int yo = 2 * offset;
        String what = n + " from " + offset;
        Twins.same(vector.sum(x, offset, n), scalar.sum(x, offset, n), what, 0);
        float expected = scalar.dot(x, offset, y, yo, n);
        Twins.same(vector.dot(x, offset, y, yo, n), expected, what, 1);
        Twins.same(VectorSums32.sum(x, offset, n), scalar.sum(x, offset, n), what, 2);
        Twins.same(VectorSums32.dot(x, offset, y, yo, n), expected, what, 3);
        Twins.same(vector.nrm2(x, offset, n), scalar.nrm2(x, offset, n), what, 4);
      }
    }
  }
}
