package dini.functional.nn;

import dini.core.Products;
import dini.core.Tensor;

/**
 * The affine map {@code y = x W + b}.
 *
 * <pre>{@code
 * Linear layer = new Linear(tensor(new double[][] {{1, 2}, {3, 4}, {5, 6}}), zeros(2));
 * Tensor y = layer.apply(tensor(1, 1, 1));   // [9. 12.]
 * }</pre>
 *
 * @param weight the matrix W, (inputs, outputs): column j makes output j
 * @param bias the vector b, (outputs)
 */
public record Linear(Tensor weight, Tensor bias) implements Layer {

  /**
   * The output {@code x W + b}.
   *
   * @param x a vector (inputs), or a stack of them (…, inputs)
   * @return a vector (outputs), or a stack (…, outputs)
   * @throws dini.core.ShapeException if the last extent of x is not the number of inputs
   * @throws dini.core.DTypeException if the dtypes differ
   */
  @Override
  public Tensor apply(Tensor x) {
    return Products.matmul(x, weight).add(bias);
  }
}
