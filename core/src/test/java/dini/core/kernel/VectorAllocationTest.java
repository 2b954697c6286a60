package dini.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.EnumSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Compiled kernels allocate nothing: a vector that escapes C2 is an object, and its kernel many
 * times slower. In a JVM of its own, since what C2 makes of a kernel depends on all that ran
 * before.
 */
@Tag("alone")
final class VectorAllocationTest {
  private static final int N = 256;

  private static final int SIDE = 32;

  private static final long SLACK = 100;

  private static final long PATIENCE = 30_000_000_000L;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Kernels kernels = Twins.vector();
  private final double[] x = Twins.doubles(SIDE * SIDE, 0, 1);
  private final double[] y = Twins.doubles(SIDE * SIDE, 0, 2);
  private final double[] z = new double[SIDE * SIDE];
  private final float[] x32 = Twins.floats(SIDE * SIDE, 0, 1);
  private final float[] y32 = Twins.floats(SIDE * SIDE, 0, 2);
  private final float[] z32 = new float[SIDE * SIDE];
  private double sink;

  @Test
  void reductions() {
    check("sum", () -> sink += kernels.sum(x, 0, N));
    check("dot", () -> sink += kernels.dot(x, 0, y, 0, N));
    check("max", () -> sink += kernels.max(x, 0, N));
    check("sum of floats", () -> sink += kernels.sum(x32, 0, N));
    check("dot of floats", () -> sink += kernels.dot(x32, 0, y32, 0, N));
    check("max of floats", () -> sink += kernels.max(x32, 0, N));
    check("column sums", () -> kernels.reduce(BinaryKernel.ADD, x, 1, SIDE, SIDE, z));
  }

  @Test
  void matrices() {
    check("gemv", () -> kernels.gemv(false, SIDE, SIDE, x, 0, y, 0, z, 0));
    check("transposed gemv", () -> kernels.gemv(true, SIDE, SIDE, x, 0, y, 0, z, 0));
    check("short gemv", () -> kernels.gemv(false, 100, 10, x, 0, y, 0, z, 0));
    check("gram", () -> kernels.gram(SIDE, SIDE, x, 0, y, 0, y, 0, z, 0));
    check("short gram", () -> kernels.gram(100, 10, x, 0, y, 0, y, 0, z, 0));
    check("gram of floats", () -> kernels.gram(SIDE, SIDE, x32, 0, y32, 0, y32, 0, z32, 0));
    check("gemm", () -> kernels.gemm(false, false, SIDE, SIDE, SIDE, x, 0, y, 0, z, 0));
    check("packed gemm", () -> kernels.gemm(false, true, SIDE, SIDE, SIDE, x, 0, y, 0, z, 0));
    check("gemv of floats", () -> kernels.gemv(false, SIDE, SIDE, x32, 0, y32, 0, z32, 0));
    check("transpose", () -> kernels.transpose(SIDE, SIDE, x, 0, z, 0));
    check("transpose of floats", () -> kernels.transpose(32, 32, x32, 0, y32, 0));
    check("gemm of ten rows", () -> kernels.gemm(false, true, 10, 40, 10, x, 0, y, 0, z, 0));
    check("thin gemm", () -> kernels.gemm(false, false, SIDE, 3, SIDE, x, 0, y, 0, z, 0));
    check("gemm of 10", () -> kernels.gemm(false, false, 10, 10, 10, x32, 0, y32, 0, z32, 0));
    check("gemm of floats", () -> kernels.gemm(false, true, 32, 32, 32, x32, 0, y32, 0, z32, 0));
  }

  @Test
  void blocks() {
    check("subtract", () -> kernels.subtract(15, 27, 9, x, 0, 9, 1, y, 0, 27, z, 0, 27));
    check("subtractUpper", () -> kernels.subtractUpper(27, 9, x, 0, 1, 27, y, 0, 27, z, 0, 27));
    check("substitute", () -> kernels.substitute(true, 17, 27, x, 0, 27, 1, z, 0, 27));
    check("swap", () -> kernels.swap(x, 0, x, N, N));
    check("amax", () -> sink += kernels.amax(x, 0, N));
  }

