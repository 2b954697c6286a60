package dini.functional;

import static dini.core.Comparisons.where;
import static dini.core.Elementwise.sin;
import static dini.core.Products.dot;
import static dini.core.Products.matmul;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.arange;
import static dini.core.Tensors.ints;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Jacobians.hessian;
import static dini.functional.Jit.jit;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatObject;

import dini.core.IndexException;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TreeException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** {@code vmap}: axes, trees, nesting and what it refuses. */
class MappingTest {

  /** Two tensors, and static data. */
  public record Sample(Tensor x, Tensor label, String source) {}

  private static final Tensor ROWS = tensor(new double[][] {{1, 2, 3}, {4, 5, 6}});

  @Test
  void mapsOverRowsByDefault() {
    assertThatObject(vmap(row -> sum(row), ROWS)).isEqualTo(tensor(6, 15));
    Function<Tensor, Tensor> norms = vmap(row -> dot(row, row));
    assertThatObject(norms.apply(ROWS)).isEqualTo(tensor(14, 77));
  }

  @Test
  void mapsOverOtherAxes() {
    assertThatObject(vmap(Axes.in(1), (Tensor column) -> sum(column)).apply(ROWS))
        .isEqualTo(tensor(5, 7, 9));
    assertThatObject(vmap(Axes.in(-1), (Tensor column) -> sum(column)).apply(ROWS))
        .isEqualTo(tensor(5, 7, 9));
    assertThatObject(vmap(Axes.in(1).withOut(1), (Tensor column) -> column.mul(2)).apply(ROWS))
        .isEqualTo(ROWS.mul(2));
    assertThatObject(vmap(Axes.in(0).withOut(-1), (Tensor row) -> row.mul(2)).apply(ROWS))
        .isEqualTo(ROWS.mul(2).transpose());
  }

  @Test
  void eachLeafHasItsOwnAxis() {
    Function<List<Tensor>, Tensor> product = pair -> dot(pair.get(0), pair.get(1));
    assertThatObject(vmap(Axes.in(0, Axes.NONE), product).apply(List.of(ROWS, tensor(1, 10, 100))))
        .isEqualTo(tensor(321, 654));
    assertThatObject(
            vmap(Axes.in(1, 0), product)
                .apply(List.of(ROWS, tensor(new double[][] {{1, 0}, {0, 1}, {1, 1}}))))
        .isEqualTo(tensor(1, 5, 9));
  }

  /** Results of different rank. */
  public record Doubled(Tensor whole, Tensor total) {}

  private static Doubled doubled(Tensor x) {
    return new Doubled(x.mul(2), sum(x));
  }

  @Test
  void eachResultHasItsOwnAxis() {
    Function<Tensor, Doubled> f = vmap(Axes.in(0).withOut(1, 0), MappingTest::doubled);
    assertThatObject(f.apply(ROWS)).isEqualTo(new Doubled(ROWS.mul(2).transpose(), tensor(6, 15)));
    Function<Tensor, Doubled> fromTheEnd = vmap(Axes.in(1).withOut(-1, -1), MappingTest::doubled);
    assertThatObject(fromTheEnd.apply(ROWS)).isEqualTo(new Doubled(ROWS.mul(2), tensor(5, 7, 9)));
    Function<Tensor, Doubled> same = vmap(Axes.in(1).withOut(0), MappingTest::doubled);
    assertThatObject(same.apply(ROWS))
        .isEqualTo(new Doubled(ROWS.mul(2).transpose(), tensor(5, 7, 9)));
  }

  @Test
  void axesOfResultsNest() {
    Tensor cube = arange(24).reshape(2, 3, 4);
    Function<Tensor, Doubled> inner = vmap(Axes.in(0).withOut(1, 0), MappingTest::doubled);
    Function<Tensor, Doubled> both = vmap(Axes.in(0).withOut(2, 1), inner);
    // lanes of cube's axes 0 and 1: the inner one second, then the outer one last
    Doubled expected = new Doubled(cube.mul(2).transpose(2, 1, 0), cube.sum(2).transpose());
    assertThatObject(both.apply(cube)).isEqualTo(expected);
    assertThatObject(jit(both).apply(cube)).isEqualTo(expected);
    assertThatObject(vmap(Axes.in(0).withOut(2, 1), jit(inner)).apply(cube)).isEqualTo(expected);
  }

