package dini.functional;

import static dini.core.Convolutions.avgPool2d;
import static dini.core.Convolutions.conv2d;
import static dini.core.Convolutions.convTranspose2d;
import static dini.core.Convolutions.maxPool2d;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vjp;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Index;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.Window;
import dini.core.Window.Padding;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Convolutions and pooling against numbers of PyTorch, computed in float64 from the same small
 * integers, so that they are exact; and against each other.
 */
class ConvolutionsTest {

  /** Element i is {@code i a mod m - m / 2}. */
  private static Tensor numbers(int a, int m, int... extents) {
    Shape shape = Shape.of(extents);
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * a % m - m / 2;
    }
    return tensor(shape, values);
  }

  /** Three weighted sums that tell tensors of integers apart. */
  private static double[] sums(Tensor x) {
    double[] sums = new double[3];
    double[] values = x.toArray();
    for (int i = 0; i < values.length; i++) {
      sums[0] += values[i];
      sums[1] += values[i] * (i % 13 - 6);
      sums[2] += values[i] * (i * i % 17 - 8);
    }
    return sums;
  }

  private static final Window WINDOW = Window.VALID.strides(2, 1).padding(1, 2).dilation(1, 2);
  private static final Tensor X = numbers(7, 11, 2, 4, 5, 6);
  private static final Tensor W = numbers(5, 7, 6, 2, 3, 2);
  private static final Tensor COTANGENT = numbers(3, 5, 2, 6, 3, 8);

  private static Tensor conv(List<Tensor> in) {
    return conv2d(in.get(0), in.get(1), WINDOW, 2);
  }

  /** torch.nn.functional.conv2d, stride (2, 1), padding (1, 2), dilation (1, 2), groups 2. */
  @Test
  void convolutionIsTorchs() {
    Tensor y = conv(List.of(X, W));
    assertThat(y.shape()).isEqualTo(Shape.of(2, 6, 3, 8));
    assertThat(sums(y)).containsExactly(-185, 116, -364);
    assertThat(Shapes.index(Shapes.index(y, 0, 0), 0, 0).toArray())
        .containsExactly(
            29, -1, -15, 9, -11, -20, 1, -11, -8, -12, -7, -18, -7, -7, -8, 29, 1, -9, -11, 9, -15,
            -6, 29, -7);
    Tensor narrow = conv2d(X.astype(DType.FLOAT32), W.astype(DType.FLOAT32), WINDOW, 2);
    assertThat(narrow).isEqualTo(y.astype(DType.FLOAT32));
  }

  /** torch.autograd.grad of the convolution weighted by the cotangent. */
  @Test
  void gradientIsTorchs() {
    List<Tensor> g = vjp(ConvolutionsTest::conv, List.of(X, W)).pullback().apply(COTANGENT);
    assertThat(sums(g.get(0))).containsExactly(6, -154, -222);
    assertThat(sums(g.get(1))).containsExactly(491, -1345, 482);
    List<Tensor> narrow = List.of(X.astype(DType.FLOAT32), W.astype(DType.FLOAT32));
    List<Tensor> same =
        vjp(ConvolutionsTest::conv, narrow).pullback().apply(COTANGENT.astype(DType.FLOAT32));
    assertThat(same.get(0)).isEqualTo(g.get(0).astype(DType.FLOAT32));
    assertThat(same.get(1)).isEqualTo(g.get(1).astype(DType.FLOAT32));
  }

  /** torch.autograd.grad of the gradient weighted by a direction: reverse over reverse. */
  @Test
  void secondDerivativeIsTorchs() {
    Tensor v = numbers(4, 9, 2, 4, 5, 6);
    Tensor u = numbers(2, 5, 6, 2, 3, 2);
    Function<List<Tensor>, Tensor> loss = in -> sum(conv(in).mul(COTANGENT));
    Function<List<Tensor>, Tensor> slope =
        in -> {
          List<Tensor> g = grad(loss, in);
          return sum(g.get(0).mul(v)).add(sum(g.get(1).mul(u)));
        };
    List<Tensor> second = grad(slope, List.of(X, W));
    assertThat(sums(second.get(0))).containsExactly(-5, 96, 445);
    assertThat(sums(second.get(1))).containsExactly(-5, 972, -2004);
    List<Tensor> forward =
        jvp((List<Tensor> in) -> grad(loss, in), List.of(X, W), List.of(v, u)).tangent();
    assertThat(forward).isEqualTo(second);
  }

  /**
   * torch.nn.functional.conv_transpose2d, stride (2, 3), padding (1, 0), dilation (1, 2), groups 2.
   */
  @Test
  void transposedConvolutionIsTorchs() {
    Tensor y = numbers(7, 11, 2, 4, 3, 3);
    Tensor w = numbers(5, 7, 4, 3, 3, 2);
    Window window = Window.VALID.strides(2, 3).padding(1, 0).dilation(1, 2);
    Tensor x = convTranspose2d(y, w, window, 2);
    assertThat(x.shape()).isEqualTo(Shape.of(2, 6, 5, 9));
    assertThat(sums(x)).containsExactly(-25, -277, 1854);
    Tensor z = numbers(3, 7, 2, 6, 5, 9);
    double forward = sum(conv2d(z, w, window, 2).mul(y)).toDouble();
    assertThat(sum(z.mul(x)).toDouble()).isEqualTo(forward);
  }

  /** torch.nn.functional.max_pool2d, window (3, 2), stride (2, 1), padding 1, dilation (1, 2). */
  @Test
  void maxPoolIsTorchs() {
    Tensor x = numbers(7, 11, 2, 2, 5, 6);
    Window window = Window.VALID.strides(2, 1).padding(1).dilation(1, 2);
    Function<Tensor, Tensor> pool = z -> maxPool2d(z, 3, 2, window);
    Tensor m = pool.apply(x);
    assertThat(m.shape()).isEqualTo(Shape.of(2, 2, 3, 6));
    assertThat(m.toArray())
        .startsWith(2, 4, 5, 1, 5, 1, 0, 5, 3, 5, 4, -1, 5, 3, 5, 4, 2, 4, 3, 5, 4, 2, 4, 2)
        .endsWith(5, 4, 2, 5, 2, -1, 4, 2, 4, 5, -2);
    Tensor g = vjp(pool, x).pullback().apply(numbers(3, 5, 2, 2, 3, 6));
    assertThat(g.toArray())
        .startsWith(0, -2, 0, -1, 0, 0, 1, 1, 0, 2, 1, 0, 0, 0, -1, 0, 0, -2, 0, 0, 2, 0, 0, 1)
        .endsWith(-1, 0, 0, 0, 1, 0, 2, 1, -2, 0, 0, -1, 0, 0, 0);
    assertThat(pool.apply(x.astype(DType.FLOAT32))).isEqualTo(m.astype(DType.FLOAT32));
  }

  /** torch.nn.functional.avg_pool2d, with and without count_include_pad. */
  @Test
  void avgPoolIsTorchs() {
    Tensor x = numbers(7, 11, 2, 2, 5, 6);
    Window window = Window.VALID.strides(2, 1).padding(1);
    Tensor counted = avgPool2d(x, 3, 2, window);
    assertNear(
        1e-15,
        Shapes.slice(Shapes.reshape(counted, counted.size()), Index.to(8)),
        tensor(-1 / 6.0, 1 / 6.0, -2 / 3.0, 1 / 3.0, 4 / 3.0, -4 / 3.0, -4 / 3.0, 1).toArray());
    Tensor inside = avgPool2d(x, 3, 2, window, false);
    assertNear(
        1e-15,
        Shapes.slice(Shapes.reshape(inside, inside.size()), Index.to(8)),
        tensor(-0.5, 0.25, -1, 0.5, 2, -2, -4, 2).toArray());
  }

  // ---- edges ----

  @Test
  void theFirstOfEqualMaximaHasTheDerivative() {
    Tensor x = tensor(new double[][] {{1, 3, 0}, {3, 3, 0}, {3, -0.0, 0}});
    Tensor g = grad(z -> sum(maxPool2d(z, 2, 2, Window.VALID)), x);
    assertThat(g).isEqualTo(tensor(new double[][] {{0, 2, 0}, {1, 1, 0}, {0, 0, 0}}));
    Tensor zeros = tensor(new double[][] {{-0.0, 0.0}});
    assertThat(grad(z -> sum(maxPool2d(z, 1, 2, Window.VALID)), zeros))
        .isEqualTo(tensor(new double[][] {{1, 0}}));
  }

  @Test
  void nanWinsAndPaddingNever() {
    Tensor x = tensor(new double[][] {{-5, Double.NaN, 7}, {-3, -9, Double.NEGATIVE_INFINITY}});
    assertThat(maxPool2d(x, 2, 2, Window.VALID).toArray()).containsOnly(Double.NaN);
    assertThat(maxPool2d(x, 2, 2, Window.VALID.padding(1)).toArray())
        .containsExactly(
            -5,
            Double.NaN,
            Double.NaN,
            7,
            -3,
            Double.NaN,
            Double.NaN,
            7,
            -3,
            -3,
            -9,
            Double.NEGATIVE_INFINITY);
    assertThatThrownBy(() -> maxPool2d(x, 1, 1, Window.VALID.padding(1)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("a window lies in the padding");
    assertThat(avgPool2d(x, 1, 1, Window.VALID.padding(1, 0), false).toArray()[0]).isNaN();
  }

  @Test
  void samePaddingGivesAnOutputForEveryStride() {
    for (int extent = 1; extent <= 7; extent++) {
      for (int size = 1; size <= 4; size++) {
        for (int stride = 1; stride <= 3; stride++) {
          Tensor x = ones(1, 1, extent, 1);
          Tensor w = ones(1, 1, size, 1);
          Tensor y = conv2d(x, w, Window.SAME.strides(stride, 1));
          int outputs = (extent + stride - 1) / stride;
          assertThat(y.shape()).isEqualTo(Shape.of(1, 1, outputs, 1));
          Tensor back = convTranspose2d(y, w, Window.SAME.strides(stride, 1));
          assertThat(back.shape()).isEqualTo(Shape.of(1, 1, outputs * stride, 1));
        }
      }
    }
    // one element of padding before, two behind
    Tensor y = conv2d(numbers(1, 9, 1, 1, 1, 4), ones(1, 1, 1, 4), Window.SAME);
    assertThat(y.toArray()).containsExactly(-9, -10, -6, -3);
  }

  /** A stretch of outputs may be computed with others or alone. */
  @Test
  void anImageHasTheSameBitsAmongOthers() {
    for (int[] extents : new int[][] {{3, 40, 41}, {16, 6, 5}, {5, 9, 9}}) {
      Tensor x = noise(1, 7, extents[0], extents[1], extents[2]);
      Tensor w = noise(2, 3, extents[0], 3, 3);
      Tensor all = conv2d(x, w, Window.SAME);
      for (int n = 0; n < 7; n++) {
        Tensor one = Shapes.expandDims(Shapes.index(x, 0, n), 0);
        assertThat(Shapes.index(all, 0, n))
            .isEqualTo(Shapes.index(conv2d(one, w, Window.SAME), 0, 0));
      }
      Tensor plane = Shapes.index(all, 0, 0);
      Tensor mapped = vmap(f -> conv2d(x, Shapes.expandDims(f, 0), Window.SAME), w);
      assertNear(1e-13, Shapes.squeeze(Shapes.index(mapped, 1, 0), 1), plane.toArray());
    }
  }

  private static Tensor noise(int seed, int... extents) {
    Shape shape = Shape.of(extents);
    return tensor(shape, new SplittableRandom(seed).doubles(shape.size(), -1, 1).toArray());
  }

  @Test
  void defaultsOfPooling() {
    Tensor x = Shapes.reshape(Tensors.arange(20), 4, 5);
    assertThat(maxPool2d(x, 2)).isEqualTo(tensor(new double[][] {{6, 8}, {16, 18}}));
    assertThat(avgPool2d(x, 2)).isEqualTo(tensor(new double[][] {{3, 5}, {13, 15}}));
    Tensor square = Shapes.reshape(Tensors.arange(9), 1, 1, 3, 3);
    assertThat(conv2d(square, ones(1, 1, 2, 2)).toArray()).containsExactly(8, 12, 20, 24);
  }

  @Test
  void wrongArgumentsAreRefused() {
    Tensor x = zeros(1, 4, 5, 5);
    assertThatThrownBy(() -> conv2d(x, zeros(2, 3, 2, 2)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("conv2d: images")
        .hasMessageContaining("[1,4,5,5]")
        .hasMessageContaining("[2,3,2,2]");
    assertThatThrownBy(() -> conv2d(x, zeros(3, 2, 2, 2), Window.VALID, 2))
        .hasMessageContaining("in 2 groups");
    assertThatThrownBy(() -> conv2d(x, zeros(2, 4, 2))).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> conv2d(x, zeros(2, 4, 2, 2), Window.VALID, 0))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> conv2d(x, zeros(2, 4, 6, 2)))
        .hasMessageContaining("a window of 6 elements")
        .hasMessageContaining("axis -2");
    assertThatThrownBy(() -> conv2d(x, zeros(2, 4, 0, 2))).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> conv2d(x, zeros(2, 4, 2, 2).astype(DType.FLOAT32)))
        .isInstanceOf(DTypeException.class);
    assertThatThrownBy(() -> conv2d(x.astype(DType.INT32), zeros(2, 4, 2, 2).astype(DType.INT32)))
        .isInstanceOf(DTypeException.class);
    assertThatThrownBy(() -> maxPool2d(x.astype(DType.INT64), 2))
        .isInstanceOf(DTypeException.class);
    assertThatThrownBy(() -> avgPool2d(zeros(4), 2)).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> Window.VALID.strides(0)).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> new Padding.Explicit(0, -1, 0, 0)).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> convTranspose2d(x, zeros(3, 1, 2, 2), Window.VALID))
        .hasMessageContaining("convTranspose2d: images");
    assertThatThrownBy(() -> convTranspose2d(x, zeros(4, 1, 1, 1), Window.VALID.padding(9)))
        .isInstanceOf(ShapeException.class);
  }
}
