package dini.jmh.kernel;

import dini.core.kernel.Kernels;
import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.mult.VectorVectorMult_DDRM;
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

/** The inner product of two vectors. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class Dot {
  private static final Kernels KERNELS = Kernels.chosen();

  /** The length of the vectors. */
  @Param({"8", "64", "512", "4096", "65536"})
  public int size;

  private double[] x;
  private double[] y;
  private DMatrixRMaj ejmlX;
  private DMatrixRMaj ejmlY;

  /** Makes the operands, and compares the results. */
  @Setup
  public void setUp() {
    x = Operands.uniform(1, size);
    y = Operands.uniform(2, size);
    ejmlX = new DMatrixRMaj(size, 1, true, x);
    ejmlY = new DMatrixRMaj(size, 1, true, y);
    Operands.requireEqual(new double[] {dini()}, new double[] {ejml()});
  }

  /** Ours. */
  @Benchmark
  public double dini() {
    return KERNELS.dot(x, 0, y, 0, size);
  }

  /** The peer. */
  @Benchmark
  public double ejml() {
    return VectorVectorMult_DDRM.innerProd(ejmlX, ejmlY);
  }
}
