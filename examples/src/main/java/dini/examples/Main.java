package dini.examples;

import dini.core.CsvException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The program {@code dini}: every example is one of its commands.
 *
 * <p>It reads its arguments itself. A library that does so by reflection took as long to start as
 * all of Dini up to a first compiled gradient, which {@code dini tasks} measures.
 */
public final class Main {
  private static final int USAGE = 2;

  private static final String HELP =
      """
      Usage: dini COMMAND [ARGUMENT...]
      Differentiable programming on the JVM, shown on real data.

        tune         Chooses the penalties of a ridge regression by gradient descent.
        derivatives  Compares three derivatives of a solver that stops early.
        page         Runs a block of docs/from-torchopt.md.
        tasks        Measures tasks that other systems do too.

        -h, --help     Show this help, or that of a command.
        -V, --version  Show the version.
      """;

  private Main() {}

  /** Runs the command that {@code args} names and exits with its code; 2 for a bad command. */
  public static void main(String[] args) {
    System.exit(
        run(List.of(args), new PrintWriter(System.out, true), new PrintWriter(System.err, true)));
  }

  /** The program; input that it cannot use costs one line and exit code 2. */
  static int run(List<String> arguments, PrintWriter out, PrintWriter err) {
    try {
      run(arguments, out);
      return 0;
    } catch (BadInputException | CsvException | UncheckedIOException e) {
      err.println(e.getMessage());
      return USAGE;
    }
  }

  private static void run(List<String> arguments, PrintWriter out) {
    String name = arguments.isEmpty() ? "" : arguments.getFirst();
    switch (name) {
      case "tune" -> run(new Tune(), arguments, out);
      case "derivatives" -> run(new Derivatives(), arguments, out);
      case "page" -> run(new Page(), arguments, out);
      case "tasks" -> run(new Tasks(), arguments, out);
      case "-h", "--help" -> out.print(HELP);
      case "-V", "--version" -> out.println("dini " + version());
      case "" -> throw new BadInputException("dini: a command is missing\n" + HELP);
      default -> throw new BadInputException("dini: there is no command " + name + "\n" + HELP);
    }
    out.flush();
  }

  private static void run(Command command, List<String> arguments, PrintWriter out) {
    if (arguments.contains("-h") || arguments.contains("--help")) {
      out.print(command.help());
    } else {
      command.run(new Arguments(arguments), out);
    }
  }

  /** The version that the build wrote into the module. */
  private static String version() {
    return Main.class.getModule().getDescriptor().rawVersion().orElse("(unknown)");
  }
}
