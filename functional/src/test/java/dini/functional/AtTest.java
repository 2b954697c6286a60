package dini.functional;

import static dini.core.Indexing.at;
import static dini.core.Indexing.gather;
import static dini.core.Indexing.putAlongAxis;
import static dini.core.Indexing.segmentMax;
import static dini.core.Indexing.segmentMin;
import static dini.core.Indexing.segmentSum;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.bools;
import static dini.core.Tensors.ints;
import static dini.core.Tensors.longs;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Jacobians.hessian;
import static dini.functional.Jacobians.jacfwd;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Index;
import dini.core.IndexException;
import dini.core.Indexing.Mode;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Reading and writing at positions: duplicates, modes, zeros, ties and refusals. */
class AtTest {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final Tensor X = tensor(0, 1, 2, 3);

  // ---- values ----

  @Test
  void theLastOfDuplicatesWins() {
    assertThat(at(X, longs(1, 2, 1, -3)).set(tensor(10, 20, 30, 40)))
        .isEqualTo(tensor(0, 40, 20, 3));
    Tensor both = at(zeros(2, 2), longs(0, 0, 0), longs(1, -1, 1)).set(tensor(1, 2, 3));
    assertThat(both).isEqualTo(tensor(new double[][] {{0, 3}, {0, 0}}));
    assertThat(putAlongAxis(X, longs(1, 1), tensor(8, 9), 0)).isEqualTo(tensor(0, 9, 2, 3));
  }

  /** What is not touched keeps its bits, a negative zero too; sums run from the element on. */
  @Test
  void addsToTheElementInOrder() {
    Tensor x = tensor(-0.0, 1, -0.0);
    assertThat(at(x, longs(1, 0)).add(tensor(5, -0.0))).isEqualTo(tensor(-0.0, 6, -0.0));
    assertThat(at(x, Index.from(2)).add(-0.0)).isEqualTo(tensor(-0.0, 1, -0.0));
    Tensor big = at(tensor(1e16), longs(0, 0)).add(tensor(1, 1));
    assertThat(big).isEqualTo(tensor(1e16 + 1 + 1));
    assertThat(at(tensor(1e-310), longs(0)).add(1e-310)).isEqualTo(tensor(2e-310));
  }

  @Test
  void combinesInOneOrderWithEdges() {
    Tensor x = tensor(NAN, -0.0, INF, 2);
    Tensor indices = longs(0, 1, 2, 3, 3);
    Tensor updates = tensor(1, 0.0, 0, 3, 5);
    assertThat(at(x, indices).mul(updates)).isEqualTo(tensor(NAN, -0.0, NAN, 30));
    assertThat(at(x, indices).max(updates)).isEqualTo(tensor(NAN, 0.0, INF, 5));
    assertThat(at(x, indices).min(updates)).isEqualTo(tensor(NAN, -0.0, 0, 2));
  }

  @Test
  void constantsAndBroadcastUpdates() {
    Tensor x = tensor(new double[][] {{1, 2, 3}, {4, 5, 6}});
    assertThat(at(x, 1, longs(0, 2)).set(tensor(8, 9)))
        .isEqualTo(tensor(new double[][] {{8, 2, 9}, {8, 5, 9}}));
    assertThat(at(x, Index.at(-1)).set(0)).isEqualTo(tensor(new double[][] {{1, 2, 3}, {0, 0, 0}}));
    assertThat(at(x, Index.all(), Index.range(0, 3, 2)).mul(10))
        .isEqualTo(tensor(new double[][] {{10, 2, 30}, {40, 5, 60}}));
    assertThat(at(x, Index.all(), Index.all().step(-1)).set(x))
        .isEqualTo(tensor(new double[][] {{3, 2, 1}, {6, 5, 4}}));
    assertThat(at(x, longs(0), longs(1)).max(7).toArray()).containsExactly(1, 7, 3, 4, 5, 6);
    assertThat(at(x, scalar(1).astype(DType.INT32)).min(5).toArray())
        .containsExactly(1, 2, 3, 4, 5, 5);
    assertThat(at(ints(1, 2), longs(1)).set(7)).isEqualTo(ints(1, 7));
    assertThat(at(bools(true, true), longs(1)).set(bools(false))).isEqualTo(bools(true, false));
    assertThat(at(x, Index.range(5, 9)).add(1)).isEqualTo(x);
  }

