package dini.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@link Tune} prints at the end. */
final class TuneReport {
  private TuneReport() {}

  static String of(TuneResult result) {
    Dataset data = result.data();
    List<String> lines = new ArrayList<>();
    lines.add(row("mean squared error", "train", "validation", "test"));
    lines.add(errors(result.leastSquares(), data));
    lines.add(errors(result.shared(), data));
    lines.add(errors(result.tuned(), data));
    lines.add(row("rows", data.train().rows(), data.validation().rows(), data.test().rows()));
    lines.add("");
    lines.add(row("feature", "penalty", "weight"));
    for (int i = 0; i < data.features().size(); i++) {
      double penalty = result.tuned().penalties().item(i);
      double weight = result.tuned().weights().item(i);
      lines.add(row(data.features().get(i), number(penalty), number(weight)));
    }
    lines.add("");
    lines.add(hypergradient(result));
    return String.join(System.lineSeparator(), lines);
  }

  private static String errors(TuneResult.Model model, Dataset data) {
    return row(
        model.name(),
        number(data.train().error(model.weights()).toDouble()),
        number(data.validation().error(model.weights()).toDouble()),
        number(data.test().error(model.weights()).toDouble()));
  }

  private static String hypergradient(TuneResult result) {
    long[] nanos = result.path().stream().mapToLong(PenaltyTuning.Point::nanos).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "hypergradient: %.2f ms (median of %d), relative error %.1e against central differences",
        nanos[nanos.length / 2] / 1e6,
        nanos.length,
        result.gradientError());
  }

  private static String row(String name, Object... cells) {
    StringBuilder line = new StringBuilder(String.format("%-24s", name));
    for (Object cell : cells) {
      line.append(String.format("%12s", cell));
    }
    return line.toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.5g", value);
  }
}
