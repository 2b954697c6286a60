package dini.functional;

import static dini.core.Elementwise.exp;
import static dini.core.Products.matmul;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.eye;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vmap;
import static dini.linalg.LinearAlgebra.inv;
import static dini.linalg.LinearAlgebra.solve;
import static dini.linalg.LinearSolvers.cg;
import static dini.linalg.LinearSolvers.normalCg;
import static dini.linalg.LinearSystems.linearSolve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.LinearMap;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.trace.Closed;
import dini.core.trace.Staging;
import dini.linalg.LinearSolver;
import dini.linalg.LinearSolvers;
import dini.linalg.UnsolvedException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Preconditioners in the systems of derivatives. With the exact inverse one step solves a system;
 * so a limit of a few steps shows that it is there, and turned the right way.
 */
class PreconditionerTest {
  private static final int N = 12;
  private static final int FEW = 3;
  private static final Tensor DIAGONAL = exp(Tensors.linspace(0, 7, N));

  /** Not symmetric, with rows of very different sizes: normal CG alone takes long. */
  private static final Tensor GENERAL =
      tensor(Shape.of(N, N), new SplittableRandom(5).doubles(N * N, -0.2, 0.2).toArray())
          .add(eye(N))
          .mul(DIAGONAL.reshape(N, 1));

  private static final Tensor B = tensor(new SplittableRandom(6).doubles(N, -1, 1).toArray());
  private static final Tensor PROBE = tensor(new SplittableRandom(7).doubles(N, -1, 1).toArray());
  private static final Tensor T = scalar(0.3);

  /** The map moves with t in all its entries. */
  private static Tensor moved(Tensor t) {
    return GENERAL.mul(exp(t)).add(eye(N).mul(t));
  }

  private static Tensor dense(Tensor t) {
    return sum(solve(moved(t), B.mul(t)).mul(PROBE));
  }

  private static Function<Tensor, Tensor> root(Function<Tensor, LinearSolver> solver) {
    return t -> {
      BiFunction<Tensor, Tensor, Tensor> x =
          customRoot((Tensor z, Tensor s) -> matmul(moved(s), z).sub(B.mul(s)), solver.apply(t))
              .apply((init, s) -> solve(moved(s), B.mul(s)));
      return sum(x.apply(zeros(N), t).mul(PROBE));
    };
  }

  private static Function<Tensor, Tensor> system(Function<Tensor, LinearSolver> solver) {
    return t -> sum(linearSolve(LinearMap.matrix(moved(t)), B.mul(t), solver.apply(t)).mul(PROBE));
  }

  private static void checkAllModes(Function<Tensor, Tensor> f) {
    double first = grad(PreconditionerTest::dense, T).toDouble();
    Function<Tensor, Tensor> slope = grad(PreconditionerTest::dense);
    double second = grad(slope, T).toDouble();
    double tolerance = 1e-9;
    assertNear(tolerance, jvp(f, T, scalar(1)).tangent(), first);
    assertNear(tolerance, grad(f, T), first);
    assertNear(tolerance, grad(s -> grad(f, s), T), second);
    assertNear(tolerance, jvp((Tensor s) -> grad(f, s), T, scalar(1)).tangent(), second);
    assertNear(tolerance, grad(s -> jvp(f, s, scalar(1)).tangent(), T), second);
  }

  /** The exact inverse at every t. */
  private static LinearSolver exact(Tensor t) {
    Tensor inverse = inv(moved(t));
    return normalCg().withPreconditioner(r -> matmul(inverse, r)).withMaxSteps(FEW);
  }

  @Test
  void derivativeSystemsUseItInEveryMode() {
    checkAllModes(root(PreconditionerTest::exact));
    checkAllModes(system(PreconditionerTest::exact));
    // the inverse where it is differentiated, as a map and as a constant
    Tensor inverse = inv(moved(T));
    LinearSolver constant =
        normalCg().withPreconditioner(LinearMap.matrix(inverse)).withMaxSteps(FEW);
    checkAllModes(root(t -> constant));
    checkAllModes(system(t -> constant));
  }

  @Test
  void withoutItOrTurnedTheWrongWayTheyAreNotSolvedInSoFewSteps() {
    Tensor inverse = inv(moved(T));
    LinearSolver turned =
        normalCg().withPreconditioner(LinearMap.matrix(inverse).transpose()).withMaxSteps(FEW);
    for (LinearSolver solver : List.<LinearSolver>of(normalCg().withMaxSteps(FEW), turned)) {
      Function<Tensor, Tensor> f = root(t -> solver);
      assertThatThrownBy(() -> jvp(f, T, scalar(1))).isInstanceOf(UnsolvedException.class);
      assertThatThrownBy(() -> grad(f, T)).isInstanceOf(UnsolvedException.class);
    }
  }

