package dini.core.kernel;

/** The passes of {@link AdamKernel}, each over a part of its arrays. */
final class ScalarAdam {
  private ScalarAdam() {}

  static void apply(
      AdamKernel pass, AdamConstants constants, double[][] in, double[][] out, int from, int to) {
    switch (pass) {
      case UPDATE -> update(constants, in, out, from, to);
      case TANGENT -> tangent(constants, in, out, from, to);
      case COTANGENT -> cotangent(constants, in, out, from, to);
    }
  }

  private static void update(
      AdamConstants constants, double[][] in, double[][] out, int from, int to) {
    double[] g = in[0];
    double[] mu = in[1];
    double[] nu = in[2];
    double[] newMu = out[0];
    double[] newNu = out[1];
    double[] direction = out[2];
    double b1 = constants.b1();
    double b2 = constants.b2();
    double eps = constants.eps();
    double epsRoot = constants.epsRoot();
    double c1 = constants.c1();
    double c2 = constants.c2();
    double rest1 = 1 - b1;
    double rest2 = 1 - b2;
    for (int i = from; i < to; i++) {
      double m = b1 * mu[i] + rest1 * g[i];
      double v = b2 * nu[i] + rest2 * (g[i] * g[i]);
      double s = Math.sqrt(v / c2 + epsRoot);
      newMu[i] = m;
      newNu[i] = v;
      direction[i] = m / (c1 * (s + eps));
    }
  }

  private static void tangent(
      AdamConstants constants, double[][] in, double[][] out, int from, int to) {
    double[] g = in[0];
    double[] m = in[1];
    double[] v = in[2];
    double[] gMoved = in[3];
    double[] muMoved = in[4];
    double[] nuMoved = in[5];
    double[] newMu = out[0];
    double[] newNu = out[1];
    double[] direction = out[2];
    double b1 = constants.b1();
    double b2 = constants.b2();
    double eps = constants.eps();
    double epsRoot = constants.epsRoot();
    double c1 = constants.c1();
    double c2 = constants.c2();
    double rest1 = 1 - b1;
    double twice2 = 2 * (1 - b2);
    double twiceC2 = 2 * c2;
    for (int i = from; i < to; i++) {
      double s = Math.sqrt(v[i] / c2 + epsRoot);
      double d = s + eps;
      double mMoved = b1 * muMoved[i] + rest1 * gMoved[i];
      double vMoved = b2 * nuMoved[i] + twice2 * (g[i] * gMoved[i]);
      double sMoved = s == 0 ? 0 : vMoved / (twiceC2 * s);
      newMu[i] = mMoved;
      newNu[i] = vMoved;
      direction[i] = (mMoved - m[i] / d * sMoved) / (c1 * d);
    }
  }

  private static void cotangent(
      AdamConstants constants, double[][] in, double[][] out, int from, int to) {
    double[] g = in[0];
    double[] m = in[1];
    double[] v = in[2];
    double[] p = in[3];
    double[] q = in[4];
    double[] r = in[5];
    double[] ofG = out[0];
    double[] ofMu = out[1];
    double[] ofNu = out[2];
    double b1 = constants.b1();
    double b2 = constants.b2();
    double eps = constants.eps();
    double epsRoot = constants.epsRoot();
    double c1 = constants.c1();
    double c2 = constants.c2();
    double rest1 = 1 - b1;
    double twice2 = 2 * (1 - b2);
    double twiceC2 = 2 * c2;
    for (int i = from; i < to; i++) {
      double s = Math.sqrt(v[i] / c2 + epsRoot);
      double d = s + eps;
      double u = r[i] / (c1 * d);
      double w = s == 0 ? 0 : u * (m[i] / d) / (twiceC2 * s);
      double a = p[i] + u;
      double b = q[i] - w;
      ofG[i] = rest1 * a + twice2 * (g[i] * b);
      ofMu[i] = b1 * a;
      ofNu[i] = b2 * b;
    }
  }

