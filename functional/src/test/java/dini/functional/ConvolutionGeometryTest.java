package dini.functional;

import static dini.core.Convolutions.avgPool2d;
import static dini.core.Convolutions.conv2d;
import static dini.core.Convolutions.convTranspose2d;
import static dini.core.Convolutions.maxPool2d;
import static dini.core.Tensors.onesLike;
import static dini.core.Tensors.tensor;
import static dini.functional.Transforms.vjp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dini.core.DType;
import dini.core.Shape;
import dini.core.Tensor;
import dini.core.Window;
import dini.core.Window.Padding;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Windows of random extents, strides, dilations, paddings and groups against plain loops: on small
 * integers, so that sums are exact in any order.
 */
class ConvolutionGeometryTest {
  private static final int CASES = 400;
  private static final int SIDE = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** One axis, with padding that may be wider than the window. */
  private record Line(int input, int size, int stride, int dilation, int before, int behind) {
    static Line draw(SplittableRandom random) {
      while (true) {
        Line line =
            new Line(
                random.nextInt(1, 8),
                random.nextInt(1, 5),
                random.nextInt(1, 4),
                random.nextInt(1, 4),
                random.nextInt(0, 6),
                random.nextInt(0, 6));
        if (line.places() >= 0) {
          return line;
        }
      }
    }

    int places() {
      return input + before + behind - (size - 1) * dilation - 1;
    }

    int outputs() {
      return places() / stride + 1;
    }

    int at(int output, int element) {
      return output * stride + element * dilation - before;
    }

    boolean has(int position) {
      return position >= 0 && position < input;
    }
  }

  private record Case(int images, int groups, int channels, int features, Line rows, Line columns) {
    static Case draw(SplittableRandom random) {
      return new Case(
          random.nextInt(1, 4),
          random.nextInt(1, 4),
          random.nextInt(1, 4),
          random.nextInt(1, 4),
          Line.draw(random),
          Line.draw(random));
    }

    Window window() {
      return Window.VALID
          .strides(rows.stride, columns.stride)
          .dilation(rows.dilation, columns.dilation)
          .padding(new Padding.Explicit(rows.before, rows.behind, columns.before, columns.behind));
    }

    Shape inputs() {
      return Shape.of(images, groups * channels, rows.input, columns.input);
    }

    Shape weights() {
      return Shape.of(groups * features, channels, rows.size, columns.size);
    }

    Shape outputs() {
      return Shape.of(images, groups * features, rows.outputs(), columns.outputs());
    }

    /** What is done with the places of one product of the convolution. */
    interface Term {
      void at(int x, int w, int y);
    }

    void forEach(Term term) {
      for (int y = 0; y < outputs().size(); y++) {
        int column = y % columns.outputs();
        int row = y / columns.outputs() % rows.outputs();
        int feature = y / (columns.outputs() * rows.outputs()) % (groups * features);
        int image = y / (columns.outputs() * rows.outputs() * groups * features);
        for (int k = 0; k < channels * rows.size * columns.size; k++) {
          int inputRow = rows.at(row, k / columns.size % rows.size);
          int inputColumn = columns.at(column, k % columns.size);
          if (rows.has(inputRow) && columns.has(inputColumn)) {
            int channel = feature / features * channels + k / (columns.size * rows.size);
            int plane = image * groups * channels + channel;
            int x = (plane * rows.input + inputRow) * columns.input + inputColumn;
            term.at(x, feature * channels * rows.size * columns.size + k, y);
          }
        }
      }
    }
  }

  private static double[] integers(SplittableRandom random, Shape shape) {
    return random.ints(shape.size(), -4, 5).asDoubleStream().toArray();
  }

