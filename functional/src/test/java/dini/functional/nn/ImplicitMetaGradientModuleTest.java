package dini.functional.nn;

import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.square;
import static dini.core.Products.dot;
import static dini.core.Products.matmul;
import static dini.core.Reductions.mean;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.eye;
import static dini.core.Tensors.full;
import static dini.core.Tensors.linspace;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.core.Trees.treeAddScaled;
import static dini.core.Trees.treeSub;
import static dini.core.Trees.treeVdot;
import static dini.functional.Jacobians.hessian;
import static dini.functional.Jacobians.jacfwd;
import static dini.functional.Jacobians.jacrev;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vmap;
import static dini.linalg.LinearAlgebra.inv;
import static dini.linalg.LinearSolvers.cg;
import static dini.linalg.LinearSolvers.normalCg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dini.core.Index;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.trace.Closed;
import dini.core.trace.Staging;
import dini.linalg.LinearAlgebra;
import dini.linalg.LinearSolver;
import dini.linalg.LinearSolvers;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Derivatives of solutions of modules, against closed forms. */
class ImplicitMetaGradientModuleTest {

  /** Fits {@code x w} to y and stays near the meta-parameters: a linear inner loop of iMAML. */
  static class Proximal extends ImplicitMetaGradientModule<Tensor, Tensor> {
    private final Tensor x;
    private final Tensor y;

    Proximal(Tensor x, Tensor y) {
      this.x = x;
      this.y = y;
    }

    Proximal(Tensor x, Tensor y, LinearSolver solver) {
      super(solver);
      this.x = x;
      this.y = y;
    }

    Tensor forward(Tensor w, Tensor input) {
      return matmul(input, w);
    }

    @Override
    protected Tensor objective(Tensor w, Tensor meta) {
      Tensor gap = w.sub(meta);
      return sum(square(forward(w, x).sub(y))).add(dot(gap, gap)).mul(0.5);
    }

    /** Descent with a stop that depends on numbers, which no tracer could take. */
    @Override
    protected Tensor solve(Tensor init, Tensor meta) {
      Tensor w = init;
      for (int step = 0; step < 10_000; step++) {
        Tensor gradient = optimality(w, meta);
        if (sum(square(gradient)).toDouble() < 1e-30) {
          break;
        }
        w = treeAddScaled(w, -0.2, gradient);
      }
      return w;
    }

    /** {@code (x'x + I) w = x'y + meta}. */
    Tensor exact(Tensor meta) {
      return LinearAlgebra.solve(
          matmul(x, x, true, false).add(eye(2)), matmul(x, y, true, false).add(meta));
    }
  }

  private static final Tensor X = tensor(new double[][] {{1, 0.5}, {-0.5, 1}, {0.25, 1.5}});
  private static final Tensor Y = tensor(1, -1, 0.5);
  private static final Tensor META = tensor(0.3, -0.8);
  private static final Tensor NEW_X = tensor(new double[][] {{1, 1}, {0.5, -2}});

  private static Tensor outer(Tensor w) {
    return sum(exp(matmul(NEW_X, w)));
  }

  // ---- derivatives ----

  @Test
  void everyModeAndOrderHasTheClosedForm() {
    for (LinearSolver solver :
        List.of(cg().withRtol(1e-14), normalCg().withRtol(1e-14), LinearSolvers.inv())) {
      Proximal module = new Proximal(X, Y, solver);
      Function<Tensor, Tensor> loss = m -> outer(module.solution(zeros(2), m));
      Function<Tensor, Tensor> truth = m -> outer(module.exact(m));
      assertNear(loss.apply(META), truth.apply(META).toDouble());
      assertNear(1e-11, grad(loss, META), grad(truth, META).toArray());
      assertNear(1e-11, jacfwd(loss, META), grad(truth, META).toArray());
      Tensor direction = tensor(1, -2);
      assertNear(
          1e-11,
          jvp(loss, META, direction).tangent(),
          jvp(truth, META, direction).tangent().toDouble());
      assertNear(1e-10, hessian(loss, META).reshape(4), hessian(truth, META).reshape(4).toArray());
      assertNear(
          1e-10,
          jacrev(m -> grad(loss, m), META).reshape(4),
          hessian(truth, META).reshape(4).toArray());
    }
  }

  @Test
  void jacobianOfTheSolutionIsTheInverseOfTheHessian() {
    Proximal module = new Proximal(X, Y);
    Tensor jacobian = jacrev(m -> module.solution(zeros(2), m), META);
    Tensor exact = inv(matmul(X, X, true, false).add(eye(2)));
    assertNear(jacobian.reshape(4), exact.reshape(4).toArray());
  }

  @Test
  void derivativesReachFields() {
    Tensor g = grad(y -> outer(new Proximal(X, y).solution(zeros(2), META)), Y);
    assertNear(g, grad(y -> outer(new Proximal(X, y).exact(META)), Y).toArray());
    Tensor second = hessian(x -> outer(new Proximal(x, Y).solution(zeros(2), META)), X);
    Tensor truth = hessian(x -> outer(new Proximal(x, Y).exact(META)), X);
    assertNear(1e-10, second.reshape(36), truth.reshape(36).toArray());
  }

