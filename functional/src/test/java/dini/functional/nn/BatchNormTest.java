package dini.functional.nn;

import static dini.core.Elementwise.square;
import static dini.core.Elementwise.tanh;
import static dini.core.Reductions.mean;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.linspace;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zerosLike;
import static dini.core.Trees.treeAddScaled;
import static dini.core.Trees.treeMap;
import static dini.core.Trees.treeSub;
import static dini.core.Trees.treeVdot;
import static dini.functional.Buffers.mapBuffers;
import static dini.functional.Buffers.mapParameters;
import static dini.functional.Buffers.withBuffers;
import static dini.functional.Checks.checkGrads;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.gradWithAux;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TreeException;
import dini.functional.Buffer;
import dini.functional.CheckOptions;
import dini.functional.WithAux;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A layer with running statistics: what is trained, what is only kept. */
class BatchNormTest {
  /** A batch of inputs and targets. */
  public record Batch(Tensor x, Tensor y) {}

  /** What a user writes. */
  public record Net(Linear hidden, BatchNorm norm, Linear out) {
    WithAux<Tensor, Net> loss(Batch batch) {
      WithAux<Tensor, BatchNorm> normal = norm.train(hidden.apply(batch.x()));
      Tensor error = out.apply(tanh(normal.value())).sub(batch.y());
      return new WithAux<>(mean(square(error)), new Net(hidden, normal.aux(), out));
    }

    Tensor apply(Tensor x) {
      return out.apply(tanh(norm.apply(hidden.apply(x))));
    }
  }

  private static final double[][] DATA = {{1, -2}, {2.5, 0}, {-1, 0.5}, {0.25, 3}};
  private static final Tensor X = tensor(DATA);
  private static final BatchNorm LAYER =
      new BatchNorm(
          tensor(2, 0.5),
          tensor(-1, 3),
          new Buffer(tensor(0.5, 1)),
          new Buffer(tensor(4, 9)),
          0.25,
          1e-3);

  private static final Batch BATCH =
      new Batch(linspace(-1, 1.5, 10).reshape(5, 2), linspace(0.5, -0.5, 5).reshape(5, 1));
  private static final Net NET =
      new Net(
          new Linear(tensor(new double[][] {{0.5, -1}, {1, 0.25}}), tensor(0.1, -0.2)),
          BatchNorm.of(2),
          new Linear(tensor(new double[][] {{1}, {-0.5}}), tensor(0.3)));

  @Test
  void normalizesByTheRunningStatistics() {
    Tensor y = LAYER.apply(X);
    for (int i = 0; i < 4; i++) {
      assertNear(y.get(i, 0), 2 * (DATA[i][0] - 0.5) / Math.sqrt(4.001) - 1);
      assertNear(y.get(i, 1), 0.5 * (DATA[i][1] - 1) / Math.sqrt(9.001) + 3);
    }
  }

  @Test
  void trainsOnTheStatisticsOfTheBatchAndMovesTheRunningOnes() {
    WithAux<Tensor, BatchNorm> trained = LAYER.train(X);
    double[] running = {0.5, 1};
    double[] spread = {4, 9};
    for (int feature = 0; feature < 2; feature++) {
      double center = 0;
      for (double[] row : DATA) {
        center += row[feature] / 4;
      }
      double squares = 0;
      for (double[] row : DATA) {
        squares += (row[feature] - center) * (row[feature] - center);
      }
      double scale = LAYER.scale().item(feature) / Math.sqrt(squares / 4 + 1e-3);
      for (int i = 0; i < 4; i++) {
        assertNear(
            trained.value().get(i, feature),
            scale * (DATA[i][feature] - center) + LAYER.shift().item(feature));
      }
      BatchNorm next = trained.aux();
      assertNear(next.runningMean().value().get(feature), 0.75 * running[feature] + 0.25 * center);
      assertNear(
          next.runningVariance().value().get(feature), 0.75 * spread[feature] + 0.25 * squares / 3);
      assertThat(next.scale()).isEqualTo(LAYER.scale());
      assertThat(next.momentum()).isEqualTo(0.25);
    }
    assertThatObject(LAYER.runningMean().value()).isEqualTo(tensor(0.5, 1));
  }

  @Test
  void derivativeGoesThroughTheStatisticsOfTheBatch() {
    Tensor weights = linspace(-1, 2, 8).reshape(4, 2);
    Tensor g = grad(x -> sum(LAYER.train(x).value().mul(weights)), X);
    CheckOptions tight = CheckOptions.standard().withTolerance(1e-8);
    checkGrads(tight, x -> sum(LAYER.train(x).value().mul(weights)), X, 2);
    // moving a whole batch changes nothing
    assertNear(g.sum(0), 0, 0);
  }

