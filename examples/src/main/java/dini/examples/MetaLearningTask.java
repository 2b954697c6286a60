package dini.examples;

import static dini.core.Indexing.takeAlongAxis;
import static dini.core.Reductions.logSumExp;
import static dini.core.Reductions.mean;
import static dini.core.Shapes.astype;
import static dini.core.Shapes.expandDims;
import static dini.core.Shapes.squeeze;
import static dini.core.Trees.treeNorm;
import static dini.functional.Transforms.valueAndGrad;

import dini.core.DType;
import dini.core.Tensor;
import dini.functional.ValueAndGrad;
import dini.functional.optim.FuncOptimizer;
import dini.functional.optim.Optimizers;
import java.util.function.Function;

/**
 * Task T6: the gradient of a loss after K steps of Adam on another batch, with respect to the
 * parameters before them, through all steps: what MAML and learned optimizers are made of. The
 * network has layers of 784, 64, 64 and 10 units and a tanh between them.
 *
 * @param steps how many steps of Adam
 * @param inner the batch that the steps learn from
 * @param outer the batch that the result is judged by
 * @param start the parameters before the first step
 */
record MetaLearningTask(int steps, Batch inner, Batch outer, TanhNetwork start) {
  private static final int[] WIDTHS = {784, 64, 64, 10};
  private static final int ROWS = 64;
  private static final double RATE = 1e-3;

  /** Inputs (rows, 784) and their classes (rows). */
  record Batch(Tensor x, Tensor labels) {}

  static MetaLearningTask of(int steps, DType dtype) {
    return new MetaLearningTask(
        steps, batch(7, 9, dtype), batch(8, 10, dtype), TanhNetwork.of(100, dtype, WIDTHS));
  }

  private static Batch batch(int inputs, int classes, DType dtype) {
    return new Batch(
        astype(PortableRandom.normal(inputs, ROWS, WIDTHS[0]), dtype),
        astype(PortableRandom.labels(classes, WIDTHS[3], ROWS), DType.INT64));
  }

  TaskResult measure(Mode mode) {
    String dtype = inner.x().dtype() == DType.FLOAT64 ? "f64" : "f32";
    Function<TanhNetwork, ValueAndGrad<TanhNetwork>> both = mode.of(this::lossAndGradient);
    return TaskResult.measure(
            mode,
            "T6",
            "K=" + steps + " " + dtype,
            () -> both.apply(start),
            result -> result.value().toDouble())
        .withGradientNorm(treeNorm(both.apply(start).grad()).toDouble());
  }

  /** The loss after the steps, and its gradient through them. */
  ValueAndGrad<TanhNetwork> lossAndGradient(TanhNetwork at) {
    return valueAndGrad(params -> loss(learned(params), outer), at);
  }

  private TanhNetwork learned(TanhNetwork params) {
    FuncOptimizer adam = new FuncOptimizer(Optimizers.adam(RATE).withEpsRoot(1e-8));
    TanhNetwork learned = params;
    for (int k = 0; k < steps; k++) {
      learned = adam.step(p -> loss(p, inner), learned);
    }
    return learned;
  }

  /** The mean cross-entropy. */
  private static Tensor loss(TanhNetwork params, Batch batch) {
    Tensor logits = params.apply(batch.x());
    Tensor chosen = squeeze(takeAlongAxis(logits, expandDims(batch.labels(), 1), 1), 1);
    return mean(logSumExp(logits, 1).sub(chosen));
  }
}
