package dini.functional;

import static dini.core.Elementwise.minimum;
import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.square;
import static dini.core.Products.dot;
import static dini.core.Reductions.norm;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.floats;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Implicit.rootVjp;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vmap;
import static dini.linalg.LinearSolvers.inv;
import static dini.linalg.LinearSolvers.normalCg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.DType;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.Trees;
import dini.linalg.LinearSolver;
import dini.linalg.Policy;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Solutions under constraints against active sets held fixed, differences and closed forms. */
class KktTest {
  private static final QuadraticProgram QP = QuadraticProgram.example();
  private static final Tensor PROBE = tensor(1, -2, 0.5);
  private static final int[] ACTIVE = {0, 3};

  private static BiFunction<KktPoint<Tensor>, QuadraticProgram, KktPoint<Tensor>> layer(
      LinearSolver solver) {
    return customRoot(QuadraticProgram.kkt(), solver).apply((init, p) -> p.solve());
  }

  /** A loss of everything that the solution holds. */
  private static Tensor loss(KktPoint<Tensor> point) {
    return sum(sin(point.primal().mul(PROBE)))
        .add(sum(square(point.equalityDual())))
        .add(sum(point.inequalityDual().mul(tensor(1, 5, 7, -2))));
  }

  private static Function<QuadraticProgram, Tensor> through(LinearSolver solver) {
    return p -> loss(layer(solver).apply(p.start(), p));
  }

  private static void same(double tolerance, QuadraticProgram actual, QuadraticProgram expected) {
    assertNear(tolerance, Trees.ravel(actual).vector(), Trees.ravel(expected).vector().toArray());
  }

  @Test
  void theExampleIsWhatItSays() {
    KktPoint<Tensor> point = QP.solve();
    same(point, QP.withActive(ACTIVE));
    assertThat(point.inequalityDual().item(0)).isGreaterThan(0.1);
    assertThat(point.inequalityDual().item(3)).isGreaterThan(0.1);
    KktPoint<Tensor> residual = QuadraticProgram.kkt().apply(point, QP);
    assertNear(1e-14, Trees.ravel(residual).vector(), new double[8]);
  }

  private static void same(KktPoint<Tensor> x, KktPoint<Tensor> y) {
    assertThat(Trees.ravel(x).vector()).isEqualTo(Trees.ravel(y).vector());
  }

  @Test
  void gradientsOfAQuadraticProgramAreThoseOfItsActiveSet() {
    QuadraticProgram exact = grad(p -> loss(p.withActive(ACTIVE)), QP);
    for (LinearSolver solver : List.<LinearSolver>of(inv(), normalCg().withRtol(1e-14))) {
      same(1e-11, grad(through(solver), QP), exact);
    }
    // what an inactive inequality allows has no effect
    assertNear(exact.h().get(1), 0);
    QuadraticProgram direct =
        rootVjp(
            QuadraticProgram.kkt(), QP.solve(), QP, grad(point -> loss(point), QP.solve()), inv());
    same(1e-11, direct, exact);
  }

  @Test
  void gradientsOfAQuadraticProgramAreThoseOfDifferences() {
    Trees.Raveled<QuadraticProgram> flat = Trees.ravel(QP);
    double[] at = flat.vector().toArray();
    double[] gradient = Trees.ravel(grad(through(inv()), QP)).vector().toArray();
    double step = 1e-5;
    for (int i = 0; i < at.length; i++) {
      double[] low = at.clone();
      double[] high = at.clone();
      low[i] -= step;
      high[i] += step;
      double below = loss(flat.unravel().apply(tensor(low)).solve()).toDouble();
      double above = loss(flat.unravel().apply(tensor(high)).solve()).toDouble();
      assertNear(1e-8, scalar(gradient[i]), (above - below) / (2 * step));
    }
  }