  @Test
  void runningStatisticsHaveTheDerivativesOfTheBatch() {
    Tensor g = grad(x -> sum(LAYER.train(x).aux().runningMean().value()), X);
    assertNear(g.reshape(8), 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625);
  }

  @Test
  void aBatchNeedsTwoExamples() {
    assertThatThrownBy(() -> LAYER.train(tensor(new double[][] {{1, 2}})))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("two examples or more")
        .hasMessageContaining("f64[1,2]");
    assertThatThrownBy(() -> LAYER.train(tensor(1, 2))).isInstanceOf(ShapeException.class);
  }

  @Test
  void lossInTrainingDoesNotDependOnBuffers() {
    WithAux<Net, Net> g = gradWithAux(net -> net.loss(BATCH), NET);
    Net onlyParameters = mapBuffers(buffer -> zerosLike(buffer), g.value());
    assertThat(g.value()).isEqualTo(onlyParameters);
    assertThat(g.aux().hidden()).isEqualTo(NET.hidden());
  }

  @Test
  void trainingMovesParametersByTheGradientAndBuffersByTheBatch() {
    Net net = NET;
    double first = net.loss(BATCH).value().toDouble();
    for (int i = 0; i < 2000; i++) {
      WithAux<Net, Net> g = gradWithAux(n -> n.loss(BATCH), net);
      net = withBuffers(treeAddScaled(net, -0.2, g.value()), g.aux());
    }
    WithAux<Tensor, Net> last = net.loss(BATCH);
    assertThat(last.value().toDouble()).isLessThan(1e-3 * first);
    // after 2000 batches the average is the statistic of the batch
    Tensor hidden = net.hidden().apply(BATCH.x());
    assertNear(1e-3, net.norm().runningMean().value(), hidden.mean(0).toArray());
    Tensor spread = square(hidden.sub(hidden.mean(0))).sum(0).div(4);
    assertNear(1e-3, net.norm().runningVariance().value(), spread.toArray());
    // in use the running variance is the unbiased one, 5/4 of that of the batch
    assertThat(mean(square(net.apply(BATCH.x()).sub(BATCH.y()))).toDouble()).isLessThan(0.05);
  }

  @Test
  void buffersAndParametersAreToldApart() {
    Net moved = mapParameters(leaf -> leaf.add(1), NET);
    Net back = withBuffers(NET, moved);
    assertThat(back).isEqualTo(NET);
    assertThat(moved.norm().runningMean()).isEqualTo(NET.norm().runningMean());
    assertNear(moved.norm().scale(), 2, 2);
    Net shifted = mapBuffers(leaf -> leaf.add(1), NET);
    assertNear(shifted.norm().runningMean().value(), 1, 1);
    assertThat(withBuffers(NET, shifted)).isEqualTo(shifted);
    Net gap = treeSub(shifted, NET);
    assertNear(treeVdot(gap, gap), 4);
  }

  @Test
  void buffersAreFoundAnywhereInATree() {
    List<Object> tree = List.of(scalar(1), new Buffer(scalar(2)), List.of(new Buffer(scalar(3))));
    assertThat(mapBuffers(leaf -> leaf.mul(10), tree))
        .isEqualTo(List.of(scalar(1), new Buffer(scalar(20)), List.of(new Buffer(scalar(30)))));
    assertThat(mapParameters(leaf -> leaf.mul(10), tree))
        .isEqualTo(List.of(scalar(10), new Buffer(scalar(2)), List.of(new Buffer(scalar(3)))));
    assertThatObject(mapBuffers(leaf -> leaf.mul(10), scalar(1))).isEqualTo(scalar(1));
  }

  @Test
  void buffersOfAnotherStructureAreRefused() {
    assertThatThrownBy(
            () ->
                withBuffers(
                    List.of(new Buffer(scalar(1)), scalar(2)),
                    List.of(scalar(1), new Buffer(scalar(2)))))
        .isInstanceOf(TreeException.class)
        .hasMessageContaining("withBuffers: tree[0]");
  }

  @Test
  void nullIsRefused() {
    assertThatThrownBy(() -> mapBuffers(leaf -> null, NET))
        .isInstanceOf(TreeException.class)
        .hasMessageContaining("net.norm.runningMean.value");
    assertThat(treeMap(leaf -> leaf, NET)).isEqualTo(NET);
  }
}
