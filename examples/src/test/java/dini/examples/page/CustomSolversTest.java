package dini.examples.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Against Adam on plain numbers, and its differences. */
class CustomSolversTest {

  /** Parameter and moments after some steps of Adam with rate 1 on (a x - 1)². */
  private record State(double a, double mean, double square, int steps) {
    static final State START = new State(1, 0, 0, 0);

    State step(double x) {
      double g = 2 * x * (a * x - 1);
      double m = 0.9 * mean + 0.1 * g;
      double v = 0.999 * square + 0.001 * g * g;
      int t = steps + 1;
      double unbiased = m / (1 - Math.pow(0.9, t));
      double scale = Math.sqrt(v / (1 - Math.pow(0.999, t)));
      return new State(a - unbiased / (scale + 1e-8), m, v, t);
    }

    double outerLoss() {
      return (a - 3) * (a - 3);
    }
  }

  /** Central differences of fourth order: truncation about h^4, rounding 1e-16 / h. */
  private static double difference(DoubleUnaryOperator f) {
    double h = 0x1p-10;
    return (8 * (f.applyAsDouble(2 + h) - f.applyAsDouble(2 - h))
            - (f.applyAsDouble(2 + 2 * h) - f.applyAsDouble(2 - 2 * h)))
        / (12 * h);
  }

  private final CustomSolvers result = CustomSolvers.run();

  @Test
  void sameStepsAfterRecoveryGiveTheSameBits() {
    assertThat(result.again()).hasSize(4).allMatch(result.a()::equals);
    assertThat(result.a().toDouble())
        .isCloseTo(State.START.step(2).step(2).a(), within(1e-13))
        .isNotEqualTo(1);
  }

  @Test
  void metaGradientIsThatOfTwoSteps() {
    double exact = difference(x -> State.START.step(x).step(x).outerLoss());
    assertThat(Math.abs(exact)).isGreaterThan(0.1);
    assertThat(result.metaGradient().toDouble()).isCloseTo(exact, within(1e-8));
    // the same steps, whether or not the state in between was put away
    assertThat(result.byReference().toDouble()).isCloseTo(exact, within(1e-8));
  }

  @Test
  void deepCopyLeavesTheDerivativeOfTheLastStep() {
    State held = State.START.step(2);
    double exact = difference(x -> held.step(x).outerLoss());
    assertThat(result.byDeepCopy().toDouble()).isCloseTo(exact, within(1e-8));
    assertThat(Math.abs(exact - result.metaGradient().toDouble())).isGreaterThan(0.01);
  }
}
