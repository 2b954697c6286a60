package dini.jmh.solve;

import static dini.core.Products.gram;
import static dini.core.Products.matmul;
import static dini.core.Reductions.mean;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.zeros;
import static dini.functional.Implicit.customArgmin;
import static dini.functional.Transforms.grad;
import static dini.linalg.LinearSolvers.cg;
import static dini.linalg.LinearSolvers.solve;

import dini.core.LinearMap;
import dini.core.LinearMap.Tag;
import dini.core.Shape;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.jmh.Timed;
import dini.linalg.Cg;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The derivative of a validation loss with respect to a ridge penalty, through the solution of the
 * ridge problem: one inner solve and one adjoint solve by conjugate gradients. {@code innerSolve}
 * is the control: what the solution costs without its derivative.
 */
public class RidgeHypergradient extends Timed {
  private static final Tensor LAMBDA = scalar(0.5);

  /** Rows and columns of the data. */
  @Param({"1024x10", "1000x100", "2000x500"})
  public String size;

  private int rows;
  private Tensor x;
  private Tensor right;
  private Tensor guess;
  private Function<Tensor, Tensor> hypergradient;

  /** Makes the data, and checks the derivative against a central difference. */
  @Setup
  public void setUp() {
    String[] extents = size.split("x");
    rows = Integer.parseInt(extents[0]);
    int columns = Integer.parseInt(extents[1]);
    x = uniform(1, rows, columns);
    Tensor y = uniform(2, rows, 1).reshape(rows);
    Tensor validationX = uniform(3, rows, columns);
    Tensor validationY = uniform(4, rows, 1).reshape(rows);
    right = matmul(y, x);
    guess = zeros(columns);
    BiFunction<Tensor, Tensor, Tensor> objective =
        (w, lambda) ->
            mean(matmul(x, w).sub(y).pow(2)).mul(0.5).add(lambda.mul(matmul(w, w)).mul(0.5));
    BiFunction<Tensor, Tensor, Tensor> solver =
        customArgmin(objective, tight()).apply((init, lambda) -> inner(lambda));
    Function<Tensor, Tensor> loss =
        lambda -> mean(matmul(validationX, solver.apply(guess, lambda)).sub(validationY).pow(2));
    hypergradient = lambda -> grad(loss, lambda);
    double h = 1e-4;
    double difference =
        (loss.apply(LAMBDA.add(h)).toDouble() - loss.apply(LAMBDA.sub(h)).toDouble()) / (2 * h);
    double derivative = derivative().toDouble();
    if (!(Math.abs(derivative - difference) <= 1e-6 * Math.abs(difference))) {
      throw new IllegalStateException(derivative + " against " + difference);
    }
  }

  private static Cg tight() {
    return cg().withRtol(1e-12);
  }

  private Tensor inner(Tensor lambda) {
    double ridge = rows * lambda.toDouble();
    LinearMap<Tensor, Tensor> normal =
        LinearMap.of((Tensor u) -> gram(x, u).add(u.mul(ridge)), guess, Tag.POSITIVE_DEFINITE);
    return solve(normal, right, tight()).value();
  }

  private static Tensor uniform(long seed, int rows, int columns) {
    double[] values = new SplittableRandom(seed).doubles((long) rows * columns, -1, 1).toArray();
    return Tensors.tensor(Shape.of(rows, columns), values);
  }

  /** The inner solve alone. */
  @Benchmark
  public Tensor innerSolve() {
    return inner(LAMBDA);
  }

  /** The derivative. */
  @Benchmark
  public Tensor derivative() {
    return hypergradient.apply(LAMBDA);
  }
}