  @Test
  void secondDerivativesAndForwardMode() {
    QuadraticProgram direction =
        new QuadraticProgram(
            tensor(new double[][] {{1, 2, 0}, {0, 1, 0}, {1, 0, 3}}),
            tensor(1, 2, 3),
            tensor(new double[][] {{0.5, 0, 1}}),
            tensor(2.0),
            tensor(new double[][] {{1, 1, 0}, {0, 1, 0}, {0, 1, 1}, {2, 0, -1}}),
            tensor(1, 0, 0, 2));
    Function<QuadraticProgram, Tensor> exact = p -> loss(p.withActive(ACTIVE));
    Function<QuadraticProgram, Tensor> f = through(inv());
    assertNear(
        1e-11, jvp(f, QP, direction).tangent(), jvp(exact, QP, direction).tangent().toDouble());
    QuadraticProgram product = grad(p -> jvp(exact, p, direction).tangent(), QP);
    same(1e-9, grad(p -> jvp(f, p, direction).tangent(), QP), product);
    same(1e-9, jvp((QuadraticProgram p) -> grad(f, p), QP, direction).tangent(), product);
  }

  @Test
  void programsInLanesMayHaveOtherActiveSets() {
    Tensor limits = tensor(0.25, 0.9, 0.3);
    Function<Tensor, QuadraticProgram> withLimit =
        t ->
            new QuadraticProgram(
                QP.q(),
                QP.c(),
                QP.a(),
                QP.b(),
                QP.g(),
                QP.h().add(tensor(1, 0, 0, 0).mul(t.sub(0.25))));
    Function<Tensor, Tensor> f = t -> through(inv()).apply(withLimit.apply(t));
    assertThat(withLimit.apply(scalar(0.9)).solve().inequalityDual().item(0)).isZero();
    double[] each = new double[3];
    for (int i = 0; i < 3; i++) {
      each[i] = grad(f, limits.get(i)).toDouble();
    }
    assertThat(each[1]).isZero();
    assertThat(Math.abs(each[0])).isGreaterThan(0.1);
    assertNear(1e-12, vmap(t -> grad(f, t), limits), each);
    assertNear(1e-12, grad(ts -> sum(vmap(f, ts)), limits), each);
  }

  // ---- one constraint, closed forms ----

  /** The projection of a on the disc of radius r: r a / |a| outside of it. */
  public record Disc(Tensor a, Tensor r) {}

  private static final Kkt<Tensor, Disc> DISC =
      Kkt.minimize((Tensor x, Disc d) -> sum(square(x.sub(d.a()))).mul(0.5))
          .inequality((x, d) -> dot(x, x).sub(square(d.r())).mul(0.5));

  private static KktPoint<Tensor> project(Disc d) {
    double length = norm(d.a()).toDouble();
    double r = d.r().toDouble();
    return length <= r
        ? new KktPoint<>(d.a(), zeros(0), scalar(0))
        : new KktPoint<>(d.a().mul(r / length), zeros(0), scalar(length / r - 1));
  }

  private static Function<Disc, Tensor> projection(Kkt<Tensor, Disc> kkt) {
    BiFunction<KktPoint<Tensor>, Disc, KktPoint<Tensor>> solve =
        customRoot(kkt).apply((init, d) -> project(d));
    return d -> solve.apply(kkt.start(zeros(2), d), d).primal();
  }

  @Test
  void projectionOnADiscHasTheDerivativesOfItsClosedForm() {
    Disc outside = new Disc(tensor(3, 4), scalar(2));
    Function<Disc, Tensor> exact = d -> d.a().mul(d.r()).div(norm(d.a()));
    Function<Disc, Tensor> f = projection(DISC);
    Tensor probe = tensor(1, -3);
    Disc g = grad(d -> dot(f.apply(d), probe), outside);
    Disc truth = grad(d -> dot(exact.apply(d), probe), outside);
    assertNear(g.a(), truth.a().toArray());
    assertNear(g.r(), truth.r().toDouble());
    Disc tangent = new Disc(tensor(1, 2), scalar(0.5));
    Disc second = grad(d -> jvp(f, d, tangent).tangent().get(0), outside);
    Disc secondTruth = grad(d -> jvp(exact, d, tangent).tangent().get(0), outside);
    assertNear(second.a(), secondTruth.a().toArray());
    assertNear(second.r(), secondTruth.r().toDouble());
    // inside, the constraint is not there
    Disc inside = new Disc(tensor(0.3, 0.4), scalar(2));
    assertNear(jvp(f, inside, tangent).tangent(), 1, 2);
    assertNear(grad(d -> dot(f.apply(d), probe), inside).r(), 0);
  }

