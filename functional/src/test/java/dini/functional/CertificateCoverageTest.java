package dini.functional;

import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.tanh;
import static dini.core.Products.dot;
import static dini.core.Products.matmul;
import static dini.core.Reductions.sum;
import static dini.functional.Certificates.certify;
import static dini.functional.Certificates.certifyJvp;
import static dini.functional.Certificates.certifyVjp;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vjp;
import static dini.linalg.LinearSolvers.auto;
import static dini.linalg.LinearSolvers.cg;
import static dini.linalg.LinearSolvers.normalCg;
import static org.assertj.core.api.Assertions.assertThat;

import dini.core.Shape;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.Trees;
import dini.linalg.LinearSolver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Bounds on random nonlinear systems whose root, and so its derivative, is known: {@code F(x, θ) =
 * M (x - p(θ)) + g(x) - g(p(θ))}, with M positive definite and g increasing, has the one root p(θ).
 */
class CertificateCoverageTest {
  private static final int SYSTEMS = 60;

  private record System(
      Tensor m,
      Tensor b,
      UnaryOperator<Tensor> g,
      Tensor theta,
      Tensor x,
      SplittableRandom random) {

    static System of(int seed) {
      SplittableRandom random = new SplittableRandom(seed);
      int n = 1 + random.nextInt(7);
      Tensor a = matrix(random, n, n);
      double scale = Math.pow(10, random.nextInt(-3, 3));
      Tensor m = matmul(a, a, true, false).add(Tensors.eye(n).mul(0.1)).mul(scale);
      UnaryOperator<Tensor> g =
          switch (random.nextInt(3)) {
            case 0 -> u -> u.pow(3);
            case 1 -> u -> tanh(u).mul(5);
            default -> u -> u.pow(3).add(u.pow(5)).add(sin(u).add(u).mul(2));
          };
      int p = 1 + random.nextInt(5);
      Tensor theta = vector(random, p);
      System exact = new System(m, matrix(random, n, p), g, theta, theta, random);
      Tensor away = vector(random, n).mul(Math.pow(10, -12 * random.nextDouble()));
      return new System(m, exact.b, g, theta, exact.root(theta).add(away), random);
    }

    static Tensor vector(SplittableRandom random, int n) {
      return Tensors.tensor(random.doubles(n, -1, 1).toArray());
    }

    private static Tensor matrix(SplittableRandom random, int rows, int columns) {
      double[] values = random.doubles((long) rows * columns, -1, 1).toArray();
      return Tensors.tensor(Shape.of(rows, columns), values);
    }

    Tensor root(Tensor t) {
      return sin(matmul(b, t)).add(matmul(b, t.mul(t)));
    }

    Tensor stationary(Tensor z, Tensor t) {
      Tensor p = root(t);
      return matmul(m, z.sub(p)).add(g.apply(z).sub(g.apply(p)));
    }

    static Tensor loss(Tensor z) {
      return sum(z.pow(3)).add(dot(z, z));
    }

    LinearSolver solver() {
      return switch (random.nextInt(4)) {
        case 0 -> cg().withMaxSteps(1 + random.nextInt(4));
        case 1 -> normalCg().withRtol(Math.pow(10, -8 * random.nextDouble()));
        default -> auto();
      };
    }
  }

  /** Counts what was certified and how loosely. */
  private static final class Coverage {
    final List<Double> ratios = new ArrayList<>();
    int refused;

    <D> void add(Certificate<D> c, D truth, String label) {
      double error = Trees.treeNorm(Trees.treeSub(c.derivative(), truth)).toDouble();
      assertThat(error).as("%s%n%s", label, c).isLessThanOrEqualTo(c.bound());
      if (!c.certified()) {
        refused++;
      } else if (error > 1e-10 * c.norm()) {
        // the worst where Newton's method hardly converges
        assertThat(c.bound()).as("%s%n%s", label, c).isLessThanOrEqualTo(100 * error);
        ratios.add(c.bound() / error);
      }
    }

    void check() {
      Collections.sort(ratios);
      assertThat(refused).as("refused").isLessThan(SYSTEMS / 4);
      assertThat(ratios).hasSizeGreaterThan(SYSTEMS / 2);
      assertThat(ratios.get(ratios.size() / 2)).as("median of bound / error").isLessThan(2.5);
    }
  }

  @Test
  void boundsOfGradientsHold() {
    Coverage coverage = new Coverage();
    for (int seed = 0; seed < SYSTEMS; seed++) {
      System system = System.of(seed);
      LinearSolver solver = system.solver();
      Certificate<Tensor> c =
          certify(system::stationary, System::loss, system.x, system.theta, solver);
      Tensor truth = grad(t -> System.loss(system.root(t)), system.theta);
      coverage.add(c, truth, "seed " + seed + ", " + solver);
      if (c.certified()) {
        Tensor away = system.x.sub(system.root(system.theta));
        double distance = Trees.treeNorm(away).toDouble();
        assertThat(distance).as("seed %d%n%s", seed, c).isLessThanOrEqualTo(c.distance());
      }
    }
    coverage.check();
  }

  @Test
  void boundsOfLossesThatDependOnTheParametersHold() {
    Coverage coverage = new Coverage();
    for (int seed = 0; seed < SYSTEMS; seed++) {
      System system = System.of(1000 + seed);
      Certificate<Tensor> c =
          certify(
              system::stationary,
              (Tensor z, Tensor t) -> System.loss(z).mul(sum(t.mul(t))),
              system.x,
              system.theta);
      Tensor truth = grad(t -> System.loss(system.root(t)).mul(sum(t.mul(t))), system.theta);
      coverage.add(c, truth, "seed " + seed);
    }
    coverage.check();
  }

  @Test
  void boundsOfTangentsAndCotangentsHold() {
    Coverage forward = new Coverage();
    Coverage backward = new Coverage();
    for (int seed = 0; seed < SYSTEMS; seed++) {
      System system = System.of(2000 + seed);
      LinearSolver solver = system.solver();
      Tensor tangent = System.vector(system.random, system.theta.size());
      Certificate<Tensor> along =
          certifyJvp(system::stationary, system.x, system.theta, tangent, solver);
      Tensor moved = jvp(system::root, system.theta, tangent).tangent();
      forward.add(along, moved, "seed " + seed + ", " + solver);
      Tensor cotangent = System.vector(system.random, system.x.size());
      Certificate<Tensor> back =
          certifyVjp(system::stationary, system.x, system.theta, cotangent, solver);
      Tensor pulled = vjp(system::root, system.theta).pullback().apply(cotangent);
      backward.add(back, pulled, "seed " + seed + ", " + solver);
    }
    forward.check();
    backward.check();
  }
}
