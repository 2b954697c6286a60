package dini.functional;

import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.square;
import static dini.core.Elementwise.tanh;
import static dini.core.Reductions.norm;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Checkpoint.checkpoint;
import static dini.functional.Jacobians.hessian;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vmap;
import static dini.functional.Unrolling.unroll;
import static dini.functional.Unrolling.unrollCheckpointed;
import static dini.functional.Unrolling.unrollUntil;
import static dini.functional.Unrolling.unrollUntilCheckpointed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TracerException;
import dini.core.TreeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops and their derivatives against closed forms, differences, and loops written out. */
class UnrollingTest {

  /** Position and velocity. */
  private record State(Tensor at, Tensor velocity) {}

  /** Gradient descent with momentum on {@code (a x^2) / 2}. */
  private static UnaryOperator<State> descent(Tensor a, Tensor rate) {
    return state -> {
      Tensor velocity = state.velocity().mul(0.5).add(grad(x -> loss(a, x), state.at()));
      return new State(state.at().sub(velocity.mul(rate)), velocity);
    };
  }

  private static Tensor loss(Tensor a, Tensor x) {
    return sum(a.mul(square(x))).mul(0.5);
  }

  private static final Tensor START = tensor(1, -2);
  private static final Tensor CURVATURE = tensor(0.7, 0.2);

  // ---- closed forms ----

  /** The state after K steps of {@code x -> x (1 - rate a)} is a power. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 10, 50})
  void linearStepsGiveAPower(int steps) {
    double a = 0.3;
    double rate = 0.4;
    double factor = 1 - rate * a;
    double power = Math.pow(factor, steps);
    double byRate = steps * Math.pow(factor, steps - 1) * -a;
    for (boolean checkpoints : new boolean[] {false, true}) {
      Function<Tensor, Tensor> f =
          r -> {
            UnaryOperator<Tensor> step = x -> x.sub(x.mul(a).mul(r));
            return checkpoints
                ? unrollCheckpointed(step, scalar(1), steps)
                : unroll(step, scalar(1), steps);
          };
      assertNear(f.apply(scalar(rate)), power);
      assertNear(grad(f, scalar(rate)), byRate);
      assertNear(jvp(f, scalar(rate), scalar(1)).tangent(), byRate);
      assertNear(
          grad(r -> grad(f, r), scalar(rate)),
          steps * (steps - 1) * Math.pow(factor, steps - 2) * a * a);
    }
  }

  /**
   * Newton's iteration for the square root, stopped on a residual: the derivative is the root's.
   */
  @Test
  void stepsUntilAConditionHoldsAreDifferentiated() {
    Function<Tensor, Unrolled<Tensor>> root =
        a ->
            unrollUntil(
                x -> x.add(a.div(x)).mul(0.5),
                x -> Math.abs(x.toDouble() * x.toDouble() - 2) < 1e-13,
                scalar(1),
                100);
    Unrolled<Tensor> at = root.apply(scalar(2));
    assertThat(at.steps()).isEqualTo(5);
    assertThat(at.stopped()).isTrue();
    assertNear(at.state(), Math.sqrt(2));
    double exact = 0.5 / Math.sqrt(2);
    assertNear(grad(a -> root.apply(a).state(), scalar(2)), exact);
    assertNear(jvp(a -> root.apply(a).state(), scalar(2), scalar(1)).tangent(), exact);
  }

  // ---- against loops written out, and differences ----

  private static Tensor writtenOut(Tensor rate, int steps) {
    UnaryOperator<State> step = descent(CURVATURE, rate);
    State state = new State(START, tensor(0, 0));
    for (int i = 0; i < steps; i++) {
      state = step.apply(state);
    }
    return sum(sin(state.at()));
  }

