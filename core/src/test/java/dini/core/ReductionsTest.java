package dini.core;

import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** What axes mean; values are the business of the golden tests. */
class ReductionsTest {
  private static final int[] NONE = {};

  private final Tensor x = tensor(new double[][] {{1, 2}, {3, 4}});

  @Test
  void noAxesReduceNothing() {
    assertThat(Reductions.sum(x, NONE)).isEqualTo(x);
    assertThat(Reductions.mean(x, NONE)).isEqualTo(x);
    assertThat(Reductions.max(x, NONE)).isEqualTo(x);
    assertThat(Reductions.min(x, NONE)).isEqualTo(x);
    assertThat(Reductions.logSumExp(x, NONE)).isEqualTo(x);
    assertThat(Reductions.norm(x, NONE)).isEqualTo(x);
    assertThat(Reductions.sum(x, NONE, false)).isEqualTo(x);
    assertThat(Reductions.sum(x, NONE, true)).isEqualTo(x);
  }

  @Test
  void withoutAxesAllAreReduced() {
    assertThat(Reductions.sum(x)).isEqualTo(scalar(10)).isEqualTo(x.sum());
    assertThat(Reductions.mean(x)).isEqualTo(scalar(2.5)).isEqualTo(x.mean());
    assertThat(Reductions.max(x)).isEqualTo(scalar(4)).isEqualTo(x.max());
    assertThat(Reductions.min(x)).isEqualTo(scalar(1)).isEqualTo(x.min());
  }

  @Test
  void axesCountFromBothEnds() {
    assertThat(x.sum(0)).isEqualTo(tensor(4, 6)).isEqualTo(x.sum(-2));
    assertThat(x.mean(1)).isEqualTo(tensor(1.5, 3.5));
    assertThat(x.max(-1)).isEqualTo(tensor(2, 4));
    assertThat(x.min(0)).isEqualTo(tensor(1, 2));
    assertThat(x.sum(1, 0)).isEqualTo(scalar(10)).isEqualTo(Reductions.sum(x, 0, -1));
  }

  @Test
  void productsOfNothingAndOfIntegers() {
    assertThat(Reductions.prod(Tensors.zeros(0))).isEqualTo(scalar(1));
    assertThat(Reductions.prod(Tensors.zeros(2, 0), 1)).isEqualTo(tensor(1, 1));
    assertThat(Reductions.prod(x, NONE)).isEqualTo(x);
    assertThat(Reductions.prod(x, 0)).isEqualTo(tensor(3, 8));
    assertThat(Reductions.prod(Tensors.ints(1 << 20, 1 << 12)).toLong()).isZero();
    assertThat(Reductions.prod(Tensors.bools(true, false))).isEqualTo(longScalar(0));
    assertThat(Reductions.prod(Tensors.tensor(-0.0, 1)).toDouble()).isEqualTo(-0.0);
  }

  @Test
  void truthIsNotZero() {
    Tensor some = tensor(0, Double.NaN, -0.0);
    assertThat(Reductions.any(some)).isEqualTo(truth(true));
    assertThat(Reductions.all(some)).isEqualTo(truth(false));
    assertThat(Reductions.countNonZero(some)).isEqualTo(longScalar(1));
    assertThat(Reductions.all(Tensors.zeros(0))).isEqualTo(truth(true));
    assertThat(Reductions.any(Tensors.zeros(0))).isEqualTo(truth(false));
    assertThat(Reductions.all(Tensors.zeros(2, 0), 1)).isEqualTo(Tensors.bools(true, true));
    assertThat(Reductions.all(x, NONE).dtype()).isEqualTo(DType.BOOL);
    assertThat(Reductions.any(Tensors.ints(0, 3), new int[] {0}, true))
        .isEqualTo(Tensors.bools(true));
    Tensor v = tensor(3, 2, 2);
    assertThat(Reductions.all(v.get(Index.from(1)).le(v.get(Index.to(-1)))).toBoolean()).isTrue();
  }

  @Test
  void sumsOfTruthsCountOverSeveralRunsOfAxes() {
    Tensor truths = Shapes.broadcastTo(Tensors.bools(true, false, true), 2, 5, 3);
    assertThat(Reductions.sum(truths, 0, 2)).isEqualTo(Tensors.longs(4, 4, 4, 4, 4));
    assertThat(Reductions.sum(truths)).isEqualTo(longScalar(20));
    assertThat(Reductions.sum(truths, 0).get(4)).isEqualTo(Tensors.longs(2, 0, 2));
  }

  @Test
  void whatHasNoOrderOrNoAxisIsRefused() {
    assertThatExceptionOfType(DTypeException.class)
        .isThrownBy(() -> Reductions.max(Tensors.bools(true)))
        .withMessage("max: truth values have no order, got bool[1]");
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> Reductions.prod(x, 0, -2))
        .withMessage("prod: axis -2 of f64[2,2] is named twice");
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> Reductions.any(x, 2))
        .withMessage("any: axis 2 of a tensor of shape (2, 2) does not exist");
  }

  private static Tensor longScalar(long value) {
    return Tensors.full(value, DType.INT64);
  }

  private static Tensor truth(boolean value) {
    return Tensors.full(value ? 1 : 0, DType.BOOL);
  }

  @Test
  void softmaxOverSeveralAxes() {
    Tensor x = Tensors.linspace(-3, 4, 24).reshape(2, 3, 4);
    Tensor joined = x.transpose(1, 0, 2).reshape(3, 8);
    assertThat(Reductions.softmax(x, 0, -1).transpose(1, 0, 2).reshape(3, 8).toArray())
        .containsExactly(Reductions.softmax(joined, 1).toArray(), within(1e-16));
    assertThat(Reductions.logSoftmax(x, 0, -1).transpose(1, 0, 2).reshape(3, 8).toArray())
        .containsExactly(Reductions.logSoftmax(joined, 1).toArray(), within(1e-15));
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> Reductions.softmax(scalar(1), 0))
        .withMessage("softmax: axis 0 of a tensor of shape () does not exist");
  }
}
