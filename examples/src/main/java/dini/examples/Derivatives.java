package dini.examples;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code dini derivatives}. */
@Command(
    name = "derivatives",
    description = {
      "Stops a gradient descent after t = 1, 2, 4, ... 4096 steps and takes the derivative of where"
          + " it is in three ways: by the implicit function theorem, through all steps, and through"
          + " one more step.",
      "Prints how far each is from the derivative of the solution, and the iterate from the"
          + " solution, on the diabetes data; docs/how-to-choose.md explains the picture."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class Derivatives implements Runnable {
  private static final double PENALTY = 0.01;

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "PICTURE.png",
      description = "Where to draw the errors; by default ${DEFAULT-VALUE}.",
      defaultValue = "derivatives.png")
  private Path picture;

  private Derivatives() {}

  @Override
  public void run() {
    PictureFile file = new PictureFile("derivatives", picture);
    file.check();
    DerivativesPicture.warmUp();
    PenalizedDescent descent = PenalizedDescent.of(Diabetes.unitRows(), PENALTY);
    PrintWriter out = spec.commandLine().getOut();
    out.println(DerivativeErrors.header());
    List<DerivativeErrors> errors = DerivativeErrors.measure(descent);
    errors.forEach(at -> out.println(at.row()));
    out.println(file.write(() -> DerivativesPicture.encode(errors)));
    out.flush();
  }
}
