package dini.linalg.solver;

import static org.assertj.core.api.Assertions.assertThat;

import dini.core.DType;
import dini.core.LinearMap;
import dini.core.Shape;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.linalg.LinearSolver;
import dini.linalg.LinearSolvers;
import dini.linalg.Status;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The iterations: their limits, and that they work in place. */
class IterationTest {
  private static final int N = 500;

  private static final class Counting implements Operator {
    final Set<Object> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    final DenseTensor result = DenseTensor.allocate(domain());
    int calls;

    @Override
    public TensorType domain() {
      return new TensorType(Shape.of(N), DType.FLOAT64);
    }

    @Override
    public TensorType codomain() {
      return domain();
    }

    @Override
    public List<TensorType> argumentTypes() {
      return List.of(domain());
    }

    @Override
    public List<TensorType> resultTypes() {
      return List.of(codomain());
    }

    @Override
    public DenseTensor apply(DenseTensor x) {
      arrays.add(x.data());
      calls++;
      for (int i = 0; i < N; i++) {
        result.doubles()[i] = (1 + i) * x.doubles()[i];
      }
      return result;
    }

    @Override
    public DenseTensor applyTransposed(DenseTensor y) {
      return apply(y);
    }

    @Override
    public DenseTensor matrix() {
      throw new AssertionError();
    }

    @Override
    public Set<LinearMap.Tag> tags() {
      return Set.of();
    }
  }

  @Test
  void defaultLimits() {
    Limits limits = limits(1600, DType.FLOAT64);
    assertThat(limits.maxSteps()).isEqualTo(16000);
    assertThat(limits.rtol()).isEqualTo(1e-10);
    assertThat(limits.atol()).isZero();
    assertThat(limits(1, DType.FLOAT32).rtol()).isEqualTo(1e-5);
    assertThat(limits(0, DType.FLOAT32).maxSteps()).isEqualTo(1);
    assertThat(limits(2_000_000_000, DType.FLOAT32).maxSteps()).isEqualTo(Integer.MAX_VALUE);
  }

  private static Limits limits(int n, DType dtype) {
    return Limits.of(
        new TensorType(Shape.of(n), dtype),
        OptionalDouble.empty(),
        0,
        OptionalInt.empty(),
        Optional.empty());
  }

  @Test
  void fewArrays() {
    DenseTensor b = DenseTensor.allocate(new TensorType(Shape.of(N), DType.FLOAT64));
    Arrays.fill(b.doubles(), 1);
    for (LinearSolver solver : List.of(LinearSolvers.cg(), LinearSolvers.normalCg())) {
      Counting operator = new Counting();
      Outcome outcome = Solve.solve(solver, operator, b);
      assertThat(outcome.status()).isEqualTo(Status.CONVERGED);
      assertThat(outcome.steps()).isGreaterThan(50);
      assertThat(operator.calls).isGreaterThan(outcome.steps());
      // every step shows the operator the same few arrays
      assertThat(operator.arrays).hasSizeLessThanOrEqualTo(3);
      assertThat(b.doubles()).containsOnly(1);
    }
  }
}