  @Test
  void equalityAlone() {
    // the nearest point of a line: x = a - n (n.a - b) / |n|^2
    Tensor n = tensor(3, 4);
    Kkt<Tensor, Tensor> kkt =
        Kkt.minimize((Tensor x, Tensor a) -> sum(square(x.sub(a))).mul(0.5))
            .equality((x, a) -> dot(n, x).sub(5));
    Tensor a = tensor(1, 1);
    BiFunction<KktPoint<Tensor>, Tensor, KktPoint<Tensor>> solve =
        customRoot(kkt)
            .apply(
                (init, at) -> {
                  Tensor nu = dot(n, at).sub(5).div(25);
                  return new KktPoint<>(at.sub(n.mul(nu)), nu, zeros(0));
                });
    Function<Tensor, Tensor> x = at -> solve.apply(kkt.start(zeros(2), at), at).primal();
    assertNear(x.apply(a), 1 - 3 * 0.08, 1 - 4 * 0.08);
    assertNear(
        Jacobians.jacrev(x, a).reshape(4), 1 - 9 / 25.0, -12 / 25.0, -12 / 25.0, 1 - 16 / 25.0);
    assertThat(kkt).hasToString("Kkt(minimize, equality)");
  }

  // ---- where there is no derivative ----

  /** On the circle the projection has a derivative for each side. */
  private static final Disc ON_THE_EDGE = new Disc(tensor(1.2, 1.6), scalar(2));

  @Test
  void weaklyActiveInequalityThrows() {
    for (double off : new double[] {0, 1e-8, -1e-8}) {
      Disc edge = new Disc(ON_THE_EDGE.a().mul(1 + off), ON_THE_EDGE.r());
      assertThatThrownBy(() -> grad(d -> sum(projection(DISC).apply(d)), edge))
          .isInstanceOf(WeaklyActiveException.class)
          .hasMessageStartingWith("kkt: inequality 0 of 1 is weakly active: its multiplier ")
          .hasMessageContaining(" are both zero (zero is within ");
    }
    assertThatThrownBy(
            () ->
                vmap(
                    t ->
                        grad(
                            s ->
                                sum(
                                    projection(DISC)
                                        .apply(new Disc(ON_THE_EDGE.a().mul(s), ON_THE_EDGE.r()))),
                            t),
                    tensor(2, 0.5, 1)))
        .isInstanceOf(WeaklyActiveException.class)
        .hasMessageStartingWith("kkt: inequality 0 of 1 in lane 2 is weakly active");
    // values need no derivative
    assertNear(projection(DISC).apply(ON_THE_EDGE), 1.2, 1.6);
  }

  @Test
  void weaklyActiveInequalityMayBeTakenForInactive() {
    Disc tangent = new Disc(tensor(-1, -2), scalar(0.5));
    Function<Disc, Tensor> f = projection(DISC.onWeaklyActive(Policy.IGNORE));
    // moving inwards, where the projection is the identity
    assertNear(jvp(f, ON_THE_EDGE, tangent).tangent(), -1, -2);
    Disc probe = grad(d -> dot(f.apply(d), tensor(1, 3)), ON_THE_EDGE);
    assertNear(probe.a(), 1, 3);
    assertNear(probe.r(), 0);
  }

  @Test
  void toleranceOfWeaklyActive() {
    Disc close = new Disc(ON_THE_EDGE.a().mul(1 + 1e-5), ON_THE_EDGE.r());
    Function<Disc, Tensor> exact = d -> d.a().mul(d.r()).div(norm(d.a()));
    Disc truth = grad(d -> sum(exact.apply(d)), close);
    assertNear(1e-9, grad(d -> sum(projection(DISC).apply(d)), close).a(), truth.a().toArray());
    assertThatThrownBy(() -> grad(d -> sum(projection(DISC.withTolerance(1e-4)).apply(d)), close))
        .isInstanceOf(WeaklyActiveException.class);
    assertThatThrownBy(() -> DISC.withTolerance(-1))
        .hasMessage("kkt: tolerance -1.0 is not a number >= 0");
  }

  /** The derivative of {@code argmin c (x - t)²/2, w (x - 1) <= 0} at a point with x and λ. */
  private static Tensor slope(Kkt<Tensor, Tensor> kkt, double x, double lambda, double t) {
    BiFunction<KktPoint<Tensor>, Tensor, KktPoint<Tensor>> solve =
        customRoot(kkt)
            .onResidual(Policy.THROW)
            .apply((init, at) -> new KktPoint<>(scalar(x), zeros(0), scalar(lambda)));
    return grad(at -> solve.apply(kkt.start(scalar(0), at), at).primal(), scalar(t));
  }

