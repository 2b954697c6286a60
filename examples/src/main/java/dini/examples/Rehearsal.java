package dini.examples;

import java.io.PrintWriter;
import java.util.List;

/**
 * Runs a little of what the program can do, once. The launcher keeps the classes that this loads in
 * an archive, from which later starts take them.
 */
final class Rehearsal {
  private Rehearsal() {}

  /** Runs some tasks, and tells nobody. */
  public static void main(String[] args) {
    PrintWriter nobody = new PrintWriter(PrintWriter.nullWriter());
    for (String task : List.of("--jit T0", "T0", "--jit T1 64 5", "--jit T6 1")) {
      if (Main.run(List.of(("tasks --once " + task).split(" ")), nobody, nobody) != 0) {
        throw new IllegalStateException("tasks " + task + " does not run");
      }
    }
  }
}
