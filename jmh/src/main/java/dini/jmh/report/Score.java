package dini.jmh.report;

import java.util.List;
import java.util.Map;

/**
 * What one benchmark took.
 *
 * @param benchmark its class and method, without {@code dini.jmh}
 * @param params the values of its parameters
 * @param nanoseconds the average time of a call in every iteration of every round
 */
record Score(String benchmark, Map<String, String> params, List<Double> nanoseconds) {
  /** Beyond, a table marks the number. */
  private static final double SCATTER = 0.1;

  /** The name of the method. */
  String method() {
    return benchmark.substring(benchmark.lastIndexOf('.') + 1);
  }

  /** The fastest iteration. */
  double best() {
    return quantile(0);
  }

  /** The median of the iterations. */
  double median() {
    return quantile(0.5);
  }

  /** Whether the middle half of the iterations is wide. */
  boolean scattered() {
    return quantile(0.75) - quantile(0.25) > SCATTER * median();
  }

  private double quantile(double q) {
    List<Double> sorted = nanoseconds.stream().sorted().toList();
    double at = q * (sorted.size() - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.size() - 1);
    return sorted.get(below) + (at - below) * (sorted.get(above) - sorted.get(below));
  }
}
