package dini.examples;

import static dini.core.Elementwise.tanh;
import static dini.core.Shapes.astype;
import static dini.core.Tensors.zeros;

import dini.core.DType;
import dini.core.Tensor;
import dini.functional.nn.Linear;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A network with a tanh between its layers.
 *
 * @param layers the layers, the first is applied first
 */
record TanhNetwork(List<Linear> layers) {

  /** Normal weights of variance 1 / inputs, drawn for layer i from the seed + i, and no biases. */
  static TanhNetwork of(long seed, DType dtype, int... widths) {
    return new TanhNetwork(
        IntStream.range(0, widths.length - 1)
            .mapToObj(i -> layer(seed + i, dtype, widths[i], widths[i + 1]))
            .toList());
  }

  private static Linear layer(long seed, DType dtype, int inputs, int outputs) {
    Tensor weight = PortableRandom.normal(seed, inputs, outputs).div(Math.sqrt(inputs));
    return new Linear(astype(weight, dtype), astype(zeros(outputs), dtype));
  }

  /** The outputs (rows, last width) for inputs (rows, first width). */
  Tensor apply(Tensor x) {
    Tensor y = layers.getFirst().apply(x);
    for (Linear layer : layers.subList(1, layers.size())) {
      y = layer.apply(tanh(y));
    }
    return y;
  }
}
