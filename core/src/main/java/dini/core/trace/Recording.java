package dini.core.trace;

import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.TracerException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A finished linear recording: inputs and outputs of a map whose nodes are held by the outputs
 * alone. It is consumed by one {@link #pullback}, or kept for many, or frozen to a program.
 */
public final class Recording {
  private final LinearTrace trace;
  private final LinearTracer[] inputs;
  private final Tensor[] outputs;

  /** An output that is null is identically zero; {@code inputs} are tracers of the trace. */
  Recording(LinearTrace trace, LinearTracer[] inputs, Tensor[] outputs) {
    this.trace = trace;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /** Whether parts of it are recorded again for each use; a program would hold all of them. */
  public boolean recomputes() {
    return trace.recomputes();
  }

  /** Whether an output is identically zero. */
  public boolean isZero(int output) {
    return outputs[output] == null;
  }

  /**
   * The cotangents of the inputs, null where zero. Nodes are visited from the last recorded to the
   * first and let go of their operands as they are passed, so this works once.
   */
  public Tensor[] pullback(Tensor[] cotangents) {
    return pullback(cotangents, false);
  }

  /**
   * The same any number of times, on the thread that recorded, since nodes hold the cotangents
   * while they are visited.
   */
  public Tensor[] pullbackAndKeep(Tensor[] cotangents) {
    if (trace.owner != Thread.currentThread()) {
      throw new TracerException(
          "the pullback of a function with checkpoints was called on thread "
              + Thread.currentThread().getName()
              + ", but the function ran on "
              + trace.owner.getName()
              + ": call it there, where its parts can run again");
    }
    return pullback(cotangents, true);
  }

  private Tensor[] pullback(Tensor[] cotangents, boolean keep) {
    return NanWatch.mayWatch()
        ? NanWatch.backward(() -> walk(cotangents, keep))
        : walk(cotangents, keep);
  }

  private Tensor[] walk(Tensor[] cotangents, boolean keep) {
    NodeQueue queue = new NodeQueue();
    try {
      for (int i = 0; i < outputs.length; i++) {
        if (outputs[i] != null && cotangents[i] != null) {
          accumulate((LinearTracer) outputs[i], cotangents[i], queue);
        }
      }
      if (!keep) {
        Arrays.fill(outputs, null);
      }
      while (!queue.isEmpty()) {
        LinearNode node = queue.poll();
        if (node.again != null) {
          goBackAgain(node, queue, keep);
        } else if (node.rule != null) {
          goBack(node, queue, keep);
        }
      }
      return inputCotangents();
    } finally {
      // something is left where a rule threw
      while (!queue.isEmpty()) {
        queue.poll().cotangents = null;
      }
      for (LinearTracer input : inputs) {
        input.node.cotangents = null;
      }
    }
  }

  private Tensor[] inputCotangents() {
    Tensor[] result = new Tensor[inputs.length];
    for (int i = 0; i < result.length; i++) {
      Sums sums = inputs[i].node.cotangents;
      result[i] = sums == null ? null : sums.take(0);
    }
    return result;
  }

  private static void goBack(LinearNode node, NodeQueue queue, boolean keep) {
    Tensor[] operands = node.operands;
    Sums cotangents = node.cotangents;
    node.cotangents = null;
    Tensor[] contributions = node.rule.transpose(cotangents.values(), operands);
    if (!keep) {
      node.operands = null;
    }
    for (int i = 0; i < operands.length; i++) {
      if (contributions[i] != null && operands[i] instanceof LinearTracer operand) {
        accumulate(operand, contributions[i], queue);
      }
    }
  }

  /**
   * Nodes that are recorded now are the last, so the walk goes through them next, in the order in
   * which it would have met those that they replace.
   */
  private static void goBackAgain(LinearNode node, NodeQueue queue, boolean keep) {
    Tensor[] cotangents = node.cotangents.values();
    node.cotangents = null;
    LinearTracer[] tangents = node.again.run();
    if (!keep) {
      node.again.release();
    }
    for (int i = 0; i < tangents.length; i++) {
      if (cotangents[i] != null) {
        accumulate(tangents[i], cotangents[i], queue);
      }
    }
  }

  private static void accumulate(LinearTracer target, Tensor term, NodeQueue queue) {
    LinearNode node = target.node;
    if (node.cotangents == null) {
      node.cotangents = new Sums(node.types.length);
    }
    node.cotangents.add(target.index, term);
    queue.add(node);
  }

  /** The recorded map as a program; {@code outputTypes} give the zeros for zero outputs. */
  public Closed freeze(TensorType[] outputTypes) {
    ProgramBuilder builder = new ProgramBuilder();
    Variables variables = new Variables(builder);
    for (LinearTracer input : inputs) {
      variables.first.put(input.node, builder.input(input.type()));
    }
    for (LinearNode node : reachable(variables)) {
      int[] operands = new int[node.operands.length];
      for (int i = 0; i < operands.length; i++) {
        operands[i] = variables.of(node.operands[i]);
      }
      variables.first.put(
          node, builder.equation(node.rule, operands, node.types, Optional.empty()));
    }
    int[] results = new int[outputs.length];
    for (int i = 0; i < results.length; i++) {
      results[i] =
          outputs[i] == null
              ? builder.constant(Tensors.zeros(outputTypes[i]))
              : variables.of(outputs[i]);
    }
    return builder.freeze(results, false);
  }

  /** Which variables of a program the results of nodes are. */
  private record Variables(
      ProgramBuilder builder,
      Map<LinearNode, Integer> first,
      Map<LinearNode, LinearTracer[]> recordedAgain) {

    Variables(ProgramBuilder builder) {
      this(builder, new IdentityHashMap<>(), new IdentityHashMap<>());
    }

    int of(Tensor operand) {
      if (!(operand instanceof LinearTracer tracer)) {
        return builder.constant(operand);
      }
      LinearTracer[] tangents = recordedAgain.get(tracer.node);
      return tangents == null ? first.get(tracer.node) + tracer.index : of(tangents[tracer.index]);
    }
  }

  /**
   * Every node that an output depends on, in the order of recording, and in place of those that are
   * to be recorded again what is recorded now.
   */
  private List<LinearNode> reachable(Variables variables) {
    List<LinearNode> found = new ArrayList<>();
    NodeQueue queue = new NodeQueue();
    visit(outputs, queue);
    while (!queue.isEmpty()) {
      LinearNode node = queue.poll();
      if (node.again != null) {
        LinearTracer[] tangents = node.again.run();
        variables.recordedAgain.put(node, tangents);
        visit(tangents, queue);
      } else if (node.rule != null) {
        found.add(node);
        visit(node.operands, queue);
      }
    }
    return found.reversed();
  }

  private static void visit(Tensor[] operands, NodeQueue queue) {
    for (Tensor operand : operands) {
      if (operand instanceof LinearTracer tracer) {
        queue.add(tracer.node);
      }
    }
  }
}
