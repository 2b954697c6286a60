package dini.examples.page;

import static dini.core.Elementwise.square;

import dini.core.Tensor;

/**
 * A net with one parameter, which is fitted so that {@code a x} is 1.
 *
 * @param a the parameter
 */
record Net(Tensor a) {

  /** The inner loss. */
  Tensor apply(Tensor x) {
    return square(a.mul(x).sub(1));
  }
}