  @Test
  void readsWhatItWouldWrite() {
    Tensor x = tensor(new double[][] {{1, 2, 3}, {4, 5, 6}});
    assertThat(at(x, Index.at(1), Index.from(1)).get()).isEqualTo(tensor(5, 6));
    assertThat(gather(x, longs(0, -1), longs(2, 0))).isEqualTo(tensor(3, 4));
    assertThat(gather(x, longs(1))).isEqualTo(tensor(new double[][] {{4, 5, 6}}));
    Tensor rows = tensor(new double[][] {{0}, {1}}).astype(DType.INT64);
    assertThat(gather(x, rows, longs(0, 2))).isEqualTo(tensor(new double[][] {{1, 3}, {4, 6}}));
  }

  // ---- indices outside their axis ----

  @Test
  void outsideIsAnErrorThatNamesIndexAndExtent() {
    assertThatThrownBy(() -> at(X, longs(1, 4)).set(0))
        .isInstanceOf(IndexException.class)
        .hasMessage("atSet: index 4 is outside axis 0 of extent 4");
    assertThatThrownBy(() -> gather(zeros(2, 3), longs(0), longs(-4)))
        .isInstanceOf(IndexException.class)
        .hasMessage("gather: index -4 is outside axis 1 of extent 3");
    assertThatThrownBy(() -> at(X, Index.at(4)).set(0))
        .isInstanceOf(IndexException.class)
        .hasMessageContaining("at: index 4 is outside axis 0");
  }

  @Test
  void modesSayWhatOutsideMeans() {
    Tensor i = longs(5, -7, 1);
    Tensor u = tensor(10, 20, 30);
    assertThat(at(X, i).mode(Mode.FILL).add(u)).isEqualTo(tensor(0, 31, 2, 3));
    assertThat(at(X, i).mode(Mode.CLAMP).add(u)).isEqualTo(tensor(20, 31, 2, 13));
    assertThat(at(X, i).mode(Mode.WRAP).set(u)).isEqualTo(tensor(0, 30, 2, 3));
    assertThat(at(X, i).mode(Mode.FILL).get()).isEqualTo(tensor(NAN, NAN, 1));
    Tensor square = tensor(new double[][] {{1, 2}, {3, 4}});
    assertThat(at(square, longs(0, 2), longs(-3, 0)).mode(Mode.FILL).set(9)).isEqualTo(square);
    assertThat(at(square, longs(0, 2), longs(1, 0)).mode(Mode.WRAP).get()).isEqualTo(tensor(2, 1));
  }

  @Test
  void wrongArgumentsAreRefused() {
    assertThatThrownBy(() -> at(X, longs(0), longs(0)))
        .isInstanceOf(IndexException.class)
        .hasMessageContaining("2 index tensors from axis 0 on");
    assertThatThrownBy(() -> at(X, tensor(0)).set(1))
        .isInstanceOf(DTypeException.class)
        .hasMessageContaining("expected integer indices");
    assertThatThrownBy(() -> at(X, longs(0)).set(ints(1)))
        .isInstanceOf(DTypeException.class)
        .hasMessageContaining("atSet");
    assertThatThrownBy(() -> at(X, longs(0, 1)).add(tensor(1, 2, 3)))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> at(X, longs(0)).add(zeros(2, 1)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("atAdd: updates");
    assertThatThrownBy(() -> at(X, Index.to(2)).mul(tensor(1, 2, 3)))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> at(bools(true), longs(0)).add(bools(true)))
        .isInstanceOf(DTypeException.class);
    assertThatThrownBy(() -> at(bools(true), Index.at(0)).add(1))
        .isInstanceOf(DTypeException.class)
        .hasMessageContaining("atAdd: truth values can only be set");
    assertThatThrownBy(() -> at(bools(true), Index.at(0)).max(bools(true)))
        .isInstanceOf(DTypeException.class);
    assertThatThrownBy(() -> putAlongAxis(X, longs(0), zeros(2), 0))
        .isInstanceOf(ShapeException.class);
  }

  // ---- derivatives ----

