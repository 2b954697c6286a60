package dini.functional;

import static dini.core.Comparisons.where;
import static dini.core.Elementwise.floor;
import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.stopGradient;
import static dini.core.Products.dot;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.ints;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Jacobians.hessian;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.makeProgram;
import static dini.functional.Transforms.valueAndGrad;
import static dini.functional.Transforms.vjp;
import static dini.functional.Transforms.vmap;
import static dini.functional.ZeroOrder.Method.ANTITHETIC;
import static dini.functional.ZeroOrder.Method.FORWARD;
import static dini.functional.ZeroOrder.Method.NAIVE;
import static dini.functional.ZeroOrder.zeroOrder;
import static dini.functional.random.Continuous.normal;
import static dini.functional.random.Continuous.uniform;
import static dini.functional.random.Distribution.NORMAL;
import static dini.functional.random.Distribution.RADEMACHER;
import static dini.functional.random.Keys.key;
import static dini.functional.random.Keys.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.TracerException;
import dini.core.TreeException;
import dini.core.trace.Closed;
import dini.core.trace.Staging;
import dini.functional.ZeroOrder.Method;
import dini.functional.random.Distribution;
import dini.functional.random.Key;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Estimated gradients inside transformations; their values are in the golden tests. */
class ZeroOrderTest {
  private static final Tensor X = tensor(0.5, -1.25, 2);

  /**
   * One chance in a million for each number compared, taken when the keys were written down: the
   * estimates never change.
   */
  private static final double SIGMAS = 4.9;

  private static Tensor wave(Tensor x) {
    return sum(sin(x).mul(x));
  }

  /** The derivative of the wave. */
  private static double slope(double x) {
    return Math.cos(x) * x + Math.sin(x);
  }

  /** Means of estimates, one a row, against their expectations. */
  private static void assertMeans(String what, Tensor rows, double... expected) {
    int n = rows.shape().extent(0);
    Tensor mean = rows.mean(0);
    Tensor deviation = rows.sub(mean).pow(2).mean(0);
    for (int i = 0; i < expected.length; i++) {
      double allowed = SIGMAS * Math.sqrt(deviation.item(i) / n);
      assertThat(Math.abs(mean.item(i) - expected[i]))
          .as("%s: element %d: %s, expected %s", what, i, mean.item(i), expected[i])
          .isLessThanOrEqualTo(allowed);
      assertThat(allowed).as("%s: power", what).isLessThan(0.5 * (1 + Math.abs(expected[i])));
    }
  }

  @ParameterizedTest
  @EnumSource
  void valueIsThatOfTheFunctionAtThePoint(Method method) {
    BiFunction<Key, Tensor, Tensor> f = zeroOrder(ZeroOrderTest::wave, method, 3, 0.1, NORMAL);
    assertThat(f.apply(key(0), X)).isEqualTo(wave(X));
    assertThat(valueAndGrad(x -> f.apply(key(0), x), X).value()).isEqualTo(wave(X));
    assertThat(jvp(x -> f.apply(key(0), x), X, X).value()).isEqualTo(wave(X));
    Function<Tensor, Tensor> negativeZero = x -> sum(x).mul(0).sub(0.0).mul(-1);
    assertThat(
            valueAndGrad(x -> zeroOrder(negativeZero, method, 3, 0.1, NORMAL, key(0), x), ones(2))
                .value())
        .isEqualTo(negativeZero.apply(ones(2)));
  }

  @ParameterizedTest
  @EnumSource
  void allModesGiveOneLinearMap(Method method) {
    Function<Tensor, Tensor> f =
        x -> zeroOrder(ZeroOrderTest::wave, method, 7, 0.1, NORMAL, key(1), x);
    Tensor g = grad(f, X);
    Tensor v = tensor(1, -2, 0.5);
    assertNear(jvp(f, X, v).tangent(), dot(g, v).toDouble());
    assertNear(vjp(f, X).pullback().apply(scalar(3)), g.mul(3).toArray());
    assertNear(Transforms.linearize(f, X).map().apply(v), dot(g, v).toDouble());
    assertNear(Jacobians.jacfwd(f, X), g.toArray());
    assertThat(grad(f, X)).as("same key, same bits").isEqualTo(g);
    assertThat(grad(x -> zeroOrder(ZeroOrderTest::wave, method, 7, 0.1, NORMAL, key(2), x), X))
        .isNotEqualTo(g);
  }