  @Test
  void initialParametersHaveNoDerivative() {
    Proximal module = new Proximal(X, Y);
    assertNear(grad(init -> outer(module.solution(init, META)), ones(2)), 0, 0);
    // the same tensor as start and as meta-parameter: the derivative of the latter alone
    assertNear(
        grad(m -> outer(module.solution(m, m)), META),
        grad(m -> outer(module.exact(m)), META).toArray());
  }

  // ---- maps ----

  @Test
  void tasksAreMappedOver() {
    Tensor xs = Shapes.stack(0, X, X.mul(0.5), X.add(0.25));
    Tensor ys = Shapes.stack(0, Y, Y.mul(-1), Y.add(1));
    record Task(Tensor x, Tensor y) {}
    Function<Tensor, Tensor> total =
        m ->
            sum(
                vmap(
                    (Task task) -> outer(new Proximal(task.x, task.y).solution(zeros(2), m)),
                    new Task(xs, ys)));
    Function<Tensor, Tensor> loop =
        m -> {
          Tensor sum = scalar(0);
          for (int i = 0; i < 3; i++) {
            sum = sum.add(outer(new Proximal(xs.get(i), ys.get(i)).exact(m)));
          }
          return sum;
        };
    assertNear(total.apply(META), loop.apply(META).toDouble());
    assertNear(grad(total, META), grad(loop, META).toArray());
    assertNear(1e-10, hessian(total, META).reshape(4), hessian(loop, META).reshape(4).toArray());
    // gradients of each task, mapped
    Proximal module = new Proximal(X, Y);
    Tensor metas = Shapes.stack(0, META, META.mul(2));
    Tensor gradients = vmap(m -> grad(z -> outer(module.solution(zeros(2), z)), m), metas);
    for (int i = 0; i < 2; i++) {
      assertNear(gradients.get(i), grad(z -> outer(module.exact(z)), metas.get(i)).toArray());
    }
  }

  // ---- nesting ----

  /** An outer problem whose objective holds the solution of a {@link Proximal}. */
  private static final class Outer extends ImplicitMetaGradientModule<Tensor, Tensor> {
    private final Proximal inner = new Proximal(X, Y);

    @Override
    protected Tensor objective(Tensor m, Tensor target) {
      Tensor gap = inner.solution(zeros(2), m).sub(target);
      return dot(gap, gap).add(dot(m, m)).mul(0.5);
    }

    @Override
    protected Tensor solve(Tensor init, Tensor target) {
      Tensor m = init;
      for (int step = 0; step < 200; step++) {
        m = treeAddScaled(m, -0.8, optimality(m, target));
      }
      return m;
    }

    /** With w = A m + c: {@code (A'A + I) m = A'(target - c)}. */
    Tensor exact(Tensor target) {
      Tensor a = inv(matmul(X, X, true, false).add(eye(2)));
      Tensor c = inner.exact(zeros(2));
      return LinearAlgebra.solve(
          matmul(a, a, true, false).add(eye(2)), matmul(a, target.sub(c), true, false));
    }
  }

  @Test
  void moduleInTheObjectiveOfAnother() {
    Outer module = new Outer();
    Tensor target = tensor(1.5, -0.25);
    Function<Tensor, Tensor> loss = t -> sum(exp(module.solution(zeros(2), t)));
    Function<Tensor, Tensor> truth = t -> sum(exp(module.exact(t)));
    assertNear(loss.apply(target), truth.apply(target).toDouble());
    assertNear(1e-11, grad(loss, target), grad(truth, target).toArray());
    assertNear(1e-11, jacfwd(loss, target), grad(truth, target).toArray());
    assertNear(
        1e-10, hessian(loss, target).reshape(4), hessian(truth, target).reshape(4).toArray());
    Tensor targets = Shapes.stack(0, target, target.mul(-1));
    assertNear(
        1e-11, vmap(t -> grad(loss, t), targets).get(1), grad(truth, targets.get(1)).toArray());
  }

  // ---- trees, conditions, hooks ----

  /** The example of the Javadoc: nets as parameters and as meta-parameters. */
  private static final class InnerNet extends ImplicitMetaGradientModule<Linear, Linear> {
    private final Tensor batch;
    private final Tensor targets;

    InnerNet(Tensor batch, Tensor targets) {
      super(cg());
      this.batch = batch;
      this.targets = targets;
    }

    Tensor forward(Linear net, Tensor x) {
      return net.apply(x);
    }

    @Override
    protected Tensor objective(Linear net, Linear meta) {
      Linear gap = treeSub(net, meta);
      return mean(square(forward(net, batch).sub(targets))).add(treeVdot(gap, gap));
    }

