package dini.examples;

import static dini.core.Elementwise.square;
import static dini.core.Products.gram;
import static dini.core.Products.matmul;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.eye;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.valueAndGrad;
import static dini.linalg.LinearSolvers.cg;
import static dini.linalg.LinearSolvers.solve;

import dini.core.LinearMap;
import dini.core.LinearMap.Tag;
import dini.core.Products;
import dini.core.Tensor;
import dini.functional.ValueAndGrad;
import dini.linalg.Cg;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Task T1: the derivative of a validation loss with respect to the one penalty of a ridge
 * regression, which a conjugate gradient solver fits.
 *
 * @param train the rows to fit to
 * @param validation the rows to predict
 */
record RidgeTask(Sample train, Sample validation) {
  private static final double PENALTY = 0.5;

  /** The task on m random rows of d features. */
  static RidgeTask of(int m, int d) {
    return new RidgeTask(
        new Sample(PortableRandom.normal(42, m, d), PortableRandom.normal(43, m)),
        new Sample(PortableRandom.normal(44, m, d), PortableRandom.normal(45, m)));
  }

  TaskResult measure(Mode mode) {
    String size = train.rows() + "x" + train.features();
    Function<Tensor, ValueAndGrad<Tensor>> both = mode.of(this::lossAndHypergradient);
    Tensor penalty = scalar(PENALTY);
    return TaskResult.measure(
            mode, "T1", size, () -> both.apply(penalty), result -> result.grad().toDouble())
        .comparedWith(truth());
  }

  private ValueAndGrad<Tensor> lossAndHypergradient(Tensor at) {
    BiFunction<Tensor, Tensor, Tensor> stationary = grad(this::objective);
    BiFunction<Tensor, Tensor, Tensor> fit = customRoot(stationary, solver()).apply(this::solution);
    Tensor init = zeros(train.features());
    return valueAndGrad(penalty -> validation.error(fit.apply(init, penalty)), at);
  }

  private Tensor objective(Tensor weights, Tensor penalty) {
    return train.error(weights).add(penalty.mul(sum(square(weights)))).mul(0.5);
  }

  private Tensor solution(Tensor init, Tensor penalty) {
    Tensor right = matmul(train.x(), train.y(), true, false);
    UnaryOperator<Tensor> gram = u -> gram(train.x(), u);
    LinearMap<Tensor, Tensor> normal = LinearMap.of(gram, gram, init, right, Tag.SYMMETRIC);
    return solve(normal, right, solver().withRidge(train.rows() * penalty.toDouble())).value();
  }

  private Cg solver() {
    int d = train.features();
    // tolerance and limits as in the programs of other libraries that the times are compared with:
    // 10 steps an unknown leave room for rounding, but at 10 features they stop at 20
    return cg().withRtol(1e-12).withMaxSteps(d == 10 ? 20 : 10 * d);
  }

  /** The hypergradient in closed form, by Cholesky. */
  private double truth() {
    double[] normal =
        matmul(train.x(), train.x(), true, false)
            .div(train.rows())
            .add(eye(train.features()).mul(PENALTY))
            .toArray();
    Tensor right = matmul(train.x(), train.y(), true, false).div(train.rows());
    Tensor weights = tensor(Cholesky.solve(normal.clone(), right.toArray()));
    Tensor tangent = tensor(Cholesky.solve(normal.clone(), weights.toArray())).neg();
    Tensor residual = matmul(validation.x(), weights).sub(validation.y());
    return 2
        * Products.dot(residual, matmul(validation.x(), tangent)).toDouble()
        / validation.rows();
  }
}