  /** The name of the trap: dividing by 1/σ in place of σ. */
  @Test
  void forwardHasTheRightScaleAtSmallSigma() {
    Key keys = split(key(3), 4000);
    for (double sigma : new double[] {1e-1, 1e-2, 1e-4}) {
      Tensor each =
          vmap(
              k -> grad(x -> zeroOrder(ZeroOrderTest::wave, FORWARD, 1, sigma, NORMAL, k, x), X),
              keys);
      // of second order in sigma: for 0.1 at most 0.1^2 / 2 * 3 |f'''|
      double[] bias = {0.97, 1.03};
      for (int i = 0; i < 3; i++) {
        double expected = slope(X.item(i));
        double spread = SIGMAS * Math.sqrt(each.sub(each.mean(0)).pow(2).mean(0).item(i) / 4000);
        double mean = each.mean(0).item(i);
        assertThat(Math.abs(mean - expected))
            .isLessThanOrEqualTo(spread + Math.abs(expected) * (bias[1] - 1));
        assertThat(spread).isLessThan(0.3);
      }
    }
  }

  /** The base value of every sample is f(θ), so that a constant has no derivative at all. */
  @Test
  void forwardAndAntitheticOfAConstantAreZero() {
    for (Method method : List.of(FORWARD, ANTITHETIC)) {
      Tensor g =
          grad(x -> zeroOrder(z -> sum(z).mul(0).add(1e6), method, 50, 1e-3, NORMAL, key(4), x), X);
      assertThat(g).isEqualTo(tensor(0, 0, 0));
    }
  }

  /** The count of integers below, which has derivative 0 wherever it has one. */
  @Test
  void functionsWithoutUsefulDerivative() {
    Function<Tensor, Tensor> steps = x -> sum(floor(x));
    assertThat(grad(steps, X)).isEqualTo(tensor(0, 0, 0));
    Tensor each =
        vmap(
            k -> grad(x -> zeroOrder(steps, ANTITHETIC, 1, 2, NORMAL, k, x), X),
            split(key(5), 20_000));
    // smoothed over many steps, floor is x - 1/2 up to 2 exp(-2 pi^2 2^2)
    assertMeans("floor", each, 1, 1, 1);
  }

  @Test
  void composesWithAnOuterLoss() {
    BiFunction<Key, Tensor, Tensor> f = zeroOrder(ZeroOrderTest::wave, ANTITHETIC, 8, 0.01, NORMAL);
    Tensor inner = grad(x -> f.apply(key(6), x), X.mul(2));
    double value = wave(X.mul(2)).toDouble();
    Tensor outer = grad(x -> f.apply(key(6), x.mul(2)).pow(2).add(sum(x)), X);
    assertNear(outer, inner.mul(2 * 2 * value).add(1).toArray());
  }

  @Test
  void capturedValuesHaveTheirOrdinaryDerivative() {
    Function<Tensor, Tensor> f =
        c -> zeroOrder((Tensor x) -> sum(x.pow(2).mul(c)), NAIVE, 2, 0.1, NORMAL).apply(key(7), X);
    Tensor c = tensor(1, 2, 3);
    assertNear(grad(f, c), X.pow(2).toArray());
    assertNear(jvp(f, c, ones(3)).tangent(), sum(X.pow(2)).toDouble());
    // as the argument of the outer function and captured by the inner one
    Tensor both =
        grad(x -> zeroOrder((Tensor z) -> dot(z, x), ANTITHETIC, 1, 1, RADEMACHER, key(7), x), c);
    Tensor z =
        grad(x -> zeroOrder((Tensor y) -> dot(y, c), ANTITHETIC, 1, 1, RADEMACHER, key(7), x), c);
    assertNear(both, z.add(c).toArray());
  }

