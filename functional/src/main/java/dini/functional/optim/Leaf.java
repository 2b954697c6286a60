package dini.functional.optim;

import dini.core.DType;
import dini.core.Shapes;
import dini.core.Tensor;

/**
 * What a {@link Leafwise} transformation sees of one leaf in one step.
 *
 * @param name the leaf's name in the tree of parameters
 * @param gradient its gradient, or what the transformation before this one made of it
 * @param param the parameter before the step, of the same type
 */
public record Leaf(String name, Tensor gradient, Tensor param) {

  /**
   * A hyperparameter in FLOAT64, whatever the dtype of the leaf: for what is computed of it before
   * it meets the leaf, such as a power of a decay rate, which FLOAT32 would round in its fourth
   * digit.
   *
   * @param hyperparameter the hyperparameter
   * @param count the number of steps before this one, an INT64 scalar
   * @return its value for this leaf
   */
  public Tensor exact(Hyperparameter hyperparameter, Tensor count) {
    return Shapes.astype(hyperparameter.at(name, count), DType.FLOAT64);
  }

  /**
   * A hyperparameter in the dtype of the leaf.
   *
   * @param hyperparameter the hyperparameter
   * @param count the number of steps before this one, an INT64 scalar
   * @return its value for this leaf
   */
  public Tensor value(Hyperparameter hyperparameter, Tensor count) {
    return rounded(hyperparameter.at(name, count));
  }

  /**
   * A number in the dtype of the leaf.
   *
   * @param number a floating tensor
   * @return the tensor in that dtype
   */
  public Tensor rounded(Tensor number) {
    return Shapes.astype(number, gradient.dtype());
  }
}
