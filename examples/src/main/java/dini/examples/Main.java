package dini.examples;

import dini.core.CsvException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code dini}: every example is one of its subcommands. */
@Command(
    name = "dini",
    description = "Differentiable programming on the JVM, shown on real data.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {Tune.class, Derivatives.class, Page.class, Tasks.class, Machine.class},
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  private Main() {}

  /** Runs the subcommand that {@code args} names and exits with its code; 2 for a bad command. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The program; input that it cannot use costs one line and exit code 2. */
  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(
            (exception, command, arguments) ->
                switch (exception) {
                  case BadInputException e -> refused(command, e);
                  case CsvException e -> refused(command, e);
                  case UncheckedIOException e -> refused(command, e);
                  default -> throw exception;
                });
  }

  private static int refused(CommandLine command, Exception exception) {
    command.getErr().println(exception.getMessage());
    return CommandLine.ExitCode.USAGE;
  }

  /** There is nothing to do without a subcommand. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing subcommand");
  }

  /** The version that the build wrote into the module. */
  static final class Version implements IVersionProvider {

    Version() {}

    @Override
    public String[] getVersion() {
      String version = Main.class.getModule().getDescriptor().rawVersion().orElse("(unknown)");
      return new String[] {"dini " + version};
    }
  }
}
