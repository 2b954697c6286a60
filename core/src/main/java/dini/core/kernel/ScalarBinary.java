package dini.core.kernel;

/** Elementwise functions of two arguments. */
final class ScalarBinary {
  private ScalarBinary() {}

  static void apply(
      BinaryKernel op, double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
    switch (op) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] + y[yo + i];
        }
      }
      case SUB -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] - y[yo + i];
        }
      }
      case MUL -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] * y[yo + i];
        }
      }
      case DIV -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] / y[yo + i];
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.max(x[xo + i], y[yo + i]);
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.min(x[xo + i], y[yo + i]);
        }
      }
      case POW -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Power.pow(x[xo + i], y[yo + i]);
        }
      }
      case ATAN2, HYPOT, MOD, FLOOR_DIV, LOG_ADD_EXP, XLOGY, XLOG1PY, COPY_SIGN ->
          SpecialBinary.apply(op, x, xo, y, yo, out, oo, n);
    }
  }

  static void apply(BinaryKernel op, double[] x, int xo, double y, double[] out, int oo, int n) {
    switch (op) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] + y;
        }
      }
      case SUB -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] - y;
        }
      }
      case MUL -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] * y;
        }
      }
      case DIV -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] / y;
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.max(x[xo + i], y);
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.min(x[xo + i], y);
        }
      }
      case POW -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Power.pow(x[xo + i], y);
        }
      }
      case ATAN2, HYPOT, MOD, FLOOR_DIV, LOG_ADD_EXP, XLOGY, XLOG1PY, COPY_SIGN ->
          SpecialBinary.apply(op, x, xo, y, out, oo, n);
    }
  }

  static void apply(BinaryKernel op, double x, double[] y, int yo, double[] out, int oo, int n) {
    switch (op) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x + y[yo + i];
        }
      }
      case SUB -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x - y[yo + i];
        }
      }
      case MUL -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x * y[yo + i];
        }
      }
      case DIV -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x / y[yo + i];
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.max(x, y[yo + i]);
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.min(x, y[yo + i]);
        }
      }
      case POW -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Power.pow(x, y[yo + i]);
        }
      }
      case ATAN2, HYPOT, MOD, FLOOR_DIV, LOG_ADD_EXP, XLOGY, XLOG1PY, COPY_SIGN ->
          SpecialBinary.apply(op, x, y, yo, out, oo, n);
    }
  }

  static void axpy(double a, double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = Math.fma(a, x[xo + i], y[yo + i]);
    }
  }

  static void apply(
      BinaryKernel op, float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    switch (op) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] + y[yo + i];
        }
      }
      case SUB -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] - y[yo + i];
        }
      }
      case MUL -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] * y[yo + i];
        }
      }
      case DIV -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] / y[yo + i];
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.max(x[xo + i], y[yo + i]);
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.min(x[xo + i], y[yo + i]);
        }
      }
      case POW -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = (float) Power.pow(x[xo + i], y[yo + i]);
        }
      }
      case ATAN2, HYPOT, MOD, FLOOR_DIV, LOG_ADD_EXP, XLOGY, XLOG1PY, COPY_SIGN ->
          SpecialBinary.apply(op, x, xo, y, yo, out, oo, n);
    }
  }

  static void apply(BinaryKernel op, float[] x, int xo, float y, float[] out, int oo, int n) {
    switch (op) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] + y;
        }
      }
      case SUB -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] - y;
        }
      }
      case MUL -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] * y;
        }
      }
      case DIV -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x[xo + i] / y;
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.max(x[xo + i], y);
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.min(x[xo + i], y);
        }
      }
      case POW -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = (float) Power.pow(x[xo + i], y);
        }
      }
      case ATAN2, HYPOT, MOD, FLOOR_DIV, LOG_ADD_EXP, XLOGY, XLOG1PY, COPY_SIGN ->
          SpecialBinary.apply(op, x, xo, y, out, oo, n);
    }
  }

  static void apply(BinaryKernel op, float x, float[] y, int yo, float[] out, int oo, int n) {
    switch (op) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x + y[yo + i];
        }
      }
      case SUB -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x - y[yo + i];
        }
      }
      case MUL -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x * y[yo + i];
        }
      }
      case DIV -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = x / y[yo + i];
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.max(x, y[yo + i]);
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = Math.min(x, y[yo + i]);
        }
      }
      case POW -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = (float) Power.pow(x, y[yo + i]);
        }
      }
      case ATAN2, HYPOT, MOD, FLOOR_DIV, LOG_ADD_EXP, XLOGY, XLOG1PY, COPY_SIGN ->
          SpecialBinary.apply(op, x, y, yo, out, oo, n);
    }
  }

  static void axpy(float a, float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = Math.fma(a, x[xo + i], y[yo + i]);
    }
  }
}