    @Override
    protected Linear solve(Linear init, Linear meta) {
      Linear net = init;
      for (int i = 0; i < 200; i++) {
        net = treeAddScaled(net, -0.1, grad(this::objective, net, meta));
      }
      return net;
    }
  }

  @Test
  void netsAsParameters() {
    Tensor targets = Y.reshape(3, 1);
    Linear meta = new Linear(linspace(0.5, -0.25, 2).reshape(2, 1), tensor(0.75));
    Linear g = grad(m -> sum(new InnerNet(X, targets).solution(m, m).apply(NEW_X).pow(3)), meta);
    // the bias as the weight of a feature that is 1: minimize |Zv - y|²/3 + |v - m|²
    Tensor z = Shapes.concatenate(1, X, ones(3, 1));
    Tensor newZ = Shapes.concatenate(1, NEW_X, ones(2, 1));
    Tensor flat =
        grad(
            m -> {
              Tensor matrix = matmul(z, z, true, false).div(3).add(eye(3));
              Tensor right = matmul(z, Y, true, false).div(3).add(m);
              return sum(matmul(newZ, LinearAlgebra.solve(matrix, right)).pow(3));
            },
            Shapes.concatenate(0, meta.weight().reshape(2), meta.bias()));
    assertNear(1e-9, g.weight().reshape(2), flat.get(Index.to(2)).toArray());
    assertNear(1e-9, g.bias(), flat.item(2));
  }

  /** The fixed point of {@code exp(-t x)}. */
  private static final class FixedPoint extends ImplicitMetaGradientModule<Tensor, Tensor> {
    @Override
    protected Tensor optimality(Tensor x, Tensor t) {
      return exp(t.mul(x).neg()).sub(x);
    }

    @Override
    protected Tensor solve(Tensor init, Tensor t) {
      double x = init.toDouble();
      for (int i = 0; i < 200; i++) {
        x = Math.exp(-t.toDouble() * x);
      }
      return scalar(x);
    }
  }

  @Test
  void conditionInsteadOfAnObjective() {
    FixedPoint module = new FixedPoint();
    Function<Tensor, Tensor> solution = t -> module.solution(scalar(1), t);
    Tensor t = scalar(0.6);
    double x = solution.apply(t).toDouble();
    assertThat(Math.exp(-0.6 * x)).isEqualTo(x, within(1e-15));
    // log x = -t x, so x' = -x² / (1 + t x); again: (1 + tx) x' = -x²
    double first = -x * x / (1 + 0.6 * x);
    double second = (-2 * x * first - (x + 0.6 * first) * first) / (1 + 0.6 * x);
    assertNear(grad(solution, t), first);
    assertNear(hessian(solution, t), second);
    assertNear(jvp(z -> grad(solution, z), t, scalar(1)).tangent(), second);
  }

  @Test
  void metaParametersMayBeCapturedInstead() {
    record None() {}
    Tensor g =
        grad(
            y ->
                outer(
                    new ImplicitMetaGradientModule<Tensor, None>() {
                      @Override
                      protected Tensor optimality(Tensor w, None none) {
                        return w.sub(square(y));
                      }

                      @Override
                      protected Tensor solve(Tensor init, None none) {
                        return square(y);
                      }
                    }.solution(zeros(2), new None())),
            META);
    assertNear(g, grad(y -> outer(square(y)), META).toArray());
  }

  @Test
  void solutionsAreStaged() {
    FixedPoint module = new FixedPoint();
    Tensor t = scalar(0.6);
    Closed closed =
        Staging.stage(
            args -> new Tensor[] {module.solution(scalar(1), args[0])}, List.of(t.type()));
    assertThat(closed.apply(t)[0]).isEqualTo(module.solution(scalar(1), t));
    assertNear(
        grad(z -> closed.apply(z)[0], t), grad(z -> module.solution(scalar(1), z), t).toArray());
  }

  /** A subclass of a module, generic in nothing, overrides its objective again. */
  private static final class Stiffer extends Proximal {
    Stiffer() {
      super(X, Y);
    }

    @Override
    protected Tensor objective(Tensor w, Tensor meta) {
      Tensor gap = w.sub(meta);
      return super.objective(w, meta).add(dot(gap, gap));
    }
  }

  @Test
  void modulesAreExtended() {
    Stiffer module = new Stiffer();
    Tensor jacobian = jacrev(m -> module.solution(zeros(2), m), META);
    Tensor exact = inv(matmul(X, X, true, false).add(eye(2).mul(3))).mul(3);
    assertNear(jacobian.reshape(4), exact.reshape(4).toArray());
  }

  @Test
  void oneModuleServesManyCalls() {
    Proximal module = new Proximal(X, Y);
    Tensor first = grad(m -> outer(module.solution(zeros(2), m)), META);
    grad(m -> outer(module.solution(zeros(2), m)), full(META.shape(), 9));
    assertThat(grad(m -> outer(module.solution(zeros(2), m)), META)).isEqualTo(first);
  }
}
