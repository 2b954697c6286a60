package dini.core.trace;

import dini.core.Primitive;
import dini.core.Program;
import dini.core.TensorType;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * A call of Java code inside a program. Running the program runs the body on whatever the operands
 * are then; so the body must itself know how to be traced, as the application of a differentiable
 * solver does.
 *
 * @param label the name in printed programs
 * @param body the code
 * @param types the types of its results
 * @param program what the body computes on values, if that is known: who needs no derivatives may
 *     run it instead. What it captured are the first operands of the call
 */
public record Call(String label, Leaves body, TensorType[] types, Optional<Program> program)
    implements Primitive {

  /** A call of code of which no more is known. */
  public Call(String label, Leaves body, TensorType[] types) {
    this(label, body, types, Optional.empty());
  }

  @Override
  public SequencedMap<String, Program> bodies() {
    return program.isEmpty()
        ? Collections.emptyNavigableMap()
        : new TreeMap<>(Map.of("body", program.get()));
  }
}
