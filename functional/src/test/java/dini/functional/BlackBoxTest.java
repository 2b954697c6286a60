package dini.functional;

import static dini.core.Comparisons.where;
import static dini.core.Elementwise.stopGradient;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vmap;
import static dini.functional.ZeroOrder.Method.ANTITHETIC;
import static dini.functional.ZeroOrder.Method.FORWARD;
import static dini.functional.ZeroOrder.Method.NAIVE;
import static dini.functional.ZeroOrder.blackBox;
import static dini.functional.ZeroOrder.zeroOrder;
import static dini.functional.random.Distribution.NORMAL;
import static dini.functional.random.Keys.key;
import static dini.functional.random.Keys.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatObject;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.DType;
import dini.core.Tensor;
import dini.core.TracerException;
import dini.core.trace.Closed;
import dini.core.trace.Staging;
import dini.functional.ZeroOrder.Method;
import dini.functional.random.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plain Java inside transformations. */
class BlackBoxTest {
  private static final Tensor X = tensor(0.5, -1.25, 2);

  /** What no transformation could look into. */
  private static double plain(Tensor x) {
    double total = 0;
    for (double value : x.toArray()) {
      total += value > 0 ? value * value : -3 * value;
    }
    return total;
  }

  private static final Function<Tensor, Tensor> BOX = blackBox(BlackBoxTest::plain);

  /** The same with operations. */
  private static Tensor traced(Tensor x) {
    return sum(where(x.gt(0), x.mul(x), x.mul(-3)));
  }

  @Test
  void runsOnPlainTensors() {
    assertThat(BOX.apply(X)).isEqualTo(scalar(plain(X)));
    Tensor rows = tensor(new double[][] {{1, 2}, {-3, 4}});
    assertThatObject(vmap(BOX, rows)).isEqualTo(tensor(5, 25));
    assertThatObject(vmap(BOX, zeros(0, 2))).isEqualTo(zeros(0));
    assertThatObject(vmap(row -> vmap(BOX, row), rows.reshape(2, 2, 1)))
        .isEqualTo(tensor(new double[][] {{1, 4}, {9, 16}}));
    assertThatObject(vmap(row -> sum(row).add(BOX.apply(X)), rows))
        .isEqualTo(rows.sum(1).add(plain(X)));
  }

  @ParameterizedTest
  @EnumSource
  void estimatesOfPlainCodeAreThoseOfOperations(Method method) {
    BiFunction<Key, Tensor, Tensor> box = zeroOrder(BOX, method, 20, 0.3, NORMAL);
    BiFunction<Key, Tensor, Tensor> operations =
        zeroOrder(BlackBoxTest::traced, method, 20, 0.3, NORMAL);
    Tensor expected = grad(x -> operations.apply(key(1), x), X);
    assertNear(grad(x -> box.apply(key(1), x), X), expected.toArray());
    assertNear(jvp(x -> box.apply(key(1), x), X, ones(3)).tangent(), sum(expected).toDouble());
    Tensor curvature = grad(x -> sum(grad(y -> operations.apply(key(1), y), x)), X);
    assertNear(grad(x -> sum(grad(y -> box.apply(key(1), y), x)), X), curvature.toArray());
    Key keys = split(key(2), 3);
    assertNear(
        vmap(k -> grad(x -> box.apply(k, x), X), keys).reshape(9),
        vmap(k -> grad(x -> operations.apply(k, x), X), keys).toArray());
  }

  @Test
  void trees() {
    Function<List<Tensor>, Tensor> box =
        blackBox(pair -> plain(pair.get(0)) * pair.get(1).toDouble());
    List<Tensor> at = List.of(X, scalar(2));
    List<Tensor> g =
        grad(pair -> zeroOrder(box, ANTITHETIC, 20_000, 0.01, NORMAL, key(3), pair), at);
    assertNear(0.1, g.get(0), 2, -6, 8);
    assertNear(0.1, g.get(1), plain(X));
    Tensor narrow = X.astype(DType.FLOAT32);
    Tensor ofNarrow =
        grad(x -> zeroOrder(BOX, ANTITHETIC, 20_000, 0.01, NORMAL, key(3), x), narrow);
    assertThat(ofNarrow.dtype()).isEqualTo(DType.FLOAT32);
    assertNear(0.1, ofNarrow, 1, -3, 4);
  }

