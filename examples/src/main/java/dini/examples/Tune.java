package dini.examples;

import static dini.core.Elementwise.exp;
import static dini.core.Tensors.zerosLike;

import dini.core.Csv;
import dini.core.Tensor;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The command {@code dini tune}. */
final class Tune implements Command {

  @Override
  public String help() {
    return """
    Usage: dini tune [--data=FILE.csv] [--target=COLUMN] [--out=PICTURE.png]
                     [--steps=N]
    Chooses the penalty of each feature of a ridge regression by gradient descent
    on the validation loss, the gradient going through the fit.
    Shown on the diabetes data of Efron, Hastie, Johnstone, Tibshirani (2004), Least
    Angle Regression, Annals of Statistics 32(2), or on your own table of numbers.

      --data=FILE.csv    Numbers separated by commas, below one line with the names
                         of the columns.
      --target=COLUMN    The column to predict from all others; by default the last.
      --out=PICTURE.png  Where to draw the result; by default tune.png.
      --steps=N          The steps of the descent; by default 200.
    """;
  }

  @Override
  public void run(Arguments arguments, PrintWriter out) {
    Optional<Path> file = arguments.option("--data").map(Path::of);
    Optional<String> target = arguments.option("--target");
    Path picture = Path.of(arguments.option("--out").orElse("tune.png"));
    int steps = arguments.option("--steps", 200);
    arguments.end();
    PictureFile drawing = new PictureFile("tune", picture);
    checkSteps(steps);
    drawing.check();
    TunePicture.warmUp();
    TuneResult result = tune(read(file, target), steps);
    out.println(TuneReport.of(result));
    out.println(drawing.write(() -> TunePicture.encode(result)));
  }

  private static TuneResult tune(Dataset data, int steps) {
    Ridge model = new Ridge(data.train());
    PenaltyTuning tuning = new PenaltyTuning(model, data.validation());
    Tensor shared = tuning.bestShared();
    List<PenaltyTuning.Point> path;
    try (Progress progress = new Progress("tuning", steps)) {
      path = tuning.descend(shared, steps, progress::step);
    }
    Tensor tuned = path.getLast().logPenalties();
    return new TuneResult(
        data,
        new TuneResult.Model("ordinary least squares", zerosLike(shared), model.leastSquares()),
        new TuneResult.Model("best single penalty", exp(shared), model.fit(shared)),
        new TuneResult.Model("tuned penalties", exp(tuned), model.fit(tuned)),
        path,
        GradientCheck.relativeError(tuning::loss, shared, path.getFirst().gradient()));
  }

  private static void checkSteps(int steps) {
    if (steps < 1) {
      throw new BadInputException("tune: --steps " + steps + " came, expected at least 1");
    }
  }

  private static Dataset read(Optional<Path> file, Optional<String> target) {
    Csv.Table table = file.map(Csv::read).orElseGet(Diabetes::table);
    String name = file.map(Path::toString).orElse(Diabetes.NAME);
    return Dataset.split(name, table, target.orElse(table.columns().getLast()));
  }
}
