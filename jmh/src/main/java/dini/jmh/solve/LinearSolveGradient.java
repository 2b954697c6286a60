package dini.jmh.solve;

import static dini.core.Products.matmul;
import static dini.core.Reductions.sum;
import static dini.functional.Transforms.grad;
import static dini.linalg.LinearSolvers.cg;
import static dini.linalg.LinearSystems.linearSolve;

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
 * The derivative of a loss of the solution of {@code (A + diag(d)) x = b} with respect to d, by
 * conjugate gradients: one solve forward and one backward, so twice the control {@code value} is
 * the least that it can cost.
 */
public class LinearSolveGradient extends Timed {
  private static final Cg SOLVER = cg().withRtol(1e-12);

  /** The number of unknowns. */
  @Param({"10", "100", "1000"})
  public int size;

  private Tensor a;
  private Tensor b;
  private Tensor d;
  private Function<Tensor, Tensor> loss;

  /** Makes the system, and checks the derivative against a central difference. */
  @Setup
  public void setUp() {
    a = Tensors.tensor(Shape.of(size, size), Systems.positiveDefinite(size));
    b = Tensors.tensor(Operands.uniform(2, size));
    d = Tensors.tensor(Operands.uniform(3, size, 0, 1));
    loss = this::loss;
    Tensor direction = Tensors.tensor(Operands.uniform(4, size));
    double h = 1e-4;
    double difference =
        (loss(d.add(direction.mul(h))).toDouble() - loss(d.sub(direction.mul(h))).toDouble())
            / (2 * h);
    Operands.requireEqual(
        new double[] {sum(gradient().mul(direction)).toDouble()}, new double[] {difference}, 1e-5);
  }

  private Tensor loss(Tensor diagonal) {
    LinearMap<Tensor, Tensor> map =
        LinearMap.of(
            (Tensor x) -> matmul(a, x).add(diagonal.mul(x)),
            b,
            Tag.SYMMETRIC,
            Tag.POSITIVE_DEFINITE);
    return sum(linearSolve(map, b, SOLVER).pow(2));
  }

  /** The loss alone. */
  @Benchmark
  public Tensor value() {
    return loss(d);
  }

  /** Its derivative. */
  @Benchmark
  public Tensor gradient() {
    return grad(loss, d);
  }
}
