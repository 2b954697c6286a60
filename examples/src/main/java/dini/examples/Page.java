package dini.examples;

import dini.examples.page.ChainedSteps;
import dini.examples.page.CustomSolvers;
import dini.examples.page.FunctionalApi;
import dini.examples.page.LinearSystems;
import dini.examples.page.ModuleApi;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The command {@code dini page}. */
final class Page implements Command {
  private final PositionalParamSpec block =
      PositionalParamSpec.builder()
          .index("0")
          .paramLabel("BLOCK")
          .type(String.class)
          .required(true)
          .description(
              "custom-solvers: Custom solvers and state dictionaries: two inner steps, recovery,"
                  + " again.",
              "linear-systems: Linear system solvers: a random 3x3 system by normal CG, CG and LU.",
              "module-api: OOP API: a subclass of ImplicitMetaGradientModule.",
              "functional-api: Functional API: customRoot around a solver of four arguments.",
              "chained-steps: Transformations and schedules: clipping, decay, momentum, a rate in"
                  + " steps.")
          .build();

  @Override
  public CommandSpec spec() {
    return CommandSpec.create()
        .name("page")
        .addPositional(block)
        .usageMessage(new UsageMessageSpec().description("Runs a block of docs/from-torchopt.md."));
  }

  @Override
  public void run(PrintWriter out) {
    out.println(result(block.getValue()));
  }

  private static Object result(String block) {
    return switch (block) {
      case "custom-solvers" -> CustomSolvers.run();
      case "linear-systems" -> LinearSystems.run();
      case "module-api" -> ModuleApi.run();
      case "functional-api" -> FunctionalApi.run();
      case "chained-steps" -> ChainedSteps.run();
      default ->
          throw new BadInputException(
              "page: "
                  + block
                  + " came, expected custom-solvers, linear-systems, module-api, functional-api or"
                  + " chained-steps");
    };
  }
}
