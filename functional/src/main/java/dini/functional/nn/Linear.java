package dini.functional.nn;

import dini.core.Products;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.functional.random.Continuous;
import dini.functional.random.Key;
import dini.functional.random.Keys;

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
   * A layer in FLOAT64 with all elements drawn evenly between {@code -1/sqrt(inputs)} and {@code
   * 1/sqrt(inputs)}, as PyTorch does, so that outputs are of the size of inputs.
   *
   * @param key the key, used up by this
   * @param inputs the number of inputs, 1 or more
   * @param outputs the number of outputs
   * @return the layer
   * @throws ShapeException if a number is negative, or that of inputs 0
   */
  public static Linear uniform(Key key, int inputs, int outputs) {
    if (inputs < 1 || outputs < 0) {
      throw new ShapeException(
          "Linear.uniform: expected at least one input and no negative number of outputs, got "
              + inputs
              + " and "
              + outputs);
    }
    double bound = 1 / Math.sqrt(inputs);
    Key keys = Keys.split(key);
    return new Linear(
        Continuous.uniform(keys.get(0), Shape.of(inputs, outputs), -bound, bound),
        Continuous.uniform(keys.get(1), Shape.of(outputs), -bound, bound));
  }

  /**
   * The output {@code x W + b}.
   *
   * @param x a vector (inputs), or a stack of them (…, inputs)
   * @return a vector (outputs), or a stack (…, outputs)
   * @throws ShapeException if the last extent of x is not the number of inputs
   * @throws dini.core.DTypeException if the dtypes differ
   */
  @Override
  public Tensor apply(Tensor x) {
    return Products.matmul(x, weight).add(bias);
  }
}
