package dini.examples;

import static dini.core.Elementwise.square;
import static dini.core.Products.matmul;
import static dini.core.Reductions.mean;

import dini.core.Tensor;

/**
 * Observations to fit a linear model to, or to judge it by.
 *
 * @param x features, (rows, features)
 * @param y targets, (rows)
 */
record Sample(Tensor x, Tensor y) {

  /** The mean squared error of the predictions {@code X w}. */
  Tensor error(Tensor weights) {
    return mean(square(matmul(x, weights).sub(y)));
  }

  int rows() {
    return x.shape().extent(0);
  }

  int features() {
    return x.shape().extent(1);
  }
}
