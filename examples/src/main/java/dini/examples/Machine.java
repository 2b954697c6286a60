package dini.examples;

import dini.core.Dini;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code dini info}. */
@Command(
    name = "info",
    description = "Shows version, kernels, vectors, threads, Java and machine.",
    mixinStandardHelpOptions = true)
final class Machine implements Runnable {
  @Spec private CommandSpec spec;

  private Machine() {}

  @Override
  public void run() {
    spec.commandLine().getOut().println(Dini.info());
    spec.commandLine().getOut().flush();
  }
}
