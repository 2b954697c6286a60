package dini.jmh.kernel;

import dini.core.kernel.Kernels;
import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.mult.MatrixVectorMult_DDRM;
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

/** The product of a square matrix and a vector. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class Gemv {
  private static final Kernels KERNELS = Kernels.chosen();

  /** The extent of the matrix. */
  @Param({"8", "64", "512", "4096"})
  public int size;

  private double[] a;
  private double[] x;
  private double[] out;
  private DMatrixRMaj ejmlA;
  private DMatrixRMaj ejmlX;
  private DMatrixRMaj ejmlOut;

  /** Makes the operands, and compares the results. */
  @Setup
  public void setUp() {
    a = Operands.uniform(1, size * size);
    x = Operands.uniform(2, size);
    out = new double[size];
    ejmlA = new DMatrixRMaj(size, size, true, a);
    ejmlX = new DMatrixRMaj(size, 1, true, x);
    ejmlOut = new DMatrixRMaj(size, 1);
    Operands.requireEqual(dini(), ejml());
  }

  /** Ours. */
  @Benchmark
  public double[] dini() {
    KERNELS.gemv(false, size, size, a, 0, x, 0, out, 0);
    return out;
  }

  /** The peer. */
  @Benchmark
  public double[] ejml() {
    MatrixVectorMult_DDRM.mult(ejmlA, ejmlX, ejmlOut);
    return ejmlOut.data;
  }
}
