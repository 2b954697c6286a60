package dini.functional.catalogue;

import static dini.functional.catalogue.Domain.POSITIVE;
import static dini.functional.catalogue.Domain.REAL;
import static dini.functional.catalogue.ElementwiseEntries.two;
import static dini.functional.catalogue.Entry.Tolerance.SUMS;

import dini.functional.nn.Losses;
import java.util.Arrays;
import java.util.List;

/** Losses, by their definitions. */
final class LossEntries {
  private LossEntries() {}

  private static final Domain PROBABILITIES =
      Domain.floating(random -> random.nextDouble(0.1, 0.9));

  private static double huber(double x, double y) {
    double size = Math.abs(x - y);
    return size <= 1 ? 0.5 * size * size : size - 0.5;
  }

  private static double binaryLogistic(double logit, double target) {
    return StrictMath.log1p(StrictMath.exp(logit)) - target * logit;
  }

  /** {@code log(sum(exp(z))) - z[k]} for a row of the logits. */
  private static double surprise(Plain logits, int[] example, int label) {
    int[] at = Arrays.copyOf(example, example.length + 1);
    double sum = 0;
    for (int k = 0; k < logits.extent(example.length); k++) {
      at[example.length] = k;
      sum += StrictMath.exp(logits.at(at));
    }
    at[example.length] = label;
    return StrictMath.log(sum) - logits.at(at);
  }

  private static Plain ofLabels(Plain[] x) {
    return Plain.each(x[1].shape, i -> surprise(x[0], i, (int) x[1].at(i)));
  }

  private static Plain ofProbabilities(Plain[] x) {
    int[] examples = Arrays.copyOf(x[0].shape, x[0].shape.length - 1);
    return Plain.each(
        examples,
        i -> {
          double sum = 0;
          int[] at = Arrays.copyOf(i, i.length + 1);
          for (int k = 0; k < x[0].extent(i.length); k++) {
            at[i.length] = k;
            sum += x[1].at(at) * surprise(x[0], i, k);
          }
          return sum;
        });
  }

  static List<Entry> all() {
    return List.of(
        two("squaredError", REAL, REAL, Losses::squaredError, (x, y) -> (x - y) * (x - y)),
        two("huber", Domain.near(0, 0.2), Domain.near(0.5, 0.2), Losses::huber, LossEntries::huber)
            .within(SUMS),
        two(
                "binaryLogistic",
                REAL,
                PROBABILITIES,
                Losses::binaryLogistic,
                LossEntries::binaryLogistic)
            .within(SUMS),
        Entry.of(
                "crossEntropy",
                x -> Losses.crossEntropy(x[0], x[1]),
                LossEntries::ofLabels,
                REAL,
                Domain.index(0, 3))
            .at("[3] []", "[4,3] [4]", "[2,1,3] [2,1]", "[0,3] [0]")
            .large("[257,5] [257]")
            .within(SUMS),
        Entry.of(
                "crossEntropy of probabilities",
                x -> Losses.crossEntropy(x[0], x[1]),
                LossEntries::ofProbabilities,
                REAL,
                POSITIVE)
            .at("[3] [3]", "[4,3] [4,3]", "[2,1,3] [2,1,3]", "[0,3] [0,3]")
            .large("[257,5] [257,5]")
            .within(SUMS));
  }
}
