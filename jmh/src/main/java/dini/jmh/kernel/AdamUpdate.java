package dini.jmh.kernel;

import dini.core.kernel.AdamConstants;
import dini.core.kernel.AdamKernel;
import dini.core.kernel.BinaryKernel;
import dini.core.kernel.Kernels;
import dini.core.kernel.UnaryKernel;
import dini.jmh.Operands;
import dini.jmh.Timed;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Passes of Adam, against additions that move as many bytes: a pass reads and writes 6 numbers a
 * parameter, or 9, an addition 3. {@code composed} is the same step operation by operation, in
 * buffers that are there already.
 */
public class AdamUpdate extends Timed {
  private static final Kernels KERNELS = Kernels.chosen();
  private static final AdamConstants CONSTANTS =
      new AdamConstants(0.9, 0.999, 1e-8, 0, 1 - 0.9 * 0.9, 1 - 0.999 * 0.999);

  /** The dtype. */
  @Param({"f64", "f32"})
  public String dtype;

  /** The number of parameters. */
  @Param({"4096", "1000000", "10000000"})
  public int size;

  private double[][] in;
  private double[][] out;
  private float[][] in32;
  private float[][] out32;

  /** Makes the operands, and compares both forms. */
  @Setup
  public void setUp() {
    in = new double[6][];
    in32 = new float[6][];
    for (int k = 0; k < in.length; k++) {
      // the second moments are not negative
      in[k] = Operands.uniform(k, size, k == 2 ? 0 : -1, 1);
      in32[k] = Operands.floats(in[k]);
    }
    out = new double[3][size];
    out32 = new float[3][size];
    update();
    double[] fused = direction();
    composed();
    Operands.requireEqual(fused, direction(), dtype.equals("f64") ? 1e-12 : 1e-5);
  }

  private double[] direction() {
    return dtype.equals("f64") ? out[2].clone() : Operands.doubles(out32[2]);
  }

  /** Six numbers a parameter. */
  @Benchmark
  public Object update() {
    return pass(AdamKernel.UPDATE);
  }

  /** Nine numbers a parameter. */
  @Benchmark
  public Object tangent() {
    return pass(AdamKernel.TANGENT);
  }

  /** Nine numbers a parameter. */
  @Benchmark
  public Object cotangent() {
    return pass(AdamKernel.COTANGENT);
  }

  private Object pass(AdamKernel pass) {
    if (dtype.equals("f64")) {
      KERNELS.adam(pass, CONSTANTS, in, out, size);
      return out;
    }
    KERNELS.adam(pass, CONSTANTS, in32, out32, size);
    return out32;
  }

  /** The bytes of {@link #update} by additions: two of them, of six arrays. */
  @Benchmark
  public Object sixAdded() {
    add(0);
    add(1);
    return out;
  }

  /** The bytes of {@link #tangent} by additions: three of them, of nine arrays. */
  @Benchmark
  public Object nineAdded() {
    add(0);
    add(1);
    add(2);
    return out;
  }

  private void add(int k) {
    if (dtype.equals("f64")) {
      KERNELS.binary(BinaryKernel.ADD, in[2 * k], 0, in[2 * k + 1], 0, out[k], 0, size);
    } else {
      KERNELS.binary(BinaryKernel.ADD, in32[2 * k], 0, in32[2 * k + 1], 0, out32[k], 0, size);
    }
  }

  /** The step without a kernel of its own. */
  @Benchmark
  public Object composed() {
    return dtype.equals("f64") ? composed64() : composed32();
  }

  private Object composed64() {
    double[] m = out[0];
    double[] v = out[1];
    double[] t = out[2];
    KERNELS.binary(BinaryKernel.MUL, in[1], 0, CONSTANTS.b1(), m, 0, size);
    KERNELS.binary(BinaryKernel.MUL, in[0], 0, 1 - CONSTANTS.b1(), t, 0, size);
    KERNELS.binary(BinaryKernel.ADD, m, 0, t, 0, m, 0, size);
    KERNELS.unary(UnaryKernel.SQUARE, in[0], 0, t, 0, size);
    KERNELS.binary(BinaryKernel.MUL, t, 0, 1 - CONSTANTS.b2(), t, 0, size);
    KERNELS.binary(BinaryKernel.MUL, in[2], 0, CONSTANTS.b2(), v, 0, size);
    KERNELS.binary(BinaryKernel.ADD, v, 0, t, 0, v, 0, size);
    KERNELS.binary(BinaryKernel.DIV, v, 0, CONSTANTS.c2(), t, 0, size);
    KERNELS.unary(UnaryKernel.SQRT, t, 0, t, 0, size);
    KERNELS.binary(BinaryKernel.ADD, t, 0, CONSTANTS.eps(), t, 0, size);
    KERNELS.binary(BinaryKernel.MUL, t, 0, CONSTANTS.c1(), t, 0, size);
    KERNELS.binary(BinaryKernel.DIV, m, 0, t, 0, t, 0, size);
    return out;
  }

  private Object composed32() {
    float[] m = out32[0];
    float[] v = out32[1];
    float[] t = out32[2];
    KERNELS.binary(BinaryKernel.MUL, in32[1], 0, (float) CONSTANTS.b1(), m, 0, size);
    KERNELS.binary(BinaryKernel.MUL, in32[0], 0, 1 - (float) CONSTANTS.b1(), t, 0, size);
    KERNELS.binary(BinaryKernel.ADD, m, 0, t, 0, m, 0, size);
    KERNELS.unary(UnaryKernel.SQUARE, in32[0], 0, t, 0, size);
    KERNELS.binary(BinaryKernel.MUL, t, 0, 1 - (float) CONSTANTS.b2(), t, 0, size);
    KERNELS.binary(BinaryKernel.MUL, in32[2], 0, (float) CONSTANTS.b2(), v, 0, size);
    KERNELS.binary(BinaryKernel.ADD, v, 0, t, 0, v, 0, size);
    KERNELS.binary(BinaryKernel.DIV, v, 0, (float) CONSTANTS.c2(), t, 0, size);
    KERNELS.unary(UnaryKernel.SQRT, t, 0, t, 0, size);
    KERNELS.binary(BinaryKernel.ADD, t, 0, (float) CONSTANTS.eps(), t, 0, size);
    KERNELS.binary(BinaryKernel.MUL, t, 0, (float) CONSTANTS.c1(), t, 0, size);
    KERNELS.binary(BinaryKernel.DIV, m, 0, t, 0, t, 0, size);
    return out32;
  }
}
