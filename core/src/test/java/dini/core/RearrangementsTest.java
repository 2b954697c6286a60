package dini.core;

import static dini.core.Diagonals.diag;
import static dini.core.Diagonals.diagonal;
import static dini.core.Diagonals.tril;
import static dini.core.Diagonals.triu;
import static dini.core.Rearrangements.flip;
import static dini.core.Rearrangements.meshgrid;
import static dini.core.Rearrangements.pad;
import static dini.core.Rearrangements.repeat;
import static dini.core.Rearrangements.roll;
import static dini.core.Rearrangements.split;
import static dini.core.Rearrangements.tile;
import static dini.core.Rearrangements.unstack;
import static dini.core.Tensors.bools;
import static dini.core.Tensors.eye;
import static dini.core.Tensors.ints;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Examples, edges and refusals; values are the business of the catalogue. */
class RearrangementsTest {
  private static final double NAN = Double.NaN;

  @Test
  void examplesOfThePages() {
    assertThat(split(tensor(1, 2, 3, 4), 2, 0)).containsExactly(tensor(1, 2), tensor(3, 4));
    assertThat(split(tensor(1, 2, 3, 4), new int[] {1, 3}, 0))
        .containsExactly(tensor(1), tensor(2, 3), tensor(4));
    assertThat(flip(tensor(1, 2, 3), 0)).isEqualTo(tensor(3, 2, 1));
    assertThat(roll(tensor(1, 2, 3), 1, 0)).isEqualTo(tensor(3, 1, 2));
    assertThat(tile(tensor(1, 2), 2)).isEqualTo(tensor(1, 2, 1, 2));
    assertThat(repeat(tensor(1, 2), 2, 0)).isEqualTo(tensor(1, 1, 2, 2));
    assertThat(repeat(tensor(1, 2, 3), new int[] {2, 0, 1}, 0)).isEqualTo(tensor(1, 1, 3));
    assertThat(pad(tensor(1, 2, 3), new int[] {2}, new int[] {1}, PadMode.REFLECT))
        .isEqualTo(tensor(3, 2, 1, 2, 3, 2));
    List<Tensor> grid = meshgrid(GridOrder.IJ, tensor(1, 2), tensor(3, 4, 5));
    assertThat(grid).extracting(Tensor::shape).containsOnly(Shape.of(2, 3));
    assertThat(grid.get(1).get(1)).isEqualTo(tensor(3, 4, 5));
    assertThat(meshgrid(tensor(1, 2), tensor(3, 4, 5)).get(0).shape()).isEqualTo(Shape.of(3, 2));
    assertThat(diag(tensor(1, 2), 0)).isEqualTo(tensor(new double[][] {{1, 0}, {0, 2}}));
    assertThat(Diagonals.trace(tensor(new double[][] {{1, 2}, {3, 4}}))).isEqualTo(scalar(5));
  }

  @Test
  void nothingIsFoundWhereNothingIs() {
    assertThat(meshgrid()).isEmpty();
    assertThat(unstack(zeros(0, 2), 0)).isEmpty();
    assertThat(split(zeros(0), 3, 0)).containsExactly(zeros(0), zeros(0), zeros(0));
    assertThat(tile(scalar(2))).isEqualTo(scalar(2));
    assertThat(roll(zeros(0), 3, 0)).isEqualTo(zeros(0));
    assertThat(roll(tensor(1, 2), Integer.MIN_VALUE, 0)).isEqualTo(tensor(1, 2));
    assertThat(flip(tensor(1, 2), new int[0])).isEqualTo(tensor(1, 2));
    assertThat(diagonal(eye(2), Integer.MIN_VALUE, 0, 1)).isEqualTo(zeros(0));
    assertThat(diagonal(eye(2), Integer.MAX_VALUE, 0, 1)).isEqualTo(zeros(0));
  }

