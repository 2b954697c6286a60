package dini.jmh.kernel;

import dini.core.kernel.BinaryKernel;
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

/** The sum of two vectors, element by element. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class Add {
  private static final Kernels KERNELS = Kernels.chosen();

  /** The length of the vectors. */
  @Param({"8", "64", "512", "4096", "65536"})
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
    Operands.requireEqual(dini(), ejml());
  }

  /** Ours. */
  @Benchmark
  public double[] dini() {
    KERNELS.binary(BinaryKernel.ADD, x, 0, y, 0, out, 0, size);
    return out;
  }

  /** The peer. */
  @Benchmark
  public double[] ejml() {
    CommonOps_DDRM.add(ejmlX, ejmlY, ejmlOut);
    return ejmlOut.data;
  }
}
