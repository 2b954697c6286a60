package dini.jmh.kernel;

import dini.core.kernel.Kernels;
import dini.jmh.Operands;
import dini.jmh.Timed;
import dini.jmh.peer.OpenBlas;
import java.lang.foreign.MemorySegment;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.mult.MatrixVectorMult_DDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The product of a square matrix, or of its transpose, and a vector. */
public class Gemv extends Timed {
  private static final Kernels KERNELS = Kernels.chosen();

  /** Whether the matrix is transposed. */
  @Param({"false", "true"})
  public boolean transposed;

  /** The extent of the matrix. */
  @Param({"8", "64", "512", "4096"})
  public int size;

  private double[] a;
  private double[] x;
  private double[] out;
  private DMatrixRMaj ejmlA;
  private DMatrixRMaj ejmlX;
  private DMatrixRMaj ejmlOut;
  private MemorySegment segmentA;
  private MemorySegment segmentX;
  private MemorySegment segmentOut;

  /** Makes the operands, and compares the results. */
  @Setup
  public void setUp() {
    a = Operands.uniform(1, size * size);
    x = Operands.uniform(2, size);
    out = new double[size];
    ejmlA = new DMatrixRMaj(size, size, true, a);
    ejmlX = new DMatrixRMaj(size, 1, true, x);
    ejmlOut = new DMatrixRMaj(size, 1);
    segmentA = MemorySegment.ofArray(a);
    segmentX = MemorySegment.ofArray(x);
    segmentOut = MemorySegment.ofArray(out);
    double[] ours = dini().clone();
    Operands.requireEqual(ours, ejml());
    if (OpenBlas.isPresent()) {
      Operands.requireEqual(ours, openBlas());
    }
  }

  /** Ours. */
  @Benchmark
  public double[] dini() {
    KERNELS.gemv(transposed, size, size, a, 0, x, 0, out, 0);
    return out;
  }

  /** EJML. */
  @Benchmark
  public double[] ejml() {
    if (transposed) {
      MatrixVectorMult_DDRM.multTransA_reorder(ejmlA, ejmlX, ejmlOut);
    } else {
      MatrixVectorMult_DDRM.mult(ejmlA, ejmlX, ejmlOut);
    }
    return ejmlOut.data;
  }

  /** OpenBLAS. */
  @Benchmark
  public double[] openBlas() {
    OpenBlas.gemv(transposed, size, size, segmentA, segmentX, segmentOut);
    return out;
  }
}
