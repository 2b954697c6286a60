package dini.functional.nn;

import dini.core.Tensor;
import java.util.function.UnaryOperator;

/**
 * A function of tensors that is a tree of its parameters: a record, or an enum constant where there
 * are none. Only what {@link Sequential} composes needs this interface.
 */
public interface Layer extends UnaryOperator<Tensor> {

  /**
   * The output of the layer.
   *
   * @param x the input
   * @return the output
   */
  @Override
  Tensor apply(Tensor x);
}
