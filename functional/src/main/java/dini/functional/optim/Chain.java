package dini.functional.optim;

import dini.core.Tensor;
import dini.core.TreeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * Transformations one after the other: the updates of each are the gradients of the next.
 *
 * @param links the transformations in order
 */
record Chain(List<Optimizer<?>> links) implements Optimizer<ChainState> {

  Chain {
    links = List.copyOf(links);
  }

  /** The optimizer itself if it is a chain, else a chain of it alone. */
  static <S> Optimizer<ChainState> of(Optimizer<S> optimizer) {
    return switch (Objects.requireNonNull(optimizer, "optimizer")) {
      case Chain chain -> chain;
      case Rule<?> rule -> rule.chain();
      default -> new Chain(List.of(optimizer));
    };
  }

  @Override
  public ChainState initLeaves(SequencedMap<String, Tensor> params) {
    List<Object> states = new ArrayList<>();
    for (Optimizer<?> link : links) {
      states.add(link.initLeaves(params));
    }
    return new ChainState(List.copyOf(states));
  }

  @Override
  public Updates<SequencedMap<String, Tensor>, ChainState> updateLeaves(
      SequencedMap<String, Tensor> gradients,
      ChainState state,
      SequencedMap<String, Tensor> params) {
    if (state.states().size() != links.size()) {
      throw new TreeException(
          "chain: "
              + links.size()
              + " transformations, but the state is that of "
              + state.states().size());
    }
    SequencedMap<String, Tensor> updates = gradients;
    List<Object> states = new ArrayList<>();
    for (int i = 0; i < links.size(); i++) {
      Updates<SequencedMap<String, Tensor>, ?> step =
          step(links.get(i), updates, state.states().get(i), params);
      updates = step.updates();
      updates.forEach((name, u) -> Objects.requireNonNull(u, () -> "update of " + name + ": null"));
      states.add(step.state());
    }
    return new Updates<>(updates, new ChainState(List.copyOf(states)));
  }

  /** The state of a link is what the link made of its state before, or at first. */
  @SuppressWarnings("unchecked")
  private static <S> Updates<SequencedMap<String, Tensor>, S> step(
      Optimizer<S> link,
      SequencedMap<String, Tensor> gradients,
      Object state,
      SequencedMap<String, Tensor> params) {
    return link.updateLeaves(gradients, (S) state, params);
  }

  @Override
  public String toString() {
    return "chain" + Printed.of(links);
  }
}