  static void apply(
      AdamKernel pass, AdamConstants constants, float[][] in, float[][] out, int from, int to) {
    switch (pass) {
      case UPDATE -> update(constants, in, out, from, to);
      case TANGENT -> tangent(constants, in, out, from, to);
      case COTANGENT -> cotangent(constants, in, out, from, to);
    }
  }

  private static void update(
      AdamConstants constants, float[][] in, float[][] out, int from, int to) {
    float[] g = in[0];
    float[] mu = in[1];
    float[] nu = in[2];
    float[] newMu = out[0];
    float[] newNu = out[1];
    float[] direction = out[2];
    float b1 = (float) constants.b1();
    float b2 = (float) constants.b2();
    float eps = (float) constants.eps();
    float epsRoot = (float) constants.epsRoot();
    float c1 = (float) constants.c1();
    float c2 = (float) constants.c2();
    float rest1 = 1 - b1;
    float rest2 = 1 - b2;
    for (int i = from; i < to; i++) {
      float m = b1 * mu[i] + rest1 * g[i];
      float v = b2 * nu[i] + rest2 * (g[i] * g[i]);
      float s = (float) Math.sqrt(v / c2 + epsRoot);
      newMu[i] = m;
      newNu[i] = v;
      direction[i] = m / (c1 * (s + eps));
    }
  }

  private static void tangent(
      AdamConstants constants, float[][] in, float[][] out, int from, int to) {
    float[] g = in[0];
    float[] m = in[1];
    float[] v = in[2];
    float[] gMoved = in[3];
    float[] muMoved = in[4];
    float[] nuMoved = in[5];
    float[] newMu = out[0];
    float[] newNu = out[1];
    float[] direction = out[2];
    float b1 = (float) constants.b1();
    float b2 = (float) constants.b2();
    float eps = (float) constants.eps();
    float epsRoot = (float) constants.epsRoot();
    float c1 = (float) constants.c1();
    float c2 = (float) constants.c2();
    float rest1 = 1 - b1;
    float twice2 = 2 * (1 - b2);
    float twiceC2 = 2 * c2;
    for (int i = from; i < to; i++) {
      float s = (float) Math.sqrt(v[i] / c2 + epsRoot);
      float d = s + eps;
      float mMoved = b1 * muMoved[i] + rest1 * gMoved[i];
      float vMoved = b2 * nuMoved[i] + twice2 * (g[i] * gMoved[i]);
      float sMoved = s == 0 ? 0 : vMoved / (twiceC2 * s);
      newMu[i] = mMoved;
      newNu[i] = vMoved;
      direction[i] = (mMoved - m[i] / d * sMoved) / (c1 * d);
    }
  }

  private static void cotangent(
      AdamConstants constants, float[][] in, float[][] out, int from, int to) {
    float[] g = in[0];
    float[] m = in[1];
    float[] v = in[2];
    float[] p = in[3];
    float[] q = in[4];
    float[] r = in[5];
    float[] ofG = out[0];
    float[] ofMu = out[1];
    float[] ofNu = out[2];
    float b1 = (float) constants.b1();
    float b2 = (float) constants.b2();
    float eps = (float) constants.eps();
    float epsRoot = (float) constants.epsRoot();
    float c1 = (float) constants.c1();
    float c2 = (float) constants.c2();
    float rest1 = 1 - b1;
    float twice2 = 2 * (1 - b2);
    float twiceC2 = 2 * c2;
    for (int i = from; i < to; i++) {
      float s = (float) Math.sqrt(v[i] / c2 + epsRoot);
      float d = s + eps;
      float u = r[i] / (c1 * d);
      float w = s == 0 ? 0 : u * (m[i] / d) / (twiceC2 * s);
      float a = p[i] + u;
      float b = q[i] - w;
      ofG[i] = rest1 * a + twice2 * (g[i] * b);
      ofMu[i] = b1 * a;
      ofNu[i] = b2 * b;
    }
  }
}
