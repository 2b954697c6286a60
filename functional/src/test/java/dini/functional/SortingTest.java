package dini.functional;

import static dini.core.Indexing.gather;
import static dini.core.Indexing.takeAlongAxis;
import static dini.core.Reductions.sum;
import static dini.core.Sorting.argSort;
import static dini.core.Sorting.median;
import static dini.core.Sorting.nonzero;
import static dini.core.Sorting.searchSorted;
import static dini.core.Sorting.sort;
import static dini.core.Sorting.topK;
import static dini.core.Tensors.bools;
import static dini.core.Tensors.floats;
import static dini.core.Tensors.ints;
import static dini.core.Tensors.longs;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.IndexException;
import dini.core.ShapeException;
import dini.core.Sorting.Side;
import dini.core.Tensor;
import dini.core.TopK;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Order among elements at ties, zeros, NaN, and in its derivatives. */
class SortingTest {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  // ---- sort and argSort ----

  @Test
  void nanComesLastBothWays() {
    Tensor x = tensor(2, NAN, -INF, NAN, INF);
    assertThat(sort(x)).isEqualTo(tensor(-INF, 2, INF, NAN, NAN));
    assertThat(sort(x, 0, true)).isEqualTo(tensor(INF, 2, -INF, NAN, NAN));
    assertThat(argSort(x)).isEqualTo(longs(2, 0, 4, 1, 3));
    assertThat(argSort(x, 0, true)).isEqualTo(longs(4, 0, 2, 1, 3));
  }

  /** A NaN whose sign bit is set is no smaller than others. */
  @Test
  void nanOfEitherSignComesLast() {
    double negative = Double.longBitsToDouble(0xFFF8_0000_0000_0001L);
    assertThat(argSort(tensor(negative, 1, NAN, -INF))).isEqualTo(longs(3, 1, 0, 2));
    float narrow = Float.intBitsToFloat(0xFFC0_0001);
    assertThat(argSort(floats(narrow, 1, Float.NaN))).isEqualTo(longs(1, 0, 2));
  }

  @Test
  void zerosOfBothSignsAreEqualAndKeepTheirOrder() {
    assertThat(sort(tensor(0.0, -0.0, -1))).isEqualTo(tensor(-1, 0.0, -0.0));
    assertThat(sort(tensor(0.0, -0.0, -1), 0, true)).isEqualTo(tensor(0.0, -0.0, -1));
    assertThat(argSort(floats(0f, -0f, 0f), 0, true)).isEqualTo(longs(0, 1, 2));
  }

  @Test
  void ordersTheLimitsOfIntegers() {
    Tensor x = longs(Long.MAX_VALUE, 0, Long.MIN_VALUE, -1);
    assertThat(sort(x)).isEqualTo(longs(Long.MIN_VALUE, -1, 0, Long.MAX_VALUE));
    assertThat(argSort(x, 0, true)).isEqualTo(longs(0, 1, 3, 2));
    assertThat(sort(ints(3, Integer.MIN_VALUE, -7))).isEqualTo(ints(Integer.MIN_VALUE, -7, 3));
    assertThat(sort(bools(true, false, true), 0, true)).isEqualTo(bools(true, true, false));
  }

