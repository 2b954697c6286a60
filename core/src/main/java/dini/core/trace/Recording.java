package dini.core.trace;

import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A finished linear recording: inputs and outputs of a map whose nodes are held by the outputs
 * alone. It is either consumed by one {@link #pullback}, or frozen to a program.
 */
public final class Recording {
  private final LinearTracer[] inputs;
  private final Tensor[] outputs;

  /** An output that is null is identically zero; {@code inputs} are tracers of one recording. */
  Recording(LinearTracer[] inputs, Tensor[] outputs) {
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /**
   * The cotangents of the inputs, null where zero. Nodes are visited from the last recorded to the
   * first and let go of their operands as they are passed, so this works once.
   */
  public Tensor[] pullback(Tensor[] cotangents) {
    NodeQueue queue = new NodeQueue();
    for (int i = 0; i < outputs.length; i++) {
      if (outputs[i] != null && cotangents[i] != null) {
        accumulate((LinearTracer) outputs[i], cotangents[i], queue);
      }
    }
    Arrays.fill(outputs, null);
    while (!queue.isEmpty()) {
      LinearNode node = queue.poll();
      if (node.rule != null) {
        goBack(node, queue);
      }
    }
    Tensor[] result = new Tensor[inputs.length];
    for (int i = 0; i < result.length; i++) {
      Sums sums = inputs[i] == null ? null : inputs[i].node.cotangents;
      result[i] = sums == null ? null : sums.take(0);
    }
    return result;
  }

  private static void goBack(LinearNode node, NodeQueue queue) {
    Tensor[] operands = node.operands;
    Tensor[] contributions = node.rule.transpose(node.cotangents.values(), operands);
    node.operands = null;
    node.cotangents = null;
    for (int i = 0; i < operands.length; i++) {
      if (contributions[i] != null && operands[i] instanceof LinearTracer operand) {
        accumulate(operand, contributions[i], queue);
      }
    }
  }

  private static void accumulate(LinearTracer target, Tensor term, NodeQueue queue) {
    LinearNode node = target.node;
    if (node.cotangents == null) {
      node.cotangents = new Sums(node.types.length);
    }
    node.cotangents.add(target.index, term);
    if (!node.visited) {
      node.visited = true;
      queue.add(node);
    }
  }

  /** The recorded map as a program; {@code outputTypes} give the zeros for zero outputs. */
  public Closed freeze(TensorType[] outputTypes) {
    ProgramBuilder builder = new ProgramBuilder();
    Map<LinearNode, Integer> first = new IdentityHashMap<>();
    for (LinearTracer input : inputs) {
      first.put(input.node, builder.input(input.type()));
    }
    for (LinearNode node : reachable()) {
      if (node.rule != null) {
        int[] operands = new int[node.operands.length];
        for (int i = 0; i < operands.length; i++) {
          operands[i] = variable(node.operands[i], first, builder);
        }
        first.put(node, builder.equation(node.rule, operands, node.types));
      }
    }
    int[] results = new int[outputs.length];
    for (int i = 0; i < results.length; i++) {
      results[i] =
          outputs[i] == null
              ? builder.constant(Tensors.zeros(outputTypes[i]))
              : variable(outputs[i], first, builder);
    }
    return builder.freeze(results);
  }

  private static int variable(
      Tensor operand, Map<LinearNode, Integer> first, ProgramBuilder builder) {
    return operand instanceof LinearTracer tracer
        ? first.get(tracer.node) + tracer.index
        : builder.constant(operand);
  }

  /** Every node that an output depends on, in the order of recording. */
  private List<LinearNode> reachable() {
    List<LinearNode> found = new ArrayList<>();
    List<LinearNode> open = new ArrayList<>();
    for (Tensor output : outputs) {
      if (output instanceof LinearTracer tracer) {
        visit(tracer.node, found, open);
      }
    }
    while (!open.isEmpty()) {
      LinearNode node = open.removeLast();
      if (node.rule != null) {
        for (Tensor operand : node.operands) {
          if (operand instanceof LinearTracer tracer) {
            visit(tracer.node, found, open);
          }
        }
      }
    }
    found.sort(Comparator.comparingLong(node -> node.sequence));
    return found;
  }

  private static void visit(LinearNode node, List<LinearNode> found, List<LinearNode> open) {
    if (!node.visited) {
      node.visited = true;
      found.add(node);
      open.add(node);
    }
  }
}
