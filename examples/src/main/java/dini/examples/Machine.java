package dini.examples;

import dini.core.Dini;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The command {@code dini info}. */
final class Machine implements Command {

  @Override
  public CommandSpec spec() {
    return CommandSpec.create()
        .name("info")
        .usageMessage(
            new UsageMessageSpec()
                .description("Shows version, kernels, vectors, threads, Java and machine."));
  }

  @Override
  public void run(PrintWriter out) {
    out.println(Dini.info());
  }
}
