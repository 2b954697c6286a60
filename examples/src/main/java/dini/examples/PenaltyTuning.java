package dini.examples;

import static dini.core.Tensors.full;
import static dini.core.Tensors.linspace;
import static dini.functional.Transforms.valueAndGrad;
import static java.util.Comparator.comparingDouble;

import dini.core.Shape;
import dini.core.Tensor;
import dini.functional.ValueAndGrad;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Chooses the penalties of a model so that it predicts other rows well, by gradient descent. The
 * gradient goes through the fit: how the best weights move with the penalties follows from the
 * implicit function theorem.
 *
 * @param model the model, with the rows that it is fitted to
 * @param validation the rows to predict
 */
record PenaltyTuning(Ridge model, Sample validation) {

  /**
   * A point of the descent.
   *
   * @param logPenalties the penalties, as u of exp(u)
   * @param loss the validation loss there
   * @param gradient its gradient
   * @param nanos the time that both took
   */
  record Point(Tensor logPenalties, double loss, Tensor gradient, long nanos) {}

  /** How badly the model predicts the validation rows when it is fitted with these penalties. */
  Tensor loss(Tensor logPenalties) {
    return validation.error(model.fit(logPenalties));
  }

  /** The penalty that is best if all features share one, of 41 between 0.01 and 100. */
  Tensor bestShared() {
    Shape features = Shape.of(model.train().features());
    return Arrays.stream(linspace(Math.log(0.01), Math.log(100), 41).toArray())
        .mapToObj(u -> full(features, u))
        .min(comparingDouble(u -> loss(u).toDouble()))
        .orElseThrow();
  }

  /**
   * Gradient descent. The rate grows while the loss falls; a step that would raise the loss is not
   * taken, and the next one is shorter.
   *
   * @param start the first penalties, as u of exp(u)
   * @param steps how many steps
   * @param progress called after each step
   * @return the start, and where each step ended
   */
  List<Point> descend(Tensor start, int steps, Runnable progress) {
    Point here = point(start);
    List<Point> path = new ArrayList<>(List.of(here));
    double rate = 1 / here.loss();
    for (int i = 0; i < steps; i++) {
      Point there = point(here.logPenalties().sub(here.gradient().mul(rate)));
      boolean lower = there.loss() < here.loss();
      here = lower ? there : here;
      rate *= lower ? 1.5 : 0.5;
      path.add(here);
      progress.run();
    }
    return path;
  }

  private Point point(Tensor logPenalties) {
    long start = System.nanoTime();
    ValueAndGrad<Tensor> loss = valueAndGrad(this::loss, logPenalties);
    long nanos = System.nanoTime() - start;
    return new Point(logPenalties, loss.value().toDouble(), loss.grad(), nanos);
  }
}
