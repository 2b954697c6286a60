package dini.functional;

import static dini.core.Elementwise.sin;
import static dini.core.Products.matmul;
import static dini.core.Reductions.sum;
import static dini.core.Shapes.transpose;
import static dini.core.Tensors.eye;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vmap;
import static dini.linalg.LinearAlgebra.solve;
import static dini.linalg.LinearSolvers.cg;
import static dini.linalg.LinearSolvers.inv;
import static dini.linalg.LinearSolvers.neumann;
import static dini.linalg.LinearSolvers.normalCg;
import static dini.linalg.LinearSystems.linearSolve;

import dini.core.LinearMap;
import dini.core.Tensor;
import dini.linalg.LinearSolver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Derivatives with a ridge are those of the system with the ridge, to every order. */
class RidgeTest {
  private static final double RIDGE = 0.3;
  private static final Tensor SYMMETRIC = tensor(new double[][] {{4, 1, 0}, {1, 3, 1}, {0, 1, 2}});
  private static final Tensor SKEW = tensor(new double[][] {{0, 1, 2}, {-1, 0, 1}, {-2, -1, 0}});
  private static final Tensor B = tensor(1, -2, 3);
  private static final Tensor PROBE = tensor(2, 1, -1);
  private static final Tensor T = scalar(0.4);

  private static Tensor definite(Tensor t) {
    return SYMMETRIC.mul(t.add(1)).add(eye(3).mul(t.mul(t)));
  }

  private static Tensor general(Tensor t) {
    return SYMMETRIC.mul(t).add(SKEW.mul(sin(t)));
  }

  private static Tensor shifted(Tensor a, Tensor b) {
    return solve(a.add(eye(3).mul(RIDGE)), b);
  }

  private static Tensor normal(Tensor a, Tensor b) {
    Tensor gram = matmul(a, a, true, false).add(eye(3).mul(RIDGE));
    return solve(gram, matmul(transpose(a), b));
  }

  private record Case(Function<Tensor, Tensor> matrix, BinaryOperator<Tensor> exact) {}

  private static Map<LinearSolver, Case> cases() {
    Map<LinearSolver, Case> cases = new LinkedHashMap<>();
    cases.put(
        cg().withRidge(RIDGE).withRtol(1e-14), new Case(RidgeTest::definite, RidgeTest::shifted));
    cases.put(inv().withRidge(RIDGE), new Case(RidgeTest::general, RidgeTest::shifted));
    cases.put(
        neumann(400).withAlpha(0.1).withRidge(RIDGE).withRtol(1e-14),
        new Case(RidgeTest::definite, RidgeTest::shifted));
    cases.put(
        normalCg().withRidge(RIDGE).withRtol(1e-14),
        new Case(RidgeTest::general, RidgeTest::normal));
    Tensor near = dini.linalg.LinearAlgebra.inv(general(T).add(eye(3).mul(0.1)));
    cases.put(
        normalCg().withRidge(RIDGE).withRtol(1e-14).withPreconditioner(r -> matmul(near, r)),
        new Case(RidgeTest::general, RidgeTest::normal));
    return cases;
  }

  private static void same(Function<Tensor, Tensor> f, Function<Tensor, Tensor> exact) {
    assertNear(f.apply(T), exact.apply(T).toDouble());
    double first = grad(exact, T).toDouble();
    assertNear(1e-11, grad(f, T), first);
    assertNear(1e-11, jvp(f, T, scalar(1)).tangent(), first);
    double second = grad(s -> grad(exact, s), T).toDouble();
    assertNear(1e-10, grad(s -> grad(f, s), T), second);
    assertNear(1e-10, jvp((Tensor s) -> grad(f, s), T, scalar(1)).tangent(), second);
    assertNear(1e-10, grad(s -> jvp(f, s, scalar(1)).tangent(), T), second);
    double third = grad(r -> grad(s -> grad(exact, s), r), T).toDouble();
    assertNear(1e-8, grad(r -> grad(s -> grad(f, s), r), T), third);
  }

  @Test
  void ofLinearSystems() {
    cases()
        .forEach(
            (solver, c) -> {
              Function<Tensor, Tensor> f =
                  t -> {
                    LinearMap<Tensor, Tensor> map = LinearMap.matrix(c.matrix().apply(t));
                    return sum(linearSolve(map, B.mul(t.add(2)), solver).mul(PROBE));
                  };
              same(f, t -> sum(c.exact().apply(c.matrix().apply(t), B.mul(t.add(2))).mul(PROBE)));
            });
  }

  @Test
  void ofMaps() {
    Tensor ts = tensor(0.4, 0.7);
    cases()
        .forEach(
            (solver, c) -> {
              Function<Tensor, Tensor> f =
                  t ->
                      sum(linearSolve(LinearMap.matrix(c.matrix().apply(t)), B, solver).mul(PROBE));
              Function<Tensor, Tensor> exact =
                  t -> sum(c.exact().apply(c.matrix().apply(t), B).mul(PROBE));
              double[] slopes = vmap(t -> grad(exact, t), ts).toArray();
              assertNear(1e-11, vmap(t -> grad(f, t), ts), slopes);
              assertNear(1e-11, grad(s -> sum(vmap(f, s)), ts), slopes);
            });
  }

  /** The derivative of a root is the ridged solve of its system, and is differentiated as such. */
  @Test
  void ofRoots() {
    cases()
        .forEach(
            (solver, c) -> {
              // A(t) x = B: dx = -ridged(A, A' x), with x exact
              BiFunction<Tensor, Tensor, Tensor> root =
                  customRoot((Tensor x, Tensor t) -> matmul(c.matrix().apply(t), x).sub(B), solver)
                      .apply((init, t) -> solve(c.matrix().apply(t), B));
              Function<Tensor, Tensor> f = t -> sum(root.apply(zeros(3), t).mul(PROBE));
              Tensor a = c.matrix().apply(T);
              Tensor x = solve(a, B);
              Tensor right = jvp(t -> matmul(c.matrix().apply(t), x), T, scalar(1)).tangent();
              double slope = -sum(c.exact().apply(a, right).mul(PROBE)).toDouble();
              assertNear(1e-11, grad(f, T), slope);
              assertNear(1e-11, jvp(f, T, scalar(1)).tangent(), slope);
            });
    // without one it is the derivative of the root itself
    for (LinearSolver solver : List.<LinearSolver>of(inv(), normalCg().withRtol(1e-14))) {
      BiFunction<Tensor, Tensor, Tensor> root =
          customRoot((Tensor x, Tensor t) -> matmul(general(t), x).sub(B), solver)
              .apply((init, t) -> solve(general(t), B));
      same(t -> sum(root.apply(zeros(3), t).mul(PROBE)), t -> sum(solve(general(t), B).mul(PROBE)));
    }
  }
}
