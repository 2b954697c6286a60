package dini.functional.optim;

import dini.core.Tensor;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Predicate;

/**
 * A transformation of some of the leaves; the others pass.
 *
 * @param inner the transformation, which sees no other leaves
 * @param mask which leaves, by name
 * @param <S> the tree of its state
 */
record Masked<S>(Optimizer<S> inner, Predicate<String> mask) implements Optimizer<S> {

  Masked {
    Objects.requireNonNull(inner, "inner");
    Objects.requireNonNull(mask, "mask");
  }

  @Override
  public S initLeaves(SequencedMap<String, Tensor> params) {
    if (mask instanceof LeafNames names) {
      names.requireAll(params.keySet());
    }
    return inner.initLeaves(masked(params));
  }

  @Override
  public Updates<SequencedMap<String, Tensor>, S> updateLeaves(
      SequencedMap<String, Tensor> gradients, S state, SequencedMap<String, Tensor> params) {
    Updates<SequencedMap<String, Tensor>, S> step =
        inner.updateLeaves(masked(gradients), state, masked(params));
    SequencedMap<String, Tensor> updates = new LinkedHashMap<>(gradients);
    updates.putAll(step.updates());
    return new Updates<>(updates, step.state());
  }

  private SequencedMap<String, Tensor> masked(SequencedMap<String, Tensor> leaves) {
    SequencedMap<String, Tensor> masked = new LinkedHashMap<>(leaves);
    masked.keySet().removeIf(mask.negate());
    return masked;
  }

  @Override
  public String toString() {
    return mask == EveryLeaf.MASK
        ? inner.toString()
        : "masked(" + Printed.of(inner) + ", " + Printed.of(mask) + ")";
  }
}
