package dini.linalg;

import static dini.core.Products.matmul;
import static dini.core.Reductions.norm;
import static dini.core.Tensors.eye;
import static dini.core.Tensors.linspace;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.zeros;
import static dini.linalg.LinearSolvers.cg;
import static dini.linalg.LinearSolvers.normalCg;
import static dini.linalg.LinearSolvers.solve;
import static dini.linalg.LinearSystems.linearSolve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dini.core.DType;
import dini.core.Elementwise;
import dini.core.LinearMap;
import dini.core.Observer;
import dini.core.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Observers of linear solvers, and interrupts. */
class ObserverTest {
  private static final int N = 40;

  /** Symmetric, with eigenvalues from 1 to about 9. */
  private static final Tensor A = eye(N).mul(linspace(1, 9, N)).add(ones(N, N).mul(0.01));

  private static final Tensor B = Elementwise.sin(linspace(1, 7, N));

  private static final LinearMap<Tensor, Tensor> MAP = LinearMap.matrix(A);

  /** What an observer was told. */
  static final class Told implements Observer {
    final List<Integer> iterations = new ArrayList<>();
    final List<Double> values = new ArrayList<>();
    private final int last;

    Told(int last) {
      this.last = last;
    }

    Told() {
      this(Integer.MAX_VALUE);
    }

    @Override
    public boolean proceed(int iteration, double value) {
      iterations.add(iteration);
      values.add(value);
      return iteration < last;
    }
  }

  enum Method {
    CG(1) {
      @Override
      LinearSolver with(Observer observer) {
        return cg().withObserver(observer);
      }

      @Override
      LinearSolver plain() {
        return cg();
      }

      @Override
      double residual(Tensor x) {
        return norm(B.sub(matmul(A, x))).toDouble();
      }
    },
    NORMAL_CG(5) {
      @Override
      LinearSolver with(Observer observer) {
        return normalCg().withObserver(observer);
      }

      @Override
      LinearSolver plain() {
        return normalCg();
      }

      @Override
      double residual(Tensor x) {
        return norm(matmul(A.transpose(), B.sub(matmul(A, x)))).toDouble();
      }
    };

    /** After so many steps the residual is smaller; it need not fall in each one. */
    final int patience;

    Method(int patience) {
      this.patience = patience;
    }

    abstract LinearSolver with(Observer observer);

    abstract LinearSolver plain();

    /** The norm that the method brings down, computed apart. */
    abstract double residual(Tensor x);
  }

  @ParameterizedTest
  @EnumSource
  void isToldOfEveryIterateUntilTheToleranceIsMet(Method method) {
    Told told = new Told();
    Solution<Tensor> solution = solve(MAP, B, method.with(told));
    double start = method.residual(zeros(N));
    assertThat(solution.status()).isEqualTo(Status.CONVERGED);
    assertThat(solution.steps()).isBetween(12, N + 10);
    assertThat(told.iterations).hasSize(solution.steps() + 1);
    assertThat(told.values.getFirst()).isCloseTo(start, within(1e-14 * start));
    assertThat(told.values.getLast()).isEqualTo(solution.residual());
    for (int i = 0; i < told.iterations.size(); i++) {
      assertThat(told.iterations.get(i)).isEqualTo(i);
      boolean met = told.values.get(i) <= 1e-10 * told.values.getFirst();
      assertThat(met).as("met at %d", i).isEqualTo(i == solution.steps());
      int before = Math.max(0, i - method.patience);
      assertThat(told.values.get(i)).isLessThanOrEqualTo(told.values.get(before));
    }
  }

  @ParameterizedTest
  @EnumSource
  void changesNoBit(Method method) {
    assertThat(solve(MAP, B, method.with(new Told()))).isEqualTo(solve(MAP, B, method.plain()));
  }

  @ParameterizedTest
  @EnumSource
  void stopsAtTheIterateThatItWasToldOf(Method method) {
    for (int last = 0; last < 12; last++) {
      Told told = new Told(last);
      Solution<Tensor> solution = solve(MAP, B, method.with(told));
      assertThat(solution.status()).isEqualTo(Status.STOPPED);
      assertThat(solution.converged()).isFalse();
      assertThat(solution.steps()).isEqualTo(last);
      assertThat(told.iterations).hasSize(last + 1);
      double residual = method.residual(solution.value());
      assertThat(solution.residual()).isCloseTo(residual, within(1e-14 * told.values.getFirst()));
      assertThat(told.values.getLast()).isCloseTo(residual, within(1e-14 * told.values.getFirst()));
    }
    assertThat(solve(MAP, B, method.with(new Told(0))).value()).isEqualTo(zeros(N));
    assertThat(solve(MAP, B, method.with(new Told(3))).toString())
        .startsWith("Solution(STOPPED, steps=3, residual=")
        .contains(": the observer stopped the iteration before");
  }

  @ParameterizedTest
  @EnumSource
  void cannotStopWhatHasConverged(Method method) {
    int steps = solve(MAP, B, method.plain()).steps();
    assertThat(solve(MAP, B, method.with(new Told(steps))).status()).isEqualTo(Status.CONVERGED);
    assertThat(solve(MAP, B, method.with(new Told(steps - 1))).status()).isEqualTo(Status.STOPPED);
    Told told = new Told(0);
    assertThat(solve(MAP, zeros(N), method.with(told)).status()).isEqualTo(Status.CONVERGED);
    assertThat(told.values).containsExactly(0.0);
  }

