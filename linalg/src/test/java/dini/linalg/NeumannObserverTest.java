package dini.linalg;

import static dini.core.Products.matmul;
import static dini.core.Reductions.norm;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.linalg.LinearSolvers.neumann;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dini.core.Tensor;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Observers of Neumann series, and interrupts. */
class NeumannObserverTest {
  private static final Tensor A = tensor(new double[][] {{1, 0.2}, {-0.1, 0.7}});
  private static final Tensor B = tensor(3, -4);

  @Test
  void isToldTheResidualOfEachPartialSum() {
    ObserverTest.Told told = new ObserverTest.Told();
    Solution<Tensor> watched = neumann(6).withObserver(told).solve(x -> matmul(A, x), B);
    assertThat(watched.value()).isEqualTo(neumann(6).solve(x -> matmul(A, x), B).value());
    assertThat(watched.status()).isEqualTo(Status.TRUNCATED);
    assertThat(told.iterations).containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(told.values.get(0)).isEqualTo(5);
    for (int k = 1; k <= 6; k++) {
      Tensor x = neumann(k).solve(v -> matmul(A, v), B).value();
      double residual = norm(B.sub(matmul(A, x))).toDouble();
      assertThat(told.values.get(k)).isCloseTo(residual, within(1e-14));
    }
  }

  @Test
  void stopsWithTheSumSoFar() {
    Solution<Tensor> stopped =
        neumann(100).withObserver(new ObserverTest.Told(3)).solve(x -> matmul(A, x), B);
    assertThat(stopped.status()).isEqualTo(Status.STOPPED);
    assertThat(stopped.value()).isEqualTo(neumann(3).solve(x -> matmul(A, x), B).value());
    Solution<Tensor> none =
        neumann(100).withObserver(new ObserverTest.Told(0)).solve(x -> matmul(A, x), B);
    assertThat(none.status()).isEqualTo(Status.STOPPED);
    assertThat(none.value()).isEqualTo(zeros(2));
    Solution<Tensor> converged =
        neumann(100)
            .withRtol(0.9)
            .withObserver(new ObserverTest.Told(5))
            .solve(x -> matmul(A, x), B);
    assertThat(converged.status()).isEqualTo(Status.CONVERGED);
  }

  @Test
  void tellsTheTrivialSolutionToo() {
    ObserverTest.Told told = new ObserverTest.Told();
    neumann(6).withObserver(told).solve(x -> matmul(A, x), zeros(2));
    assertThat(told.values).containsExactly(0.0);
  }

  @Test
  void anInterruptEndsIt() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> neumann(1000).solve(x -> matmul(A, x), B))
          .isInstanceOf(CancellationException.class)
          .hasMessageContaining("neumann: the thread was interrupted after 0 iterations");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void saysThatItIsWatched() {
    assertThat(neumann(6).withObserver((k, r) -> true)).hasToString("neumann(6).withObserver(…)");
  }
}
