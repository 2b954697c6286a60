package dini.functional;

import static dini.core.Reductions.sum;
import static dini.core.Tensors.ints;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Jacobians.hessian;
import static dini.functional.Jacobians.jacrev;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.DType;
import dini.core.Shape;
import dini.core.Tensor;
import dini.core.TracerException;
import dini.core.dense.DenseTensor;
import dini.functional.NestingTest.Mode;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code customRoot} under {@code vmap}, inside other roots, and with captured tracers. */
class ImplicitNestingTest {

  /** A parameter and a count. */
  public record Counted(Tensor t, Tensor count) {}

  private static final Tensor ONE = scalar(1);
  private static final String NOTHING = "";
  private static final Tensor TS = tensor(0.5, 0.8, 1.7);

  private static final BiFunction<Tensor, Tensor, Tensor> BY_LANE =
      customRoot(Cubic::condition).apply(Cubic::newton);
  private static final BiFunction<Tensor, Tensor, Tensor> AT_ONCE =
      customRoot(Cubic::condition).batched().apply(Cubic::steps);

  private static double[] exact(ToDoubleFunction<Cubic> value) {
    return Arrays.stream(TS.toArray()).map(t -> value.applyAsDouble(new Cubic(t))).toArray();
  }

  // ---- vmap ----

  @ParameterizedTest
  @MethodSource("dini.functional.NestingTest#pairs")
  void mapOfDerivatives(Mode first, Mode second) {
    for (BiFunction<Tensor, Tensor, Tensor> solve : List.of(BY_LANE, AT_ONCE)) {
      Function<Tensor, Tensor> x = t -> solve.apply(ONE, t);
      assertNear(vmap(x, TS), exact(Cubic::x));
      assertNear(vmap(second.of(x), TS), exact(Cubic::first));
      assertNear(vmap(first.of(second.of(x)), TS), exact(Cubic::second));
    }
  }

  @Test
  void thirdOrderUnderAMap() {
    for (BiFunction<Tensor, Tensor, Tensor> solve : List.of(BY_LANE, AT_ONCE)) {
      Function<Tensor, Tensor> x = t -> solve.apply(ONE, t);
      Function<Tensor, Tensor> third = Mode.REVERSE.of(Mode.FORWARD.of(Mode.REVERSE.of(x)));
      assertNear(vmap(third, TS), exact(Cubic::third));
    }
  }

  @Test
  void derivativesOfMaps() {
    for (BiFunction<Tensor, Tensor, Tensor> solve : List.of(BY_LANE, AT_ONCE)) {
      Function<Tensor, Tensor> total = ts -> sum(vmap(t -> solve.apply(ONE, t), ts));
      assertNear(grad(total, TS), exact(Cubic::first));
      assertNear(jvp(total, TS, ones(3)).tangent(), sum(tensor(exact(Cubic::first))).toDouble());
      Tensor h = hessian(total, TS);
      double[] second = exact(Cubic::second);
      assertNear(h, second[0], 0, 0, 0, second[1], 0, 0, 0, second[2]);
      // derivatives in the middle: grad of a map of a gradient
      assertNear(grad(ts -> sum(vmap(t -> grad(s -> solve.apply(ONE, s), t), ts)), TS), second);
      assertNear(
          grad(
              ts -> sum(vmap(t -> jvp((Tensor s) -> solve.apply(ONE, s), t, t).tangent(), ts)), TS),
          IntStream.range(0, 3)
              .mapToDouble(i -> exact(Cubic::first)[i] + TS.item(i) * second[i])
              .toArray());
    }
  }

  @Test
  void mapOfMap() {
    Tensor as = tensor(1, 2);
    for (BiFunction<Tensor, Tensor, Tensor> solve : List.of(BY_LANE, AT_ONCE)) {
      Function<Tensor, Tensor> table =
          ts -> vmap(a -> vmap(t -> solve.apply(ONE, t.mul(a)), ts), as);
      Tensor values = table.apply(tensor(0.5, 0.8));
      assertNear(
          values.reshape(4),
          new Cubic(0.5).x(),
          new Cubic(0.8).x(),
          new Cubic(1).x(),
          new Cubic(1.6).x());
      assertNear(
          grad(ts -> sum(table.apply(ts)), tensor(0.5, 0.8)),
          new Cubic(0.5).first() + 2 * new Cubic(1).first(),
          new Cubic(0.8).first() + 2 * new Cubic(1.6).first());
      Tensor gradients = vmap(a -> vmap(t -> grad(s -> solve.apply(ONE, s.mul(a)), t), TS), as);
      assertThat(gradients.shape()).isEqualTo(Shape.of(2, 3));
      assertNear(gradients.get(0), exact(Cubic::first));
    }
  }

  @Test
  void lanesRunOneByOneOnPlainTensors() {
    AtomicInteger runs = new AtomicInteger();
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot((Tensor x, Tensor t) -> x.sub(t))
            .apply(
                (init, t) -> {
                  runs.incrementAndGet();
                  assertThat(t).isInstanceOf(DenseTensor.class);
                  assertThat(t.rank()).isZero();
                  return t;
                });
    assertThatObject(vmap(t -> solve.apply(ONE, t), TS)).isEqualTo(TS);
    assertThat(runs).hasValue(3);
  }

