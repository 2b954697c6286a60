package dini.examples;

import static dini.core.Elementwise.exp;
import static dini.core.Tensors.zerosLike;

import dini.core.Csv;
import dini.core.Tensor;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The command {@code dini tune}. */
final class Tune implements Command {

  private final OptionSpec file =
      OptionSpec.builder("--data")
          .paramLabel("FILE.csv")
          .type(Path.class)
          .description("Numbers separated by commas, below one line with the names of the columns.")
          .build();

  private final OptionSpec target =
      OptionSpec.builder("--target")
          .paramLabel("COLUMN")
          .type(String.class)
          .description("The column to predict from all others; by default the last one.")
          .build();

  private final OptionSpec picture =
      OptionSpec.builder("--out")
          .paramLabel("PICTURE.png")
          .type(Path.class)
          .defaultValue("tune.png")
          .description("Where to draw the result; by default ${DEFAULT-VALUE}.")
          .build();

  private final OptionSpec steps =
      OptionSpec.builder("--steps")
          .paramLabel("N")
          .type(int.class)
          .defaultValue("200")
          .description("The steps of the descent; by default ${DEFAULT-VALUE}.")
          .build();

  @Override
  public CommandSpec spec() {
    return CommandSpec.create()
        .name("tune")
        .addOption(file)
        .addOption(target)
        .addOption(picture)
        .addOption(steps)
        .usageMessage(
            new UsageMessageSpec()
                .description(
                    "Chooses the penalty of each feature of a ridge regression by gradient descent"
                        + " on the validation loss, the gradient going through the fit.",
                    "Shown on the diabetes data of Efron, Hastie, Johnstone, Tibshirani (2004),"
                        + " Least Angle Regression, Annals of Statistics 32(2), or on your own"
                        + " table of numbers."));
  }

  @Override
  public void run(PrintWriter out) {
    PictureFile drawing = new PictureFile("tune", picture.getValue());
    checkSteps(steps.getValue());
    drawing.check();
    TunePicture.warmUp();
    TuneResult result = tune(read(), steps.getValue());
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

  private Dataset read() {
    Optional<Path> own = Optional.ofNullable(file.getValue());
    Csv.Table table = own.map(Csv::read).orElseGet(Diabetes::table);
    String name = own.map(Path::toString).orElse(Diabetes.NAME);
    Optional<String> column = Optional.ofNullable(target.getValue());
    return Dataset.split(name, table, column.orElse(table.columns().getLast()));
  }
}
