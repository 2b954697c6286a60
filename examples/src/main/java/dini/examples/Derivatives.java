package dini.examples;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The command {@code dini derivatives}. */
final class Derivatives implements Command {
  private static final double PENALTY = 0.01;

  private final OptionSpec picture =
      OptionSpec.builder("--out")
          .paramLabel("PICTURE.png")
          .type(Path.class)
          .defaultValue("derivatives.png")
          .description("Where to draw the errors; by default ${DEFAULT-VALUE}.")
          .build();

  @Override
  public CommandSpec spec() {
    return CommandSpec.create()
        .name("derivatives")
        .addOption(picture)
        .usageMessage(
            new UsageMessageSpec()
                .description(
                    "Stops a gradient descent after t = 1, 2, 4, ... 4096 steps and takes the"
                        + " derivative of where it is in three ways: by the implicit function"
                        + " theorem, through all steps, and through one more step.",
                    "Prints how far each is from the derivative of the solution, and the iterate"
                        + " from the solution, on the diabetes data; docs/how-to-choose.md explains"
                        + " the picture."));
  }

  @Override
  public void run(PrintWriter out) {
    PictureFile file = new PictureFile("derivatives", picture.getValue());
    file.check();
    DerivativesPicture.warmUp();
    PenalizedDescent descent = PenalizedDescent.of(Diabetes.unitRows(), PENALTY);
    out.println(DerivativeErrors.header());
    List<DerivativeErrors> errors = DerivativeErrors.measure(descent);
    errors.forEach(at -> out.println(at.row()));
    out.println(file.write(() -> DerivativesPicture.encode(errors)));
  }
}