  @Test
  void solverAtOnceRunsOnce() {
    AtomicInteger runs = new AtomicInteger();
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot((Tensor x, Tensor t) -> x.sub(t))
            .batched()
            .apply(
                (init, t) -> {
                  runs.incrementAndGet();
                  assertThatThrownBy(t::toDouble).isInstanceOf(TracerException.class);
                  return t.mul(1);
                });
    assertThatObject(vmap(t -> solve.apply(ONE, t), TS)).isEqualTo(TS);
    assertThat(runs).hasValue(1);
  }

  @Test
  void onlyTheGuessVaries() {
    assertNear(
        vmap(init -> BY_LANE.apply(init, scalar(0.8)), tensor(1, 2)),
        new Cubic(0.8).x(),
        new Cubic(0.8).x());
    assertNear(
        vmap(init -> grad(t -> BY_LANE.apply(init, t), scalar(0.8)), tensor(1, 2)),
        new Cubic(0.8).first(),
        new Cubic(0.8).first());
  }

  @Test
  void nothingVariesAndTheSolverRunsOnce() {
    AtomicInteger runs = new AtomicInteger();
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot((Tensor x, Tensor t) -> x.sub(t))
            .apply(
                (init, t) -> {
                  runs.incrementAndGet();
                  return t;
                });
    Tensor ys =
        vmap(
            t -> {
              Tensor x = solve.apply(ONE, scalar(5));
              // one result for all lanes, which can be read
              assertThat(x.toDouble()).isEqualTo(5);
              return x.mul(t);
            },
            TS);
    assertNear(ys, 2.5, 4, 8.5);
    assertThat(runs).hasValue(1);
  }

  @Test
  void solverThatCapturesALane() {
    // lane by lane although neither the guess nor the parameter varies
    Tensor ys =
        vmap(
            t ->
                customRoot((Tensor x, String none) -> x.sub(t))
                    .apply((init, none) -> scalar(t.toDouble()))
                    .apply(ONE, NOTHING),
            TS);
    assertThat(ys).isEqualTo(TS);
    assertNear(
        grad(
            ts ->
                sum(
                    vmap(
                        t ->
                            customRoot((Tensor x, String none) -> x.sub(t.mul(t)))
                                .apply((init, none) -> scalar(t.toDouble() * t.toDouble()))
                                .apply(ONE, NOTHING),
                        ts)),
            TS),
        1,
        1.6,
        3.4);
  }

  @Test
  void noLanes() {
    assertThatObject(vmap(t -> BY_LANE.apply(ONE, t), zeros(0))).isEqualTo(zeros(0));
    assertThatObject(vmap(t -> grad(s -> BY_LANE.apply(ONE, s), t), zeros(0))).isEqualTo(zeros(0));
    assertThat(grad(ts -> sum(vmap(t -> BY_LANE.apply(ONE, t), ts)), zeros(0))).isEqualTo(zeros(0));
  }

  @Test
  void conditionMayBranchBelowAMapButNotAbove() {
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot((Tensor x, Tensor t) -> t.toDouble() > 1 ? x.sub(t.mul(t)) : x.sub(t))
            .apply((init, t) -> t.toDouble() > 1 ? t.mul(t) : t);
    assertNear(grad(t -> solve.apply(ONE, t), scalar(3)), 6);
    // under grad(vmap) each lane has values
    assertNear(grad(ts -> sum(vmap(t -> solve.apply(ONE, t), ts)), tensor(0.5, 3)), 1, 6);
    assertThatThrownBy(() -> vmap(t -> grad(s -> solve.apply(ONE, s), t), tensor(0.5, 3)))
        .isInstanceOf(TracerException.class)
        .hasMessageStartingWith("the values of a tensor f64[] inside a vmap were read");
    assertNear(grad(t -> solve.apply(ONE, t), scalar(3)), 6);
  }

  @Test
  void integerParametersKeepTheirLanes() {
    BiFunction<Tensor, Counted, Tensor> solve =
        customRoot((Tensor x, Counted p) -> x.sub(p.t().mul(p.count().astype(DType.FLOAT64))))
            .apply((init, p) -> p.t().mul(p.count().toDouble()));
    Counted lanes = new Counted(tensor(1, 2), ints(3, 4));
    assertNear(vmap(p -> solve.apply(ONE, p), lanes), 3, 8);
    Counted g = vmap(p -> grad(q -> solve.apply(ONE, q), p), lanes);
    assertNear(g.t(), 3, 4);
    assertThat(g.count()).isEqualTo(ints(0, 0));
  }

  // ---- roots in roots ----

