package dini.examples;

import static dini.core.Elementwise.exp;
import static dini.core.Tensors.zerosLike;

import dini.core.Csv;
import dini.core.Tensor;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code dini tune}. */
@Command(
    name = "tune",
    description = {
      "Chooses the penalty of each feature of a ridge regression by gradient descent on the"
          + " validation loss, the gradient going through the fit.",
      "Shown on the diabetes data of Efron, Hastie, Johnstone, Tibshirani (2004), Least Angle"
          + " Regression, Annals of Statistics 32(2), or on your own table of numbers."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class Tune implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "FILE.csv",
      description = "Numbers separated by commas, below one line with the names of the columns.")
  private Path file;

  @Option(
      names = "--target",
      paramLabel = "COLUMN",
      description = "The column to predict from all others; by default the last one.")
  private String target;

  @Option(
      names = "--out",
      paramLabel = "PICTURE.png",
      description = "Where to draw the result; by default ${DEFAULT-VALUE}.",
      defaultValue = "tune.png")
  private Path picture;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "The steps of the descent; by default ${DEFAULT-VALUE}.",
      defaultValue = "200")
  private int steps;

  private Tune() {}

  @Override
  public void run() {
    PictureFile drawing = new PictureFile("tune", picture);
    checkSteps();
    drawing.check();
    TunePicture.warmUp();
    TuneResult result = tune(read());
    PrintWriter out = spec.commandLine().getOut();
    out.println(TuneReport.of(result));
    out.println(drawing.write(() -> TunePicture.encode(result)));
    out.flush();
  }

  private TuneResult tune(Dataset data) {
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

  private void checkSteps() {
    if (steps < 1) {
      throw new BadInputException("tune: --steps " + steps + " came, expected at least 1");
    }
  }

  private Dataset read() {
    Csv.Table table = file == null ? Diabetes.table() : Csv.read(file);
    String name = file == null ? Diabetes.NAME : file.toString();
    return Dataset.split(name, table, target == null ? table.columns().getLast() : target);
  }
}
