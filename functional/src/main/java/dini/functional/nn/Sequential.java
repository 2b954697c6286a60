package dini.functional.nn;

import dini.core.Tensor;
import java.util.List;

/**
 * Layers one after the other.
 *
 * <pre>{@code
 * Sequential net = Sequential.of(hidden, Activation.TANH, out);
 * Tensor y = net.apply(x);
 * Sequential g = grad(n -> mean(square(n.apply(x).sub(target))), net);
 * }</pre>
 *
 * @param layers the layers, the first is applied first; the input is the output of none
 */
public record Sequential(List<Layer> layers) implements Layer {

  /**
   * Composes layers.
   *
   * @param layers the layers, the first is applied first
   * @return their composition
   */
  public static Sequential of(Layer... layers) {
    return new Sequential(List.of(layers));
  }

  @Override
  public Tensor apply(Tensor x) {
    Tensor y = x;
    for (Layer layer : layers) {
      y = layer.apply(y);
    }
    return y;
  }
}