  @Test
  void hasNoDerivativeOfItsOwn() {
    assertThatExceptionOfType(TracerException.class)
        .isThrownBy(() -> grad(BOX, X))
        .withMessageContaining("blackBox: a function that reads values has no derivative")
        .withMessageContaining("zeroOrder");
    assertThatExceptionOfType(TracerException.class).isThrownBy(() -> jvp(BOX, X, X));
    assertThatExceptionOfType(TracerException.class)
        .isThrownBy(() -> grad((Tensor xs) -> sum(vmap(BOX, xs)), X.reshape(3, 1)));
    assertThat(grad(x -> BOX.apply(stopGradient(x)).add(sum(x)), X)).isEqualTo(ones(3));
  }

  @Test
  void refusesToLoseTheDerivativeOfWhatItCaptured() {
    Function<Tensor, Tensor> loses =
        c -> zeroOrder(blackBox((Tensor x) -> plain(x.mul(c))), NAIVE, 2, 1, NORMAL, key(4), X);
    assertThatExceptionOfType(TracerException.class)
        .isThrownBy(() -> grad(loses, ones(3)))
        .withMessageContaining("read a captured value that is being differentiated");
    Function<Tensor, Tensor> keeps =
        c -> {
          Tensor constant = stopGradient(c);
          return zeroOrder(
                  blackBox((Tensor x) -> plain(x.mul(constant))), NAIVE, 2, 1, NORMAL, key(4), X)
              .add(sum(c));
        };
    assertThat(grad(keeps, ones(3))).isEqualTo(ones(3));
  }

  @Test
  void mayCaptureLanes() {
    Tensor scales = tensor(1, 2, 3);
    Tensor each = vmap(c -> blackBox((Tensor x) -> plain(x) * c.toDouble()).apply(X), scales);
    assertNear(each, plain(X), 2 * plain(X), 3 * plain(X));
  }

  @Test
  void lanesRunInOrder() {
    List<Double> seen = new ArrayList<>();
    vmap(
        blackBox(
            (Tensor x) -> {
              seen.add(x.toDouble());
              return 0;
            }),
        tensor(3, 1, 2));
    assertThat(seen).containsExactly(3.0, 1.0, 2.0);
  }

  @Test
  void programsCallIt() {
    Closed program = Staging.stage(x -> new Tensor[] {BOX.apply(x[0].mul(2))}, List.of(X.type()));
    assertThat(program.program().toString()).contains("blackBox");
    assertThat(program.apply(X)[0]).isEqualTo(BOX.apply(X.mul(2)));
    BiFunction<Key, Tensor, Tensor> f = zeroOrder(BOX, FORWARD, 5, 0.1, NORMAL);
    Closed estimated = Staging.stage(x -> new Tensor[] {f.apply(key(5), x[0])}, List.of(X.type()));
    assertThat(grad(x -> estimated.apply(x)[0], X)).isEqualTo(grad(x -> f.apply(key(5), x), X));
    Closed gradient =
        Staging.stage(x -> new Tensor[] {grad(y -> f.apply(key(5), y), x[0])}, List.of(X.type()));
    assertThat(gradient.apply(X)[0]).isEqualTo(grad(x -> f.apply(key(5), x), X));
  }

  @Test
  void exceptionsOfTheCodeArriveUnchanged() {
    IllegalStateException thrown = new IllegalStateException("simulator is down");
    Function<Tensor, Tensor> broken =
        blackBox(
            x -> {
              throw thrown;
            });
    assertThatThrownBy(() -> grad(x -> zeroOrder(broken, NAIVE, 2, 1, NORMAL, key(6), x), X))
        .isSameAs(thrown);
    assertThat(grad(x -> sum(x.mul(x)), X)).as("traces are closed").isEqualTo(X.mul(2));
  }
}
