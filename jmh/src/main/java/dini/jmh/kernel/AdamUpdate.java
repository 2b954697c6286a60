package dini.jmh.kernel;

import dini.core.kernel.AdamConstants;
import dini.core.kernel.AdamKernel;
import dini.core.kernel.BinaryKernel;
import dini.core.kernel.Kernels;
import dini.core.kernel.UnaryKernel;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Passes of Adam in nanoseconds per parameter, against additions that move as many bytes: a pass
 * reads and writes 6 numbers a parameter, or 9, an addition 3. So 8 times 6 bytes over {@code
 * update} are its GB/s in FLOAT64. {@code composed} is the same step operation by operation, in
 * buffers that are there already.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class AdamUpdate {
  private static final Kernels KERNELS = Kernels.chosen();
  private static final int SIZE = 1_000_000;
  private static final AdamConstants CONSTANTS =
      new AdamConstants(0.9, 0.999, 1e-8, 0, 1 - 0.9 * 0.9, 1 - 0.999 * 0.999);

  /** The dtype. */
  @Param({"f64", "f32"})
  public String dtype;

  private final double[][] in = new double[6][SIZE];
  private final double[][] out = new double[3][SIZE];
  private final float[][] in32 = new float[6][SIZE];
  private final float[][] out32 = new float[3][SIZE];

  /** Makes the operands, and compares both forms. */
  @Setup
  public void setUp() {
    for (int k = 0; k < in.length; k++) {
      in[k] = Operands.uniform(k, SIZE);
      for (int i = 0; i < SIZE; i++) {
        in[k][i] = k == 2 ? in[k][i] * in[k][i] : in[k][i];
        in32[k][i] = (float) in[k][i];
      }
    }
    update();
    double[] fused = direction();
    composed();
    Operands.requireEqual(fused, direction());
  }

  private double[] direction() {
    return dtype.equals("f64")
        ? out[2].clone()
        : IntStream.range(0, SIZE).mapToDouble(i -> out32[2][i]).toArray();
  }

  /** Six numbers a parameter. */
  @Benchmark
  @OperationsPerInvocation(SIZE)
  public Object update() {
    return pass(AdamKernel.UPDATE);
  }

  /** Nine numbers a parameter. */
  @Benchmark
  @OperationsPerInvocation(SIZE)
  public Object tangent() {
    return pass(AdamKernel.TANGENT);
  }

  /** Nine numbers a parameter. */
  @Benchmark
  @OperationsPerInvocation(SIZE)
  public Object cotangent() {
    return pass(AdamKernel.COTANGENT);
  }

  private Object pass(AdamKernel pass) {
    if (dtype.equals("f64")) {
      KERNELS.adam(pass, CONSTANTS, in, out, SIZE);
      return out;
    }
    KERNELS.adam(pass, CONSTANTS, in32, out32, SIZE);
    return out32;
  }

  /** The bytes of {@link #update} by additions: two of them, of six arrays. */
  @Benchmark
  @OperationsPerInvocation(SIZE)
  public Object sixAdded() {
    add(0);
    add(1);
    return out;
  }

  /** The bytes of {@link #tangent} by additions: three of them, of nine arrays. */
  @Benchmark
  @OperationsPerInvocation(SIZE)
  public Object nineAdded() {
    add(0);
    add(1);
    add(2);
    return out;
  }

  private void add(int k) {
    if (dtype.equals("f64")) {
      KERNELS.binary(BinaryKernel.ADD, in[2 * k], 0, in[2 * k + 1], 0, out[k], 0, SIZE);
    } else {
      KERNELS.binary(BinaryKernel.ADD, in32[2 * k], 0, in32[2 * k + 1], 0, out32[k], 0, SIZE);
    }
  }

  /** The step without a kernel of its own. */
  @Benchmark
  @OperationsPerInvocation(SIZE)
  public Object composed() {
    return dtype.equals("f64") ? composed64() : composed32();
  }

  private Object composed64() {
    double[] m = out[0];
    double[] v = out[1];
    double[] t = out[2];
    KERNELS.binary(BinaryKernel.MUL, in[1], 0, CONSTANTS.b1(), m, 0, SIZE);
    KERNELS.binary(BinaryKernel.MUL, in[0], 0, 1 - CONSTANTS.b1(), t, 0, SIZE);
    KERNELS.binary(BinaryKernel.ADD, m, 0, t, 0, m, 0, SIZE);
    KERNELS.unary(UnaryKernel.SQUARE, in[0], 0, t, 0, SIZE);
    KERNELS.binary(BinaryKernel.MUL, t, 0, 1 - CONSTANTS.b2(), t, 0, SIZE);
    KERNELS.binary(BinaryKernel.MUL, in[2], 0, CONSTANTS.b2(), v, 0, SIZE);
    KERNELS.binary(BinaryKernel.ADD, v, 0, t, 0, v, 0, SIZE);
    KERNELS.binary(BinaryKernel.DIV, v, 0, CONSTANTS.c2(), t, 0, SIZE);
    KERNELS.unary(UnaryKernel.SQRT, t, 0, t, 0, SIZE);
    KERNELS.binary(BinaryKernel.ADD, t, 0, CONSTANTS.eps(), t, 0, SIZE);
    KERNELS.binary(BinaryKernel.MUL, t, 0, CONSTANTS.c1(), t, 0, SIZE);
    KERNELS.binary(BinaryKernel.DIV, m, 0, t, 0, t, 0, SIZE);
    return out;
  }

  private Object composed32() {
    float[] m = out32[0];
    float[] v = out32[1];
    float[] t = out32[2];
    KERNELS.binary(BinaryKernel.MUL, in32[1], 0, (float) CONSTANTS.b1(), m, 0, SIZE);
    KERNELS.binary(BinaryKernel.MUL, in32[0], 0, 1 - (float) CONSTANTS.b1(), t, 0, SIZE);
    KERNELS.binary(BinaryKernel.ADD, m, 0, t, 0, m, 0, SIZE);
    KERNELS.unary(UnaryKernel.SQUARE, in32[0], 0, t, 0, SIZE);
    KERNELS.binary(BinaryKernel.MUL, t, 0, 1 - (float) CONSTANTS.b2(), t, 0, SIZE);
    KERNELS.binary(BinaryKernel.MUL, in32[2], 0, (float) CONSTANTS.b2(), v, 0, SIZE);
    KERNELS.binary(BinaryKernel.ADD, v, 0, t, 0, v, 0, SIZE);
    KERNELS.binary(BinaryKernel.DIV, v, 0, (float) CONSTANTS.c2(), t, 0, SIZE);
    KERNELS.unary(UnaryKernel.SQRT, t, 0, t, 0, SIZE);
    KERNELS.binary(BinaryKernel.ADD, t, 0, (float) CONSTANTS.eps(), t, 0, SIZE);
    KERNELS.binary(BinaryKernel.MUL, t, 0, (float) CONSTANTS.c1(), t, 0, SIZE);
    KERNELS.binary(BinaryKernel.DIV, m, 0, t, 0, t, 0, SIZE);
    return out32;
  }
}