  /** In one dimension, along 1 or -1, the quotient of c x^2 is exact: 2 c x, then 2 c and 2 x. */
  @Test
  void mixedDerivativesOfArgumentAndCapturedValue() {
    BiFunction<Tensor, Tensor, Tensor> f =
        (x, c) ->
            zeroOrder((Tensor z) -> z.mul(z).mul(c), ANTITHETIC, 2, 0.5, RADEMACHER, key(8), x);
    Tensor x = scalar(3);
    Tensor c = scalar(0.7);
    assertNear(grad(y -> grad(d -> f.apply(y, d), c), x), 6);
    assertNear(grad(d -> grad(y -> f.apply(y, d), x), c), 6);
    assertNear(jvp(y -> grad(d -> f.apply(y, d), c), x, scalar(1)).tangent(), 6);
    assertNear(grad(d -> jvp(y -> f.apply(y, d), x, scalar(1)).tangent(), c), 6);
    assertNear(grad(y -> grad(z -> f.apply(z, c), y), x), 1.4);
    assertNear(grad(d -> grad(y -> grad(z -> f.apply(z, d), y), x), c), 2);
    assertNear(grad(y -> grad(d -> grad(z -> f.apply(z, d), y), c), x), 2);
  }

  /** Also of a function whose own derivatives are 0 everywhere. */
  @ParameterizedTest
  @EnumSource
  void secondDerivativesAreEstimatedTooAndUnbiased(Method method) {
    Function<Tensor, Tensor> f =
        x -> sum(x.pow(2).mul(tensor(1, -2))).add(x.get(0).mul(x.get(1)).mul(3));
    Tensor at = tensor(0.3, -0.2);
    Tensor each =
        vmap(
            k -> hessian((Tensor x) -> zeroOrder(f, method, 3, 0.5, NORMAL, k, x), at).reshape(4),
            split(key(9), 20_000));
    assertMeans("hessian", each, 2, 3, 3, -4);
    Function<Tensor, Tensor> stairs = x -> sum(floor(x.pow(2).mul(16))).div(16);
    Tensor curved =
        vmap(
            k ->
                hessian((Tensor x) -> zeroOrder(stairs, method, 3, 1, NORMAL, k, x), at).reshape(4),
            split(key(10), 60_000));
    assertMeans("hessian of stairs", curved, 2, 0, 0, 2);
  }

  @Test
  void lanesOfVmapAreEachAlone() {
    Key keys = split(key(11), 3);
    Tensor points = tensor(new double[][] {{1, 2}, {3, 4}, {-1, 0}});
    BiFunction<Key, Tensor, Tensor> f = zeroOrder(ZeroOrderTest::wave, FORWARD, 5, 0.1, NORMAL);
    Tensor mapped =
        vmap(lane -> grad(x -> f.apply(lane.key(), x), lane.x()), new Lane(keys, points));
    Tensor summed =
        grad(xs -> sum(vmap(lane -> f.apply(lane.key(), lane.x()), new Lane(keys, xs))), points);
    for (int i = 0; i < 3; i++) {
      Key own = keys.get(i);
      Tensor alone = grad(x -> f.apply(own, x), points.get(i));
      assertNear(mapped.get(i), alone.toArray());
      assertNear(summed.get(i), alone.toArray());
    }
  }

  /** A key and a point. */
  public record Lane(Key key, Tensor x) {}

  /** Tensors of two dtypes, one that has no derivative, and one that is not asked for it. */
  public record Mixed(Tensor wide, Tensor narrow, Tensor count) {}