  private static Kkt<Tensor, Tensor> bounded(double c, double w) {
    return Kkt.minimize((Tensor x, Tensor t) -> sum(square(x.sub(t))).mul(0.5 * c))
        .inequality((x, t) -> x.sub(1).mul(w));
  }

  @Test
  void weaklyActiveAsASolverWithABarrierLeavesIt() {
    for (double off : new double[] {1e-4, 1e-5, 1.1e-6}) {
      Kkt<Tensor, Tensor> kkt = bounded(1, 1);
      assertThatThrownBy(() -> slope(kkt, 1 - off, off, 1))
          .isInstanceOf(WeaklyActiveException.class)
          .hasMessageContaining(" vanish together as those of an interior point do (zero is within")
          .hasMessageContaining(" and its value -");
      Kkt<Tensor, Tensor> ignoring = kkt.onWeaklyActive(Policy.IGNORE);
      assertNear(slope(ignoring, 1 - off, off, 1), 1);
    }
    // the sides as such a solver leaves them: λ(1 - x) = μ and λ = t - x
    for (double mu : new double[] {1e-12, 1e-9}) {
      assertNear(2 * mu / 1e-4, slope(bounded(1, 1), 1 - mu / 1e-2, 1e-2, 1.01 - mu / 1e-2), 0);
      assertNear(2 * mu / 1e-4, slope(bounded(1, 1), 0.99, mu / 1e-2, 0.99 + mu / 1e-2), 1);
    }
  }

  @Test
  void secondDerivativesOfTheInactiveSide() {
    // x = t², which reaches the bound at t = 1; left there by a barrier, λ = -g = 1e-5
    Kkt<Tensor, Tensor> kkt =
        Kkt.minimize((Tensor x, Tensor t) -> sum(square(x.sub(square(t)))).mul(0.5))
            .inequality((x, t) -> x.sub(1))
            .onWeaklyActive(Policy.IGNORE);
    for (double off : new double[] {0, 1e-5}) {
      BiFunction<KktPoint<Tensor>, Tensor, KktPoint<Tensor>> solve =
          customRoot(kkt)
              .onResidual(Policy.THROW)
              .apply((init, t) -> new KktPoint<>(scalar(1 - off), zeros(0), scalar(off)));
      Function<Tensor, Tensor> x = t -> solve.apply(kkt.start(scalar(0), t), t).primal();
      assertNear(grad(t -> grad(x, t), scalar(1)), 2);
      assertNear(vmap(t -> grad(x, t), tensor(1, 1)), 2, 2);
    }
  }

  @Test
  void whatIsWeaklyActiveFollowsTheUnits() {
    for (double c : new double[] {1e-7, 1, 1e7}) {
      for (double w : new double[] {1e-7, 1, 1e7}) {
        Kkt<Tensor, Tensor> kkt = bounded(c, w).onWeaklyActive(Policy.THROW);
        // strictly active, inactive
        assertNear(slope(kkt, 1, c / w, 2), 0);
        assertNear(slope(kkt, 0.5, 0, 0.5), 1);
        // weakly active: exactly, within the tolerance, as left by a barrier
        for (double off : new double[] {0, 1e-7, 1e-5}) {
          assertThatThrownBy(() -> slope(kkt, 1 - off, off * c / w, 1))
              .as("c %s, w %s, off %s", c, w, off)
              .isInstanceOf(WeaklyActiveException.class);
        }
        assertThatThrownBy(() -> slope(kkt, 1, -c / w, 0))
            .isInstanceOf(NotARootException.class)
            .hasMessageContaining("no solution");
      }
    }
  }