  private static Tensor checkpointed(Tensor rate, int steps) {
    State end = unrollCheckpointed(descent(CURVATURE, rate), new State(START, tensor(0, 0)), steps);
    return sum(sin(end.at()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 9, 17})
  void checkpointedLoopsHaveTheBitsOfTheLoop(int steps) {
    Tensor rate = scalar(0.3);
    assertThat(checkpointed(rate, steps)).isEqualTo(writtenOut(rate, steps));
    assertThat(grad(r -> checkpointed(r, steps), rate))
        .isEqualTo(grad(r -> writtenOut(r, steps), rate));
    assertThat(hessian(r -> checkpointed(r, steps), rate))
        .isEqualTo(hessian(r -> writtenOut(r, steps), rate));
  }

  @Test
  void derivativesOfALoopAgreeWithDifferences() {
    UnaryOperator<Tensor> f = r -> checkpointed(r, 12);
    double h = 1e-3;
    double[] values = new double[5];
    double[] slopes = new double[5];
    for (int i = 0; i < 5; i++) {
      Tensor r = scalar(0.3 + (i - 2) * h);
      values[i] = f.apply(r).toDouble();
      slopes[i] = grad(f, r).toDouble();
    }
    assertNear(1e-9, grad(f, scalar(0.3)), difference(values, h));
    assertNear(1e-9, grad(r -> grad(f, r), scalar(0.3)), difference(slopes, h));
    assertNear(1e-9, hessian(f, scalar(0.3)), difference(slopes, h));
  }

  /** Of fourth order. */
  private static double difference(double[] at, double h) {
    return (8 * (at[3] - at[1]) - (at[4] - at[0])) / (12 * h);
  }

  @Test
  void vmapOverALoopIsALoopOverLanes() {
    Tensor rates = tensor(0.1, 0.2, 0.3);
    Tensor mapped = vmap((Tensor r) -> grad(z -> checkpointed(z, 10), r), rates);
    Tensor ofSum = grad(rs -> sum(vmap((Tensor r) -> checkpointed(r, 10), rs)), rates);
    for (int lane = 0; lane < 3; lane++) {
      Tensor expected = grad(r -> writtenOut(r, 10), Shapes.index(rates, 0, lane));
      assertNear(Shapes.index(mapped, 0, lane), expected.toDouble());
      assertNear(Shapes.index(ofSum, 0, lane), expected.toDouble());
    }
  }

  @Test
  void theFirstStateHasADerivative() {
    UnaryOperator<Tensor> step = x -> x.add(tanh(x).mul(0.1));
    assertThat(grad(x -> sum(unrollCheckpointed(step, x, 30)), START))
        .isEqualTo(grad(x -> sum(unroll(step, x, 30)), START));
  }

  @Test
  void aLoopInsideAStepOfALoopHasTheBitsOfBothWrittenOut() {
    Function<Tensor, Tensor> f =
        r -> {
          UnaryOperator<Tensor> inner = x -> x.add(sin(x.mul(r)).mul(0.1));
          return sum(unrollCheckpointed(x -> unrollCheckpointed(inner, x, 5), START, 6));
        };
    Function<Tensor, Tensor> plain =
        r -> {
          Tensor x = START;
          for (int i = 0; i < 30; i++) {
            x = x.add(sin(x.mul(r)).mul(0.1));
          }
          return sum(x);
        };
    assertThat(grad(f, scalar(0.7))).isEqualTo(grad(plain, scalar(0.7)));
  }

  // ---- stops and observers ----

  @Test
  void aConditionThatHoldsAtOnceTakesNoStep() {
    Unrolled<Tensor> end = unrollUntil(x -> x.mul(2), x -> true, START, 10);
    assertThat(end).isEqualTo(new Unrolled<>(START, 0, true));
  }

  @Test
  void aLoopThatRunsOutOfStepsSaysSo() {
    Unrolled<Tensor> end = unrollUntil(x -> x.mul(2), x -> false, scalar(1), 10);
    assertThat(end).isEqualTo(new Unrolled<>(scalar(1024), 10, false));
  }

  @Test
  void aConditionThatHoldsAfterTheLastStepIsSeen() {
    Unrolled<Tensor> end = unrollUntil(x -> x.mul(2), x -> x.toDouble() > 7, scalar(1), 3);
    assertThat(end).isEqualTo(new Unrolled<>(scalar(8), 3, true));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.9, 0.3, 1e-3, 1e-6})
  void checkpointsStopWhereTheLoopDoes(double tolerance) {
    Function<Tensor, Unrolled<Tensor>> plain =
        r -> unrollUntil(shrink(r), x -> norm(x).toDouble() < tolerance, START, 200);
    Function<Tensor, Unrolled<Tensor>> checked =
        r -> unrollUntilCheckpointed(shrink(r), x -> norm(x).toDouble() < tolerance, START, 200);
    Tensor rate = scalar(0.3);
    assertThat(checked.apply(rate)).isEqualTo(plain.apply(rate));
    assertThat(checked.apply(rate).stopped()).isTrue();
    assertThat(grad(r -> sum(checked.apply(r).state()), rate))
        .isEqualTo(grad(r -> sum(plain.apply(r).state()), rate));
  }

  private static UnaryOperator<Tensor> shrink(Tensor rate) {
    return x -> x.sub(tanh(x).mul(rate));
  }

  @Test
  void checkpointsHaveTheBitsButOfReverseOverReverse() {
    Tensor x0 = tensor(0.3, -1.7, 2.9);
    Tensor direction = tensor(1, 0.1, -0.7);
    Function<Tensor, Tensor> whole = r -> sum(sin(unroll(shrink(r), x0, 30)));
    Function<Tensor, Tensor> segments = r -> sum(sin(unrollCheckpointed(shrink(r), x0, 30)));
    Tensor rate = tensor(0.11, 0.13, 0.17);
    assertThat(segments.apply(rate)).isEqualTo(whole.apply(rate));
    assertThat(grad(segments, rate)).isEqualTo(grad(whole, rate));
    assertThat(jvp(segments, rate, direction)).isEqualTo(jvp(whole, rate, direction));
    assertThat(jvp((Tensor r) -> grad(segments, r), rate, direction))
        .isEqualTo(jvp((Tensor r) -> grad(whole, r), rate, direction));
    assertThat(grad(r -> jvp(segments, r, direction).tangent(), rate))
        .isEqualTo(grad(r -> jvp(whole, r, direction).tangent(), rate));
    assertNear(
        1e-12,
        grad(r -> sum(grad(segments, r).mul(direction)), rate),
        grad(r -> sum(grad(whole, r).mul(direction)), rate).toArray());
  }