  @Test
  void treesMoveJointlyEachLeafInItsDtype() {
    Mixed at = new Mixed(tensor(1, 2), tensor(0.5, 1, 2).astype(DType.FLOAT32), ints(3));
    BiFunction<Key, Mixed, Tensor> f =
        zeroOrder(
            (Mixed m) ->
                sum(m.wide().pow(2))
                    .add(sum(m.narrow().pow(2)).astype(DType.FLOAT64))
                    .mul(m.count().astype(DType.FLOAT64).get(0)),
            ANTITHETIC,
            2000,
            0.1,
            NORMAL);
    Mixed g = grad(m -> f.apply(key(12), m), at);
    assertThat(g.narrow().type()).isEqualTo(at.narrow().type());
    assertThat(g.count()).isEqualTo(ints(0));
    assertNear(0.35, g.wide(), 6, 12);
    assertNear(0.35, g.narrow(), 3, 6, 12);
    Tensor fixed = at.wide();
    Tensor part = grad(w -> f.apply(key(12), new Mixed(fixed, w, at.count())), at.narrow());
    Tensor alone =
        grad(
            w ->
                zeroOrder(
                    (Mixed m) -> sum(m.narrow().pow(2)).astype(DType.FLOAT64).mul(3),
                    ANTITHETIC,
                    2000,
                    0.1,
                    NORMAL,
                    key(12),
                    new Mixed(fixed, w, at.count())),
            at.narrow());
    assertNear(1e-3, part, alone.toArray());
  }

  @Test
  void distributionOfOnesOwn() {
    Distribution flat = (k, shape) -> uniform(k, shape, -Math.sqrt(3), Math.sqrt(3));
    Tensor each =
        vmap(
            k -> grad(x -> zeroOrder(ZeroOrderTest::wave, ANTITHETIC, 1, 0.01, flat, k, x), X),
            split(key(13), 20_000));
    assertMeans("uniform", each, slope(0.5), slope(-1.25), slope(2));
  }

  /** All samples go through f together. */
  @Test
  void functionIsCalledOnceForAllSamples() {
    AtomicInteger calls = new AtomicInteger();
    Function<Tensor, Tensor> counted =
        x -> {
          calls.incrementAndGet();
          return wave(x);
        };
    int[] expected = {2, 2, 3};
    for (Method method : Method.values()) {
      calls.set(0);
      grad(x -> zeroOrder(counted, method, 100, 0.1, NORMAL, key(14), x), X);
      assertThat(calls.get()).as("%s", method).isEqualTo(expected[method.ordinal()]);
      calls.set(0);
      zeroOrder(counted, method, 100, 0.1, NORMAL, key(14), X);
      assertThat(calls.get()).isEqualTo(1);
    }
  }

  @Test
  void infiniteEstimatesLeaveTheValueAlone() {
    Function<Tensor, Tensor> spike = x -> sum(where(x.eq(1), x, Double.POSITIVE_INFINITY));
    ValueAndGrad<Tensor> both =
        valueAndGrad(x -> zeroOrder(spike, NAIVE, 3, 0.1, NORMAL, key(15), x), scalar(1));
    assertThat(both.value()).isEqualTo(scalar(1));
    assertThat(both.grad().toDouble()).isNaN();
  }

  @Test
  void programsKeepTheEstimate() {
    Function<Tensor, Tensor> f =
        x -> zeroOrder((Tensor z) -> sum(floor(z.mul(x))), NAIVE, 5, 0.3, NORMAL, key(16), x);
    Closed program = Staging.stage(x -> new Tensor[] {f.apply(x[0])}, List.of(X.type()));
    assertThat(program.apply(X)[0]).isEqualTo(f.apply(X));
    assertThat(grad(x -> program.apply(x)[0], X)).isEqualTo(grad(f, X));
    assertThat(makeProgram(f, X).toString()).contains("zeroOrder");
    Tensor rows = tensor(new double[][] {{1, 2, 3}, {4, 5, 6}});
    Tensor mapped = vmap(x -> program.apply(x)[0], rows);
    assertThat(mapped).isEqualTo(tensor(1 + 4 + 9, 16 + 25 + 36));
  }

