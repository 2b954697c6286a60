package dini.jmh.autodiff;

import static dini.core.Reductions.sum;
import static dini.functional.Jit.jit;

import dini.core.Tensor;
import dini.core.Tensors;
import dini.jmh.Operands;
import dini.jmh.Timed;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * A chain of cheap operations that ends in a sum, {@code sum((a x + b) (x - c) + x x)}: operation
 * by operation, compiled, and as one plain loop, which keeps everything in registers but sums in an
 * order that C2 does not vectorize.
 */
public class Fusion extends Timed {
  private static final double A = 0.7;
  private static final double B = 0.2;
  private static final double C = 0.4;

  /** The length of the vector. */
  @Param({"8", "4096", "1000000"})
  public int size;

  private double[] elements;
  private Tensor x;
  private Function<Tensor, Tensor> compiled;

  /** Makes the operand, and compares the results. */
  @Setup
  public void setUp() {
    elements = Operands.uniform(1, size);
    x = Tensors.tensor(elements);
    Function<Tensor, Tensor> chain = Fusion::chain;
    compiled = jit(chain);
    double ours = dini().toDouble();
    Operands.requireEqual(compiled().toDouble(), ours);
    Operands.requireEqual(ours, loop());
  }

  private static Tensor chain(Tensor x) {
    return sum(x.mul(A).add(B).mul(x.sub(C)).add(x.mul(x)));
  }

  /** Operation by operation. */
  @Benchmark
  public Tensor dini() {
    return chain(x);
  }

  /** Compiled. */
  @Benchmark
  public Tensor compiled() {
    return compiled.apply(x);
  }

  /** The plain loop. */
  @Benchmark
  public double loop() {
    double sum = 0;
    for (double element : elements) {
      sum += (A * element + B) * (element - C) + element * element;
    }
    return sum;
  }
}
