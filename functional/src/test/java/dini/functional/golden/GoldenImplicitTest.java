package dini.functional.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.Trees;
import dini.functional.Jacobians;
import dini.functional.Transforms;
import dini.functional.golden.Comparison.Tolerance;
import dini.linalg.LinearSolver;
import dini.linalg.LinearSolvers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Derivatives of solutions, to third order and in every mode, against golden values. */
class GoldenImplicitTest {
  /** Golden solutions have residuals of 1e-15, which the condition of the system multiplies. */
  private static final Tolerance NEAR = new Tolerance(1e-12, 1e-9, false, false);

  /** Each derivative loses about two digits. */
  private static final Tolerance THIRD = new Tolerance(1e-10, 1e-7, false, false);

  /** How accurately iterative solvers solve, so that their error stays within the tolerance. */
  private static final double RTOL = 1e-13;

  /** Enough for the slowest of the plain iterations to reach that. */
  private static final int TERMS = 1500;

  /** Problems whose step of Newton's method is made a fixed point's map, to third order. */
  private static final Set<String> NEWTON = Set.of("scalar", "equilibrium", "qp_equality", "ridge");

  private static final Tensor ZERO = Tensors.scalar(0);

  @TestFactory
  Stream<DynamicTest> problems() {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonElement element : Golden.read("implicit").getAsJsonArray("cases")) {
      JsonObject entry = element.getAsJsonObject();
      String name = entry.get("name").getAsString();
      Problem<?, ?> problem = Problems.ALL.get(name).apply(Golden.map(entry.get("inputs")));
      solvers(problem)
          .forEach(
              (label, solver) ->
                  tests.add(
                      dynamicTest(name + " by " + label, () -> check(problem, entry, solver))));
      tests.add(dynamicTest(name + " from elsewhere", () -> elsewhere(problem, entry)));
      fixedPoints(problem)
          .forEach(
              (label, solver) ->
                  tests.add(
                      dynamicTest(
                          name + " as a fixed point by " + label,
                          () -> byPlainSteps(problem, entry, solver))));
      if (NEWTON.contains(name)) {
        LinearSolver one = LinearSolvers.neumann(1).withRtol(1e-7);
        tests.add(
            dynamicTest(
                name + " as the fixed point of Newton's step",
                () -> byNewtonSteps(problem, entry, LinearSolvers.inv())));
        tests.add(
            dynamicTest(
                name + " as the fixed point of Newton's step, one term",
                () -> byNewtonSteps(problem, entry, one)));
      }
    }
    return tests.stream();
  }

  private static Map<String, LinearSolver> solvers(Problem<?, ?> problem) {
    LinearSolver normal = LinearSolvers.normalCg().withRtol(RTOL);
    Map<String, LinearSolver> general =
        Map.of("auto", LinearSolvers.auto(), "inv", LinearSolvers.inv(), "normalCg", normal);
    if (!problem.definite()) {
      return general;
    }
    Map<String, LinearSolver> all = new TreeMap<>(general);
    all.put("cg", LinearSolvers.cg().withRtol(RTOL));
    return all;
  }

  /** How to solve the systems of the plain iteration, where there is one. */
  private static Map<String, LinearSolver> fixedPoints(Problem<?, ?> problem) {
    if (problem.rate() == 0) {
      return Map.of();
    }
    Map<String, LinearSolver> all = new TreeMap<>();
    all.put("auto", LinearSolvers.auto());
    all.put("neumann", LinearSolvers.neumann(TERMS).withRtol(RTOL));
    if (problem.definite()) {
      all.put("cg", LinearSolvers.cg().withRtol(RTOL));
    }
    return all;
  }

  private static <X, A> void byPlainSteps(
      Problem<X, A> problem, JsonObject entry, LinearSolver solver) {
    fixedPoint(problem, entry, problem.plainFixedPoint(solver));
  }

  private static <X, A> void byNewtonSteps(
      Problem<X, A> problem, JsonObject entry, LinearSolver solver) {
    fixedPoint(problem, entry, problem.newtonFixedPoint(solver));
  }

  private static <X, A> void fixedPoint(
      Problem<X, A> problem, JsonObject entry, BiFunction<X, A, X> solve) {
    X start = problem.unknowns().apply(entry.get("x0"));
    Comparison comparison = new Comparison();
    derivatives(problem, entry, solve, start, comparison);
    comparison.report(entry.get("name") + ": " + entry.get("formula"));
  }

  private static <X, A> void check(Problem<X, A> problem, JsonObject entry, LinearSolver solver) {
    X start = problem.unknowns().apply(entry.get("x0"));
    Comparison comparison = new Comparison();
    derivatives(problem, entry, problem.newton(solver), start, comparison);
    comparison.report(entry.get("name") + ": " + entry.get("formula"));
  }

  /** Another way of solving from another start gives the same; the start has no derivative. */
  private static <X, A> void elsewhere(Problem<X, A> problem, JsonObject entry) {
    X x0 = problem.unknowns().apply(entry.get("x0"));
    X start = Trees.treeMap(leaf -> leaf.add(0.1), x0);
    A theta = problem.parameters().apply(entry.get("theta"));
    BiFunction<X, A, X> solve = problem.descent(LinearSolvers.auto());
    Comparison comparison = new Comparison();
    derivatives(problem, entry, solve, start, comparison);
    X gradient = Transforms.grad(x -> problem.outer().apply(solve.apply(x, theta)), start);
    comparison.tensor("derivative of the start", ZERO, Trees.treeNorm(gradient), NEAR);
    comparison.report(entry.get("name") + ": " + entry.get("formula"));
  }

  @TestFactory
  Stream<DynamicTest> modules() {
    return Golden.read("implicit").getAsJsonArray("cases").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .map(
            entry -> {
              String name = entry.get("name").getAsString();
              Problem<?, ?> problem = Problems.ALL.get(name).apply(Golden.map(entry.get("inputs")));
              return dynamicTest(name + " by a module", () -> module(problem, entry));
            });
  }

  private static <X, A> void module(Problem<X, A> problem, JsonObject entry) {
    X start = problem.unknowns().apply(entry.get("x0"));
    Comparison comparison = new Comparison();
    derivatives(problem, entry, InnerProblem.of(problem)::solution, start, comparison);
    comparison.report(entry.get("name") + ": " + entry.get("formula"));
  }

  private static <X, A> void derivatives(
      Problem<X, A> problem,
      JsonObject entry,
      BiFunction<X, A, X> solve,
      X start,
      Comparison comparison) {
    A theta = problem.parameters().apply(entry.get("theta"));
    A tangent = problem.parameters().apply(entry.get("tangent"));
    Function<A, X> solution = t -> solve.apply(start, t);
    Function<A, Tensor> outer = t -> problem.outer().apply(solution.apply(t));

    X cotangent = problem.unknowns().apply(entry.get("cotangent"));
    compare(comparison, entry, "solution", problem.unknowns(), solution.apply(theta));
    comparison.tensor("outer", Golden.tensor(entry.get("outer")), outer.apply(theta), NEAR);
    X forward = Transforms.jvp(solution, theta, tangent).tangent();
    compare(comparison, entry, "jvp", problem.unknowns(), forward);
    A back = Transforms.vjp(solution, theta).pullback().apply(cotangent);
    compare(comparison, entry, "vjp", problem.parameters(), back);
    compare(comparison, entry, "gradient", problem.parameters(), Transforms.grad(outer, theta));
    Tensor flatGradient = flat(problem.parameters().apply(entry.get("gradient")));
    comparison.elements("gradient by jacfwd", flatGradient, Jacobians.jacfwd(outer, theta), NEAR);
    if (entry.has("hessian")) {
      second(entry, outer, theta, tangent, comparison);
    }
    if (entry.has("third_directional")) {
      Function<A, Tensor> first = t -> Transforms.jvp(outer, t, tangent).tangent();
      Function<A, Tensor> second = t -> Transforms.jvp(first, t, tangent).tangent();
      Tensor expected = Golden.tensor(entry.get("third_directional"));
      Tensor third = Transforms.jvp(second, theta, tangent).tangent();
      comparison.tensor("third derivative", expected, third, THIRD);
      A gradient = Transforms.grad(second, theta);
      Tensor reversed = Trees.treeVdot(gradient, tangent);
      comparison.tensor("third derivative by grad", expected, reversed, THIRD);
    }
  }

  private static <A> void second(
      JsonObject entry, Function<A, Tensor> outer, A theta, A tangent, Comparison comparison) {
    Tensor hessian = Golden.tensor(entry.get("hessian"));
    comparison.elements("hessian", hessian, Jacobians.hessian(outer, theta), NEAR);
    Trees.Raveled<A> flat = Trees.ravel(theta);
    Function<Tensor, Tensor> f = v -> outer.apply(flat.unravel().apply(v));
    Tensor v = flat.vector();
    Tensor twice = Jacobians.jacrev(t -> Transforms.grad(f, t), v);
    comparison.elements("hessian by grad of grad", hessian, twice, NEAR);
    Tensor mixed = Jacobians.jacfwd(t -> Transforms.grad(f, t), v);
    comparison.elements("hessian by jvp of grad", hessian, mixed, NEAR);
    Tensor product = Golden.tensor(entry.get("hvp_tangent"));
    comparison.elements("hvp", product, flat(Jacobians.hvp(outer, theta, tangent)), NEAR);
    Function<A, Tensor> along = t -> Transforms.jvp(outer, t, tangent).tangent();
    comparison.elements("grad of jvp", product, flat(Transforms.grad(along, theta)), NEAR);
  }

  private static <T> void compare(
      Comparison comparison,
      JsonObject entry,
      String key,
      Function<JsonElement, T> reader,
      T actual) {
    List<Tensor> expected = Trees.treeLeaves(reader.apply(entry.get(key)));
    comparison.list(key, expected, Trees.treeLeaves(actual), NEAR);
  }

  private static <T> Tensor flat(T tree) {
    return Trees.ravel(tree).vector();
  }

  @Test
  void solvesABatchOfProblems() {
    JsonObject entry = Golden.read("implicit").getAsJsonObject("batch");
    Problem<Tensor, Tensor> problem = Problems.ridge(Golden.map(entry.get("inputs")));
    Tensor thetas = Golden.tensor(entry.get("theta"));
    Tensor solutions = Golden.tensor(entry.get("solutions"));
    Tensor start = Tensors.zeros(solutions.shape().extent(1));
    BiFunction<Tensor, Tensor, Tensor> solve = problem.newton(LinearSolvers.auto());
    Function<Tensor, Tensor> outer = t -> problem.outer().apply(solve.apply(start, t));
    Comparison comparison = new Comparison();
    Tensor found = Transforms.vmap((Tensor t) -> solve.apply(start, t), thetas);
    comparison.tensor("solutions", solutions, found, NEAR);
    Tensor gradients = Golden.tensor(entry.get("gradients"));
    Tensor each = Transforms.vmap(t -> Transforms.grad(outer, t), thetas);
    comparison.tensor("vmap of grad", gradients, each, NEAR);
    Tensor summed = Transforms.grad(t -> Transforms.<Tensor, Tensor>vmap(outer, t).sum(), thetas);
    comparison.tensor("grad of vmap", gradients, summed, NEAR);
    comparison.report("ridge at several parameters");
  }

  @Test
  void knowsEveryProblem() {
    List<String> names = new ArrayList<>();
    for (JsonElement element : Golden.read("implicit").getAsJsonArray("cases")) {
      names.add(element.getAsJsonObject().get("name").getAsString());
    }
    assertThat(names).containsExactlyInAnyOrderElementsOf(Problems.ALL.keySet());
  }
}