  /** Every length around the switch from one algorithm to the other, many ties, all exponents. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT64", "FLOAT32", "INT32", "INT64"})
  void isTheStableSortOfTheJdk(DType dtype) {
    SplittableRandom random = new SplittableRandom(5);
    for (int n : new int[] {2, 31, 47, 48, 49, 50, 255, 257, 5000}) {
      double[] values = new double[n];
      for (int i = 0; i < n; i++) {
        double wide = Math.scalb(random.nextDouble(-1, 1), random.nextInt(-100, 100));
        double tied = random.nextInt(-5, 6);
        values[i] = dtype.isFloating() && random.nextBoolean() ? wide : tied;
      }
      Tensor x = tensor(values).astype(dtype);
      double[] held = x.toArray();
      for (boolean descending : new boolean[] {false, true}) {
        Comparator<Integer> order = Comparator.comparing(i -> held[i] + 0.0);
        double[] expected =
            IntStream.range(0, n)
                .boxed()
                .sorted(descending ? Comparator.comparing((Integer i) -> -held[i] + 0.0) : order)
                .mapToDouble(i -> i)
                .toArray();
        Tensor positions = argSort(x, 0, descending);
        assertThat(positions.toArray()).as("%s of %s", n, dtype).isEqualTo(expected);
        assertThat(sort(x, 0, descending)).isEqualTo(takeAlongAxis(x, positions, 0));
      }
    }
  }

  @Test
  void derivativeMovesWithTheElements() {
    Tensor x = tensor(2, 1, 2, 1);
    Tensor v = tensor(10, 20, 30, 40);
    Function<Tensor, Tensor> descending = z -> sort(z, 0, true);
    assertThat(jvp(z -> sort(z), x, v).tangent()).isEqualTo(tensor(20, 40, 10, 30));
    assertThat(jvp(descending, x, v).tangent()).isEqualTo(tensor(10, 30, 20, 40));
    Tensor weights = tensor(1, 2, 3, 4);
    assertThat(grad(z -> sum(sort(z).mul(weights)), x)).isEqualTo(tensor(3, 1, 4, 2));
  }

  @Test
  void refusesAxesThatAreNot() {
    assertThatThrownBy(() -> sort(scalar(1)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("sort: axis -1");
    assertThatThrownBy(() -> argSort(tensor(1, 2), 1)).hasMessageContaining("argSort: axis 1");
  }

  // ---- topK ----

  @Test
  void topKPutsNanFirstAndTheLowerIndexOfTies() {
    TopK best = topK(tensor(1, 3, 3, NAN, 3, 2), 3);
    assertThat(best.values()).isEqualTo(tensor(NAN, 3, 3));
    assertThat(best.indices()).isEqualTo(longs(3, 1, 2));
    TopK zeros = topK(tensor(-0.0, 0.0), 2);
    assertThat(zeros.values()).isEqualTo(tensor(0.0, -0.0));
    assertThat(zeros.indices()).isEqualTo(longs(1, 0));
  }

  @Test
  void topKIsTheBeginningOfADescendingSort() {
    SplittableRandom random = new SplittableRandom(6);
    for (int n : new int[] {1, 2, 7, 100}) {
      Tensor x = tensor(random.ints(n, 1, 12).asDoubleStream().toArray());
      for (int k = 0; k <= n; k++) {
        double[] all = argSort(x, 0, true).toArray();
        TopK best = topK(x, k);
        assertThat(best.indices().toArray()).isEqualTo(Arrays.copyOf(all, k));
        assertThat(best.values()).isEqualTo(takeAlongAxis(x, best.indices(), 0));
      }
    }
  }

  @Test
  void topKChecksItsArguments() {
    assertThatThrownBy(() -> topK(tensor(1, 2), 3))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("topK: k = 3 of the 2 elements");
    assertThatThrownBy(() -> topK(tensor(1, 2), -1)).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> topK(scalar(1), 1)).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> topK(bools(true), 1)).isInstanceOf(DTypeException.class);
  }

  // ---- searchSorted ----

  @Test
  void searchSortedCountsSmallerOrNotLarger() {
    Tensor sorted = tensor(-1, 0.0, 0, 2, NAN);
    Tensor values = tensor(-2, -0.0, 2, 3, NAN);
    assertThat(searchSorted(sorted, values)).isEqualTo(longs(0, 1, 3, 4, 4));
    assertThat(searchSorted(sorted, values, Side.RIGHT)).isEqualTo(longs(0, 3, 4, 4, 5));
    assertThat(searchSorted(longs(1, 5), longs(5))).isEqualTo(longs(1));
  }

  @Test
  void searchSortedMapsOverEither() {
    Tensor rows = tensor(new double[][] {{0, 1, 2}, {10, 20, 30}});
    Tensor values = tensor(new double[][] {{1, 15}, {1, 25}});
    Tensor both = vmap(x -> searchSorted(x.get(0), x.get(1)), List.of(rows, values));
    assertThat(both.toArray()).containsExactly(1, 3, 0, 2);
    assertThat(vmap(r -> searchSorted(r, tensor(1, 15)), rows).toArray())
        .containsExactly(1, 3, 0, 1);
  }

  @Test
  void searchSortedChecksItsArguments() {
    assertThatThrownBy(() -> searchSorted(zeros(2, 2), tensor(1)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("expected a vector");
    assertThatThrownBy(() -> searchSorted(tensor(1), longs(1))).isInstanceOf(DTypeException.class);
  }

  // ---- median ----

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 9, 100})
  void medianIsTheMiddleOfTheSorted(int n) {
    double[] values = new SplittableRandom(n).doubles(n, -5, 5).toArray();
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double expected = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    assertThat(median(tensor(values)).toDouble()).isEqualTo(expected);
  }

  @Test
  void medianOfEdges() {
    assertThat(median(tensor(1, NAN, 2))).isEqualTo(scalar(NAN));
    assertThat(median(zeros(0))).isEqualTo(scalar(NAN));
    assertThat(median(zeros(2, 0), 1)).isEqualTo(tensor(NAN, NAN));
    assertThat(median(scalar(3))).isEqualTo(scalar(3));
    assertThat(median(tensor(INF, -INF, 1))).isEqualTo(scalar(1));
    assertThat(median(tensor(1, 2), new int[0], false)).isEqualTo(tensor(1, 2));
    Tensor x = tensor(new double[][] {{3, 1, 2}, {6, 5, 4}});
    assertThat(median(x, new int[] {-1}, true)).isEqualTo(tensor(new double[][] {{2}, {5}}));
    assertThat(median(floats(1, 4)).dtype()).isEqualTo(DType.FLOAT32);
    assertThatThrownBy(() -> median(longs(1, 2))).isInstanceOf(DTypeException.class);
    assertThatThrownBy(() -> median(x, 0, -2)).isInstanceOf(ShapeException.class);
  }

  @Test
  void medianSharesItsDerivativeInTheMiddle() {
    assertThat(grad(x -> median(x), tensor(5, 1, 2, 4))).isEqualTo(tensor(0, 0, 0.5, 0.5));
    assertThat(grad(x -> median(x), tensor(5, 1, 2))).isEqualTo(tensor(0, 0, 1));
    assertThat(grad(x -> median(x), tensor(2, 2, 2))).isEqualTo(tensor(0, 1, 0));
  }

  // ---- nonzero ----

  @Test
  void nonzeroHasAFixedSize() {
    Tensor x = tensor(new double[][] {{0, 5, NAN}, {-0.0, 0, 7}});
    assertThat(nonzero(x, 3)).isEqualTo(List.of(longs(0, 0, 1), longs(1, 2, 2)));
    assertThat(nonzero(x, 2)).isEqualTo(List.of(longs(0, 0), longs(1, 2)));
    assertThat(nonzero(x, 4, 9)).isEqualTo(List.of(longs(0, 0, 1, 9), longs(1, 2, 2, 9)));
    assertThat(nonzero(bools(false, true), 1)).isEqualTo(List.of(longs(1)));
    Tensor y = tensor(new double[][] {{0, 5, 1}, {0, 0, 7}});
    Tensor[] places = nonzero(y, 3).toArray(Tensor[]::new);
    assertThat(gather(y, places)).isEqualTo(tensor(5, 1, 7));
  }

  @Test
  void nonzeroUnderVmapAndOfNothing() {
    Tensor x = tensor(new double[][] {{0, 5, 1}, {2, 0, 0}});
    assertThat(vmap(row -> nonzero(row, 2, -1).getFirst(), x).toArray())
        .containsExactly(1, 2, 0, -1);
    assertThat(nonzero(zeros(0), 1)).isEqualTo(List.of(longs(0)));
    assertThatThrownBy(() -> nonzero(scalar(1), 1)).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> nonzero(zeros(2), -1)).isInstanceOf(ShapeException.class);
  }

  @Test
  void emptyTensorsStayEmpty() {
    assertThat(sort(zeros(0, 3))).isEqualTo(zeros(0, 3));
    assertThat(argSort(zeros(3, 0))).isEqualTo(zeros(3, 0).astype(DType.INT64));
    assertThat(topK(zeros(0), 0).values()).isEqualTo(zeros(0));
    assertThatThrownBy(() -> gather(zeros(0), longs(0))).isInstanceOf(IndexException.class);
  }
}
