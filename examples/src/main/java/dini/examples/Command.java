package dini.examples;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A command of the program. It builds its options itself, of which it keeps those that it reads:
 * annotations would be read by reflection, which makes the start longer by as much as a compiled
 * gradient takes.
 */
interface Command {

  /** Its name, options and texts; called once. */
  CommandSpec spec();

  /**
   * Runs it, when its options have their values.
   *
   * @param out where results go
   * @throws BadInputException if it cannot use the values
   */
  void run(PrintWriter out);
}
