package dini.examples;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** The command {@code dini derivatives}. */
final class Derivatives implements Command {
  private static final double PENALTY = 0.01;

  @Override
  public String help() {
    return """
    Usage: dini derivatives [--out=PICTURE.png]
    Stops a gradient descent after t = 1, 2, 4, ... 4096 steps and takes the
    derivative of where it is in three ways: by the implicit function theorem,
    through all steps, and through one more step.
    Prints how far each is from the derivative of the solution, and the iterate from
    the solution, on the diabetes data; docs/how-to-choose.md explains the picture.

      --out=PICTURE.png  Where to draw the errors; by default derivatives.png.
    """;
  }

  @Override
  public void run(Arguments arguments, PrintWriter out) {
    Path picture = Path.of(arguments.option("--out").orElse("derivatives.png"));
    arguments.end();
    PictureFile file = new PictureFile("derivatives", picture);
    file.check();
    DerivativesPicture.warmUp();
    PenalizedDescent descent = PenalizedDescent.of(Diabetes.unitRows(), PENALTY);
    out.println(DerivativeErrors.header());
    List<DerivativeErrors> errors = DerivativeErrors.measure(descent);
    errors.forEach(at -> out.println(at.row()));
    out.println(file.write(() -> DerivativesPicture.encode(errors)));
  }
}
