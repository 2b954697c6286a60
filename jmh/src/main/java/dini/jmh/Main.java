package dini.jmh;

import dini.jmh.report.Report;
import java.util.Arrays;
import picocli.CommandLine;

/** What {@code benchmarks.jar} starts: the report, or else JMH as it is. */
public final class Main {
  private Main() {}

  /**
   * Runs {@code report} with its options, or JMH with all arguments.
   *
   * @param args the arguments
   * @throws Exception what JMH throws
   */
  public static void main(String[] args) throws Exception {
    if (args.length > 0 && args[0].equals("report")) {
      String[] options = Arrays.copyOfRange(args, 1, args.length);
      System.exit(new CommandLine(new Report()).execute(options));
    }
    org.openjdk.jmh.Main.main(args);
  }
}
