package dini.core.trace;

import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.primitive.Rules;

/**
 * One recorded application of a primitive to operands of which one at least is linear; a node
 * without a rule is an input. Nodes refer to their operands only, so that what no result depends on
 * is collected while the recording runs.
 */
final class LinearNode {
  final long sequence;
  final Rules rule;
  final TensorType[] types;
  Tensor[] operands;

  /** Cotangents of the results while the recording is transposed; null before the first. */
  Sums cotangents;

  /** Whether the walk over the recording, which there is one of, has met this node. */
  boolean visited;

  LinearNode(long sequence, Rules rule, Tensor[] operands, TensorType[] types) {
    this.sequence = sequence;
    this.rule = rule;
    this.operands = operands;
    this.types = types;
  }
}