  @Test
  void axesOfResultsUnderGrad() {
    Tensor weights = tensor(new double[][] {{1, 2}, {3, 4}, {5, 6}});
    Function<Tensor, Doubled> f = vmap(Axes.in(0).withOut(1, 0), MappingTest::doubled);
    Function<Tensor, Tensor> loss =
        x -> sum(f.apply(x).whole().mul(weights)).add(sum(f.apply(x).total().mul(tensor(10, 20))));
    Tensor expected = tensor(new double[][] {{12, 16, 20}, {24, 28, 32}});
    assertThatObject(grad(loss, ROWS)).isEqualTo(expected);
    assertThatObject(jit((Tensor x) -> grad(loss, x)).apply(ROWS)).isEqualTo(expected);
  }

  @Test
  void functionsOfTwoArguments() {
    BiFunction<Tensor, Tensor, Tensor> rows = vmap((x, y) -> dot(x, y));
    assertThatObject(rows.apply(ROWS, ROWS.mul(2))).isEqualTo(tensor(28, 154));
    BiFunction<Tensor, Tensor, Tensor> oneWhole = vmap(Axes.in(0, Axes.NONE), (x, w) -> dot(x, w));
    assertThatObject(oneWhole.apply(ROWS, tensor(1, 10, 100))).isEqualTo(tensor(321, 654));
    BiFunction<Tensor, Tensor, List<Tensor>> outer =
        vmap(Axes.in(1, 0).withOut(1, 0), (x, y) -> List.of(x.mul(y), sum(x).sub(y)));
    assertThatObject(outer.apply(ROWS, tensor(1, 10, 100)))
        .isEqualTo(List.of(ROWS.mul(tensor(1, 10, 100)), tensor(4, -3, -91)));
    Tensor typed = vmap((Tensor x, Tensor y) -> x.mul(y)).apply(tensor(1, 2), tensor(3, 4));
    assertThatObject(typed).isEqualTo(tensor(3, 8));
  }

