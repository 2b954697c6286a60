package dini.functional.nn;

import static dini.core.Elementwise.square;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.ints;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.gradWithAux;
import static dini.functional.Transforms.vmap;
import static dini.linalg.LinearSolvers.cg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TracerException;
import dini.core.TreeException;
import dini.functional.NotARootException;
import dini.functional.Root;
import dini.functional.WithAux;
import dini.linalg.LinearSolver;
import dini.linalg.Policy;
import dini.linalg.UnsolvedException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What modules refuse, and their other outputs. */
class ImplicitMetaGradientModuleErrorsTest {

  private abstract static class Quiet<P, M> extends ImplicitMetaGradientModule<P, M> {
    Quiet() {}

    Quiet(LinearSolver solver) {
      super(solver);
    }

    @Override
    protected P solve(P init, M meta) {
      return init;
    }
  }

  // ---- objective and optimality ----

  static final class Neither extends Quiet<Tensor, Tensor> {}

  static final class Both extends Quiet<Tensor, Tensor> {
    @Override
    protected Tensor objective(Tensor x, Tensor t) {
      return square(x.sub(t));
    }

    @Override
    protected Tensor optimality(Tensor x, Tensor t) {
      return x.sub(t);
    }
  }

  abstract static class WithObjective<T> extends Quiet<T, Tensor> {
    @Override
    protected Tensor objective(T x, Tensor t) {
      return t;
    }
  }

  static final class BothAcrossClasses extends WithObjective<Tensor> {
    @Override
    protected Tensor optimality(Tensor x, Tensor t) {
      return x.sub(t);
    }
  }

  /** Methods of the right names that override nothing. */
  static final class Overloads extends Quiet<Tensor, Tensor> {
    Tensor objective(Tensor x, double t) {
      return square(x.sub(t));
    }

    static Tensor optimality(Object x, Object t, Object more) {
      return (Tensor) x;
    }
  }