  @Test
  void binary() {
    check("add", () -> kernels.binary(BinaryKernel.ADD, x, 0, y, 0, z, 0, N));
    check("div by a number", () -> kernels.binary(BinaryKernel.DIV, x, 0, 3.0, z, 0, N));
    check("max of floats", () -> kernels.binary(BinaryKernel.MAX, x32, 0, y32, 0, z32, 0, N));
    check("axpy", () -> kernels.axpy(1e-9, x, 0, y, 0, N));
  }

  @Test
  void unary() {
    for (UnaryKernel op : EnumSet.of(UnaryKernel.EXP, UnaryKernel.LOG1P, UnaryKernel.RELU)) {
      check(op.name(), () -> kernels.unary(op, x, 0, z, 0, N));
    }
    check("tanh", () -> kernels.unary(UnaryKernel.TANH, x, 0, z, 0, N));
    check("slope of tanh", () -> kernels.unary(UnaryKernel.SECH_SQUARED, x, 0, z, 0, N));
    check("tanh and slope", () -> kernels.tanhAndSechSquared(x, 0, z, 0, z, N, N));
    check("of floats", () -> kernels.tanhAndSechSquared(x32, 0, z32, 0, z32, N, N));
    for (UnaryKernel op : EnumSet.of(UnaryKernel.SIN, UnaryKernel.TAN, UnaryKernel.ATAN)) {
      check(op.name(), () -> kernels.unary(op, x, 0, z, 0, N));
    }
    check("exp2", () -> kernels.unary(UnaryKernel.EXP2, x, 0, z, 0, N));
    check("acos", () -> kernels.unary(UnaryKernel.ACOS, x, 0, z, 0, N));
    check("sinh", () -> kernels.unary(UnaryKernel.SINH, x, 0, z, 0, N));
    check("gelu", () -> kernels.unary(UnaryKernel.GELU, x, 0, z, 0, N));
    check("erf", () -> kernels.unary(UnaryKernel.ERF, x, 0, z, 0, N));
    check("log2", () -> kernels.unary(UnaryKernel.LOG2, x, 0, z, 0, N));
    check("pow", () -> kernels.binary(BinaryKernel.POW, x, 0, y, 0, z, 0, N));
    check("pow of floats", () -> kernels.binary(BinaryKernel.POW, x32, 0, y32, 0, z32, 0, N));
    for (UnaryKernel op :
        EnumSet.of(UnaryKernel.EXP, UnaryKernel.LOG, UnaryKernel.COS, UnaryKernel.SIGMOID)) {
      check(op + " of floats", () -> kernels.unary(op, x32, 0, z32, 0, N));
    }
    check("erf of floats", () -> kernels.unary(UnaryKernel.ERF, x32, 0, z32, 0, N));
  }

  @Test
  void adam() {
    AdamConstants constants = new AdamConstants(0.9, 0.999, 1e-8, 0, 0.1, 1e-3);
    double[][] in = {x, y, x, y, x, y};
    double[][] out = {z, new double[N], new double[N]};
    float[][] in32 = {x32, y32, x32, y32, x32, y32};
    float[][] out32 = {z32, new float[N], new float[N]};
    for (AdamKernel pass : AdamKernel.values()) {
      check(pass.name(), () -> kernels.adam(pass, constants, in, out, N));
      check(pass + " of floats", () -> kernels.adam(pass, constants, in32, out32, N));
    }
  }

  /** Waits until a hundred calls allocate next to nothing each. */
  private static void check(String what, Runnable kernel) {
    long start = System.nanoTime();
    long each;
    do {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 100; i++) {
        kernel.run();
      }
      each = (THREADS.getCurrentThreadAllocatedBytes() - before) / 100;
    } while (each > SLACK && System.nanoTime() - start < PATIENCE);
    assertThat(each).as("bytes allocated by a call of " + what).isLessThanOrEqualTo(SLACK);
  }
}