  @Test
  void onlyTheLastOfDuplicatesHasADerivative() {
    Tensor indices = longs(1, 2, 1);
    Function<List<Tensor>, Tensor> loss =
        in -> sum(at(in.get(0), indices).set(in.get(1)).mul(tensor(1, 10, 100, 1000)));
    List<Tensor> g = grad(loss, List.of(X, tensor(5, 6, 7)));
    assertThat(g.get(0)).isEqualTo(tensor(1, 0, 0, 1000));
    assertThat(g.get(1)).isEqualTo(tensor(0, 100, 10));
    Function<Tensor, Tensor> along = u -> putAlongAxis(X, longs(3, 3), u, 0);
    assertThat(grad(u -> sum(along.apply(u)), tensor(1, 2))).isEqualTo(tensor(0, 1));
    Function<Tensor, Tensor> rows = u -> sum(at(zeros(2, 3), longs(0, 0)).set(u));
    assertThat(grad(rows, zeros(2, 3))).isEqualTo(tensor(new double[][] {{0, 0, 0}, {1, 1, 1}}));
  }

  /** {@code y = x a b c} at one place: every derivative of the product, with zero factors. */
  @Test
  void productsAreRightAtZerosInEveryOrder() {
    Function<Tensor, Tensor> product =
        v -> {
          Tensor factors = v.get(Index.from(1));
          return sum(at(v.get(Index.to(1)), longs(0, 0, 0)).mul(factors));
        };
    assertThat(grad(product, tensor(2, 0, 3, 5))).isEqualTo(tensor(0, 30, 0, 0));
    assertThat(grad(product, tensor(2, 0, 0, 5))).isEqualTo(tensor(0, 0, 0, 0));
    assertNear(
        0,
        hessian(product, tensor(2, 0, 0, 5)),
        tensor(new double[][] {{0, 0, 0, 0}, {0, 0, 10, 0}, {0, 10, 0, 0}, {0, 0, 0, 0}})
            .toArray());
    // d^3 / (da db dc) = x, and no other third derivative without x
    Tensor third = jacfwd(v -> hessian(product, v), tensor(2, 0, 0, 0));
    assertThat(third.item(1, 2, 3)).isEqualTo(2);
    assertThat(third.item(3, 1, 2)).isEqualTo(2);
    assertThat(sum(third).toDouble()).isEqualTo(12);
  }

  /** Against the quotient rule, which holds where nothing is zero. */
  @Test
  void productsOfManyPlaces() {
    Tensor indices = longs(2, 0, 2, 2, -1, 0, 2);
    Tensor u = tensor(2, 3, 5, 7, 11, 13, 17);
    Tensor expected =
        tensor(
            2 * 5 * 7 * 17 * 2,
            0,
            2 * 5 * 7 * 17 * 2,
            2 * 5 * 7 * 17 * 2,
            3,
            0,
            2 * 5 * 7 * 17 * 2);
    Tensor g = grad(v -> sum(at(X, indices).mul(v)), u);
    assertNear(0, g, expected.div(tensor(2, 1, 5, 7, 1, 1, 17)).toArray());
    Tensor rows = tensor(new double[][] {{1, 2}, {0, 4}, {5, 0}});
    Function<Tensor, Tensor> f =
        v -> sum(at(tensor(new double[][] {{3, 7}}), longs(0, 0, 0)).mul(v));
    assertThat(grad(f, rows)).isEqualTo(tensor(new double[][] {{0, 0}, {15, 0}, {0, 56}}));
  }

  @Test
  void droppedFactorsHaveNoInfluence() {
    Function<Tensor, Tensor> f = u -> sum(at(X, longs(1, 9, 9)).mode(Mode.FILL).mul(u));
    assertThat(grad(f, tensor(2, INF, NAN))).isEqualTo(tensor(1, 0, 0));
  }

  @Test
  void extremaShareAmongAllThatAttainThem() {
    Function<List<Tensor>, Tensor> f = in -> sum(at(in.get(0), longs(1, 1, 1)).max(in.get(1)));
    List<Tensor> g = grad(f, List.of(tensor(0, 5), tensor(5, 4, 5)));
    assertNear(1e-15, g.get(0), tensor(1, 1 / 3.0).toArray());
    assertNear(1e-15, g.get(1), tensor(1 / 3.0, 0, 1 / 3.0).toArray());
    Function<Tensor, Tensor> low = u -> sum(at(tensor(9, 9), longs(0, 0)).min(u));
    assertThat(grad(low, tensor(3, 3))).isEqualTo(tensor(0.5, 0.5));
  }

