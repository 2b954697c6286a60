package dini.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScalarNormsTest {

  private final Kernels kernels = new ScalarKernels();

  @Test
  void doubleNorms() {
    double[] p = {3, -4, 100};
    assertThat(kernels.nrm2(p, 0, 2)).isEqualTo(5);
    assertThat(kernels.nrm2(p, 0, 0)).isEqualTo(0);
    for (int e = Double.MIN_EXPONENT; e <= Double.MAX_EXPONENT - 3; e++) {
      double scale = Math.scalb(1.0, e);
      assertThat(kernels.nrm2(new double[] {3 * scale, -4 * scale}, 0, 2)).isEqualTo(5 * scale);
    }
    double least = Double.MIN_VALUE;
    assertThat(kernels.nrm2(new double[] {least}, 0, 1)).isEqualTo(least);
    assertThat(kernels.nrm2(new double[] {3 * least, 4 * least, 0}, 0, 3)).isEqualTo(5 * least);
    double most = Double.MAX_VALUE;
    assertThat(kernels.nrm2(new double[] {most, least}, 0, 2)).isEqualTo(most);
    assertThat(kernels.nrm2(new double[] {most, most}, 0, 2)).isInfinite();
    assertThat(kernels.nrm2(new double[] {1, -Double.POSITIVE_INFINITY}, 0, 2))
        .isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(kernels.nrm2(new double[] {most, Double.NaN, Double.POSITIVE_INFINITY}, 0, 3))
        .isNaN();
  }

  @Test
  void doubleExtremes() {
    for (int n = 1; n < 20; n++) {
      for (int at = 0; at < n; at++) {
        double[] x = new double[n + 2];
        x[0] = 9;
        x[n + 1] = -9;
        x[1 + at] = 5;
        assertThat(kernels.max(x, 1, n)).isEqualTo(5);
        x[1 + at] = -5;
        assertThat(kernels.min(x, 1, n)).isEqualTo(-5);
        x[1 + at] = Double.NaN;
        assertThat(kernels.max(x, 1, n)).isNaN();
        assertThat(kernels.min(x, 1, n)).isNaN();
        x[1 + at] = -0.0;
        assertThat(1 / kernels.min(x, 1, n)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(1 / kernels.max(x, 1, n))
            .isEqualTo(n == 1 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
      }
    }
    assertThat(kernels.max(new double[0], 0, 0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(kernels.min(new double[0], 0, 0)).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void floatNorms() {
    float[] p = {3, -4, 100};
    assertThat(kernels.nrm2(p, 0, 2)).isEqualTo(5);
    assertThat(kernels.nrm2(p, 0, 0)).isEqualTo(0);
    for (int e = Float.MIN_EXPONENT; e <= Float.MAX_EXPONENT - 3; e++) {
      float scale = Math.scalb(1f, e);
      assertThat(kernels.nrm2(new float[] {3 * scale, -4 * scale}, 0, 2)).isEqualTo(5 * scale);
    }
    float least = Float.MIN_VALUE;
    assertThat(kernels.nrm2(new float[] {least}, 0, 1)).isEqualTo(least);
    assertThat(kernels.nrm2(new float[] {3 * least, 4 * least, 0}, 0, 3)).isEqualTo(5 * least);
    float most = Float.MAX_VALUE;
    assertThat(kernels.nrm2(new float[] {most, least}, 0, 2)).isEqualTo(most);
    assertThat(kernels.nrm2(new float[] {most, most}, 0, 2)).isInfinite();
    assertThat(kernels.nrm2(new float[] {1, -Float.POSITIVE_INFINITY}, 0, 2))
        .isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(kernels.nrm2(new float[] {most, Float.NaN, Float.POSITIVE_INFINITY}, 0, 3)).isNaN();
  }

  @Test
  void floatExtremes() {
    for (int n = 1; n < 20; n++) {
      for (int at = 0; at < n; at++) {
        float[] x = new float[n + 2];
        x[0] = 9;
        x[n + 1] = -9;
        x[1 + at] = 5;
        assertThat(kernels.max(x, 1, n)).isEqualTo(5);
        x[1 + at] = -5;
        assertThat(kernels.min(x, 1, n)).isEqualTo(-5);
        x[1 + at] = Float.NaN;
        assertThat(kernels.max(x, 1, n)).isNaN();
        assertThat(kernels.min(x, 1, n)).isNaN();
        x[1 + at] = -0.0f;
        assertThat(1 / kernels.min(x, 1, n)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(1 / kernels.max(x, 1, n))
            .isEqualTo(n == 1 ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY);
      }
    }
    assertThat(kernels.max(new float[0], 0, 0)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(kernels.min(new float[0], 0, 0)).isEqualTo(Float.POSITIVE_INFINITY);
  }
}
