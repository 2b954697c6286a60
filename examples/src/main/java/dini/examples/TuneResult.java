package dini.examples;

import dini.core.Tensor;
import java.util.List;

/**
 * What {@link Tune} found.
 *
 * @param data the data
 * @param leastSquares the model without penalties
 * @param shared the model with the best penalty for all features
 * @param tuned the model with the tuned penalties
 * @param path the descent from the one to the other
 * @param gradientError the relative error of the first gradient of the path
 */
record TuneResult(
    Dataset data,
    Model leastSquares,
    Model shared,
    Model tuned,
    List<PenaltyTuning.Point> path,
    double gradientError) {

  /**
   * A fitted model.
   *
   * @param name what it is called
   * @param penalties the penalty of each feature
   * @param weights the weight of each feature
   */
  record Model(String name, Tensor penalties, Tensor weights) {}

  /** The validation errors along the descent. */
  double[] validationErrors() {
    return path.stream().mapToDouble(PenaltyTuning.Point::loss).toArray();
  }

  /** The test errors along the descent, which did not see them. */
  double[] testErrors() {
    Ridge model = new Ridge(data.train());
    return path.stream()
        .map(point -> data.test().error(model.fit(point.logPenalties())))
        .mapToDouble(Tensor::toDouble)
        .toArray();
  }
}
