package dini.core.trace;

import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.primitive.Rules;

/**
 * One recorded application of a primitive to operands of which one at least is linear; a node
 * without a rule is an input, or stands for nodes that are recorded again. Nodes refer to their
 * operands only, so that what no result depends on is collected while the recording runs.
 */
final class LinearNode {
  final long sequence;
  final Rules rule;
  final TensorType[] types;

  /** What records the nodes that this one stands for, else null. */
  final Recomputation again;

  Tensor[] operands;

  /** Cotangents of the results while the recording is transposed; null before the first. */
  Sums cotangents;

  /** Whether this node waits in the queue of a walk over the recording, which there is one of. */
  boolean queued;

  LinearNode(long sequence, Rules rule, Tensor[] operands, TensorType[] types) {
    this.sequence = sequence;
    this.rule = rule;
    this.operands = operands;
    this.types = types;
    this.again = null;
  }

  LinearNode(long sequence, Recomputation again) {
    this.sequence = sequence;
    this.rule = null;
    this.types = again.types();
    this.again = again;
  }
}
