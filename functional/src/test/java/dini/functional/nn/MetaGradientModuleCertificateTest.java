package dini.functional.nn;

import static dini.core.Elementwise.square;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Trees.treeNorm;
import static dini.linalg.LinearSolvers.cg;
import static dini.linalg.LinearSolvers.inv;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.Tensor;
import dini.functional.Certificate;
import dini.functional.Transforms;
import dini.functional.UncertifiedException;
import dini.functional.WithAux;
import dini.linalg.LinearSolver;
import org.junit.jupiter.api.Test;

/** Certificates of the gradients of modules, against closed forms. */
class MetaGradientModuleCertificateTest {
  private static final Tensor META = tensor(2, 3, 5);

  /** {@code w^3 / 3 - meta w} is least at the square root of meta; a few steps of descent. */
  static final class Roots extends ImplicitMetaGradientModule<Tensor, Tensor> {
    private final int steps;

    Roots(int steps, LinearSolver solver) {
      super(solver);
      this.steps = steps;
    }

    @Override
    protected Tensor objective(Tensor w, Tensor meta) {
      return sum(w.pow(3).div(3).sub(meta.mul(w)));
    }

    @Override
    protected Tensor solve(Tensor init, Tensor meta) {
      Tensor w = init;
      for (int step = 0; step < steps; step++) {
        w = w.sub(optimality(w, meta).mul(0.2));
      }
      return w;
    }
  }

  /** The same roots by Newton's method, posed by their condition. */
  static final class Counted extends ImplicitMetaGradientModuleWithAux<Tensor, Tensor, Integer> {
    @Override
    protected Tensor optimality(Tensor w, Tensor meta) {
      return square(w).sub(meta);
    }

    @Override
    protected WithAux<Tensor, Integer> solve(Tensor init, Tensor meta) {
      Tensor w = init;
      int steps = 0;
      while (treeNorm(optimality(w, meta)).toDouble() > 1e-3) {
        w = w.sub(optimality(w, meta).div(w.mul(2)));
        steps++;
      }
      return new WithAux<>(w, steps);
    }
  }

  /** With the loss {@code sum(w^4) / 4} the gradient is {@code meta / 2}. */
  private static Tensor loss(Tensor w) {
    return sum(w.pow(4)).div(4);
  }

  private static double error(Certificate<Tensor> c) {
    return treeNorm(c.derivative().sub(META.div(2))).toDouble();
  }

  @Test
  void boundsTheErrorOfAnObjectivesGradient() {
    for (int steps : new int[] {8, 15, 30}) {
      Roots module = new Roots(steps, inv());
      Tensor init = tensor(2, 2, 2);
      Tensor solution = module.solution(init, META);
      Certificate<Tensor> c =
          module.certify(solution, META, MetaGradientModuleCertificateTest::loss);
      assertThat(c.bound()).as("%s", c).isBetween(error(c), 5 * error(c) + 1e-12);
      Tensor gradient = Transforms.grad(m -> loss(module.solution(init, m)), META);
      assertThat(treeNorm(c.derivative().sub(gradient)).toDouble()).isLessThan(1e-12);
      assertThatThrownBy(() -> c.within(1e-17)).isInstanceOf(UncertifiedException.class);
    }
  }

  @Test
  void usesTheSolverOfTheModule() {
    Roots module = new Roots(60, cg().withMaxSteps(1));
    Tensor solution = module.solve(tensor(2, 2, 2), META);
    Certificate<Tensor> c = module.certify(solution, META, MetaGradientModuleCertificateTest::loss);
    assertThat(error(c)).as("%s", c).isGreaterThan(1e-3);
    assertThat(c.parts().linear()).as("%s", c).isBetween(error(c), 3 * error(c));
  }

  @Test
  void boundsTheErrorOfAConditionsGradientWithOtherOutputs() {
    Counted module = new Counted();
    Tensor solution = module.solution(tensor(2, 2, 2), META).value();
    Certificate<Tensor> c = module.certify(solution, META, MetaGradientModuleCertificateTest::loss);
    assertThat(error(c)).isGreaterThan(1e-6);
    assertThat(c.bound()).as("%s", c).isBetween(error(c), 5 * error(c));
    assertThat(module.certify(tensor(-2, 2, 2), scalar(0), w -> sum(w)).certified()).isFalse();
  }
}
