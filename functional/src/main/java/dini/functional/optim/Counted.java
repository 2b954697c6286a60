package dini.functional.optim;

import dini.core.Tensor;
import dini.core.TreeException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BiFunction;

/**
 * A function of a leaf and of the number of steps before. Steps are counted only where a
 * hyperparameter follows a schedule: without it there is no state.
 *
 * @param text what it is, to be read
 * @param counting whether steps are counted
 * @param function from the leaf and its count to its update
 */
record Counted(String text, boolean counting, BiFunction<Leaf, Tensor, Tensor> function)
    implements Optimizer<LeafStates<StepCount>>, Leafwise<StepCount> {

  static Counted of(
      String name, Hyperparameter hyperparameter, BiFunction<Leaf, Tensor, Tensor> function) {
    String text = name + "(" + Printed.of(hyperparameter) + ")";
    return new Counted(text, hyperparameter.isScheduled(), function);
  }

  @Override
  public StepCount init(String name, Tensor param) {
    return new StepCount(StepCount.ZERO);
  }

  @Override
  public LeafUpdate<StepCount> update(Leaf leaf, StepCount state) {
    Tensor count = state.count();
    return new LeafUpdate<>(function.apply(leaf, count), new StepCount(count.add(1)));
  }

  @Override
  public LeafStates<StepCount> initLeaves(SequencedMap<String, Tensor> params) {
    return counting ? new PerLeaf<>(this).initLeaves(params) : new LeafStates<>(Map.of());
  }

  @Override
  public Updates<SequencedMap<String, Tensor>, LeafStates<StepCount>> updateLeaves(
      SequencedMap<String, Tensor> gradients,
      LeafStates<StepCount> state,
      SequencedMap<String, Tensor> params) {
    if (counting) {
      return new PerLeaf<>(this).updateLeaves(gradients, state, params);
    }
    if (!state.leaves().isEmpty()) {
      throw new TreeException(
          "update: the state counts the steps of "
              + state.leaves().keySet()
              + ", but nothing here follows a schedule");
    }
    SequencedMap<String, Tensor> updates = new LinkedHashMap<>();
    gradients.forEach(
        (name, gradient) -> {
          Leaf leaf = new Leaf(name, gradient, params.get(name));
          updates.put(name, function.apply(leaf, StepCount.ZERO));
        });
    return new Updates<>(updates, state);
  }

  @Override
  public String toString() {
    return text;
  }
}
