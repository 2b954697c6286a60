package dini.functional.nn;

import dini.core.Activations;
import dini.core.Elementwise;
import dini.core.Tensor;
import java.util.function.UnaryOperator;

/** Functions of each element, as layers without parameters. */
public enum Activation implements Layer {
  /** {@link Elementwise#tanh}. */
  TANH(Elementwise::tanh),
  /** {@link Elementwise#relu}. */
  RELU(Elementwise::relu),
  /** {@link Elementwise#sigmoid}. */
  SIGMOID(Elementwise::sigmoid),
  /** {@link Elementwise#softplus}, a smooth {@link #RELU}. */
  SOFTPLUS(Elementwise::softplus),
  /** {@link Activations#gelu}. */
  GELU(Activations::gelu),
  /** {@link Activations#geluTanh}, what JAX and older networks mean by gelu. */
  GELU_TANH(Activations::geluTanh),
  /** {@link Activations#silu}, also called swish. */
  SILU(Activations::silu);

  private final UnaryOperator<Tensor> function;

  Activation(UnaryOperator<Tensor> function) {
    this.function = function;
  }

  @Override
  public Tensor apply(Tensor x) {
    return function.apply(x);
  }
}
