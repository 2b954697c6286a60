package dini.core.compile;

import dini.core.DType;
import dini.core.Primitive;
import dini.core.Program;
import dini.core.Program.Equation;
import dini.core.primitive.Binary;
import dini.core.primitive.Unary;
import java.util.List;

/**
 * A few operations of arithmetic on elements, as one loop may compute them: what they are, not
 * where their operands stand. Numbers below {@code inputs} stand for inputs, those from there on
 * for terms.
 *
 * @param dtype of all operands and results, a floating one
 * @param inputs how many operands come from outside
 * @param uniform which of them are one element, as bits
 * @param terms the operations, in order
 * @param stored the terms whose results are stored, in order
 */
record Formula(DType dtype, int inputs, int uniform, List<Term> terms, List<Integer> stored) {
  /** Arrays that one loop reads and writes at most: their addresses should fit into registers. */
  static final int MOST_ARRAYS = 12;

  /** Operations of one loop at most. */
  static final int MOST_TERMS = 24;

  /** An operation on one or two earlier numbers; y is that of x where there is one. */
  record Term(Primitive operation, int x, int y) {}

  /** Whether a loop may compute an equation of a program. */
  static boolean computes(Program program, Equation equation) {
    return has(equation.primitive())
        && program.variables().get(equation.results().getFirst()).dtype().isFloating();
  }

  /**
   * Whether a loop computes this operation: those that the machine has, rounded as IEEE 754 says.
   */
  static boolean has(Primitive operation) {
    return switch (operation) {
      case Binary binary ->
          switch (binary) {
            case ADD, SUB, MUL, DIV -> true;
            default -> false;
          };
      case Unary unary ->
          switch (unary) {
            case NEG, SQUARE, SQRT -> true;
            default -> false;
          };
      default -> false;
    };
  }

  /** Whether an array, of an input, is one element. */
  boolean isUniform(int array) {
    return (uniform >> array & 1) != 0;
  }

  int arrays() {
    return inputs + stored.size();
  }
}
