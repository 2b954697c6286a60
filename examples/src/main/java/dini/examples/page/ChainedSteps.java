package dini.examples.page;

import static dini.core.Elementwise.square;
import static dini.core.Tensors.scalar;
import static dini.functional.Transforms.grad;
import static dini.functional.optim.Schedules.exponential;
import static dini.functional.optim.Transformations.addDecayedWeights;
import static dini.functional.optim.Transformations.chain;
import static dini.functional.optim.Transformations.clipGradNorm;
import static dini.functional.optim.Transformations.nanToNum;
import static dini.functional.optim.Transformations.scaleByLearningRate;
import static dini.functional.optim.Transformations.trace;

import dini.core.Tensor;
import dini.functional.optim.ChainState;
import dini.functional.optim.Exponential;
import dini.functional.optim.MetaOptimizer;
import dini.functional.optim.Optimizer;
import java.util.Set;

/**
 * Transformations and schedules: an optimizer of one's own, of clipping, decay of one leaf,
 * momentum and a rate in steps, and a derivative through all of it.
 *
 * @param line the parameters after three steps
 * @param metaGradient the derivative of the line at 3 with respect to the meta-parameter x
 */
public record ChainedSteps(Line line, Tensor metaGradient) {

  /**
   * A line: the tree of parameters, whose leaves have the names {@code slope} and {@code offset}.
   */
  public record Line(Tensor slope, Tensor offset) {
    Tensor at(Tensor x) {
      return slope.mul(x).add(offset);
    }
  }

  /** Runs the block. */
  public static ChainedSteps run() {
    Tensor x = scalar(2);
    return new ChainedSteps(fitted(x), grad(y -> fitted(y).at(scalar(3)), x));
  }

  static Optimizer<ChainState> optimizer() {
    Exponential halved = new Exponential(0.1, 0.5, 2).withStaircase(true);
    return chain(
        nanToNum(0, 1, -1),
        clipGradNorm(1.0),
        addDecayedWeights(0.01, Set.of("slope")::contains),
        trace(0.9),
        scaleByLearningRate(exponential(halved)));
  }

  private static Line fitted(Tensor x) {
    MetaOptimizer<Line> optim = new MetaOptimizer<>(new Line(scalar(1), scalar(0.5)), optimizer());
    for (int step = 0; step < 3; step++) {
      optim.step(line -> square(line.at(x).sub(1)));
    }
    return optim.params();
  }

  @Override
  public String toString() {
    return """
    after three steps:                 slope = %s, offset = %s
    d line(3) / dx:                    %s\
    """
        .formatted(line.slope(), line.offset(), metaGradient);
  }
}
