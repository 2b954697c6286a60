package dini.functional.optim;

import dini.core.Tensor;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * A function of gradients that needs neither state nor parameters.
 *
 * @param text what it is, to be read
 * @param function from all gradients to all updates
 */
record Pure(String text, UnaryOperator<SequencedMap<String, Tensor>> function)
    implements Optimizer<Stateless> {

  /** One that treats each gradient by itself, given its name. */
  static Pure each(String text, BiFunction<String, Tensor, Tensor> function) {
    return new Pure(text, gradients -> map(gradients, function));
  }

  static SequencedMap<String, Tensor> map(
      SequencedMap<String, Tensor> gradients, BiFunction<String, Tensor, Tensor> function) {
    SequencedMap<String, Tensor> updates = new LinkedHashMap<>();
    gradients.forEach((name, gradient) -> updates.put(name, function.apply(name, gradient)));
    return updates;
  }

  @Override
  public Stateless initLeaves(SequencedMap<String, Tensor> params) {
    return Stateless.STATE;
  }

  @Override
  public Updates<SequencedMap<String, Tensor>, Stateless> updateLeaves(
      SequencedMap<String, Tensor> gradients,
      Stateless state,
      SequencedMap<String, Tensor> params) {
    return new Updates<>(function.apply(gradients), state);
  }

  @Override
  public String toString() {
    return text;
  }
}