  @Test
  void weaklyActiveAmongManyUnknowns() {
    // the projection on x <= 1, by 100 rows w_i x_i <= w_i; the derivative is 1 where t < 1
    int n = 100;
    double[] w = new double[n];
    double[] t = new double[n];
    double[] slopes = new double[n];
    for (int i = 0; i < n; i++) {
      w[i] = Math.pow(10, i % 7 - 3);
      t[i] = i % 2 == 0 ? 0.5 : 1.5;
      slopes[i] = i % 2 == 0 ? 1 : 0;
    }
    Tensor weights = tensor(w);
    Kkt<Tensor, Tensor> kkt =
        Kkt.minimize((Tensor x, Tensor at) -> sum(square(x.sub(at))).mul(0.5))
            .inequality((x, at) -> x.sub(1).mul(weights));
    BiFunction<KktPoint<Tensor>, Tensor, KktPoint<Tensor>> solve =
        customRoot(kkt)
            .apply(
                (init, at) -> {
                  Tensor x = minimum(at, 1);
                  return new KktPoint<>(x, zeros(0), at.sub(x).div(weights));
                });
    Function<Tensor, Tensor> total = at -> sum(solve.apply(kkt.start(zeros(n), at), at).primal());
    assertNear(1e-9, grad(total, tensor(t)), slopes);
    t[41] = 1;
    assertThatThrownBy(() -> grad(total, tensor(t)))
        .isInstanceOf(WeaklyActiveException.class)
        .hasMessageStartingWith("kkt: inequality 41 of 100 is weakly active");
  }

  @Test
  void pointsThatAreNoSolutions() {
    // f's and g's gradients cancel here too, with the wrong sign: the farthest point of the disc
    Disc outside = new Disc(tensor(3, 4), scalar(2));
    KktPoint<Tensor> farthest = new KktPoint<>(tensor(-1.2, -1.6), zeros(0), scalar(-3.5));
    assertNear(1e-14, Trees.ravel(DISC.apply(farthest, outside)).vector(), 0, 0, 0);
    BiFunction<KktPoint<Tensor>, Disc, KktPoint<Tensor>> solve =
        customRoot(DISC).onResidual(Policy.THROW).apply((init, d) -> farthest);
    assertThatThrownBy(
            () -> grad(d -> sum(solve.apply(DISC.start(zeros(2), d), d).primal()), outside))
        .isInstanceOf(NotARootException.class)
        .hasMessageContaining("inequality 0 of 1 has value")
        .hasMessageContaining("multiplier -3.5");
    // outside of the disc, with no multiplier
    BiFunction<KktPoint<Tensor>, Disc, KktPoint<Tensor>> free =
        customRoot(DISC)
            .onResidual(Policy.THROW)
            .apply((init, d) -> new KktPoint<>(d.a(), zeros(0), scalar(0)));
    assertThatThrownBy(
            () -> grad(d -> sum(free.apply(DISC.start(zeros(2), d), d).primal()), outside))
        .isInstanceOf(NotARootException.class)
        .hasMessageContaining("has value 10.5 and multiplier 0.0");
  }

  @Test
  void multipliersOfTheWrongShape() {
    Disc d = new Disc(tensor(3, 4), scalar(2));
    assertThatThrownBy(() -> DISC.apply(new KktPoint<>(d.a(), zeros(1), scalar(0)), d))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "kkt: the point has a multiplier f64[1] for an equality that is not there; start(x,"
                + " theta) makes a point of the right shapes");
    assertThatThrownBy(() -> DISC.apply(new KktPoint<>(d.a(), zeros(0), zeros(2)), d))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "kkt: the inequality gives f64[], its multiplier is f64[2]; start(x, theta) makes a"
                + " point of the right shapes");
  }

  @Test
  void singlePrecision() {
    Disc outside = new Disc(floats(3, 4), Tensors.scalar(2).astype(DType.FLOAT32));
    KktPoint<Tensor> start = DISC.start(floats(0, 0), outside);
    assertThat(start.equalityDual().dtype()).isEqualTo(DType.FLOAT32);
    BiFunction<KktPoint<Tensor>, Disc, KktPoint<Tensor>> solve =
        customRoot(DISC)
            .apply((init, d) -> Trees.treeMap(leaf -> leaf.astype(DType.FLOAT32), project(d)));
    Disc g = grad(d -> solve.apply(start, d).primal().get(0), outside);
    assertThat(g.a().dtype()).isEqualTo(DType.FLOAT32);
    // r (1 / |a| - a_0 a_0 / |a|^3), - r a_0 a_1 / |a|^3, a_0 / |a|
    assertNear(1e-5, g.a(), 2 * (1 / 5.0 - 9 / 125.0), -2 * 12 / 125.0);
    assertNear(1e-5, g.r(), 3 / 5.0);
  }
}