  @Test
  void axesOfTwoArgumentsCountTheLeavesOfBoth() {
    Sample sample = new Sample(ROWS, tensor(1, 2), "file");
    BiFunction<Sample, Tensor, Tensor> f =
        vmap(Axes.in(0, 0, Axes.NONE), (s, w) -> dot(s.x(), w).mul(s.label()));
    assertThatObject(f.apply(sample, tensor(1, 10, 100))).isEqualTo(tensor(321, 1308));
    BiFunction<Sample, Tensor, Tensor> wrong = vmap(Axes.in(0, Axes.NONE), (s, w) -> w);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> wrong.apply(sample, tensor(1)))
        .isInstanceOf(TreeException.class)
        .withMessage(
            "vmap: 2 axes for the 3 tensors of the argument;"
                + " expected one for each, or a single one for all");
  }

  @Test
  void functionsOfTwoArgumentsUnderOtherTransformations() {
    BiFunction<Tensor, Tensor, Tensor> products =
        vmap(Axes.in(0, Axes.NONE), (x, w) -> dot(x, w).mul(dot(x, w)));
    Tensor w = tensor(1, 2, 3);
    Tensor squares = tensor(14 * 14, 32 * 32);
    assertThatObject(jit(products).apply(ROWS, w)).isEqualTo(squares);
    Tensor slopes = tensor(28 + 256, 56 + 320, 84 + 384);
    assertThatObject(grad(v -> sum(products.apply(ROWS, v)), w)).isEqualTo(slopes);
    assertThatObject(jit((Tensor v) -> grad(z -> sum(products.apply(ROWS, z)), v)).apply(w))
        .isEqualTo(slopes);
    BiFunction<Tensor, Tensor, Tensor> perExample =
        vmap(Axes.in(Axes.NONE, 0), grad((v, x) -> dot(v, x).mul(dot(v, x))));
    assertThatObject(perExample.apply(w, ROWS))
        .isEqualTo(tensor(new double[][] {{28, 56, 84}, {256, 320, 384}}));
    // every x with every y: the axis of the inner second argument is whole outside
    BiFunction<Tensor, Tensor, Tensor> row =
        vmap(Axes.in(Axes.NONE, 0), (Tensor a, Tensor b) -> a.sub(b));
    BiFunction<Tensor, Tensor, Tensor> table = vmap(Axes.in(0, Axes.NONE), row);
    assertThatObject(table.apply(tensor(10, 20), tensor(1, 2, 3)))
        .isEqualTo(tensor(new double[][] {{9, 8, 7}, {19, 18, 17}}));
    BiFunction<Tensor, Tensor, Tensor> columns = vmap(Axes.in(0, Axes.NONE).withOut(1), row);
    assertThatObject(columns.apply(tensor(10, 20), tensor(1, 2, 3)))
        .isEqualTo(tensor(new double[][] {{9, 19}, {8, 18}, {7, 17}}));
  }

  @Test
  void axesMustFitTheResults() {
    Function<Tensor, Doubled> three = vmap(Axes.in(0).withOut(0, 0, 0), MappingTest::doubled);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> three.apply(ROWS))
        .isInstanceOf(TreeException.class)
        .withMessage(
            "vmap: 3 axes for the 2 tensors of the result;"
                + " expected one for each, or a single one for all");
    Function<Tensor, Doubled> tooDeep = vmap(Axes.in(0).withOut(1), MappingTest::doubled);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tooDeep.apply(ROWS))
        .withMessage("vmap: axis 1 of a tensor of shape (2,) does not exist");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Axes.in(0).withOut())
        .withMessage("Axes: needs at least one axis");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Axes.in(0).withOut(0, Axes.NONE))
        .withMessage("Axes: every result has an axis of lanes, got NONE");
  }

  @Test
  void recordsMapsAndOptionalsAreMappedLeafByLeaf() {
    Sample samples = new Sample(ROWS, ints(7, 8), "file");
    assertThatObject(vmap(s -> new Sample(sum(s.x()), s.label().add(1), s.source() + "!"), samples))
        .isEqualTo(new Sample(tensor(6, 15), ints(8, 9), "file!"));
    assertThatObject(
            vmap(
                m -> Optional.of(m.get("a").mul(m.get("b"))),
                Map.of("a", tensor(1, 2), "b", tensor(3, 4))))
        .isEqualTo(Optional.of(tensor(3, 8)));
  }

  @Test
  void resultsThatDoNotVaryAreRepeated() {
    assertThatObject(vmap(x -> scalar(5), tensor(1, 2, 3))).isEqualTo(tensor(5, 5, 5));
    assertThatObject(vmap(x -> List.of(x, tensor(1, 2)), tensor(1, 2, 3)))
        .isEqualTo(List.of(tensor(1, 2, 3), tensor(new double[][] {{1, 2}, {1, 2}, {1, 2}})));
  }

  @Test
  void nestedMapsMakeTables() {
    Tensor table = vmap(a -> vmap(b -> a.mul(b).add(1), tensor(1, 10, 100)), tensor(2, 3));
    assertThatObject(table).isEqualTo(tensor(new double[][] {{3, 21, 201}, {4, 31, 301}}));
    Tensor transposed =
        vmap(Axes.in(0).withOut(1), (Tensor a) -> vmap(b -> a.mul(b), tensor(1, 10, 100)))
            .apply(tensor(2, 3));
    assertThatObject(transposed).isEqualTo(tensor(new double[][] {{2, 3}, {20, 30}, {200, 300}}));
  }

  @Test
  void threeNestedMaps() {
    Tensor cube = arange(24).reshape(2, 3, 4);
    Tensor doubled = vmap(a -> vmap(b -> vmap(c -> c.mul(2), b), a), cube);
    assertThatObject(doubled).isEqualTo(cube.mul(2));
    Tensor inner = vmap(a -> vmap(Axes.in(1), (Tensor b) -> sum(b)).apply(a), cube);
    assertThatObject(inner).isEqualTo(cube.sum(1));
  }

  @Test
  void perExampleGradients() {
    Tensor w = tensor(1, 2, 3);
    Tensor gradients = vmap(x -> grad(v -> dot(v, x).mul(dot(v, x)), w), ROWS);
    assertThatObject(gradients).isEqualTo(tensor(new double[][] {{28, 56, 84}, {256, 320, 384}}));
    assertThatObject(grad(v -> sum(vmap(x -> dot(v, x).mul(dot(v, x)), ROWS)), w))
        .isEqualTo(tensor(28 + 256, 56 + 320, 84 + 384));
    assertThatObject(vmap(x -> hessian(v -> dot(v, x).mul(dot(v, x)), w), ROWS).shape())
        .isEqualTo(Shape.of(2, 3, 3));
    assertThatObject(vmap(x -> jvp((Tensor v) -> dot(v, x).mul(dot(v, x)), w, x).tangent(), ROWS))
        .isEqualTo(tensor(2 * 14 * 14, 2 * 32 * 77));
  }

  @Test
  void choiceByWhere() {
    assertThatObject(vmap(x -> where(x.gt(0), x.mul(10), x.neg()), tensor(-1, 2)))
        .isEqualTo(tensor(1, 20));
  }

  @Test
  void noLanesGiveNoResults() {
    assertThatObject(vmap(row -> sum(sin(row)), zeros(0, 3))).isEqualTo(zeros(0));
    assertThatObject(vmap(row -> matmul(ones(2, 3), row), zeros(0, 3))).isEqualTo(zeros(0, 2));
    assertThatObject(vmap(row -> grad(z -> sum(z.mul(z)), row), zeros(0, 3)))
        .isEqualTo(zeros(0, 3));
  }

  @Test
  void oneLaneIsALane() {
    assertThatObject(vmap(row -> sum(row), ones(1, 3))).isEqualTo(tensor(3.0));
  }

  @Test
  void lanesMustAgree() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vmap(p -> p.get(0).add(p.get(1)), List.of(zeros(2, 3), zeros(3))))
        .isInstanceOf(ShapeException.class)
        .withMessage("vmap: 2 lanes, but f64[3] has extent 3 on axis 0");
  }

  @Test
  void scalarsHaveNoLanes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vmap(x -> x, scalar(1)))
        .isInstanceOf(ShapeException.class)
        .withMessageContaining("vmap")
        .withMessageContaining("axis 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vmap(Axes.in(Axes.NONE), (Tensor x) -> x).apply(zeros(2)))
        .withMessage("vmap: no tensor to map over");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vmap(s -> s, "static"))
        .withMessage("vmap: no tensor to map over");
  }

  @Test
  void axesMustFitTheArgument() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vmap(Axes.in(0, 0, 0), (Tensor x) -> x).apply(zeros(2)))
        .isInstanceOf(TreeException.class)
        .withMessage(
            "vmap: 3 axes for the 1 tensors of the argument;"
                + " expected one for each, or a single one for all");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vmap(Axes.in(2), (Tensor x) -> x).apply(ROWS))
        .withMessage("vmap: axis 2 of a tensor of shape (2, 3) does not exist");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vmap(Axes.in(0).withOut(2), (Tensor x) -> sum(x)).apply(ROWS))
        .withMessage("vmap: axis 2 of a tensor of shape (2,) does not exist");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Axes.in(new int[0]))
        .withMessage("Axes: needs at least one axis");
  }

  @Test
  void indicesInsideALaneCountTheLanesAxes() {
    assertThatObject(vmap(row -> row.get(-1), ROWS)).isEqualTo(tensor(3, 6));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vmap(row -> row.get(3), ROWS))
        .isInstanceOf(IndexException.class)
        .withMessageContaining("3")
        .withMessageContaining("f64[3]");
  }
}
