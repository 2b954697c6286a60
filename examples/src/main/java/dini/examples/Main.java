package dini.examples;

import dini.core.CsvException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;

/**
 * The program {@code dini}: every example is one of its commands. Only the one that is named is
 * built, and all of them for a list.
 */
public final class Main implements Command {
  private static final SequencedMap<String, Supplier<Command>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("tune", Tune::new);
    COMMANDS.put("derivatives", Derivatives::new);
    COMMANDS.put("page", Page::new);
    COMMANDS.put("tasks", Tasks::new);
    COMMANDS.put("info", Machine::new);
  }

  private final CommandSpec spec = CommandSpec.create();

  private Main() {}

  /** Runs the command that {@code args} names and exits with its code; 2 for a bad command. */
  public static void main(String[] args) {
    // no option is a date, and looking for the methods that read one takes milliseconds
    System.setProperty("picocli.converters.excludes", "java[.](time|sql)[.].*");
    System.exit(
        run(List.of(args), new PrintWriter(System.out, true), new PrintWriter(System.err, true)));
  }

  /** The program; input that it cannot use costs a line that says so and exit code 2. */
  static int run(List<String> arguments, PrintWriter out, PrintWriter err) {
    boolean named = !arguments.isEmpty() && COMMANDS.containsKey(arguments.getFirst());
    Command command = named ? COMMANDS.get(arguments.getFirst()).get() : new Main();
    CommandLine line = commandLine(command.spec()).setOut(out).setErr(err);
    String[] rest = arguments.subList(named ? 1 : 0, arguments.size()).toArray(new String[0]);
    try {
      if (CommandLine.executeHelpRequest(line.parseArgs(rest)) == null) {
        command.run(out);
      }
      out.flush();
      return CommandLine.ExitCode.OK;
    } catch (ParameterException e) {
      err.println(line.getCommandName() + ": " + e.getMessage());
      line.usage(err);
    } catch (BadInputException | CsvException | UncheckedIOException e) {
      err.println(e.getMessage());
    }
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  private static CommandLine commandLine(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this help.").build());
    spec.usageMessage()
        .synopsisHeading(spec.subcommands().isEmpty() ? "Usage: dini " : "Usage: ")
        .sortOptions(false)
        .sortSynopsis(false);
    return new CommandLine(spec)
        .setExpandAtFiles(false)
        .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
  }

  @Override
  public CommandSpec spec() {
    spec.name("dini")
        .version("dini " + version())
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Show the version.")
                .build())
        .usageMessage(
            new UsageMessageSpec()
                .description("Differentiable programming on the JVM, shown on real data.")
                .synopsisSubcommandLabel("COMMAND"));
    COMMANDS.forEach((name, command) -> spec.addSubcommand(name, command.get().spec()));
    return spec;
  }

  /** There is nothing to do without a command. */
  @Override
  public void run(PrintWriter out) {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  /** The version that the build wrote into the module. */
  private static String version() {
    return Main.class.getModule().getDescriptor().rawVersion().orElse("(unknown)");
  }
}
