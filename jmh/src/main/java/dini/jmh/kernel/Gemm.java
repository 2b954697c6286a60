package dini.jmh.kernel;

import dini.core.kernel.Kernels;
import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The product of two square matrices. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class Gemm {
  private static final Kernels KERNELS = Kernels.chosen();

  /** The extent of the matrices. */
  @Param({"8", "32", "64", "128", "256", "512", "1024"})
  public int size;

  private double[] a;
  private double[] b;
  private double[] out;
  private DMatrixRMaj ejmlA;
  private DMatrixRMaj ejmlB;
  private DMatrixRMaj ejmlOut;

  /** Makes the operands, and compares the results. */
  @Setup
  public void setUp() {
    a = Operands.uniform(1, size * size);
    b = Operands.uniform(2, size * size);
    out = new double[size * size];
    ejmlA = new DMatrixRMaj(size, size, true, a);
    ejmlB = new DMatrixRMaj(size, size, true, b);
    ejmlOut = new DMatrixRMaj(size, size);
    Operands.requireEqual(dini(), ejml());
  }

  /** Ours. */
  @Benchmark
  public double[] dini() {
    KERNELS.gemm(false, false, size, size, size, a, 0, b, 0, out, 0);
    return out;
  }

  /** The peer. */
  @Benchmark
  public double[] ejml() {
    CommonOps_DDRM.mult(ejmlA, ejmlB, ejmlOut);
    return ejmlOut.data;
  }
}