  @Test
  void valuesAreOfTheGivenSystem() {
    Told plain = new Told();
    Told tiny = new Told();
    solve(MAP, B, cg().withObserver(plain));
    solve(MAP, B.mul(0x1p-900), cg().withObserver(tiny));
    assertThat(tiny.values).isEqualTo(plain.values.stream().map(x -> x * 0x1p-900).toList());
    Told single = new Told();
    LinearMap<Tensor, Tensor> map = LinearMap.matrix(A.astype(DType.FLOAT32));
    solve(map, B.astype(DType.FLOAT32), cg().withObserver(single));
    assertThat(single.values.get(3)).isCloseTo(plain.values.get(3), within(1e-6));
  }

  @Test
  void startsAtTheGuess() {
    Tensor guess = solve(MAP, B, cg().withRtol(1e-3)).value();
    Told told = new Told();
    solve(MAP, B, cg().withInit(guess).withObserver(told));
    assertThat(told.values.getFirst()).isCloseTo(Method.CG.residual(guess), within(1e-14));
  }

  @ParameterizedTest
  @EnumSource
  void itsExceptionsArriveUnchanged(Method method) {
    IllegalStateException mine = new IllegalStateException("mine");
    Observer observer =
        (iteration, value) -> {
          if (iteration == 2) {
            throw mine;
          }
          return true;
        };
    assertThatThrownBy(() -> solve(MAP, B, method.with(observer))).isSameAs(mine);
    assertThatThrownBy(() -> linearSolve(MAP, B, method.with(observer))).isSameAs(mine);
  }

  @Test
  void anEquationThatWasStoppedIsNotSolved() {
    assertThatThrownBy(() -> linearSolve(MAP, B, cg().withObserver(new Told(3))))
        .isInstanceOf(UnsolvedException.class)
        .hasMessageStartingWith(
            "linearSolve: the system of 40 unknowns was not solved by cg().withObserver(…): STOPPED"
                + " after 3 steps, residual ")
        .hasMessageEndingWith(Status.STOPPED.advice());
  }

  /** Small A'r leaves a large r where A has small singular values: the solve goes on then. */
  @Test
  void aSolveThatGoesOnCountsOn() {
    Tensor diagonal = Elementwise.exp(linspace(0, -12, 20));
    LinearMap<Tensor, Tensor> map = LinearMap.matrix(eye(20).mul(diagonal));
    NormalCg solver = normalCg().withRtol(1e-5);
    Told first = new Told();
    Solution<Tensor> once = solve(map, ones(20), solver.withObserver(first));
    Told told = new Told();
    Tensor x = linearSolve(map, ones(20), solver.withObserver(told));
    assertThat(once.converged()).isTrue();
    assertThat(norm(x.mul(diagonal).sub(1)).toDouble()).isLessThan(1e-2 * Math.sqrt(20));
    assertThat(told.iterations).hasSizeGreaterThan(once.steps() + 1);
    for (int i = 0; i < told.iterations.size(); i++) {
      assertThat(told.iterations.get(i)).isEqualTo(i);
    }
    assertThat(told.values.subList(0, once.steps() + 1)).isEqualTo(first.values);
    assertThatThrownBy(
            () -> linearSolve(map, ones(20), solver.withObserver(new Told(once.steps() + 1))))
        .isInstanceOf(UnsolvedException.class)
        .hasMessageContaining(": STOPPED after " + (once.steps() + 1) + " steps");
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptEndsTheIteration(Method method) {
    Told told = new Told();
    Observer interrupting =
        (iteration, value) -> {
          if (iteration == 5) {
            Thread.currentThread().interrupt();
          }
          return told.proceed(iteration, value);
        };
    assertThatThrownBy(() -> solve(MAP, B, method.with(interrupting)))
        .isInstanceOf(CancellationException.class)
        .hasMessage(
            (method == Method.CG ? "cg" : "normalCg")
                + ": the thread was interrupted after 5 iterations, at "
                + told.values.get(5)
                + "; it still is: Thread.interrupted() clears that");
    assertThat(Thread.interrupted()).as("still interrupted").isTrue();
    assertThat(told.iterations).hasSize(6);
  }

  @Test
  void anInterruptNeedsNoObserver() {
    AtomicInteger products = new AtomicInteger();
    LinearMap<Tensor, Tensor> map =
        LinearMap.of(
            (Tensor x) -> {
              if (products.incrementAndGet() == 4) {
                Thread.currentThread().interrupt();
              }
              return matmul(A, x);
            },
            B);
    assertThatThrownBy(() -> solve(map, B, cg())).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(products).hasValue(4);
  }

  @Test
  void anInterruptDoesNotTakeAwayASolution() {
    Thread.currentThread().interrupt();
    assertThat(solve(MAP, zeros(N), cg()).status()).isEqualTo(Status.CONVERGED);
    Tensor solution = B.div(2);
    assertThat(solve(LinearMap.of((Tensor x) -> x.mul(2), B), B, cg().withInit(solution)).value())
        .isEqualTo(solution);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  @Timeout(20)
  void anotherThreadInterrupts() throws InterruptedException {
    CountDownLatch iterating = new CountDownLatch(1);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    LinearSolver solver =
        cg().withMaxSteps(Integer.MAX_VALUE)
            .withObserver(
                (iteration, value) -> {
                  while (iteration == 2 && !Thread.currentThread().isInterrupted()) {
                    iterating.countDown();
                    Thread.onSpinWait();
                  }
                  return true;
                });
    Thread thread =
        Thread.ofPlatform()
            .uncaughtExceptionHandler((dead, cause) -> thrown.set(cause))
            .start(() -> solve(MAP, B, solver));
    iterating.await();
    thread.interrupt();
    thread.join();
    assertThat(thrown.get())
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("after 2 iterations");
  }
}
