package dini.functional.optim;

import dini.core.Tensor;
import dini.core.TreeException;
import dini.core.tree.Structure;
import java.util.SequencedMap;

/**
 * Whether a state is one that an optimizer makes of parameters. The state before the first step
 * tells, but costs as much memory as the state: it is made only once something went wrong.
 *
 * @param optimizer the optimizer
 * @param state the state that it was given
 * @param params the leaves of the parameters that are optimized
 * @param <S> the tree of the state
 */
record StateCheck<S>(Optimizer<S> optimizer, S state, SequencedMap<String, Tensor> params) {

  /** What to throw instead of what a step threw: the state may be to blame. */
  RuntimeException blame(RuntimeException failure) {
    if (failure instanceof TreeException) {
      return failure;
    }
    try {
      requireOwn();
    } catch (IllegalArgumentException wrongState) {
      wrongState.addSuppressed(failure);
      return wrongState;
    }
    return failure;
  }

  /**
   * Refuses a state of other parameters that went through a step because it broadcasts: then the
   * state after it has other types.
   */
  void requireSameAfter(S after) {
    Structure.Flat old = Structure.flatten(state);
    Structure.Flat fresh = Structure.flatten(after);
    boolean same = old.structure().equals(fresh.structure());
    for (int i = 0; same && i < old.leaves().length; i++) {
      same = old.leaves()[i].type().equals(fresh.leaves()[i].type());
    }
    if (!same) {
      requireOwn();
    }
  }

  private void requireOwn() {
    NamedLeaves.requireLike("update: the state", optimizer.initLeaves(params), state);
  }
}
