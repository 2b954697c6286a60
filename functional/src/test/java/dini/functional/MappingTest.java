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
        .withMessage("vmap: 3 axes for 1 tensors");
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