  @Test
  void conjugateGradientsUseItInEveryMode() {
    // diag(d) t + a matrix of ones: two distinct eigenvalues after preconditioning
    Function<LinearSolver, Function<Tensor, Tensor>> f =
        solver ->
            t -> {
              LinearMap<Tensor, Tensor> map =
                  LinearMap.of(x -> x.mul(DIAGONAL).mul(t).add(sum(x)), zeros(N));
              return sum(linearSolve(map, B, solver).mul(PROBE));
            };
    Function<Tensor, Tensor> truth =
        t -> sum(solve(eye(N).mul(DIAGONAL).mul(t).add(Tensors.ones(N, N)), B).mul(PROBE));
    LinearSolver preconditioned =
        cg().withPreconditioner(r -> r.div(DIAGONAL)).withMaxSteps(FEW).withRtol(1e-12);
    Tensor t = scalar(1.5);
    double first = grad(truth, t).toDouble();
    double second = grad(s -> grad(truth, s), t).toDouble();
    Function<Tensor, Tensor> g = f.apply(preconditioned);
    assertNear(1e-10, grad(g, t), first);
    assertNear(1e-10, jvp(g, t, scalar(1)).tangent(), first);
    assertNear(1e-10, grad(s -> grad(g, s), t), second);
    assertThatThrownBy(() -> grad(f.apply(cg().withMaxSteps(FEW)), t))
        .isInstanceOf(UnsolvedException.class);
  }

  @Test
  void eachLaneHasItsOwn() {
    Tensor ts = tensor(0.1, 0.3, 0.9);
    double[] slopes = vmap(t -> grad(PreconditionerTest::dense, t), ts).toArray();
    double tolerance = 1e-9;
    for (Function<Tensor, Tensor> f :
        List.of(root(PreconditionerTest::exact), system(PreconditionerTest::exact))) {
      assertNear(tolerance, vmap(f, ts), vmap(PreconditionerTest::dense, ts).toArray());
      assertNear(tolerance, vmap(t -> grad(f, t), ts), slopes);
      assertNear(tolerance, grad(s -> sum(vmap(f, s)), ts), slopes);
    }
  }

  @Test
  void stagedFunctionsMakeItWhenTheyRun() {
    Function<Tensor, Tensor> f = system(PreconditionerTest::exact);
    Closed program = Staging.stage(x -> new Tensor[] {f.apply(x[0])}, List.of(T.type()));
    double value = dense(T).toDouble();
    assertNear(1e-11, program.apply(T)[0], value);
    double slope = grad(PreconditionerTest::dense, T).toDouble();
    assertNear(1e-9, grad(t -> program.apply(t)[0], T), slope);
  }

  @Test
  void oneThatReadsValuesWorksOnValues() {
    LinearSolver reads =
        cg().withPreconditioner(
                r -> {
                  double[] z = r.toArray();
                  for (int i = 0; i < z.length; i++) {
                    z[i] /= DIAGONAL.item(i);
                  }
                  return tensor(z);
                })
            .withMaxSteps(1);
    Function<Tensor, Tensor> f =
        t -> sum(linearSolve(LinearMap.of(x -> x.mul(DIAGONAL).mul(t), zeros(N)), B, reads));
    double total = sum(B.div(DIAGONAL)).toDouble();
    assertNear(grad(f, scalar(2)), -total / 4);
    assertNear(jvp(f, scalar(2), scalar(1)).tangent(), -total / 4);
    assertNear(grad(s -> grad(f, s), scalar(2)), total / 4);
  }

  /** Two tensors. */
  public record Pair(Tensor x, Tensor y) {}

  @Test
  void treesTakeAMap() {
    LinearMap<Pair, Pair> map =
        LinearMap.of(p -> new Pair(p.x().mul(4), p.y().mul(100)), new Pair(scalar(0), zeros(2)));
    LinearMap<Pair, Pair> inverse =
        LinearMap.of(p -> new Pair(p.x().div(4), p.y().div(100)), new Pair(scalar(0), zeros(2)));
    Pair b = new Pair(scalar(4), tensor(100, 200));
    LinearSolver one = cg().withPreconditioner(inverse).withMaxSteps(1);
    assertThat(linearSolve(map, b, one)).isEqualTo(new Pair(scalar(1), tensor(1, 2)));
    assertThatThrownBy(() -> linearSolve(map, b, cg().withPreconditioner(r -> r.div(2))))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "preconditioner: a function of one tensor for a system of 2 tensors [f64[], f64[2]];"
                + " give a LinearMap of the whole tree");
    assertThatThrownBy(() -> cg().withPreconditioner(inverse).solve(x -> x.mul(2), tensor(1, 2, 3)))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("preconditioner: expected a map from [f64[3]] to [f64[3]], got");
    assertThatThrownBy(
            () -> cg().withPreconditioner(r -> sum(r)).solve(x -> x.mul(2), tensor(1, 2, 3)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("f64[3] -> f64[]");
  }

  @Test
  void leastSquaresTakeOneFromResultsToArguments() {
    Tensor a = tensor(new double[][] {{1, 0}, {0, 1000}, {0, 0}});
    Tensor pseudo = tensor(new double[][] {{1, 0, 0}, {0, 0.001, 0}});
    var one = normalCg().withPreconditioner(r -> matmul(pseudo, r)).withMaxSteps(1);
    var solved = one.solve(LinearMap.matrix(a), tensor(3, 4000, 5));
    assertThat(solved.converged()).isTrue();
    assertNear(solved.value(), 3, 4);
    var turned = one.transpose().solve(LinearMap.matrix(a).transpose(), tensor(3, 4));
    assertThat(turned.converged()).isTrue();
    assertNear(turned.value(), 3, 0.004, 0);
    assertThat(
            LinearSolvers.normalCg()
                .withMaxSteps(1)
                .solve(LinearMap.matrix(a), tensor(3, 4, 5))
                .converged())
        .isFalse();
  }
}