  @Test
  void mapsOverIndices() {
    Tensor lanes = tensor(new double[][] {{0, 0}, {1, 3}}).astype(DType.INT64);
    Tensor set = vmap(i -> at(X, i).set(tensor(7, 8)), lanes);
    assertThat(set).isEqualTo(tensor(new double[][] {{8, 1, 2, 3}, {0, 7, 2, 8}}));
    Function<Tensor, Tensor> slope = i -> grad(u -> sum(at(X, i).set(u)), tensor(7, 8));
    Tensor slopes = vmap(slope, lanes);
    assertThat(slopes).isEqualTo(tensor(new double[][] {{0, 1}, {1, 1}}));
    Function<Tensor, Tensor> points = i -> gather(tensor(new double[][] {{1, 2}, {3, 4}}), i, i);
    Tensor diagonal = tensor(new double[][] {{0, 1}, {1, 1}}).astype(DType.INT64);
    Tensor mapped = vmap(points, diagonal);
    assertThat(mapped).isEqualTo(tensor(new double[][] {{1, 4}, {4, 4}}));
  }

  // ---- segments ----

  @Test
  void segments() {
    Tensor data = tensor(1, 2, 3, 4);
    Tensor ids = longs(0, 2, 0, -1);
    assertThat(segmentSum(data, ids, 3)).isEqualTo(tensor(4, 0, 6));
    assertThat(segmentMax(data, ids, 3)).isEqualTo(tensor(3, -INF, 4));
    assertThat(segmentMin(data, ids, 3)).isEqualTo(tensor(1, INF, 2));
    Tensor whole = ints(5, Integer.MIN_VALUE, Integer.MAX_VALUE, 7);
    assertThat(segmentMin(whole, ids, 3)).isEqualTo(ints(5, Integer.MAX_VALUE, Integer.MIN_VALUE));
    assertThat(segmentMax(longs(1), longs(1), 2)).isEqualTo(longs(Long.MIN_VALUE, 1));
    assertThat(segmentMin(longs(1), longs(1), 2)).isEqualTo(longs(Long.MAX_VALUE, 1));
    assertThat(segmentSum(zeros(0, 2), longs(), 2)).isEqualTo(zeros(2, 2));
    assertThat(segmentSum(zeros(0), longs(), 0)).isEqualTo(zeros(0));
  }

  @Test
  void derivativesOfSegments() {
    Tensor ids = longs(0, 1, 0, 1);
    Tensor data = tensor(1, 2, 1, -4);
    Tensor weights = tensor(10, 100, 1000);
    assertThat(grad(d -> sum(segmentSum(d, ids, 3).mul(weights)), data))
        .isEqualTo(tensor(10, 100, 10, 100));
    Function<Tensor, Tensor> max = d -> segmentMax(d, ids, 3).get(Index.to(2));
    assertThat(jvp(max, data, tensor(1, 2, 4, 8)).tangent()).isEqualTo(tensor(2.5, 2));
  }

  @Test
  void segmentsAreChecked() {
    assertThatThrownBy(() -> segmentSum(X, longs(0), 2))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("segmentSum");
    assertThatThrownBy(() -> segmentMin(ints(1), longs(0, 1), 2))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("segmentMin");
    assertThatThrownBy(() -> segmentMax(bools(true), longs(0), 1))
        .isInstanceOf(DTypeException.class);
    assertThatThrownBy(() -> segmentSum(tensor(1), longs(2), 2))
        .isInstanceOf(IndexException.class)
        .hasMessageContaining("index 2 is outside axis 0 of extent 2");
  }

  @Test
  void messagesNameTheOperationThatWasCalled() {
    assertThatThrownBy(() -> at(X, tensor(1)).get())
        .isInstanceOf(DTypeException.class)
        .hasMessage("at: expected integer indices, got f64[1]");
    assertThatThrownBy(() -> segmentSum(tensor(1), tensor(0), 2))
        .isInstanceOf(DTypeException.class)
        .hasMessage("segmentSum: expected integer segment numbers, got f64[1]");
    assertThatThrownBy(() -> Shapes.stack(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("stack: needs at least one tensor");
    assertThatThrownBy(() -> Shapes.stack(2, tensor(1)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("stack: axis 2 does not fit f64[1]");
    assertThatThrownBy(() -> Shapes.stack(0, tensor(1), longs(1)))
        .isInstanceOf(DTypeException.class)
        .hasMessage("stack: f64[1] and i64[1]: dtypes differ");
  }
}
