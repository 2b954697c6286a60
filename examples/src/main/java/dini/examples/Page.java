package dini.examples;

import dini.examples.page.ChainedSteps;
import dini.examples.page.CustomSolvers;
import dini.examples.page.FunctionalApi;
import dini.examples.page.LinearSystems;
import dini.examples.page.ModuleApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code dini page}. */
@Command(
    name = "page",
    description = "Runs a block of docs/from-torchopt.md.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "BLOCK")
final class Page implements Runnable {
  @Spec private CommandSpec spec;

  private Page() {}

  /** There is nothing to do without a block. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing block");
  }

  @Command(
      name = "custom-solvers",
      description = "Custom solvers and state dictionaries: two inner steps, recovery, again.",
      mixinStandardHelpOptions = true)
  void customSolvers() {
    print(CustomSolvers.run());
  }

  @Command(
      name = "linear-systems",
      description = "Linear system solvers: a random 3x3 system by normal CG, CG and LU.",
      mixinStandardHelpOptions = true)
  void linearSystems() {
    print(LinearSystems.run());
  }

  @Command(
      name = "module-api",
      description = "OOP API: a subclass of ImplicitMetaGradientModule.",
      mixinStandardHelpOptions = true)
  void moduleApi() {
    print(ModuleApi.run());
  }

  @Command(
      name = "functional-api",
      description = "Functional API: customRoot around a solver of four arguments.",
      mixinStandardHelpOptions = true)
  void functionalApi() {
    print(FunctionalApi.run());
  }

  @Command(
      name = "chained-steps",
      description = "Transformations and schedules: clipping, decay, momentum, a rate in steps.",
      mixinStandardHelpOptions = true)
  void chainedSteps() {
    print(ChainedSteps.run());
  }

  private void print(Object result) {
    spec.commandLine().getOut().println(result);
    spec.commandLine().getOut().flush();
  }
}
