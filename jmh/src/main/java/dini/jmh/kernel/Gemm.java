package dini.jmh.kernel;

import dini.core.kernel.Kernels;
import dini.jmh.Operands;
import dini.jmh.Timed;
import dini.jmh.peer.OjAlgo;
import dini.jmh.peer.OpenBlas;
import java.lang.foreign.MemorySegment;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ojalgo.matrix.store.R064Store;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The product of two square matrices in FLOAT64. */
public class Gemm extends Timed {
  private static final Kernels KERNELS = Kernels.chosen();

  /** The extent of the matrices. */
  @Param({"8", "10", "16", "30", "32", "50", "64", "100", "127", "128", "256", "500", "1000"})
  public int size;

  private double[] a;
  private double[] b;
  private double[] out;
  private DMatrixRMaj ejmlA;
  private DMatrixRMaj ejmlB;
  private DMatrixRMaj ejmlOut;
  private R064Store ojAlgoA;
  private R064Store ojAlgoB;
  private R064Store ojAlgoOut;
  private MemorySegment segmentA;
  private MemorySegment segmentB;
  private MemorySegment segmentOut;

  /** Makes the operands, and compares the results. */
  @Setup
  public void setUp() {
    a = Operands.uniform(1, size * size);
    b = Operands.uniform(2, size * size);
    out = new double[size * size];
    ejmlA = new DMatrixRMaj(size, size, true, a);
    ejmlB = new DMatrixRMaj(size, size, true, b);
    ejmlOut = new DMatrixRMaj(size, size);
    ojAlgoA = OjAlgo.matrix(size, size, a);
    ojAlgoB = OjAlgo.matrix(size, size, b);
    ojAlgoOut = OjAlgo.matrix(size, size, out);
    segmentA = MemorySegment.ofArray(a);
    segmentB = MemorySegment.ofArray(b);
    segmentOut = MemorySegment.ofArray(out);
    double[] ours = dini().clone();
    Operands.requireEqual(ours, ejml());
    Operands.requireEqual(ours, OjAlgo.rows(ojAlgo()));
    if (OpenBlas.isPresent()) {
      Operands.requireEqual(ours, openBlas());
    }
  }

  /** Ours. */
  @Benchmark
  public double[] dini() {
    KERNELS.gemm(false, false, size, size, size, a, 0, b, 0, out, 0);
    return out;
  }

  /** EJML. */
  @Benchmark
  public double[] ejml() {
    CommonOps_DDRM.mult(ejmlA, ejmlB, ejmlOut);
    return ejmlOut.data;
  }

  /** The product of ojAlgo. */
  @Benchmark
  public R064Store ojAlgo() {
    ojAlgoOut.fillByMultiplying(ojAlgoA, ojAlgoB);
    return ojAlgoOut;
  }

  /** OpenBLAS. */
  @Benchmark
  public double[] openBlas() {
    OpenBlas.gemm(size, segmentA, segmentB, segmentOut);
    return out;
  }
}
