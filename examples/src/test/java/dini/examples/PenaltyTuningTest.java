package dini.examples;

import static dini.core.Elementwise.exp;
import static dini.core.Products.matmul;
import static dini.core.Reductions.mean;
import static dini.core.Reductions.norm;
import static dini.core.Tensors.full;
import static dini.core.Tensors.tensor;
import static dini.functional.Transforms.grad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dini.core.Csv;
import dini.core.Shape;
import dini.core.Tensor;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PenaltyTuningTest {
  /** Central differences with steps of 1e-4 err by about 1e-8, most of it their own. */
  private static final double DIFFERENCES = 1e-6;

  private final Dataset data = diabetes();
  private final Ridge model = new Ridge(data.train());
  private final PenaltyTuning tuning = new PenaltyTuning(model, data.validation());

  private static Dataset diabetes() {
    try (Reader in =
        new InputStreamReader(
            Tune.class.getResourceAsStream("diabetes.csv"), StandardCharsets.UTF_8)) {
      return Dataset.split("diabetes.csv", Csv.read("diabetes.csv", in), "target");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void splitsAndStandardizes() {
    assertThat(data.train().rows()).isEqualTo(265);
    assertThat(data.validation().rows()).isEqualTo(88);
    assertThat(data.test().rows()).isEqualTo(89);
    assertThat(data.features())
        .containsExactly("age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6");
    assertThat(norm(mean(data.train().x(), 0)).toDouble()).isLessThan(1e-13);
    assertThat(mean(data.train().y()).toDouble()).isCloseTo(0, within(1e-12));
    assertThat(mean(data.train().x().mul(data.train().x()), 0).toArray())
        .containsExactly(new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, within(1e-13));
  }

  @Test
  void shufflesEveryRowOnce() {
    int[] order = Dataset.shuffle(442);
    assertThat(order).isNotEqualTo(Arrays.stream(order).sorted().toArray());
    assertThat(Arrays.stream(order).sorted().toArray())
        .isEqualTo(IntStream.range(0, 442).toArray());
  }

  @Test
  void fitsToAStationaryPoint() {
    Tensor logPenalties = full(Shape.of(10), -2);
    Tensor weights = model.fit(logPenalties);
    Tensor gradient = grad(w -> model.objective(w, logPenalties), weights);
    assertThat(norm(gradient).toDouble()).isLessThan(1e-12 * norm(data.train().y()).toDouble());
  }

  @Test
  void leastSquaresLeavesAResidualOrthogonalToTheFeatures() {
    Sample train = data.train();
    Tensor residual = matmul(train.x(), model.leastSquares()).sub(train.y());
    double correlation = norm(matmul(train.x(), residual, true, false)).toDouble();
    double scale = norm(matmul(train.x(), train.y(), true, false)).toDouble();
    assertThat(correlation).isLessThan(1e-9 * scale);
  }

  @Test
  void hypergradientAgreesWithCentralDifferences() {
    for (Tensor point : List.of(tuning.bestShared(), full(Shape.of(10), -1))) {
      Tensor gradient = grad(tuning::loss, point);
      assertThat(GradientCheck.relativeError(tuning::loss, point, gradient))
          .isLessThan(DIFFERENCES);
    }
  }

  @Test
  void descentNeverRaisesTheValidationLoss() {
    Tensor start = tuning.bestShared();
    int[] calls = new int[1];
    List<PenaltyTuning.Point> path = tuning.descend(start, 30, () -> calls[0]++);
    assertThat(calls[0]).isEqualTo(30);
    assertThat(path).hasSize(31);
    assertThat(path.getFirst().logPenalties()).isEqualTo(start);
    for (int i = 1; i < path.size(); i++) {
      assertThat(path.get(i).loss()).isLessThanOrEqualTo(path.get(i - 1).loss());
    }
    // 3532.0 at the best single penalty, 3503.4 without any
    assertThat(path.getFirst().loss()).isCloseTo(3532.0, within(0.1));
    assertThat(path.getLast().loss()).isLessThan(3300);
    assertThat(tuning.loss(path.getLast().logPenalties()).toDouble())
        .isEqualTo(path.getLast().loss());
  }

  @Test
  void aSharedPenaltyOfOneFeatureIsTheOnlyChoice() {
    Sample sample = new Sample(tensor(new double[][] {{1}, {-1}, {2}, {-2}}), tensor(2, -2, 4, -4));
    PenaltyTuning exact = new PenaltyTuning(new Ridge(sample), sample);
    assertThat(exp(exact.bestShared()).item(0)).isCloseTo(0.01, within(1e-15));
  }
}