  @Test
  void programsOfGradients() {
    Function<Tensor, Tensor> f =
        x -> zeroOrder((Tensor z) -> sum(floor(z.mul(X))), FORWARD, 5, 0.3, NORMAL, key(16), x);
    Closed gradient = Staging.stage(x -> new Tensor[] {grad(f, x[0])}, List.of(X.type()));
    assertThat(gradient.apply(X)[0]).isEqualTo(grad(f, X));
    assertNear(grad(x -> sum(gradient.apply(x)[0]), X), grad(x -> sum(grad(f, x)), X).toArray());
    Closed lanes =
        Staging.stage(
            x -> new Tensor[] {vmap((Tensor row) -> grad(f, row), x[0])},
            List.of(Tensors.zeros(2, 3).type()));
    Tensor rows = tensor(new double[][] {{1, 2, 3}, {4, 5, 6}});
    assertThat(lanes.apply(rows)[0]).isEqualTo(vmap((Tensor row) -> grad(f, row), rows));
    Closed values = Staging.stage(x -> new Tensor[] {vmap(f, x[0])}, List.of(rows.type()));
    assertThat(grad((Tensor x) -> sum(values.apply(x)[0]), rows))
        .isEqualTo(grad((Tensor x) -> sum(vmap(f, x)), rows));
  }

  @Test
  void refusesToStageAroundADerivativeOfWhatWasCaptured() {
    Function<Tensor, Tensor> f =
        x ->
            grad(
                c -> zeroOrder((Tensor z) -> sum(z.mul(c)), NAIVE, 2, 0.3, NORMAL, key(17), x),
                ones(3));
    assertThat(f.apply(X)).isEqualTo(X);
    assertThatExceptionOfType(TracerException.class)
        .isThrownBy(() -> makeProgram(f, X))
        .withMessageContaining("zeroOrder: in a function that is being staged");
  }

  @Test
  void refusesBadArguments() {
    Function<Tensor, Tensor> f = ZeroOrderTest::wave;
    assertThatNullPointerException()
        .isThrownBy(() -> zeroOrder((Function<Tensor, Tensor>) null, NAIVE, 1, 1, NORMAL))
        .withMessage("zeroOrder: f");
    assertThatNullPointerException()
        .isThrownBy(() -> zeroOrder(f, null, 1, 1, NORMAL))
        .withMessage("zeroOrder: method");
    assertThatNullPointerException()
        .isThrownBy(() -> zeroOrder(f, NAIVE, 1, 1, null))
        .withMessage("zeroOrder: distribution");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> zeroOrder(f, NAIVE, 0, 1, NORMAL))
        .withMessageContaining("samples, got 0");
    for (double sigma : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> zeroOrder(f, NAIVE, 1, sigma, NORMAL))
          .withMessageContaining("sigma, got " + sigma);
    }
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> zeroOrder((Tensor x) -> x, NAIVE, 1, 1, NORMAL, key(0), X))
        .withMessageContaining("must return a scalar, got f64[3]");
    assertThatExceptionOfType(DTypeException.class)
        .isThrownBy(() -> zeroOrder((Tensor x) -> sum(x.gt(0)), NAIVE, 1, 1, NORMAL, key(0), X))
        .withMessageContaining("floating scalar, got i64[]");
    assertThatExceptionOfType(TreeException.class)
        .isThrownBy(() -> zeroOrder((Tensor x) -> null, NAIVE, 1, 1, NORMAL, key(0), X));
    Distribution wrong = (k, shape) -> normal(k, 2);
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> grad(x -> zeroOrder(f, NAIVE, 1, 1, wrong, key(0), x), X))
        .withMessageContaining("gave f64[2] where shape (3,) was asked for");
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> grad(x -> zeroOrder(f, NAIVE, 1, 1, NORMAL, split(key(0)), x), X))
        .withMessageContaining("expected one key");
    assertThatExceptionOfType(TracerException.class)
        .isThrownBy(
            () ->
                grad(
                    x ->
                        zeroOrder(
                            (Tensor z) -> scalar(z.toArray()[0]), NAIVE, 1, 1, NORMAL, key(0), x),
                    X))
        .withMessageContaining("inside a vmap were read");
    assertThat(grad(x -> zeroOrder(f, NAIVE, 1, 1, NORMAL, key(0), stopGradient(x)).add(sum(x)), X))
        .isEqualTo(ones(3));
  }
}
