package dini.core.trace;

import dini.core.Primitive;
import dini.core.TensorType;

/**
 * A call of Java code inside a program. Running the program runs the body on whatever the operands
 * are then; so the body must itself know how to be traced, as the application of a differentiable
 * solver does.
 *
 * @param label the name in printed programs
 * @param body the code
 * @param types the types of its results
 */
public record Call(String label, Leaves body, TensorType[] types) implements Primitive {}
