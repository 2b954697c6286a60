package dini.jmh.kernel;

import dini.core.kernel.Kernels;
import dini.jmh.Operands;
import dini.jmh.Timed;
import dini.jmh.peer.PyTorch;
import dini.jmh.peer.PyTorch.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Functions of every element, against those of the JDK and of PyTorch. {@code strictMath} is the
 * control that gives the same bits on every machine, as ours do; {@code vectorApi} is what the
 * JDK's Vector API makes of its own operator, whose bits depend on the machine and on the compiler.
 */
public class Functions extends Timed {
  private static final Kernels KERNELS = Kernels.chosen();

  /** Tighter than of sums: a function is wrong in its last digits only. */
  private static final double TOLERANCE = 1e-12;

  /** The function. */
  @Param public Function function;

  /** The length of the vectors. */
  @Param({"8", "64", "4096", "65536", "1000000", "10000000"})
  public int size;

  private double[] x;
  private double[] y;
  private double[] out;
  private Tensor tensorX;
  private Tensor tensorY;
  private Tensor tensorOut;

  /** Makes the operands, and compares the results. */
  @Setup
  public void setUp() {
    x = Operands.uniform(1, size, function.low(), function.high());
    y = Operands.uniform(2, size);
    out = new double[size];
    double[] ours = dini().clone();
    Operands.requireEqual(ours, math().clone());
    Operands.requireEqual(ours, strictMath().clone());
    Operands.requireEqual(ours, vectorApi().clone());
    if (PyTorch.isPresent()) {
      tensorX = Tensor.of(x);
      tensorY = Tensor.of(y);
      tensorOut = Tensor.of(new double[size]);
      Operands.requireEqual(ours, pyTorch().doubles(), TOLERANCE);
    }
  }

  /** Ours. */
  @Benchmark
  public double[] dini() {
    function.dini(KERNELS, x, y, out);
    return out;
  }

  /** The function of {@link Math} in a loop. */
  @Benchmark
  public double[] math() {
    function.math(x, y, out);
    return out;
  }

  /** The portable function of {@link StrictMath} in a loop. */
  @Benchmark
  public double[] strictMath() {
    function.strictMath(x, y, out);
    return out;
  }

  /** The operator of the Vector API. */
  @Benchmark
  public double[] vectorApi() {
    function.vectorApi(x, y, out);
    return out;
  }

  /** PyTorch. */
  @Benchmark
  public Tensor pyTorch() {
    function.pyTorch(tensorX, tensorY, tensorOut);
    return tensorOut;
  }
}
