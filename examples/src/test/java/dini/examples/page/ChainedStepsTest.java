package dini.examples.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Against the same steps on plain numbers, and their differences. */
class ChainedStepsTest {
  private static final double[] RATES = {0.1, 0.1, 0.05};

  /** Slope and offset after three steps: the gradients are longer than 1 and so are clipped. */
  private static double[] fitted(double x) {
    double slope = 1;
    double offset = 0.5;
    double slopeTrace = 0;
    double offsetTrace = 0;
    for (double rate : RATES) {
      double g = 2 * (slope * x + offset - 1);
      double norm = Math.abs(g) * Math.sqrt(x * x + 1);
      assertThat(norm).isGreaterThan(1.1);
      double clip = 1 / (norm + 1e-6);
      slopeTrace = clip * g * x + 0.01 * slope + 0.9 * slopeTrace;
      offsetTrace = clip * g + 0.9 * offsetTrace;
      slope -= rate * slopeTrace;
      offset -= rate * offsetTrace;
    }
    return new double[] {slope, offset};
  }

  private static double atThree(double x) {
    double[] line = fitted(x);
    return 3 * line[0] + line[1];
  }

  private final ChainedSteps result = ChainedSteps.run();

  @Test
  void stepsAreThoseOfTheTransformationsInTheirOrder() {
    double[] line = fitted(2);
    assertThat(result.line().slope().toDouble()).isCloseTo(line[0], within(1e-14));
    assertThat(result.line().offset().toDouble()).isCloseTo(line[1], within(1e-14));
  }

  @Test
  void metaGradientIsThroughClippingDecayAndMomentum() {
    // truncation about h^4, rounding 1e-16 / h
    double h = 0x1p-10;
    double exact =
        (8 * (atThree(2 + h) - atThree(2 - h)) - (atThree(2 + 2 * h) - atThree(2 - 2 * h)))
            / (12 * h);
    assertThat(Math.abs(exact)).isGreaterThan(0.01);
    assertThat(result.metaGradient().toDouble()).isCloseTo(exact, within(1e-10));
  }
}
