package dini.jmh.kernel;

import dini.core.kernel.Kernels;
import dini.jmh.Operands;
import dini.jmh.Timed;
import dini.jmh.peer.PyTorch;
import dini.jmh.peer.PyTorch.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Functions of every element in FLOAT32, which the JDK does not have. */
public class Functions32 extends Timed {
  private static final Kernels KERNELS = Kernels.chosen();
  private static final double TOLERANCE = 1e-5;

  /** The function. */
  @Param public Function function;

  /** The length of the vectors. */
  @Param({"8", "64", "4096", "65536", "1000000", "10000000"})
  public int size;

  private float[] x;
  private float[] y;
  private float[] out;
  private Tensor tensorX;
  private Tensor tensorY;
  private Tensor tensorOut;

  /** Makes the operands, and compares the results, ours also with the JDK's in FLOAT64. */
  @Setup
  public void setUp() {
    x = Operands.floats(Operands.uniform(1, size, function.low(), function.high()));
    y = Operands.floats(Operands.uniform(2, size));
    out = new float[size];
    double[] ours = Operands.doubles(dini());
    double[] exact = new double[size];
    function.strictMath(Operands.doubles(x), Operands.doubles(y), exact);
    Operands.requireEqual(ours, exact, TOLERANCE);
    if (PyTorch.isPresent()) {
      tensorX = Tensor.of(x);
      tensorY = Tensor.of(y);
      tensorOut = Tensor.of(new float[size]);
      Operands.requireEqual(ours, Operands.doubles(pyTorch().floats()), TOLERANCE);
    }
  }

  /** Ours. */
  @Benchmark
  public float[] dini() {
    function.dini(KERNELS, x, y, out);
    return out;
  }

  /** PyTorch. */
  @Benchmark
  public Tensor pyTorch() {
    function.pyTorch(tensorX, tensorY, tensorOut);
    return tensorOut;
  }
}
