package dini.core.compile;

import dini.core.Program.Equation;

/** Tells, at an exception that ended a compiled program, which equation it came from. */
final class EquationFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  EquationFailure(Equation equation) {
    super(
        "in the compiled program, at "
            + equation.primitive().label()
            + equation.source().map(line -> ", which was recorded at " + line).orElse(""),
        null,
        false,
        false);
  }
}
