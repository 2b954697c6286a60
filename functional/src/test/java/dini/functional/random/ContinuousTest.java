package dini.functional.random;

import static dini.functional.random.Continuous.exponential;
import static dini.functional.random.Continuous.gumbel;
import static dini.functional.random.Continuous.normal;
import static dini.functional.random.Continuous.truncatedNormal;
import static dini.functional.random.Continuous.uniform;
import static dini.functional.random.Keys.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Index;
import dini.core.Shape;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.functional.Gauss;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Distributions by moments and by Kolmogorov and Smirnov, in both precisions. */
class ContinuousTest {
  private static final int N = 200_000;

  private static double[] sample(BiFunction<Key, TensorType, Tensor> law, long seed, DType dtype) {
    Tensor sample = law.apply(key(seed), new TensorType(Shape.of(N), dtype));
    assertThat(sample.dtype()).isEqualTo(dtype);
    return sample.toArray();
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT64", "FLOAT32"})
  void uniformNumbers(DType dtype) {
    double[] x = sample(Continuous::uniform, 1, dtype);
    Statistics.assertMoments("uniform", x, 1.0 / 2, 1.0 / 3, 1.0 / 4, 1.0 / 5);
    Statistics.assertDistribution("uniform", x, v -> v);
    assertThat(Arrays.stream(x)).allMatch(v -> v >= 0 && v < 1);
    double grid = dtype == DType.FLOAT64 ? 0x1p53 : 0x1p24;
    assertThat(Arrays.stream(x)).allMatch(v -> v * grid == Math.rint(v * grid));
    assertThat(Arrays.stream(x).filter(v -> v * grid / 2 != Math.rint(v * grid / 2)).count())
        .as("numbers whose last bit is set")
        .isBetween(N / 2 - 1100L, N / 2 + 1100L);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT64", "FLOAT32"})
  void normalNumbers(DType dtype) {
    double[] x = sample(Continuous::normal, 2, dtype);
    Statistics.assertMoments("normal", x, 0, 1, 0, 3, 0, 15);
    Statistics.assertDistribution("normal", x, Gauss::cdf);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT64", "FLOAT32"})
  void truncatedNormalNumbers(DType dtype) {
    double infinity = Double.POSITIVE_INFINITY;
    for (double[] bounds : new double[][] {{-1, 2}, {0.5, infinity}, {-infinity, -2}, {-3, 0}}) {
      double low = Gauss.cdf(bounds[0]);
      double mass = Gauss.cdf(bounds[1]) - low;
      double[] x =
          sample((key, type) -> truncatedNormal(key, bounds[0], bounds[1], type), 5, dtype);
      assertThat(Arrays.stream(x)).allMatch(v -> v >= bounds[0] && v <= bounds[1]);
      Statistics.assertDistribution("truncated", x, v -> (Gauss.cdf(v) - low) / mass);
    }
  }

  @Test
  void truncatedNormalRefusesWhatInversionCannotReach() {
    for (double[] bounds : new double[][] {{1, 1}, {2, 1}, {9, 10}, {Double.NaN, 1}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> truncatedNormal(key(1), bounds[0], bounds[1], 3))
          .withMessageStartingWith("truncatedNormal: expected lower < upper with a probability");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT64", "FLOAT32"})
  void exponentialNumbers(DType dtype) {
    double[] x = sample(Continuous::exponential, 3, dtype);
    Statistics.assertMoments("exponential", x, 1, 2, 6, 24);
    Statistics.assertDistribution("exponential", x, v -> -Math.expm1(-v));
    assertThat(Arrays.stream(x)).allMatch(v -> v > 0);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT64", "FLOAT32"})
  void gumbelNumbers(DType dtype) {
    double[] x = sample(Continuous::gumbel, 4, dtype);
    double euler = 0.5772156649015329;
    Statistics.assertMoments("gumbel", x, euler, Math.PI * Math.PI / 6 + euler * euler);
    Statistics.assertDistribution("gumbel", x, v -> Math.exp(-Math.exp(-v)));
  }

  @Test
  void neighboursAreIndependent() {
    double[] x = normal(key(5), N + 1).toArray();
    Statistics.assertUncorrelated(
        "neighbours", Arrays.copyOf(x, N), Arrays.copyOfRange(x, 1, N + 1));
    double[] square = Arrays.stream(x).map(v -> v * v).toArray();
    Statistics.assertUncorrelated(
        "squares of neighbours", Arrays.copyOf(square, N), Arrays.copyOfRange(square, 1, N + 1));
    int half = N / 2;
    Statistics.assertUncorrelated(
        "halves", Arrays.copyOf(x, half), Arrays.copyOfRange(x, half, 2 * half));
  }

  @Test
  void uniformInARange() {
    double[] x = uniform(key(6), Shape.of(N), -3, 5).toArray();
    Statistics.assertDistribution("uniform in [-3, 5)", x, v -> (v + 3) / 8);
    assertThat(Arrays.stream(x)).allMatch(v -> v >= -3 && v < 5);
  }

  @Test
  void uniformNeverReachesItsBound() {
    double bound = Math.nextUp(1.0);
    assertThat(uniform(key(7), Shape.of(100), 1, bound).toArray()).containsOnly(1);
    TensorType narrow = new TensorType(Shape.of(100), DType.FLOAT32);
    assertThat(uniform(key(7), narrow, 1, Math.nextUp(1f)).toFloatArray()).containsOnly(1f);
    assertThat(uniform(key(7), Shape.of(1000), 1e16, 1e16 + 4).toArray())
        .containsOnly(1e16, 1e16 + 2);
  }

  @Test
  void firstNumbersDoNotDependOnHowManyThereAre() {
    Tensor many = normal(key(8), 1300);
    for (int n : new int[] {0, 1, 7, 511, 512, 513, 1024}) {
      assertThat(normal(key(8), n)).isEqualTo(many.get(Index.to(n)));
    }
    assertThat(normal(key(8), 26, 50)).isEqualTo(many.reshape(26, 50));
    assertThat(normal(key(8))).isEqualTo(many.get(0));
  }

  @Test
  void refusesBadArguments() {
    TensorType integers = new TensorType(Shape.of(3), DType.INT64);
    for (BiFunction<Key, TensorType, Tensor> law :
        List.<BiFunction<Key, TensorType, Tensor>>of(
            Continuous::uniform, Continuous::normal, Continuous::exponential, Continuous::gumbel)) {
      assertThatExceptionOfType(DTypeException.class)
          .isThrownBy(() -> law.apply(key(0), integers))
          .withMessageContaining("expected a floating dtype, got i64[3]");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> uniform(key(0), Shape.of(2), 1, 1))
        .withMessageContaining("min < max");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> uniform(key(0), Shape.of(2), 0, Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> uniform(key(0), Shape.of(2), -Double.MAX_VALUE, Double.MAX_VALUE));
    TensorType narrow = new TensorType(Shape.of(3), DType.FLOAT32);
    assertThatIllegalArgumentException()
        .as("equal in FLOAT32")
        .isThrownBy(() -> uniform(key(0), narrow, 1, 1 + 1e-12));
    assertThat(exponential(key(0), 2).dtype()).isEqualTo(DType.FLOAT64);
    assertThat(gumbel(key(0), 2).dtype()).isEqualTo(DType.FLOAT64);
  }
}
