package dini.functional.optim;

import static dini.core.Elementwise.pow;
import static dini.core.Elementwise.sub;

import dini.core.DType;
import dini.core.Shapes;
import dini.core.Tensor;

/**
 * The rate of a running average in one step of a leaf.
 *
 * @param rate b, in the dtype of the leaf
 * @param rest 1 - b, in that dtype
 * @param power b^t with t counted from 1, in FLOAT64
 * @param exact b as rounded to the dtype of the leaf, in FLOAT64
 */
record Decay(Tensor rate, Tensor rest, Tensor power, Tensor exact) {

  static Decay of(Hyperparameter hyperparameter, Leaf leaf, Tensor count) {
    // rounded first: 1 - b and 1 - b^t of one b, else the first step in FLOAT32 is off by 1e-5
    Tensor exact = Shapes.astype(leaf.value(hyperparameter, count), DType.FLOAT64);
    Tensor power = pow(exact, Shapes.astype(count, DType.FLOAT64).add(1));
    return new Decay(leaf.rounded(exact), leaf.rounded(sub(1, exact)), power, exact);
  }

  /** {@code b average + (1 - b) value}. */
  Tensor average(Tensor average, Tensor value) {
    return rate.mul(average).add(rest.mul(value));
  }

  /** {@code 1 - b^t}, in FLOAT64. */
  Tensor weight() {
    return sub(1, power);
  }

  /** {@code 1 - b^(t-1)}, in FLOAT64; the count is t - 1. */
  Tensor lastWeight(Tensor count) {
    return sub(1, pow(exact, Shapes.astype(count, DType.FLOAT64)));
  }

  /** {@code 1 - b^(t+1)}, in FLOAT64. */
  Tensor nextWeight() {
    return sub(1, power.mul(exact));
  }
}
