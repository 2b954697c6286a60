package dini.jmh.kernel;

import dini.core.kernel.Kernels;
import dini.core.kernel.UnaryKernel;
import dini.jmh.Operands;
import dini.jmh.Timed;
import org.ojalgo.function.special.ErrorFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The error function of every element, which the JDK does not have. */
public class Erf extends Timed {
  private static final Kernels KERNELS = Kernels.chosen();

  /** The length of the vector. */
  @Param({"8", "64", "4096"})
  public int size;

  private double[] x;
  private double[] out;

  /** Makes the operands, and compares the results. */
  @Setup
  public void setUp() {
    x = Operands.uniform(1, size, -3, 3);
    out = new double[size];
    double[] ours = dini().clone();
    Operands.requireEqual(ours, ojAlgo());
  }

  /** Ours. */
  @Benchmark
  public double[] dini() {
    KERNELS.unary(UnaryKernel.ERF, x, 0, out, 0, size);
    return out;
  }

  /** The function of ojAlgo in a loop. */
  @Benchmark
  public double[] ojAlgo() {
    for (int i = 0; i < size; i++) {
      out[i] = ErrorFunction.erf(x[i]);
    }
    return out;
  }
}
