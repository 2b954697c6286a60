package dini.functional.optim;

import dini.core.Tensor;
import dini.core.TreeException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.NavigableMap;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * A rule for one leaf applied to all of them.
 *
 * @param rule the rule
 * @param <L> the tree of the state of one leaf
 */
record PerLeaf<L>(Leafwise<L> rule) implements Optimizer<LeafStates<L>> {

  @Override
  public LeafStates<L> initLeaves(SequencedMap<String, Tensor> params) {
    NavigableMap<String, L> states = new TreeMap<>();
    params.forEach((name, param) -> states.put(name, rule.init(name, param)));
    return states(states);
  }

  @Override
  public Updates<SequencedMap<String, Tensor>, LeafStates<L>> updateLeaves(
      SequencedMap<String, Tensor> gradients,
      LeafStates<L> state,
      SequencedMap<String, Tensor> params) {
    if (!state.leaves().keySet().equals(params.keySet())) {
      throw new TreeException(
          "update: the state is of the leaves "
              + state.leaves().keySet()
              + ", the parameters have "
              + params.keySet());
    }
    NavigableMap<String, L> states = new TreeMap<>(state.leaves());
    SequencedMap<String, Tensor> updates = new LinkedHashMap<>();
    gradients.forEach(
        (name, gradient) -> {
          LeafUpdate<L> step =
              rule.update(new Leaf(name, gradient, params.get(name)), states.get(name));
          updates.put(name, step.update());
          states.put(name, step.state());
        });
    return new Updates<>(updates, states(states));
  }

  private static <L> LeafStates<L> states(NavigableMap<String, L> states) {
    return new LeafStates<>(Collections.unmodifiableNavigableMap(states));
  }

  @Override
  public String toString() {
    return Printed.of(rule);
  }
}