  /** Integers, after a division and a multiplication; without negative zeros. */
  private static double[] rounded(Tensor x) {
    return Arrays.stream(x.toArray()).map(v -> Math.rint(v) + 0.0).toArray();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void convolutionsAndTheirDerivatives(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < CASES; i++) {
      Case drawn = Case.draw(random);
      double[] x = integers(random, drawn.inputs());
      double[] w = integers(random, drawn.weights());
      double[] y = integers(random, drawn.outputs());
      double[] ofX = new double[x.length];
      double[] ofW = new double[w.length];
      double[] ofY = new double[y.length];
      drawn.forEach(
          (at, weight, to) -> {
            ofX[at] += w[weight] * y[to];
            ofW[weight] += x[at] * y[to];
            ofY[to] += x[at] * w[weight];
          });
      for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
        List<Tensor> in =
            List.of(
                tensor(drawn.inputs(), x).astype(dtype), tensor(drawn.weights(), w).astype(dtype));
        Vjp<List<Tensor>, Tensor> vjp =
            vjp(z -> conv2d(z.get(0), z.get(1), drawn.window(), drawn.groups()), in);
        String context = dtype + " " + drawn;
        assertThat(vjp.value().shape()).as(context).isEqualTo(drawn.outputs());
        assertThat(vjp.value().toArray()).as(context).isEqualTo(ofY);
        List<Tensor> g = vjp.pullback().apply(tensor(drawn.outputs(), y).astype(dtype));
        assertThat(g.get(0).toArray()).as(context).isEqualTo(ofX);
        assertThat(g.get(1).toArray()).as(context).isEqualTo(ofW);
      }
    }
  }

  /** Where the strides fit, the transposed convolution is the transpose. */
  @ParameterizedTest
  @ValueSource(longs = {3})
  void transposedConvolutions(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < CASES; i++) {
      Case drawn = Case.draw(random);
      if (drawn.rows.places() % drawn.rows.stride == 0
          && drawn.columns.places() % drawn.columns.stride == 0) {
        double[] w = integers(random, drawn.weights());
        double[] y = integers(random, drawn.outputs());
        double[] x = new double[drawn.inputs().size()];
        drawn.forEach((at, weight, from) -> x[at] += w[weight] * y[from]);
        Tensor actual =
            convTranspose2d(
                tensor(drawn.outputs(), y),
                tensor(drawn.weights(), w),
                drawn.window(),
                drawn.groups());
        assertThat(actual.shape()).as("%s", drawn).isEqualTo(drawn.inputs());
        assertThat(actual.toArray()).as("%s", drawn).isEqualTo(x);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4})
  void pools(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int maxima = 0;
    for (int i = 0; i < CASES; i++) {
      Case drawn =
          new Case(
              random.nextInt(1, 3),
              random.nextInt(1, 3),
              1,
              1,
              Line.draw(random),
              Line.draw(random));
      int depth = drawn.rows.size * drawn.columns.size;
      double[] x = integers(random, drawn.inputs());
      double[] y = integers(random, drawn.outputs());
      double[] sum = new double[y.length];
      double[] spread = new double[x.length];
      int[] best = new int[y.length];
      Arrays.fill(best, -1);
      drawn.forEach(
          (at, weight, to) -> {
            sum[to] += x[at];
            spread[at] += y[to];
            best[to] = best[to] < 0 || x[at] > x[best[to]] ? at : best[to];
          });
      Window window = drawn.window();
      Tensor in = tensor(drawn.inputs(), x);
      Vjp<Tensor, Tensor> mean =
          vjp(z -> avgPool2d(z, drawn.rows.size, drawn.columns.size, window).mul(depth), in);
      assertThat(rounded(mean.value())).as("%s", drawn).isEqualTo(sum);
      Tensor back = mean.pullback().apply(tensor(drawn.outputs(), y));
      assertThat(rounded(back)).as("%s", drawn).isEqualTo(spread);
      if (Arrays.stream(best).allMatch(at -> at >= 0)) {
        maxima++;
        double[] chosen = new double[x.length];
        double[] largest = new double[y.length];
        for (int k = 0; k < y.length; k++) {
          chosen[best[k]] += y[k];
          largest[k] = x[best[k]];
        }
        for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
          Vjp<Tensor, Tensor> max =
              vjp(z -> maxPool2d(z, drawn.rows.size, drawn.columns.size, window), in.astype(dtype));
          assertThat(max.value().toArray()).as("%s", drawn).isEqualTo(largest);
          Tensor g = max.pullback().apply(tensor(drawn.outputs(), y).astype(dtype));
          assertThat(g.toArray()).as("%s", drawn).isEqualTo(chosen);
        }
      }
    }
    assertThat(maxima).isGreaterThan(CASES / 10);
  }

  /** A window of a billion rows and columns, all of whose padding would take days to walk. */
  @Test
  void poolsWithWindowsFarLargerThanTheImage() {
    int size = 1 << 30;
    double[] values = new double[SIDE * SIDE];
    Arrays.setAll(values, i -> i % 7);
    values[40] = 9;
    double[] chosen = new double[values.length];
    chosen[40] = values.length;
    double sum = Arrays.stream(values).sum();
    for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
      Tensor x = tensor(Shape.of(SIDE, SIDE), values).astype(dtype);
      assertTimeoutPreemptively(
          PATIENCE,
          () -> {
            Vjp<Tensor, Tensor> mean =
                vjp(z -> avgPool2d(z, size, size, Window.SAME).mul(0x1p60), x);
            assertThat(mean.value().toArray()).hasSize(SIDE * SIDE).containsOnly(sum);
            assertThat(mean.pullback().apply(onesLike(x)).toArray()).containsOnly(SIDE * SIDE);
            assertThat(avgPool2d(x, size, size, Window.SAME, false).toArray())
                .containsOnly(avgPool2d(x, SIDE).toDouble());
            Vjp<Tensor, Tensor> max = vjp(z -> maxPool2d(z, size, size, Window.SAME), x);
            assertThat(max.value().toArray()).containsOnly(9);
            assertThat(max.pullback().apply(onesLike(x)).toArray()).isEqualTo(chosen);
          });
    }
  }

  /** The image is at the middle of the first window and at the start of the second. */
  @Test
  void poolsWithStridesFarLargerThanTheImage() {
    int size = 1 << 30;
    Tensor x = tensor(new double[][] {{3, -1, 7}});
    Window window =
        Window.VALID.strides(1, size / 2).padding(new Padding.Explicit(0, 0, size / 2, size - 3));
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          Vjp<Tensor, Tensor> mean = vjp(z -> avgPool2d(z, 1, size, window).mul(size), x);
          assertThat(mean.value().toArray()).containsExactly(9, 9);
          assertThat(mean.pullback().apply(tensor(new double[][] {{1, 2}})).toArray())
              .containsExactly(3, 3, 3);
          assertThat(maxPool2d(x, 1, size, window).toArray()).containsExactly(7, 7);
        });
  }
}
