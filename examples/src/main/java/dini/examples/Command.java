package dini.examples;

import java.io.PrintWriter;

/** A command of the program. */
interface Command {

  /** How to call it, what it does and its options: lines of at most 80 characters. */
  String help();

  /**
   * Runs it.
   *
   * @param arguments what stands behind its name
   * @param out where results go
   * @throws BadInputException if they are not as {@link #help} says
   */
  void run(Arguments arguments, PrintWriter out);
}
