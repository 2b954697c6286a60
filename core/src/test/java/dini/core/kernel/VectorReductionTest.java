package dini.core.kernel;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VectorReductionTest {
  private final Kernels scalar = Twins.scalar();
  private final Kernels vector = Twins.vector();

  @ParameterizedTest
  @ValueSource(ints = {0, 20, 2})
  void extremes(int every) {
    for (int n : Twins.SIZES) {
      for (int offset : new int[] {0, 1, 3}) {
        double[] x = Twins.doubles(n + 4, every, n);
        float[] y = Twins.floats(n + 4, every, n);
        String what = n + " from " + offset;
        Twins.same(vector.max(x, offset, n), scalar.max(x, offset, n), what, 0);
        Twins.same(vector.min(x, offset, n), scalar.min(x, offset, n), what, 1);
        Twins.same(vector.max(y, offset, n), scalar.max(y, offset, n), what, 2);
        Twins.same(vector.min(y, offset, n), scalar.min(y, offset, n), what, 3);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ADD", "MUL", "MAX", "MIN"})
  void middleAxis(BinaryKernel op) {
    for (int outer : new int[] {0, 1, 3}) {
      for (int n : new int[] {0, 1, 2, 3, 4, 5, 8, 9, 33, 1000}) {
        for (int inner : new int[] {0, 1, 2, 4, 7, 8, 9, 17, 64, 65}) {
          for (int every : new int[] {0, 9}) {
            String what = op + " of (" + outer + ", " + n + ", " + inner + ")";
            double[] x = Twins.doubles(outer * n * inner, every, n);
            double[] out = new double[outer * inner];
            double[] expected = new double[outer * inner];
            vector.reduce(op, x, outer, n, inner, out);
            scalar.reduce(op, x, outer, n, inner, expected);
            Twins.same(out, expected, what);
            float[] y = Twins.floats(outer * n * inner, every, n);
            float[] out32 = new float[outer * inner];
            float[] expected32 = new float[outer * inner];
            vector.reduce(op, y, outer, n, inner, out32);
            scalar.reduce(op, y, outer, n, inner, expected32);
            Twins.same(out32, expected32, what);
          }
        }
      }
    }
  }
}
