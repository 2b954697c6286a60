package dini.examples;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A command of the program. It builds its options itself and keeps them, to read their values:
 * annotations would say the same, but reading those by reflection more than doubles what the
 * command line adds to a start.
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
