package dini.core.trace;

import dini.core.Tensor;

/** A function of tensors, below the level of trees. */
@FunctionalInterface
public interface Leaves {
  /** The results. */
  Tensor[] apply(Tensor[] arguments);
}
