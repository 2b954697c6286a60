package dini.jmh;

import dini.jmh.report.Report;
import dini.jmh.soak.Soak;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/** What {@code benchmarks.jar} starts: the report, the soak, or else JMH as it is. */
public final class Main {
  private static final Map<String, Supplier<Object>> COMMANDS =
      Map.of("report", Report::new, "soak", Soak::new);

  private Main() {}

  /**
   * Runs {@code report} or {@code soak} with its options, or JMH with all arguments.
   *
   * @param args the arguments
   * @throws Exception what JMH throws
   */
  public static void main(String[] args) throws Exception {
    if (args.length > 0 && COMMANDS.containsKey(args[0])) {
      String[] options = Arrays.copyOfRange(args, 1, args.length);
      System.exit(new CommandLine(COMMANDS.get(args[0]).get()).execute(options));
    }
    org.openjdk.jmh.Main.main(args);
  }
}
