package dini.functional.random;

import static dini.core.Tensors.ints;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Transforms.vmap;
import static dini.functional.random.Discrete.bernoulli;
import static dini.functional.random.Discrete.bits;
import static dini.functional.random.Discrete.categorical;
import static dini.functional.random.Discrete.choice;
import static dini.functional.random.Discrete.permutation;
import static dini.functional.random.Discrete.rademacher;
import static dini.functional.random.Discrete.randint;
import static dini.functional.random.Keys.key;
import static dini.functional.random.Keys.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Elementwise;
import dini.core.Index;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DiscreteTest {
  private static final int N = 100_000;

  private static TensorType type(DType dtype, int... extents) {
    return new TensorType(Shape.of(extents), dtype);
  }

  private static long[] counts(long[] values, int of) {
    long[] counts = new long[of];
    for (long value : values) {
      counts[Math.toIntExact(value)]++;
    }
    return counts;
  }

  @Test
  void bitsAreBalanced() {
    long[] wide = bits(key(1), N).toLongArray();
    for (int bit = 0; bit < 64; bit++) {
      int at = bit;
      long set = Arrays.stream(wide).filter(x -> (x >>> at & 1) == 1).count();
      Statistics.assertEven("bit " + bit, set, N - set);
    }
    int[] narrow = bits(key(1), type(DType.INT32, N)).toIntArray();
    for (int bit = 0; bit < 32; bit++) {
      int at = bit;
      long set = Arrays.stream(narrow).filter(x -> (x >>> at & 1) == 1).count();
      Statistics.assertEven("bit " + bit + " of 32", set, N - set);
    }
    long heads = bits(key(2), type(DType.BOOL, N)).sum().toLong();
    Statistics.assertEven("truth values", heads, N - heads);
  }

  @Test
  void pairsOfBitsAreIndependent() {
    long[] wide = bits(key(3), N).toLongArray();
    for (int i = 0; i < 64; i += 7) {
      for (int j = i + 1; j < 64; j += 5) {
        int shift = j - i;
        int low = i;
        long different =
            Arrays.stream(wide).filter(x -> ((x ^ x >>> shift) >>> low & 1) == 1).count();
        Statistics.assertEven("bits " + i + " and " + j, different, N - different);
      }
    }
  }

  @Test
  void bernoulliHasItsProbability() {
    for (double p : new double[] {0.01, 0.5, 0.93}) {
      double[] x = bernoulli(key(4), p, N).astype(DType.FLOAT64).toArray();
      Statistics.assertMean("bernoulli " + p, p, x);
    }
    assertThat(bernoulli(key(4), 0, 100).sum().toLong()).isZero();
    assertThat(bernoulli(key(4), 1, 100).sum().toLong()).isEqualTo(100);
    assertThat(bernoulli(key(4), 0.5, 3).dtype()).isEqualTo(DType.BOOL);
  }

  @Test
  void bernoulliOfTensorsHasAProbabilityForEachElement() {
    Tensor p = Shapes.broadcastTo(tensor(0, 0.25, 1), N, 3);
    Tensor x = bernoulli(key(5), p).astype(DType.FLOAT64);
    Statistics.assertMean("bernoulli 0.25", 0.25, x.get(Index.all(), Index.at(1)).toArray());
    assertThat(x.mean(0).item(0)).isZero();
    assertThat(x.mean(0).item(2)).isEqualTo(1);
  }

  @Test
  void rademacherNumbers() {
    double[] x = rademacher(key(6), N).toArray();
    assertThat(x).containsOnly(-1, 1);
    Statistics.assertMean("rademacher", 0, x);
    assertThat(rademacher(key(6), type(DType.INT32, 4)).dtype()).isEqualTo(DType.INT32);
    assertThat(rademacher(key(6), type(DType.FLOAT32, 4)).toFloatArray()).containsAnyOf(-1f, 1f);
  }

  @Test
  void integersOfARangeAreAllAsLikely() {
    long[] x = randint(key(7), Shape.of(N), 0, 10).toLongArray();
    Statistics.assertEven("0 to 9", counts(x, 10));
    long[] shifted = randint(key(7), Shape.of(N), -5, 5).toLongArray();
    assertThat(shifted).isEqualTo(LongStream.of(x).map(v -> v - 5).toArray());
    assertThat(randint(key(7), Shape.of(5), 3, 4).toLongArray()).containsOnly(3);
  }

  /**
   * Spans that are not far below 2^64, where the remainder of a division would be biased by 1/2.
   */
  @Test
  void hugeRangesAreNotBiased() {
    long third = Long.parseUnsignedLong("6148914691236517205");
    long bound = Long.MAX_VALUE / 4 * 3;
    long[] x = randint(key(8), Shape.of(N), 0, bound).toLongArray();
    Statistics.assertDistribution(
        "0 to 3/8 of 2^64",
        Arrays.stream(x).mapToDouble(v -> v).toArray(),
        v -> v / (double) bound);
    long[] signed = randint(key(9), Shape.of(N), -third, third).toLongArray();
    assertThat(LongStream.of(signed)).allMatch(v -> v >= -third && v < third);
    Statistics.assertDistribution(
        "2/3 of 2^64",
        Arrays.stream(signed).mapToDouble(v -> v).toArray(),
        v -> (v + third) / (2.0 * third));
    long[] all = randint(key(9), Shape.of(N), Long.MIN_VALUE, Long.MAX_VALUE).toLongArray();
    Statistics.assertMean("sign", 0, LongStream.of(all).mapToDouble(Long::signum).toArray());
  }

  @Test
  void permutationsAreAllAsLikely() {
    Tensor each = vmap(k -> permutation(k, 4), split(key(10), N));
    long[] flat = each.toLongArray();
    long[] counts = new long[256];
    for (int i = 0; i < flat.length; i += 4) {
      int code = 0;
      int seen = 0;
      for (int j = 0; j < 4; j++) {
        code = code * 4 + (int) flat[i + j];
        seen |= 1 << flat[i + j];
      }
      assertThat(seen).isEqualTo(15);
      counts[code]++;
    }
    long[] ofPermutations = LongStream.of(counts).filter(c -> c > 0).toArray();
    assertThat(ofPermutations).hasSize(24);
    Statistics.assertEven("orders of 4", ofPermutations);
  }

  @Test
  void permutationOfManyIsOne() {
    long[] order = permutation(key(11), 1300).toLongArray();
    assertThat(Arrays.stream(order).sorted().toArray())
        .isEqualTo(LongStream.range(0, 1300).toArray());
    assertThat(permutation(key(11), 0).size()).isZero();
    assertThat(permutation(key(11), 1).toLongArray()).containsExactly(0);
    Tensor x = tensor(new double[][] {{1, 10}, {2, 20}, {3, 30}});
    Tensor shuffled = permutation(key(12), x);
    assertThat(shuffled.get(Index.all(), Index.at(0)).mul(10))
        .isEqualTo(shuffled.get(Index.all(), Index.at(1)));
    assertThat(shuffled.sum(0)).isEqualTo(tensor(6, 60));
  }

  @Test
  void choicesAreEven() {
    Tensor x = ints(3, 1, 4);
    long[] drawn = choice(key(13), x, N).astype(DType.INT64).toLongArray();
    long[] counts = counts(drawn, 5);
    Statistics.assertEven("choice", counts[1], counts[3], counts[4]);
    assertThat(choice(key(13), Tensors.zeros(3, 2), 4, 5).shape()).isEqualTo(Shape.of(4, 5, 2));
  }

  @Test
  void categoriesHaveTheirProbabilities() {
    Tensor p = tensor(0.1, 0.2, 0.7, 0);
    Tensor logits = Shapes.broadcastTo(Elementwise.log(p), N, 4);
    long[] counts = counts(categorical(key(14), logits).toLongArray(), 5);
    assertThat(counts[3] + counts[4]).isZero();
    for (int i = 0; i < 3; i++) {
      double expected = p.item(i) * N;
      double allowed = Statistics.SIGMAS * Math.sqrt(expected * (1 - p.item(i)));
      assertThat((double) counts[i]).isBetween(expected - allowed, expected + allowed);
    }
    assertThat(categorical(key(14), p).rank()).isZero();
    assertThat(categorical(key(14), tensor(5)).toLong()).isZero();
  }

  @Test
  void impossibleCategoriesAreNone() {
    double never = Double.NEGATIVE_INFINITY;
    assertThat(categorical(key(15), tensor(never, never)).toLong()).isEqualTo(2);
    assertThat(categorical(key(15), tensor(0, Double.NaN, 1)).toLong()).isEqualTo(3);
  }

  @Test
  void refusesBadArguments() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> randint(key(0), Shape.of(1), 3, 3))
        .withMessageContaining("min < max, got 3 and 3");
    assertThatIllegalArgumentException().isThrownBy(() -> bernoulli(key(0), 1.5, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> bernoulli(key(0), Double.NaN, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> permutation(key(0), -1));
    assertThatExceptionOfType(DTypeException.class).isThrownBy(() -> bernoulli(key(0), ints(1)));
    assertThatExceptionOfType(DTypeException.class)
        .isThrownBy(() -> bits(key(0), type(DType.FLOAT64, 2)));
    assertThatExceptionOfType(DTypeException.class)
        .isThrownBy(() -> rademacher(key(0), type(DType.BOOL, 2)));
    assertThatExceptionOfType(DTypeException.class).isThrownBy(() -> categorical(key(0), ints(1)));
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> categorical(key(0), scalar(1)));
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> categorical(key(0), Tensors.zeros(3, 0)));
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> choice(key(0), Tensors.zeros(0, 3), 2));
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> permutation(key(0), scalar(1)));
    assertThatExceptionOfType(ShapeException.class).isThrownBy(() -> choice(key(0), scalar(1), 2));
  }
}
