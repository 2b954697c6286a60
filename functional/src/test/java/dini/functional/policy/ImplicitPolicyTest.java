package dini.functional.policy;

import static dini.core.Elementwise.exp;
import static dini.core.Products.matmul;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.floats;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Implicit.rootJvp;
import static dini.functional.Implicit.rootVjp;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vmap;
import static dini.linalg.LinearSolvers.inv;
import static dini.linalg.LinearSolvers.normalCg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.Tensor;
import dini.functional.Kkt;
import dini.functional.KktPoint;
import dini.functional.NotARootException;
import dini.functional.Root;
import dini.functional.WeaklyActiveException;
import dini.linalg.Policy;
import dini.linalg.UnsolvedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Solutions that are none, and linear systems that have none: reported, never silently wrong. */
class ImplicitPolicyTest {
  private static final Tensor ONE = scalar(1);

  /** Kept, since a logger that nobody holds loses its handlers. */
  private static final Logger LOGGER = Logger.getLogger("dini");

  private final List<String> messages = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord message) {
          messages.add(message.getLevel() + " " + message.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOGGER.addHandler(handler);
    LOGGER.setUseParentHandlers(false);
  }

  @AfterEach
  void stopListening() {
    LOGGER.removeHandler(handler);
    LOGGER.setUseParentHandlers(true);
  }

  /** A solution of {@code x = t} that is off by some amount. */
  private static BiFunction<Tensor, Tensor, Tensor> off(double error, Policy policy) {
    return customRoot((Tensor x, Tensor t) -> x.sub(t))
        .onResidual(policy)
        .apply((init, t) -> t.add(error));
  }

  /** A condition whose Jacobian is singular: {@code (x + y - t, 2x + 2y - 2t)}. */
  private static Root<Tensor, Tensor> singular() {
    Tensor a = tensor(new double[][] {{1, 1}, {2, 2}});
    return customRoot((x, t) -> matmul(a, x.sub(t)), inv());
  }

  @Test
  void singularJacobianThrows() {
    BiFunction<Tensor, Tensor, Tensor> solve = singular().apply((init, t) -> t);
    assertThatThrownBy(() -> jvp((Tensor t) -> solve.apply(t, t), zeros(2), tensor(1, 0)))
        .isInstanceOf(UnsolvedException.class)
        .hasMessageStartingWith("linearSolve: the system of 2 unknowns was not solved by inv()")
        .hasMessageContaining("SINGULAR");
    assertThatThrownBy(() -> grad(t -> sum(solve.apply(t, t).mul(tensor(1, 3))), zeros(2)))
        .isInstanceOf(UnsolvedException.class)
        .hasMessageStartingWith(
            "linearSolve: the transposed system of 2 unknowns was not solved by inv()");
    assertThat(messages).isEmpty();
    // and later calls work
    assertThat(grad(x -> x.mul(x), scalar(3))).isEqualTo(scalar(6));
  }

  @Test
  void unsolvedSystemsMayWarnOrPass() {
    BiFunction<Tensor, Tensor, Tensor> ignores =
        singular().onUnsolved(Policy.IGNORE).apply((init, t) -> t);
    jvp((Tensor t) -> ignores.apply(t, t), zeros(2), tensor(1, 0));
    assertThat(messages).isEmpty();
    BiFunction<Tensor, Tensor, Tensor> warns =
        singular().onUnsolved(Policy.WARN).apply((init, t) -> t);
    jvp((Tensor t) -> warns.apply(t, t), zeros(2), tensor(1, 0));
    assertThat(messages).hasSize(1);
    assertThat(messages.getFirst())
        .startsWith("WARNING linearSolve: the system of 2 unknowns was not solved by inv()");
  }

  @Test
  void iterativeSolverThatRunsOutOfSteps() {
    Tensor hard = tensor(new double[][] {{1, 0, 0}, {0, 1e3, 0}, {0, 0, 1e6}});
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot((Tensor x, Tensor t) -> matmul(hard, x.sub(t)), normalCg().withMaxSteps(1))
            .apply((init, t) -> t);
    assertThatThrownBy(() -> grad(t -> sum(solve.apply(t, t)), zeros(3)))
        .isInstanceOf(UnsolvedException.class)
        .hasMessageContaining("after 1 steps");
  }

  @Test
  void solutionThatIsNoRootWarnsOncePerCallSite() {
    BiFunction<Tensor, Tensor, Tensor> solve = off(0x1p-10, Policy.WARN);
    for (int i = 0; i < 3; i++) {
      assertNear(grad(t -> solve.apply(ONE, t), scalar(2)), 1);
    }
    assertThat(messages).hasSize(1);
    assertThat(messages.getFirst())
        .startsWith(
            "WARNING customRoot: the solution is no root of the stationarity condition: its norm is"
                + " 9.765625E-4")
        .contains("and 1.0 at the initial guess")
        .endsWith("or choose another onResidual policy");
    assertNear(grad(t -> solve.apply(ONE, t), scalar(2)), 1);
    assertThat(messages).hasSize(2);
  }

  @Test
  void valuesAloneAreNotChecked() {
    off(1e-3, Policy.THROW).apply(ONE, scalar(2));
    vmap(t -> off(1e-3, Policy.THROW).apply(ONE, t), tensor(1, 2));
    assertThat(messages).isEmpty();
  }

  @Test
  void givenRootThatIsNoneWarns() {
    BiFunction<Tensor, Tensor, Tensor> square = (x, t) -> x.mul(x).sub(t);
    assertNear(rootJvp(square, scalar(3), scalar(9), ONE), 1 / 6.0);
    assertNear(1e-10, rootVjp(square, scalar(3 + 1e-10), scalar(9), ONE), 1 / 6.0);
    assertThat(messages).isEmpty();
    for (int i = 0; i < 3; i++) {
      assertNear(rootJvp(square, scalar(3), scalar(8.5), ONE), 1 / 6.0);
    }
    assertThat(messages)
        .containsExactly(
            "WARNING rootJvp: the given solution is no root of the stationarity condition: its norm"
                + " is 0.5; the derivative is that of a nearby problem. Solve more accurately, or"
                + " check the condition");
    vmap(t -> rootVjp(square, scalar(3), t, ONE), tensor(9, 8));
    assertThat(messages).hasSize(2);
    assertThat(messages.getLast()).startsWith("WARNING rootVjp").contains("its norm is 1.0;");
    // a singular system throws
    assertThatThrownBy(() -> rootJvp(square, scalar(0), scalar(0), ONE))
        .isInstanceOf(UnsolvedException.class);
  }

  /** The nearest point to t of the half line x <= 1. */
  private static BiFunction<KktPoint<Tensor>, Tensor, KktPoint<Tensor>> nearest(Policy policy) {
    Kkt<Tensor, Tensor> kkt =
        Kkt.minimize((Tensor x, Tensor t) -> x.sub(t).pow(2).mul(0.5))
            .inequality((x, t) -> x.sub(1))
            .onWeaklyActive(policy);
    return customRoot(kkt)
        .apply(
            (init, t) -> {
              double x = Math.min(1, t.toDouble());
              return new KktPoint<>(scalar(x), zeros(0), scalar(t.toDouble() - x));
            });
  }

  @Test
  void weaklyActiveInequalities() {
    KktPoint<Tensor> init = new KktPoint<>(ONE, zeros(0), scalar(0));
    BiFunction<KktPoint<Tensor>, Tensor, KktPoint<Tensor>> throwing = nearest(Policy.THROW);
    assertNear(grad(t -> throwing.apply(init, t).primal(), scalar(0.5)), 1);
    assertNear(grad(t -> throwing.apply(init, t).primal(), scalar(2)), 0);
    assertNear(grad(t -> throwing.apply(init, t).inequalityDual(), scalar(2)), 1);
    assertThatThrownBy(() -> grad(t -> throwing.apply(init, t).primal(), ONE))
        .isInstanceOf(WeaklyActiveException.class);
    assertThatThrownBy(() -> jvp((Tensor t) -> throwing.apply(init, t).primal(), ONE, ONE))
        .isInstanceOf(WeaklyActiveException.class);
    assertThat(messages).isEmpty();
    BiFunction<KktPoint<Tensor>, Tensor, KktPoint<Tensor>> ignoring = nearest(Policy.IGNORE);
    assertNear(grad(t -> ignoring.apply(init, t).primal(), ONE), 1);
    assertThat(messages).isEmpty();
    BiFunction<KktPoint<Tensor>, Tensor, KktPoint<Tensor>> warning = nearest(Policy.WARN);
    assertNear(grad(t -> warning.apply(init, t).primal(), ONE), 1);
    assertThat(messages).hasSize(1);
    assertThat(messages.getFirst())
        .startsWith("WARNING kkt: inequality 0 of 1 is weakly active: its multiplier 0.0 and its");
  }

  @Test
  void pointsThatSatisfyTheConditionsAndAreNoSolutionsWarn() {
    // the multiplier of the wrong sign: x = 1 is not the nearest point to 0.5
    Kkt<Tensor, Tensor> kkt =
        Kkt.minimize((Tensor x, Tensor t) -> x.sub(t).pow(2).mul(0.5))
            .inequality((x, t) -> x.sub(1));
    BiFunction<KktPoint<Tensor>, Tensor, KktPoint<Tensor>> solve =
        customRoot(kkt).apply((init, t) -> new KktPoint<>(ONE, zeros(0), scalar(-0.5)));
    grad(t -> solve.apply(kkt.start(ONE, t), t).primal(), scalar(0.5));
    assertThat(messages)
        .containsExactly(
            "WARNING kkt: the point is no solution: inequality 0 of 1 has value 0.0 and multiplier"
                + " -0.5, expected a value <= 0 and a multiplier >= 0; check the solver, and the"
                + " signs: an inequality is g(x) <= 0, and the Lagrangian f + lambda g");
  }

  @Test
  void givenPointsThatSatisfyTheConditionsAndAreNoSolutionsWarn() {
    Kkt<Tensor, Tensor> kkt =
        Kkt.minimize((Tensor x, Tensor t) -> x.sub(t).pow(2).mul(0.5))
            .inequality((x, t) -> x.sub(1));
    KktPoint<Tensor> wrong = new KktPoint<>(ONE, zeros(0), scalar(-1));
    KktPoint<Tensor> cotangent = new KktPoint<>(ONE, zeros(0), scalar(0));
    String report =
        "WARNING kkt: the point is no solution: inequality 0 of 1 has value 0.0 and multiplier -1";
    rootVjp(kkt, wrong, scalar(0), cotangent);
    assertThat(messages).singleElement().asString().startsWith(report);
    messages.clear();
    rootJvp(kkt, wrong, scalar(0), ONE);
    assertThat(messages).singleElement().asString().startsWith(report);
    messages.clear();
    KktPoint<Tensor> right = new KktPoint<>(ONE, zeros(0), ONE);
    assertNear(rootJvp(kkt, right, scalar(2), ONE).inequalityDual(), 1);
    assertNear(rootVjp(kkt, right, scalar(2), cotangent), 0);
    assertThat(messages).isEmpty();
  }

  @Test
  void thresholds() {
    // below 1e-8: fine; below 1e-6 of the condition at the guess: fine
    assertNear(grad(t -> off(5e-9, Policy.THROW).apply(ONE, t), scalar(2)), 1);
    assertNear(grad(t -> off(5e-4, Policy.THROW).apply(scalar(-1000), t), scalar(2)), 1);
    assertThatThrownBy(() -> grad(t -> off(2e-8, Policy.THROW).apply(scalar(2), t), scalar(2)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageStartingWith(
            "customRoot: the solution is no root of the stationarity condition");
    assertThatThrownBy(() -> grad(t -> off(3e-3, Policy.THROW).apply(scalar(-1000), t), scalar(2)))
        .isInstanceOf(ArithmeticException.class);
    assertNear(grad(t -> off(0.5, Policy.IGNORE).apply(ONE, t), scalar(2)), 1);
    // single precision
    assertNear(grad(t -> sum(off(5e-5, Policy.THROW).apply(floats(1), t)), floats(2)), 1);
    assertThatThrownBy(() -> grad(t -> sum(off(2e-3, Policy.THROW).apply(floats(1), t)), floats(2)))
        .isInstanceOf(ArithmeticException.class);
    assertThat(messages).isEmpty();
  }

  @Test
  void reportedInEveryModeAndUnderMaps() {
    BiFunction<Tensor, Tensor, Tensor> solve = off(1e-3, Policy.THROW);
    assertThatThrownBy(() -> jvp((Tensor t) -> solve.apply(ONE, t), ONE, ONE))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> vmap(s -> grad(t -> solve.apply(ONE, t), s), tensor(1, 2)))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> grad(ts -> sum(vmap(t -> solve.apply(ONE, t), ts)), tensor(1, 2)))
        .isInstanceOf(ArithmeticException.class);
    assertThat(grad(x -> x.mul(x), scalar(3))).isEqualTo(scalar(6));
  }

  @Test
  void solutionThatIsNotANumber() {
    BiFunction<Tensor, Tensor, Tensor> diverged =
        customRoot((Tensor x, Tensor t) -> exp(x).sub(t))
            .onResidual(Policy.THROW)
            .apply((init, t) -> scalar(Double.NaN));
    assertThatThrownBy(() -> grad(t -> diverged.apply(ONE, t), scalar(2)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("NaN");
    assertThatThrownBy(
            () ->
                grad(
                    t ->
                        customRoot((Tensor x, Tensor s) -> exp(x).sub(s))
                            .apply((init, s) -> scalar(Double.NaN))
                            .apply(ONE, t),
                    scalar(2)))
        .isInstanceOf(UnsolvedException.class);
  }

  @Test
  void everyLaneIsTestedByItself() {
    // the second lane's solver gives 77 for the root 2; in one norm 1e9 at the guess would hide it
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot((Tensor x, Tensor t) -> x.sub(t))
            .onResidual(Policy.THROW)
            .apply((init, t) -> t.toDouble() == 2 ? scalar(77) : t);
    assertThatThrownBy(() -> vmap(grad((Tensor t) -> solve.apply(ONE, t)), tensor(1e9, 2)))
        .isInstanceOf(NotARootException.class)
        .hasMessageContaining(
            "its norm is 75.0 in lane 1 of 2, and 1.0 at the initial guess; the derivative");
    assertThat(vmap(grad((Tensor t) -> solve.apply(ONE, t)), tensor(1e9, 3)))
        .isEqualTo(tensor(1, 1));
  }

  @Test
  void guessOutsideTheDomain() {
    BiFunction<Tensor, Tensor, Tensor> condition =
        (x, t) -> {
          if (x.toDouble() <= 0) {
            throw new IllegalArgumentException("x must be positive");
          }
          return x.sub(t);
        };
    BiFunction<Tensor, Tensor, Tensor> near = (init, t) -> t.add(0x1p-10);
    assertNear(grad(t -> customRoot(condition).apply(near).apply(scalar(-1), t), scalar(2)), 1);
    assertThat(messages).hasSize(1);
    assertThat(messages.getFirst())
        .contains("its norm is 9.765625E-4, and the condition cannot be evaluated at the initial")
        .contains("x must be positive");
    Root<Tensor, Tensor> strict = customRoot(condition).onResidual(Policy.THROW);
    assertThatThrownBy(() -> grad(t -> strict.apply(near).apply(scalar(-1), t), scalar(2)))
        .isInstanceOf(NotARootException.class)
        .hasMessageContaining("cannot be evaluated at the initial guess");
  }

  @Test
  void normsDoNotOverflow() {
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot((Tensor x, Tensor t) -> x.sub(t).mul(0x1p600))
            .onResidual(Policy.THROW)
            .apply((init, t) -> t.add(tensor(3, 4)));
    assertThatThrownBy(() -> grad(t -> sum(solve.apply(t.add(1), t)), zeros(2)))
        .isInstanceOf(NotARootException.class)
        .hasMessageContaining("its norm is " + 5 * 0x1p600 + ", and ");
  }
}