  @ParameterizedTest
  @MethodSource("dini.functional.NestingTest#pairs")
  void rootInsideACondition(Mode first, Mode second) {
    // inner y = s^2, outer x = y(t) + y(x captured)...: x - y(t) = 0 with y = t^2, then x = t^2
    BiFunction<Tensor, Tensor, Tensor> inner =
        customRoot((Tensor y, Tensor s) -> y.sub(s.mul(s)))
            .apply((init, s) -> scalar(s.toDouble() * s.toDouble()));
    BiFunction<Tensor, Tensor, Tensor> outer =
        customRoot((Tensor x, Tensor t) -> inner.apply(ONE, x).sub(t))
            .apply((init, t) -> scalar(Math.sqrt(t.toDouble())));
    // x^2 = t
    Function<Tensor, Tensor> f = t -> outer.apply(ONE, t);
    assertNear(f.apply(scalar(4)), 2);
    assertNear(second.of(f).apply(scalar(4)), 1.0 / 4);
    assertNear(first.of(second.of(f)).apply(scalar(4)), -1.0 / 32);
    assertNear(vmap(second.of(f), tensor(4, 9)), 1.0 / 4, 1.0 / 6);
  }

  @ParameterizedTest
  @MethodSource("dini.functional.NestingTest#pairs")
  void rootInsideASolver(Mode first, Mode second) {
    // bilevel: the outer minimum over x of (y(x) - t)^2, y(x) = x^3, found by Newton's method with
    // derivatives through the inner root
    BiFunction<Tensor, Tensor, Tensor> inner =
        customRoot((Tensor y, Tensor x) -> y.sub(x.pow(3)))
            .apply((init, x) -> scalar(Math.pow(x.toDouble(), 3)));
    BiFunction<Tensor, Tensor, Tensor> condition = (x, t) -> inner.apply(ONE, x).sub(t);
    BiFunction<Tensor, Tensor, Tensor> outer =
        customRoot(condition)
            .apply(
                (init, t) -> {
                  Tensor x = init;
                  for (int i = 0; i < 30; i++) {
                    x = x.sub(condition.apply(x, t).div(grad(condition, x, t)));
                  }
                  return x;
                });
    Function<Tensor, Tensor> f = t -> outer.apply(scalar(1.5), t);
    assertNear(f.apply(scalar(8)), 2);
    assertNear(second.of(f).apply(scalar(8)), 1.0 / 12);
    assertNear(first.of(second.of(f)).apply(scalar(8)), -2.0 / 9 / 32);
    assertNear(grad(ts -> sum(vmap(f, ts)), tensor(8, 27)), 1.0 / 12, 1.0 / 27);
  }

  @Test
  void rootOfARootInsideAnOuterMapAndGradient() {
    Function<Tensor, Tensor> f =
        a ->
            customRoot(
                    (Tensor x, Tensor t) ->
                        x.sub(
                            customRoot((Tensor y, Tensor s) -> y.sub(s.mul(a)))
                                .apply((init, s) -> s.mul(a))
                                .apply(ONE, t)))
                .apply((init, t) -> t.mul(a))
                .apply(ONE, a);
    // x = a^2, a captured at both levels and passed
    assertNear(f.apply(scalar(3)), 9);
    assertNear(grad(f, scalar(3)), 6);
    assertNear(hessian(f, scalar(3)), 2);
    assertNear(vmap(a -> grad(f, a), tensor(3, 4)), 6, 8);
    assertNear(jacrev((Tensor as) -> vmap(f, as), tensor(3, 4)), 6, 0, 0, 8);
    assertNear(grad(x -> grad(a -> f.apply(a).mul(x), x), scalar(3)), 12);
  }

  // ---- captured tracers ----

  @ParameterizedTest
  @MethodSource("dini.functional.NestingTest#pairs")
  void tracersOfTwoLevelsInTheCondition(Mode outer, Mode inner) {
    // x = a b^2; d/db at b = a: 2 a^2; d/da: 4 a
    Function<Tensor, Tensor> f =
        a ->
            inner.derivative(
                b ->
                    customRoot((Tensor x, String none) -> x.sub(a.mul(b).mul(b)))
                        .apply((init, none) -> scalar(a.toDouble() * b.toDouble() * b.toDouble()))
                        .apply(ONE, NOTHING),
                a);
    assertNear(f.apply(scalar(3)), 18);
    assertNear(outer.of(f).apply(scalar(3)), 12);
    assertNear(vmap(outer.of(a -> f.apply(a).mul(1)), tensor(1, 3)), 4, 12);
  }

  @Test
  void solverMayUseTransformationsOnCapturedTracers() {
    Function<Tensor, Tensor> f =
        a ->
            customRoot((Tensor x, String none) -> x.mul(2).sub(a))
                .apply(
                    (init, none) -> {
                      // the minimum of x^2 - a x by one Newton step
                      Function<Tensor, Tensor> objective = x -> x.mul(x).sub(a.mul(x));
                      return init.sub(grad(objective, init).div(hessian(objective, init)));
                    })
                .apply(ONE, NOTHING);
    assertNear(f.apply(scalar(3)), 1.5);
    assertNear(grad(f, scalar(3)), 0.5);
    assertNear(hessian(a -> f.apply(a).pow(2), scalar(3)), 0.5);
    assertNear(vmap(a -> grad(f, a), tensor(3, 4)), 0.5, 0.5);
  }
}