  /** Zeros replace the other triangle, they do not multiply it. */
  @Test
  void trianglesDoNotReadTheOtherOne() {
    Tensor x = tensor(new double[][] {{1, NAN}, {NAN, -0.0}});
    assertThat(tril(x)).isEqualTo(tensor(new double[][] {{1, 0}, {NAN, -0.0}}));
    assertThat(triu(x)).isEqualTo(tensor(new double[][] {{1, NAN}, {0, -0.0}}));
    assertThat(tril(x, Integer.MAX_VALUE)).isEqualTo(x);
    assertThat(triu(x, -1)).isEqualTo(x);
    assertThat(tril(x, Integer.MIN_VALUE)).isEqualTo(zeros(2, 2));
    assertThat(triu(ones(2), 1).dtype()).isEqualTo(DType.BOOL);
  }

  private static Tensor ones(int n) {
    return Tensors.ones(new TensorType(Shape.of(n, n), DType.BOOL));
  }

  @Test
  void axesMoveTogether() {
    Tensor x = zeros(2, 3, 4);
    assertThat(Shapes.moveAxis(x, new int[] {0, -1}, new int[] {-1, 0}).shape())
        .isEqualTo(Shape.of(4, 3, 2));
    assertThat(Shapes.moveAxis(x, new int[0], new int[0])).isSameAs(x);
    assertThat(Shapes.swapAxes(x, 1, 1)).isSameAs(x);
    refused("moveAxis: [0] to [0, 1]", () -> Shapes.moveAxis(x, ints1(0), new int[] {0, 1}));
    refused("named twice", () -> Shapes.moveAxis(x, new int[] {0, -3}, new int[] {0, 1}));
    refused("named twice", () -> Shapes.moveAxis(x, new int[] {0, 1}, new int[] {2, -1}));
    refused("swapAxes: axis 3", () -> Shapes.swapAxes(x, 0, 3));
  }

  private static int[] ints1(int value) {
    return new int[] {value};
  }

  private static void refused(String message, ThrowingCallable call) {
    assertThatExceptionOfType(ShapeException.class).isThrownBy(call).withMessageContaining(message);
  }

  @Test
  void refusals() {
    Tensor x = tensor(1, 2, 3, 4);
    refused("split: axis 0 of f64[4] does not divide into 3", () -> split(x, 3, 0));
    refused("split: axis 0 of f64[4] does not divide into 0", () -> split(x, 0, 0));
    for (int[] positions : new int[][] {{5}, {-1}, {3, 2}}) {
      assertThatExceptionOfType(IndexException.class)
          .isThrownBy(() -> split(x, positions, 0))
          .withMessageContaining("axis 0 of f64[4], which has extent 4");
    }
    refused("flip: axis -1 of f64[4] is named twice", () -> flip(x, 0, -1));
    refused("roll: shifts [1, 2] for axes [0]", () -> roll(x, new int[] {1, 2}, ints1(0)));
    refused("tile: [-1] times", () -> tile(x, -1));
    refused("repeat: -1 times", () -> repeat(x, -1, 0));
    refused("repeat: [1] times for axis 0 of f64[4]", () -> repeat(x, ints1(1), 0));
    refused("repeat: [1, 1, 1, -1]", () -> repeat(x, new int[] {1, 1, 1, -1}, 0));
    refused("pad: 0 widths before", () -> pad(x, new int[0], ints1(1), PadMode.EDGE));
    refused("pad: widths -1, 0", () -> pad(x, ints1(-1), ints1(0), PadMode.EDGE));
    refused("of f64[0] by WRAP", () -> pad(zeros(0), ints1(1), ints1(0), PadMode.WRAP));
    refused("meshgrid: expected vectors, got f64[2,2]", () -> meshgrid(eye(2)));
    refused("diag: expected a vector or a matrix, got f64[]", () -> diag(scalar(1)));
    refused("diagonal: the axes 0 and -2", () -> diagonal(eye(2), 0, 0, -2));
    refused("tril: expected a matrix", () -> tril(x));
    refused("triu: expected a matrix", () -> triu(bools(true)));
    refused("unstack: axis 0", () -> unstack(Shapes.reshape(ints(1), Shape.SCALAR), 0));
  }
}