  @Test
  void bothOrNeitherIsRefusedAtConstruction() {
    assertThatThrownBy(Neither::new)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Neither overrides neither objective nor optimality; give one");
    assertThatThrownBy(Both::new)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Both overrides both objective and optimality; give one");
    assertThatThrownBy(BothAcrossClasses::new).hasMessageContaining("overrides both");
    assertThatThrownBy(Overloads::new)
        .hasMessageContaining("overrides neither")
        .hasMessageContaining("@Override");
    // and again: what was refused once is not remembered as fine
    assertThatThrownBy(Neither::new).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void genericOverridesAreFound() {
    class Generic<T> extends WithObjective<T> {}
    assertThat(new Generic<Tensor>().solution(scalar(1), scalar(2))).isEqualTo(scalar(1));
  }

  @Test
  void moduleWithAConditionHasNoObjective() {
    Affine module = new Affine();
    assertThatThrownBy(() -> module.objective(scalar(1), scalar(2)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("Affine has no objective");
  }

  /** The root x = t / 2. */
  private static final class Affine extends ImplicitMetaGradientModule<Tensor, Tensor> {
    @Override
    protected Tensor optimality(Tensor x, Tensor t) {
      return x.mul(2).sub(t);
    }

    @Override
    protected Tensor solve(Tensor init, Tensor t) {
      return t.div(2);
    }
  }

  // ---- trees ----

  @Test
  void parametersWithoutFloatingTensorsAreRefused() {
    assertThatThrownBy(() -> new WithObjective<List<Tensor>>() {}.solution(List.of(), scalar(1)))
        .isInstanceOf(TreeException.class)
        .hasMessageContaining("the parameters have no floating tensor");
    assertThatThrownBy(() -> new WithObjective<Tensor>() {}.solution(ints(1), scalar(1)))
        .isInstanceOf(TreeException.class);
  }

  @Test
  void solutionOfAnotherShapeIsRefused() {
    class Longer extends WithObjective<Tensor> {
      @Override
      protected Tensor solve(Tensor init, Tensor t) {
        return zeros(3);
      }
    }
    assertThatThrownBy(() -> new Longer().solution(zeros(2), scalar(1)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("f64[3]")
        .hasMessageContaining("f64[2]");
  }

  @Test
  void conditionOfAnotherStructureIsRefusedByPath() {
    class Shorter extends Quiet<List<Tensor>, Tensor> {
      @Override
      protected List<Tensor> optimality(List<Tensor> x, Tensor t) {
        return List.of(x.get(0).sub(t));
      }
    }
    assertThatThrownBy(
            () ->
                grad(
                    t -> new Shorter().solution(List.of(scalar(1), scalar(2)), t).get(0),
                    scalar(1)))
        .isInstanceOf(TreeException.class)
        .hasMessageContaining("the stationarity condition");
  }

  // ---- choices ----

  @Test
  void linearSolverIsTheOneThatWasGiven() {
    class Indefinite extends Quiet<Tensor, Tensor> {
      Indefinite() {
        super(cg());
      }

      @Override
      protected Tensor objective(Tensor x, Tensor t) {
        return x.get(0).mul(x.get(1)).sub(sum(x.mul(t)));
      }
    }
    assertThatThrownBy(
            () -> grad(t -> new Indefinite().solution(tensor(2, 1), t).get(0), tensor(1, 2)))
        .isInstanceOf(UnsolvedException.class)
        .hasMessageContaining("positive definite");
  }

  @Test
  void choicesOfTheRootAreConfigured() {
    class Far extends Quiet<Tensor, Tensor> {
      @Override
      protected Tensor objective(Tensor x, Tensor t) {
        return sum(square(x.sub(t)));
      }

      @Override
      protected Root<Tensor, Tensor> configure(Root<Tensor, Tensor> root) {
        return root.onResidual(Policy.THROW);
      }
    }
    assertThatThrownBy(() -> grad(t -> sum(new Far().solution(zeros(2), t)), ones(2)))
        .isInstanceOf(NotARootException.class);
  }

  @Test
  void exceptionsOfTheSolverArriveUnchanged() {
    ArithmeticException thrown = new ArithmeticException("mine");
    class Failing extends WithObjective<Tensor> {
      @Override
      protected Tensor solve(Tensor init, Tensor t) {
        throw thrown;
      }
    }
    assertThatThrownBy(() -> grad(t -> new Failing().solution(scalar(1), t), scalar(2)))
        .isSameAs(thrown);
  }

  // ---- other outputs ----

  /** Halves an interval; tells how often. */
  private static final class Bisection
      extends ImplicitMetaGradientModuleWithAux<Tensor, Tensor, Bisection.Account> {
    /** What the solver tells beside the root. */
    record Account(Tensor steps, String status) {}

    @Override
    protected Tensor optimality(Tensor x, Tensor t) {
      return x.pow(3).sub(t);
    }

    @Override
    protected WithAux<Tensor, Account> solve(Tensor init, Tensor t) {
      double low = 0;
      double high = init.toDouble();
      int steps = 0;
      while (high - low > Math.ulp(high)) {
        double middle = (low + high) / 2;
        if (optimality(scalar(middle), t).toDouble() > 0) {
          high = middle;
        } else {
          low = middle;
        }
        steps++;
      }
      return new WithAux<>(scalar(low), new Account(scalar(steps), "converged"));
    }
  }

  @Test
  void otherOutputsPassThrough() {
    Bisection module = new Bisection();
    WithAux<Tensor, Bisection.Account> g =
        gradWithAux(t -> module.solution(scalar(16), t), scalar(8));
    assertNear(g.value(), 1.0 / 12);
    assertThat(g.aux().status()).isEqualTo("converged");
    assertThat(g.aux().steps().toDouble()).isBetween(52.0, 58.0);
    WithAux<Tensor, Bisection.Account> mapped =
        vmap((Tensor t) -> module.solution(scalar(16), t), tensor(1, 8));
    assertNear(mapped.value(), 1, 2);
    assertThat(mapped.aux().steps().size()).isEqualTo(2);
  }

  @Test
  void otherOutputsOfNoLanesNeedAnExample() {
    Bisection module = new Bisection();
    Tensor none = zeros(0);
    assertThatThrownBy(() -> vmap((Tensor t) -> module.solution(scalar(16), t), none))
        .isInstanceOf(TracerException.class)
        .hasMessageContaining("example");
    Bisection.Account example = new Bisection.Account(scalar(0), "");
    WithAux<Tensor, Bisection.Account> empty =
        vmap((Tensor t) -> module.solution(scalar(16), t, example), none);
    assertThat(empty.value().size()).isZero();
    assertThat(empty.aux().steps().size()).isZero();
  }

  @Test
  void otherOutputsAreNotDifferentiated() {
    Bisection module = new Bisection();
    assertThatThrownBy(() -> grad(t -> module.solution(scalar(16), t).aux().steps(), scalar(8)))
        .isInstanceOf(TracerException.class)
        .hasMessageContaining("auxiliary output");
  }

  @Test
  void conditionIsDemandedThereToo() {
    class Nothing extends ImplicitMetaGradientModuleWithAux<Tensor, Tensor, Tensor> {
      @Override
      protected WithAux<Tensor, Tensor> solve(Tensor init, Tensor t) {
        return new WithAux<>(init, t);
      }
    }
    assertThatThrownBy(Nothing::new).hasMessageContaining("overrides neither");
  }
}
