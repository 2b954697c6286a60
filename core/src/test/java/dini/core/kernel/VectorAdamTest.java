package dini.core.kernel;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class VectorAdamTest {
  private static final AdamConstants[] CONSTANTS = {
    new AdamConstants(0.9, 0.999, 1e-8, 0, 0.1, 1e-3), new AdamConstants(0.7, 0, 0.1, 0.05, 1, 0.5)
  };

  private final Kernels scalar = Twins.scalar();
  private final Kernels vector = Twins.vector();

  @ParameterizedTest
  @EnumSource
  void doubles(AdamKernel pass) {
    for (AdamConstants constants : CONSTANTS) {
      for (int n : Twins.SIZES) {
        double[][] in = new double[6][];
        for (int k = 0; k < in.length; k++) {
          in[k] = Twins.doubles(n, 3, 10 * n + k);
        }
        double[][] out = new double[3][n];
        double[][] expected = new double[3][n];
        vector.adam(pass, constants, in, out, n);
        scalar.adam(pass, constants, in, expected, n);
        for (int k = 0; k < out.length; k++) {
          Twins.same(out[k], expected[k], pass + " of " + n + ", result " + k);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void floats(AdamKernel pass) {
    for (AdamConstants constants : CONSTANTS) {
      for (int n : Twins.SIZES) {
        float[][] in = new float[6][];
        for (int k = 0; k < in.length; k++) {
          in[k] = Twins.floats(n, 3, 10 * n + k);
        }
        float[][] out = new float[3][n];
        float[][] expected = new float[3][n];
        vector.adam(pass, constants, in, out, n);
        scalar.adam(pass, constants, in, expected, n);
        for (int k = 0; k < out.length; k++) {
          Twins.same(out[k], expected[k], pass + " of " + n + " floats, result " + k);
        }
      }
    }
  }
}
