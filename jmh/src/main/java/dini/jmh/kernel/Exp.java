package dini.jmh.kernel;

import dini.core.kernel.Kernels;
import dini.core.kernel.UnaryKernel;
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

/**
 * The exponential of every element. EJML takes that of {@link Math}; {@code strictMath} is the
 * other control, since it gives the same bits everywhere, as ours does.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class Exp {
  private static final Kernels KERNELS = Kernels.chosen();

  /** The length of the vector. */
  @Param({"8", "64", "512", "4096", "65536"})
  public int size;

  private double[] x;
  private double[] out;
  private DMatrixRMaj ejmlX;
  private DMatrixRMaj ejmlOut;

  /** Makes the operands, and compares the results. */
  @Setup
  public void setUp() {
    x = Operands.uniform(1, size);
    out = new double[size];
    ejmlX = new DMatrixRMaj(size, 1, true, x);
    ejmlOut = new DMatrixRMaj(size, 1);
    Operands.requireEqual(dini(), ejml());
  }

  /** Ours. */
  @Benchmark
  public double[] dini() {
    KERNELS.unary(UnaryKernel.EXP, x, 0, out, 0, size);
    return out;
  }

  /** The peer. */
  @Benchmark
  public double[] ejml() {
    CommonOps_DDRM.elementExp(ejmlX, ejmlOut);
    return ejmlOut.data;
  }

  /** The portable function of the JDK, in a plain loop. */
  @Benchmark
  public double[] strictMath() {
    for (int i = 0; i < size; i++) {
      out[i] = StrictMath.exp(x[i]);
    }
    return out;
  }
}
