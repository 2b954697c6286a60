package dini.jmh.kernel;

import dini.core.kernel.BinaryKernel;
import dini.core.kernel.Kernels;
import dini.core.kernel.UnaryKernel;
import dini.jmh.peer.PyTorch;
import dini.jmh.peer.PyTorch.Tensor;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The functions that {@link Functions} and {@link Functions32} measure, and loops over them. Each
 * loop is written out: one that takes the function as an argument is compiled for many, and
 * measures the call.
 */
public enum Function {
  /** {@code e^x}. */
  EXP(-10, 10) {
    @Override
    void dini(Kernels kernels, double[] x, double[] y, double[] out) {
      kernels.unary(UnaryKernel.EXP, x, 0, out, 0, out.length);
    }

    @Override
    void dini(Kernels kernels, float[] x, float[] y, float[] out) {
      kernels.unary(UnaryKernel.EXP, x, 0, out, 0, out.length);
    }

    @Override
    void pyTorch(Tensor x, Tensor y, Tensor out) {
      PyTorch.exp(x, out);
    }

    @Override
    void math(double[] x, double[] y, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = Math.exp(x[i]);
      }
    }

    @Override
    void strictMath(double[] x, double[] y, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = StrictMath.exp(x[i]);
      }
    }

    @Override
    void vectorApi(double[] x, double[] y, double[] out) {
      int i = 0;
      for (int end = S.loopBound(out.length); i < end; i += S.length()) {
        DoubleVector.fromArray(S, x, i).lanewise(VectorOperators.EXP).intoArray(out, i);
      }
      for (; i < out.length; i++) {
        out[i] = Math.exp(x[i]);
      }
    }
  },
  /** {@code ln x}. */
  LOG(0.01, 10) {
    @Override
    void dini(Kernels kernels, double[] x, double[] y, double[] out) {
      kernels.unary(UnaryKernel.LOG, x, 0, out, 0, out.length);
    }

    @Override
    void dini(Kernels kernels, float[] x, float[] y, float[] out) {
      kernels.unary(UnaryKernel.LOG, x, 0, out, 0, out.length);
    }

    @Override
    void pyTorch(Tensor x, Tensor y, Tensor out) {
      PyTorch.log(x, out);
    }

    @Override
    void math(double[] x, double[] y, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = Math.log(x[i]);
      }
    }

    @Override
    void strictMath(double[] x, double[] y, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = StrictMath.log(x[i]);
      }
    }

    @Override
    void vectorApi(double[] x, double[] y, double[] out) {
      int i = 0;
      for (int end = S.loopBound(out.length); i < end; i += S.length()) {
        DoubleVector.fromArray(S, x, i).lanewise(VectorOperators.LOG).intoArray(out, i);
      }
      for (; i < out.length; i++) {
        out[i] = Math.log(x[i]);
      }
    }
  },
  /** {@code sin x}. */
  SIN(-10, 10) {
    @Override
    void dini(Kernels kernels, double[] x, double[] y, double[] out) {
      kernels.unary(UnaryKernel.SIN, x, 0, out, 0, out.length);
    }

    @Override
    void dini(Kernels kernels, float[] x, float[] y, float[] out) {
      kernels.unary(UnaryKernel.SIN, x, 0, out, 0, out.length);
    }

    @Override
    void pyTorch(Tensor x, Tensor y, Tensor out) {
      PyTorch.sin(x, out);
    }

    @Override
    void math(double[] x, double[] y, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = Math.sin(x[i]);
      }
    }

    @Override
    void strictMath(double[] x, double[] y, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = StrictMath.sin(x[i]);
      }
    }

    @Override
    void vectorApi(double[] x, double[] y, double[] out) {
      int i = 0;
      for (int end = S.loopBound(out.length); i < end; i += S.length()) {
        DoubleVector.fromArray(S, x, i).lanewise(VectorOperators.SIN).intoArray(out, i);
      }
      for (; i < out.length; i++) {
        out[i] = Math.sin(x[i]);
      }
    }
  },
  /** {@code tanh x}. */
  TANH(-3, 3) {
    @Override
    void dini(Kernels kernels, double[] x, double[] y, double[] out) {
      kernels.unary(UnaryKernel.TANH, x, 0, out, 0, out.length);
    }

    @Override
    void dini(Kernels kernels, float[] x, float[] y, float[] out) {
      kernels.unary(UnaryKernel.TANH, x, 0, out, 0, out.length);
    }

    @Override
    void pyTorch(Tensor x, Tensor y, Tensor out) {
      PyTorch.tanh(x, out);
    }

    @Override
    void math(double[] x, double[] y, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = Math.tanh(x[i]);
      }
    }

    @Override
    void strictMath(double[] x, double[] y, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = StrictMath.tanh(x[i]);
      }
    }

    @Override
    void vectorApi(double[] x, double[] y, double[] out) {
      int i = 0;
      for (int end = S.loopBound(out.length); i < end; i += S.length()) {
        DoubleVector.fromArray(S, x, i).lanewise(VectorOperators.TANH).intoArray(out, i);
      }
      for (; i < out.length; i++) {
        out[i] = Math.tanh(x[i]);
      }
    }
  },
  /** {@code x^y}. */
  POW(0.01, 2) {
    @Override
    void dini(Kernels kernels, double[] x, double[] y, double[] out) {
      kernels.binary(BinaryKernel.POW, x, 0, y, 0, out, 0, out.length);
    }

    @Override
    void dini(Kernels kernels, float[] x, float[] y, float[] out) {
      kernels.binary(BinaryKernel.POW, x, 0, y, 0, out, 0, out.length);
    }

    @Override
    void pyTorch(Tensor x, Tensor y, Tensor out) {
      PyTorch.pow(x, y, out);
    }

    @Override
    void math(double[] x, double[] y, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = Math.pow(x[i], y[i]);
      }
    }

    @Override
    void strictMath(double[] x, double[] y, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = StrictMath.pow(x[i], y[i]);
      }
    }

    @Override
    void vectorApi(double[] x, double[] y, double[] out) {
      int i = 0;
      for (int end = S.loopBound(out.length); i < end; i += S.length()) {
        DoubleVector.fromArray(S, x, i)
            .lanewise(VectorOperators.POW, DoubleVector.fromArray(S, y, i))
            .intoArray(out, i);
      }
      for (; i < out.length; i++) {
        out[i] = Math.pow(x[i], y[i]);
      }
    }
  };

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private final double low;
  private final double high;

  Function(double low, double high) {
    this.low = low;
    this.high = high;
  }

  /** The least argument to measure at. */
  double low() {
    return low;
  }

  /** The greatest argument to measure at. */
  double high() {
    return high;
  }

  abstract void dini(Kernels kernels, double[] x, double[] y, double[] out);

  abstract void dini(Kernels kernels, float[] x, float[] y, float[] out);

  abstract void pyTorch(Tensor x, Tensor y, Tensor out);

  abstract void math(double[] x, double[] y, double[] out);

  abstract void strictMath(double[] x, double[] y, double[] out);

  abstract void vectorApi(double[] x, double[] y, double[] out);
}