  @Test
  void aStepThatReturnsNullIsNamed() {
    UnaryOperator<Tensor> second = x -> x.toDouble() > 1 ? null : x.add(1);
    assertThatThrownBy(() -> unroll(x -> null, scalar(1), 2))
        .isInstanceOf(TreeException.class)
        .hasMessage("unroll: step 1 returned null");
    assertThatThrownBy(() -> unroll(x -> null, scalar(1), 2, (steps, x) -> true))
        .isInstanceOf(TreeException.class)
        .hasMessage("unroll: step 1 returned null");
    assertThatThrownBy(() -> unrollCheckpointed(second, scalar(1), 9))
        .isInstanceOf(TreeException.class)
        .hasMessage("unrollCheckpointed: step 2 returned null");
    assertThatThrownBy(() -> unrollUntil(second, x -> false, scalar(0), 9))
        .isInstanceOf(TreeException.class)
        .hasMessage("unrollUntil: step 3 returned null");
  }

  @Test
  void observersSeePlainValuesOnceAndMayStop() {
    List<Tensor> seen = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    Unrolling.StepObserver<Tensor> observer =
        (steps, x) -> {
          numbers.add(steps);
          seen.add(x.mul(2));
          return steps < 7;
        };
    Tensor slope =
        grad(r -> unrollCheckpointed(x -> x.mul(r), scalar(1), 100, observer).state(), scalar(2));
    assertNear(slope, 7 * 64);
    assertThat(numbers).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    // what it made of the states outlives the gradient
    assertThat(seen.stream().map(Tensor::toDouble).toList())
        .isEqualTo(Arrays.asList(2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0));
    Unrolled<Tensor> end = unroll(x -> x.mul(2), scalar(1), 100, (steps, x) -> steps < 3);
    assertThat(end).isEqualTo(new Unrolled<>(scalar(8), 3, true));
  }

  @Test
  void anObserverSeesStepsThatAConditionDecides() {
    List<Double> seen = new ArrayList<>();
    unrollUntil(
        x -> x.mul(2), x -> x.toDouble() > 5, scalar(1), 100, (steps, x) -> seen.add(x.toDouble()));
    assertThat(seen).containsExactly(1.0, 2.0, 4.0, 8.0);
  }

  @Test
  void aConditionThatReadsLanesIsRefused() {
    assertThatThrownBy(
            () ->
                vmap(
                    (Tensor x) -> unrollUntil(z -> z.mul(2), z -> z.toDouble() > 5, x, 9).state(),
                    START))
        .isInstanceOf(TracerException.class)
        .hasMessageContaining("inside a vmap were read");
  }

  @Test
  void aNegativeNumberOfStepsIsRefused() {
    assertThatThrownBy(() -> unroll(x -> x, START, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unroll: -1 steps; expected 0 or more");
  }

  // ---- interrupts ----

  @Test
  void anInterruptEndsALoopBeforeItsNextStep() {
    List<Tensor> states = new ArrayList<>();
    UnaryOperator<Tensor> step =
        x -> {
          states.add(x);
          if (states.size() == 3) {
            Thread.currentThread().interrupt();
          }
          return x.mul(2);
        };
    try {
      assertThatThrownBy(() -> unroll(step, scalar(1), 10))
          .isInstanceOf(CancellationException.class)
          .hasMessage(
              "unroll: the thread was interrupted after 3 iterations;"
                  + " it still is: Thread.interrupted() clears that");
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    assertThat(states).hasSize(3);
  }

  @Test
  void anInterruptEndsAGradientWhereStepsAreComputedAgain() {
    UnaryOperator<Tensor> step = x -> x.mul(2);
    try {
      assertThatThrownBy(
              () ->
                  grad(
                      x -> {
                        Tensor end = unrollCheckpointed(step, x, 10);
                        Thread.currentThread().interrupt();
                        return end;
                      },
                      scalar(1)))
          .isInstanceOf(CancellationException.class)
          .hasMessageContaining("interrupted after 8 iterations");
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    assertNear(grad(x -> unrollCheckpointed(step, x, 10), scalar(1)), 1024);
  }

  /** A loop in a checkpoint runs again as a whole. */
  @Test
  void aLoopThatStopsInsideACheckpointIsRight() {
    Function<Tensor, Tensor> f =
        r -> unrollUntil(shrink(r), x -> norm(x).toDouble() < 0.1, START, 200).state();
    assertThat(grad(r -> sum(checkpoint(f, r)), scalar(0.3)))
        .isEqualTo(grad(r -> sum(f.apply(r)), scalar(0.3)));
  }
}
