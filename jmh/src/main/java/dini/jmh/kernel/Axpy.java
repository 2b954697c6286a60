package dini.jmh.kernel;

import dini.core.kernel.Kernels;
import dini.jmh.Operands;
import dini.jmh.Timed;
import dini.jmh.peer.OpenBlas;
import java.lang.foreign.MemorySegment;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ojalgo.array.operation.AXPY;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A multiple of one vector added to another: {@code y = a x + y}. */
public class Axpy extends Timed {
  private static final Kernels KERNELS = Kernels.chosen();

  /** Small enough that y stays finite for years of calls. */
  private static final double A = 1e-9;

  /** The length of the vectors. */
  @Param({"8", "64", "512", "4096", "65536", "1000000", "10000000"})
  public int size;

  private double[] x;
  private double[] y;
  private DMatrixRMaj ejmlX;
  private DMatrixRMaj ejmlY;
  private MemorySegment segmentX;
  private MemorySegment segmentY;

  /** Makes the operands, and compares the results. */
  @Setup
  public void setUp() {
    x = Operands.uniform(1, size);
    y = Operands.uniform(2, size);
    ejmlX = new DMatrixRMaj(size, 1, true, x);
    ejmlY = new DMatrixRMaj(size, 1, true, y.clone());
    segmentX = MemorySegment.ofArray(x);
    segmentY = MemorySegment.ofArray(y);
    Operands.requireEqual(dini(), ejml());
    ejml();
    Operands.requireEqual(ojAlgo(), ejmlY.data);
    if (OpenBlas.isPresent()) {
      ejml();
      Operands.requireEqual(openBlas(), ejmlY.data);
    }
  }

  /** Ours. */
  @Benchmark
  public double[] dini() {
    KERNELS.axpy(A, x, 0, y, 0, size);
    return y;
  }

  /** EJML. */
  @Benchmark
  public double[] ejml() {
    CommonOps_DDRM.addEquals(ejmlY, A, ejmlX);
    return ejmlY.data;
  }

  /** The array operation of ojAlgo. */
  @Benchmark
  public double[] ojAlgo() {
    AXPY.invoke(y, 0, A, x, 0, 0, size);
    return y;
  }

  /** OpenBLAS. */
  @Benchmark
  public double[] openBlas() {
    OpenBlas.axpy(size, A, segmentX, segmentY);
    return y;
  }
}
