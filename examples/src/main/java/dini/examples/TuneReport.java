package dini.examples;

import dini.core.Tensor;
import java.util.Locale;

/** What {@link Tune} prints at the end. */
final class TuneReport {
  private TuneReport() {}

  static String of(TuneResult result) {
    Dataset data = result.data();
    StringBuilder text = new StringBuilder();
    line(text, "%-24s%12s%12s%12s", "mean squared error", "train", "validation", "test");
    for (TuneResult.Model model :
        new TuneResult.Model[] {result.leastSquares(), result.shared(), result.tuned()}) {
      Tensor w = model.weights();
      line(
          text,
          "%-24s%12s%12s%12s",
          model.name(),
          number(data.train().error(w).toDouble()),
          number(data.validation().error(w).toDouble()),
          number(data.test().error(w).toDouble()));
    }
    line(text, "");
    line(text, "%-24s%12s%12s", "feature", "penalty", "weight");
    for (int i = 0; i < data.features().size(); i++) {
      line(
          text,
          "%-24s%12s%12s",
          data.features().get(i),
          number(result.tuned().penalties().item(i)),
          number(result.tuned().weights().item(i)));
    }
    line(text, "");
    line(
        text,
        "hypergradient: %.2f ms (median of %d), relative error %.1e against central differences",
        medianNanos(result) / 1e6,
        result.path().size(),
        result.gradientError());
    return text.toString();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(format.formatted(values)).append('\n');
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.5g", value);
  }

  private static long medianNanos(TuneResult result) {
    long[] nanos = result.path().stream().mapToLong(PenaltyTuning.Point::nanos).sorted().toArray();
    return nanos[nanos.length / 2];
  }
}
