package dini.examples;

import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.square;
import static dini.core.Products.matmul;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.eye;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Implicit.customArgmin;
import static dini.linalg.LinearSolvers.solveNormalCg;

import dini.core.Tensor;

/**
 * Linear regression with one penalty {@code exp(u)} for each feature.
 *
 * @param train what the weights are fitted to
 */
record Ridge(Sample train) {

  /** What the weights minimize: half of {@code |X w - y|² / n + Σ exp(u) w²}. */
  Tensor objective(Tensor weights, Tensor logPenalties) {
    Tensor penalty = sum(exp(logPenalties).mul(square(weights)));
    return train.error(weights).add(penalty).mul(0.5);
  }

  /** The best weights, as a function of the penalties that can be differentiated. */
  Tensor fit(Tensor logPenalties) {
    return customArgmin(this::objective)
        .apply(this::normalEquations)
        .apply(zeros(train.features()), logPenalties);
  }

  /** The best weights without any penalty: ordinary least squares, the shortest if not unique. */
  Tensor leastSquares() {
    return solveNormalCg(w -> matmul(train.x(), w), train.y(), 1e-10, zeros(train.features()))
        .value();
  }

  /**
   * The best weights by {@code (X'X / n + diag(exp(u))) w = X'y / n}. How they are found does not
   * matter to the derivative: this one leaves the library and solves on plain arrays.
   */
  private Tensor normalEquations(Tensor init, Tensor logPenalties) {
    Tensor gram = matmul(train.x(), train.x(), true, false).div(train.rows());
    Tensor matrix = gram.add(eye(train.features()).mul(exp(logPenalties)));
    Tensor right = matmul(train.x(), train.y(), true, false).div(train.rows());
    return tensor(Cholesky.solve(matrix.toArray(), right.toArray()));
  }
}
