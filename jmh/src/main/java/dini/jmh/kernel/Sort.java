package dini.jmh.kernel;

import dini.core.Shape;
import dini.core.Sorting;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.jmh.Operands;
import dini.jmh.Timed;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Sorting a vector into a new one, against the JDK on a copy. */
public class Sort extends Timed {
  /** The length of the vector. */
  @Param({"8", "4096", "1000000"})
  public int size;

  private double[] x;
  private Tensor tensor;

  /** Makes the operand, and compares the results. */
  @Setup
  public void setUp() {
    x = Operands.uniform(1, size);
    tensor = Tensors.tensor(Shape.of(size), x);
    Operands.requireEqual(dini().toArray(), arrays(), 0);
  }

  /** Ours. */
  @Benchmark
  public Tensor dini() {
    return Sorting.sort(tensor);
  }

  /** The JDK. */
  @Benchmark
  public double[] arrays() {
    double[] copy = x.clone();
    Arrays.sort(copy);
    return copy;
  }
}
