package dini.functional.nn;

import static dini.core.Reductions.mean;
import static dini.core.Reductions.softmax;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.longs;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.IndexException;
import dini.core.Indexing;
import dini.core.ShapeException;
import dini.core.Tensor;
import org.junit.jupiter.api.Test;

/** Losses at edges; their values and derivatives elsewhere are in catalogue and golden files. */
class LossesTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  private final Tensor logits = tensor(new double[][] {{1, -2, 0.5}, {0, 3, 3}});
  private final Tensor labels = longs(2, 0);

  @Test
  void sureAndRightCostsLittleNotNothing() {
    Tensor loss = Losses.binaryLogistic(tensor(40, -40), tensor(1, 0));
    assertThat(loss).isEqualTo(tensor(4.248354255291589e-18, 4.248354255291589e-18));
    Tensor slope = grad(z -> sum(Losses.binaryLogistic(z, tensor(1, 0))), tensor(40, -40));
    assertThat(slope.toArray()).containsExactly(-4.248354255291589e-18, 4.248354255291589e-18);
  }

  @Test
  void sureAndWrongCostsInfinity() {
    assertThat(Losses.binaryLogistic(tensor(INF, -INF), tensor(0, 1))).isEqualTo(tensor(INF, INF));
  }

  @Test
  void huberIsFiniteAtInfiniteErrors() {
    Tensor x = tensor(INF, -INF, 1e300, 0);
    assertThat(Losses.huber(x, scalar(0), 2)).isEqualTo(tensor(INF, INF, 2e300, 0));
    assertThat(grad(v -> sum(Losses.huber(v, scalar(0), 2)), x)).isEqualTo(tensor(2, -2, 2, 0));
  }

  @Test
  void huberHasDeltaOneByDefault() {
    Tensor x = tensor(-3, 0.5, 1);
    assertThat(Losses.huber(x, scalar(0))).isEqualTo(tensor(2.5, 0.125, 0.5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.huber(x, scalar(0), 0))
        .withMessage("huber: delta must be positive, got 0.0");
  }

  @Test
  void slopeOfCrossEntropyIsSoftmaxWithoutTheLabel() {
    Tensor slope = grad(z -> sum(Losses.crossEntropy(z, labels)), logits);
    Tensor hot = Indexing.oneHot(labels, 3, DType.FLOAT64);
    assertNear(slope, softmax(logits, -1).sub(hot).toArray());
    Tensor slopeOfHot = grad(z -> sum(Losses.crossEntropy(z, hot)), logits);
    assertNear(slopeOfHot, slope.toArray());
  }

  @Test
  void labelsOfOneHotVectorsAreTheSame() {
    Tensor hot = Indexing.oneHot(labels, 3, DType.FLOAT64);
    assertNear(Losses.crossEntropy(logits, hot), Losses.crossEntropy(logits, labels).toArray());
  }

  @Test
  void impossibleClassesWithoutProbabilityCostNothing() {
    Tensor z = tensor(0, -INF);
    Tensor p = tensor(1, 0);
    assertThat(Losses.crossEntropy(z, p).toDouble()).isZero();
    assertThat(grad(v -> Losses.crossEntropy(v, p), z)).isEqualTo(tensor(0, 0));
    assertThat(Losses.crossEntropy(z, tensor(0, 1)).toDouble()).isEqualTo(INF);
  }

  @Test
  void labelsMatchTheLogits() {
    assertThatThrownBy(() -> Losses.crossEntropy(logits, longs(0, 1, 2)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContainingAll("crossEntropy", "i64[3]", "f64[2,3]", "(2,)");
    assertThatThrownBy(() -> Losses.crossEntropy(logits, tensor(0, 1)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContainingAll("crossEntropy", "f64[2]", "f64[2,3]");
    assertThatThrownBy(() -> Losses.crossEntropy(scalar(1), scalar(1)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("axis of classes");
    assertThatThrownBy(() -> Losses.crossEntropy(logits, longs(0, 3)))
        .isInstanceOf(IndexException.class)
        .hasMessageContainingAll("3", "extent 3");
    assertThatThrownBy(() -> Losses.crossEntropy(logits, labels.eq(0)))
        .isInstanceOf(DTypeException.class)
        .hasMessageContainingAll("crossEntropy", "bool[2]");
    assertThatThrownBy(() -> Losses.crossEntropy(logits, zeros(2, 3).astype(DType.FLOAT32)))
        .isInstanceOf(DTypeException.class)
        .hasMessageContainingAll("crossEntropy", "f32[2,3]");
  }

  @Test
  void meanOfNoExamplesIsNan() {
    assertThat(mean(Losses.squaredError(zeros(0), zeros(0))).toDouble()).isNaN();
  }
}
