package dini.jmh.kernel;

import dini.core.kernel.BinaryKernel;
import dini.core.kernel.Kernels;
import dini.jmh.Operands;
import dini.jmh.Timed;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Sum and product of two vectors, element by element, into a result that is there already. */
public class Elementwise extends Timed {
  private static final Kernels KERNELS = Kernels.chosen();

  /** The operations. */
  public enum Operation {
    /** {@code x + y}. */
    ADD(BinaryKernel.ADD) {
      @Override
      void loop(double[] x, double[] y, double[] out) {
        for (int i = 0; i < out.length; i++) {
          out[i] = x[i] + y[i];
        }
      }

      @Override
      void ejml(DMatrixRMaj x, DMatrixRMaj y, DMatrixRMaj out) {
        CommonOps_DDRM.add(x, y, out);
      }
    },
    /** {@code x * y}. */
    MUL(BinaryKernel.MUL) {
      @Override
      void loop(double[] x, double[] y, double[] out) {
        for (int i = 0; i < out.length; i++) {
          out[i] = x[i] * y[i];
        }
      }

      @Override
      void ejml(DMatrixRMaj x, DMatrixRMaj y, DMatrixRMaj out) {
        CommonOps_DDRM.elementMult(x, y, out);
      }
    };

    private final BinaryKernel kernel;

    Operation(BinaryKernel kernel) {
      this.kernel = kernel;
    }

    abstract void loop(double[] x, double[] y, double[] out);

    abstract void ejml(DMatrixRMaj x, DMatrixRMaj y, DMatrixRMaj out);
  }

  /** The operation. */
  @Param public Operation operation;

  /** The length of the vectors. */
  @Param({"8", "64", "512", "4096", "65536", "1000000", "10000000"})
  public int size;

  private double[] x;
  private double[] y;
  private double[] out;
  private DMatrixRMaj ejmlX;
  private DMatrixRMaj ejmlY;
  private DMatrixRMaj ejmlOut;

  /** Makes the operands, and compares the results. */
  @Setup
  public void setUp() {
    x = Operands.uniform(1, size);
    y = Operands.uniform(2, size);
    out = new double[size];
    ejmlX = new DMatrixRMaj(size, 1, true, x);
    ejmlY = new DMatrixRMaj(size, 1, true, y);
    ejmlOut = new DMatrixRMaj(size, 1);
    double[] ours = dini().clone();
    Operands.requireEqual(ours, ejml());
    Operands.requireEqual(ours, loop());
  }

  /** Ours. */
  @Benchmark
  public double[] dini() {
    KERNELS.binary(operation.kernel, x, 0, y, 0, out, 0, size);
    return out;
  }

  /** EJML. */
  @Benchmark
  public double[] ejml() {
    operation.ejml(ejmlX, ejmlY, ejmlOut);
    return ejmlOut.data;
  }

  /** A plain loop, which C2 vectorizes. */
  @Benchmark
  public double[] loop() {
    operation.loop(x, y, out);
    return out;
  }
}
