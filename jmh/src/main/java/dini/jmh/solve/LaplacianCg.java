package dini.jmh.solve;

import static dini.core.Index.range;
import static dini.core.Shapes.pad;
import static dini.functional.Jit.jit;
import static dini.linalg.LinearSolvers.cg;
import static dini.linalg.LinearSolvers.solve;

import dini.core.LinearMap;
import dini.core.LinearMap.Tag;
import dini.core.Shape;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.jmh.Operands;
import dini.jmh.Timed;
import dini.linalg.Cg;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Steps of conjugate gradients on the Laplacian of a square grid, which is a function of tensors:
 * five slices of the padded grid. {@code compiled} is the same function under {@code jit}; {@code
 * loop} is the textbook's algorithm with the stencil, in plain loops.
 */
public class LaplacianCg extends Timed {
  /** Steps of one call: no tolerance ends it earlier. */
  public static final int STEPS = 20;

  private static final Cg SOLVER = cg().withRtol(0).withMaxSteps(STEPS);

  /** The extent of the grid. */
  @Param({"128", "1024"})
  public int size;

  private double[] b;
  private Tensor right;
  private LinearMap<Tensor, Tensor> map;
  private LinearMap<Tensor, Tensor> compiledMap;

  /** Makes the system, and compares the iterates. */
  @Setup
  public void setUp() {
    b = Operands.uniform(1, size * size);
    right = Tensors.tensor(Shape.of(size, size), b);
    Function<Tensor, Tensor> laplacian = this::laplacian;
    map = LinearMap.of(laplacian, right, Tag.POSITIVE_DEFINITE);
    compiledMap = LinearMap.of(jit(laplacian), right, Tag.POSITIVE_DEFINITE);
    double[] ours = dini().toArray();
    Operands.requireEqual(ours, compiled().toArray(), 0);
    Operands.requireEqual(ours, loop(), 1e-8);
  }

  private Tensor laplacian(Tensor u) {
    int n = size;
    Tensor ring = pad(u, new int[] {1, 1}, new int[] {1, 1}, 0);
    Tensor above = ring.get(range(0, n), range(1, n + 1));
    Tensor below = ring.get(range(2, n + 2), range(1, n + 1));
    Tensor left = ring.get(range(1, n + 1), range(0, n));
    Tensor rightOf = ring.get(range(1, n + 1), range(2, n + 2));
    return u.mul(4).sub(above).sub(below).sub(left).sub(rightOf);
  }

  private void stencil(double[] u, double[] out) {
    int n = size;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        int at = i * n + j;
        double sum = 4 * u[at];
        sum -= i > 0 ? u[at - n] : 0;
        sum -= i < n - 1 ? u[at + n] : 0;
        sum -= j > 0 ? u[at - 1] : 0;
        sum -= j < n - 1 ? u[at + 1] : 0;
        out[at] = sum;
      }
    }
  }

  /** Ours. */
  @Benchmark
  public Tensor dini() {
    return solve(map, right, SOLVER).value();
  }

  /** Ours, the map compiled. */
  @Benchmark
  public Tensor compiled() {
    return solve(compiledMap, right, SOLVER).value();
  }

  /** The control. */
  @Benchmark
  public double[] loop() {
    return Systems.conjugateGradients(this::stencil, b, STEPS);
  }
}
