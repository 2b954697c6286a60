package dini.core.compile;

import dini.core.Program.Equation;

/** One step of an executable, bound to the variables it reads and writes. */
interface Step {

  void run(Frame frame);

  /** An equation that it carries out, to be named where it fails. */
  Equation equation();
}
