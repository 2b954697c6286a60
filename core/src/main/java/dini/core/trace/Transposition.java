package dini.core.trace;

import dini.core.Program;
import dini.core.Program.Equation;
import dini.core.Tensor;
import dini.core.primitive.Linear;
import dini.core.primitive.Rules;

/** Runs a program that is linear in its inputs backwards. */
public final class Transposition {
  private Transposition() {}

  /**
   * The cotangents of the inputs, null where zero, from those of the outputs, null for zero.
   * Equations that do not depend on an input are run forward first.
   */
  public static Tensor[] apply(Program program, Tensor[] constants, Tensor[] cotangents) {
    int count = program.variables().size();
    int inputs = program.constantCount();
    boolean[] linear = new boolean[count];
    Tensor[] values = new Tensor[count];
    System.arraycopy(constants, 0, values, 0, constants.length);
    for (int i = 0; i < program.inputCount(); i++) {
      linear[inputs + i] = true;
      values[inputs + i] = new LinearTracer(program.variables().get(inputs + i));
    }
    for (Equation equation : program.equations()) {
      if (equation.operands().stream().anyMatch(operand -> linear[operand])) {
        checkFloating(program, equation, linear);
        for (int result : equation.results()) {
          linear[result] = true;
          values[result] = new LinearTracer(program.variables().get(result));
        }
      } else {
        Closed.run(equation, values);
      }
    }
    Tensor[] sums = new Tensor[count];
    boolean[] owned = new boolean[count];
    for (int i = 0; i < cotangents.length; i++) {
      int output = program.outputs().get(i);
      if (cotangents[i] != null && linear[output]) {
        accumulate(output, cotangents[i], sums, owned);
      }
    }
    for (Equation equation : program.equations().reversed()) {
      if (linear[equation.results().getFirst()]) {
        goBack(equation, values, linear, sums, owned);
      }
    }
    Tensor[] result = new Tensor[program.inputCount()];
    System.arraycopy(sums, inputs, result, 0, result.length);
    return result;
  }

  /** Refuses decisions, as comparisons, that depend on an input: they are no linear functions. */
  private static void checkFloating(Program program, Equation equation, boolean[] linear) {
    if (program.variables().get(equation.results().getFirst()).dtype().isFloating()) {
      return;
    }
    for (int i = 0; i < equation.operands().size(); i++) {
      int operand = equation.operands().get(i);
      if (linear[operand]
          && program.variables().get(operand).dtype().isFloating()
          && equation.primitive() instanceof Rules rules) {
        throw Linear.notLinear(rules, i);
      }
    }
  }

  private static void goBack(
      Equation equation, Tensor[] values, boolean[] linear, Tensor[] sums, boolean[] owned) {
    Tensor[] cotangents = Closed.gather(equation.results(), sums);
    boolean zero = true;
    for (int i = 0; i < cotangents.length; i++) {
      zero &= cotangents[i] == null;
      sums[equation.results().get(i)] = null;
    }
    if (zero) {
      return;
    }
    Tensor[] operands = Closed.gather(equation.operands(), values);
    if (!(equation.primitive() instanceof Rules rules)) {
      throw new IllegalArgumentException(
          equation.primitive().label() + ": a call of Java code cannot be transposed");
    }
    Tensor[] contributions = rules.transpose(cotangents, operands);
    for (int i = 0; i < operands.length; i++) {
      int operand = equation.operands().get(i);
      if (contributions[i] != null && linear[operand]) {
        accumulate(operand, contributions[i], sums, owned);
      }
    }
  }

  private static void accumulate(int variable, Tensor term, Tensor[] sums, boolean[] owned) {
    Tensor sum = sums[variable];
    if (sum == null) {
      sums[variable] = term;
    } else {
      sums[variable] = Cotangents.add(sum, owned[variable], term);
      owned[variable] |= Cotangents.canReuse(sum, term);
    }
  }
}
