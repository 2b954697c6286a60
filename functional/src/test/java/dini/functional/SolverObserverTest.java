package dini.functional;

import static dini.core.Products.matmul;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.tensor;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.vmap;
import static dini.linalg.LinearSolvers.cg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.LinearMap;
import dini.core.Observer;
import dini.core.Tensor;
import dini.linalg.LinearSystems;
import dini.linalg.Policy;
import dini.linalg.UnsolvedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Observers and interrupts of the linear solves inside derivatives. */
class SolverObserverTest {
  private static final Tensor A = tensor(new double[][] {{4, 1, 0}, {1, 3, 0}, {0, 0, 2}});

  /** A x = theta. */
  private static final BiFunction<Tensor, Tensor, Tensor> RESIDUAL =
      (x, theta) -> matmul(A, x).sub(theta);

  private static final Tensor THETA = tensor(1, 2, 3);

  /** A^-1 (1, 1, 1). */
  private static final Tensor GRADIENT = tensor(2.0 / 11, 3.0 / 11, 0.5);

  private final List<Integer> told = new ArrayList<>();

  private boolean tell(int iteration, double value) {
    told.add(iteration);
    return true;
  }

  private static Tensor solved(Tensor init, Tensor theta) {
    return tensor((3 * 1 - 2) / 11.0, (4 * 2 - 1) / 11.0, 1.5);
  }

  private static Tensor gradient(Observer observer, Policy policy) {
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot(RESIDUAL, cg().withObserver(observer))
            .onUnsolved(policy)
            .apply(SolverObserverTest::solved);
    return grad(theta -> sum(solve.apply(ones(3), theta)), THETA);
  }

  @Test
  void watchesTheSolveOfADerivative() {
    assertNear(1e-10, gradient(this::tell, Policy.THROW), GRADIENT.toArray());
    assertThat(told).containsExactly(0, 1, 2, 3);
  }

  @Test
  void watchesTheSolveAndItsDerivative() {
    LinearMap<Tensor, Tensor> map = LinearMap.matrix(A);
    Tensor gradient =
        grad(
            theta -> sum(LinearSystems.linearSolve(map, theta, cg().withObserver(this::tell))),
            THETA);
    assertNear(1e-10, gradient, GRADIENT.toArray());
    assertThat(told).containsExactly(0, 1, 2, 3, 0, 1, 2, 3);
  }

  @Test
  void eachLaneCountsFromZero() {
    LinearMap<Tensor, Tensor> map = LinearMap.matrix(A);
    vmap(
        theta -> LinearSystems.linearSolve(map, theta, cg().withObserver(this::tell)),
        tensor(new double[][] {{0, 0, 1}, {1, 2, 3}}));
    assertThat(told).containsExactly(0, 1, 0, 1, 2, 3);
  }

  @Test
  void aStoppedDerivativeIsUnsolved() {
    Observer stopping = (iteration, value) -> iteration < 1;
    assertThatThrownBy(() -> gradient(stopping, Policy.THROW))
        .isInstanceOf(UnsolvedException.class)
        .hasMessageContaining("STOPPED after 1 steps");
    Tensor first = gradient(stopping, Policy.IGNORE);
    // one step of cg from 0 is a multiple of the right-hand side (1, 1, 1): 3 / (1' A 1) = 3 / 11
    assertNear(1e-15, first, 3.0 / 11, 3.0 / 11, 3.0 / 11);
  }

  @Test
  void itsExceptionsArriveUnchanged() {
    IllegalStateException mine = new IllegalStateException("mine");
    Observer throwing =
        (iteration, value) -> {
          throw mine;
        };
    assertThatThrownBy(() -> gradient(throwing, Policy.IGNORE)).isSameAs(mine);
    assertNear(1e-10, gradient(this::tell, Policy.THROW), GRADIENT.toArray());
  }

  @Test
  void noPolicyIgnoresAnInterrupt() {
    Observer interrupting =
        (iteration, value) -> {
          Thread.currentThread().interrupt();
          return true;
        };
    assertThatThrownBy(() -> gradient(interrupting, Policy.IGNORE))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertNear(1e-10, gradient(this::tell, Policy.THROW), GRADIENT.toArray());
  }
}
