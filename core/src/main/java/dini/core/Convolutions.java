package dini.core;

import dini.core.Window.Padding;
import dini.core.kernel.Slide;
import dini.core.primitive.Convolve;
import dini.core.primitive.Convolve.Role;
import dini.core.primitive.WindowArgMax;
import dini.core.primitive.WindowSum;
import dini.core.trace.Bind;

/**
 * Windows that move over images: convolution and pooling. Images are tensors (…, height, width),
 * for convolutions (images, channels, height, width), the layout of PyTorch and of JAX's default.
 * How a window moves is a {@link Window}.
 *
 * <p>An axis of height or width gives {@code floor((extent + padding - (dilation * (window - 1) +
 * 1)) / stride) + 1} outputs, and {@code ceil(extent / stride)} with the padding {@link
 * Padding.Same}.
 */
public final class Convolutions {
  private Convolutions() {}

  /**
   * The convolution of images, by 1 and without padding. See {@link #conv2d(Tensor, Tensor, Window,
   * int)}.
   *
   * @param x images (n, c, height, width)
   * @param weights (features, c, window height, window width)
   * @return (n, features, …)
   */
  public static Tensor conv2d(Tensor x, Tensor weights) {
    return conv2d(x, weights, Window.VALID);
  }

  /**
   * The convolution of images. See {@link #conv2d(Tensor, Tensor, Window, int)}.
   *
   * @param x images (n, c, height, width)
   * @param weights (features, c, window height, window width)
   * @param window how the window moves
   * @return (n, features, …)
   */
  public static Tensor conv2d(Tensor x, Tensor weights, Window window) {
    return conv2d(x, weights, window, 1);
  }

  /**
   * The convolution of images, as in learning: weights are not reversed. {@code y[n, o, p, q] = sum
   * over c, i, j of x[n, c, p s + i d - t, q s + j d - l] w[o, c, i, j]} with stride s, dilation d,
   * t rows and l columns of padding before the image, which is 0. With groups, channels and
   * features are cut into as many parts, and each part of the features sees its part of the
   * channels; as many groups as channels are a depthwise convolution.
   *
   * <p>The sum runs over channels, rows and columns of the window in order, with fused
   * multiply-adds; padding takes part in it as 0, so a weight that is infinite or NaN makes outputs
   * at the border NaN. It costs 2 operations for each weight and each output that it serves; so do
   * both derivatives: {@code dy = conv2d(dx, w) + conv2d(x, dw)}.
   *
   * <pre>{@code
   * Tensor x = reshape(arange(9), 1, 1, 3, 3);
   * Tensor y = conv2d(x, ones(1, 1, 2, 2));   // [[8. 12.] [20. 24.]], of shape (1, 1, 2, 2)
   * }</pre>
   *
   * @param x images (n, c, height, width)
   * @param weights (features, c / groups, window height, window width), of the dtype of x
   * @param window how the window moves
   * @param groups the number of groups, a divisor of c and of the features
   * @return (n, features, …)
   * @throws ShapeException if shapes or groups do not fit, or the window is larger than the padded
   *     image
   * @throws DTypeException if the dtypes differ or are not floating
   */
  public static Tensor conv2d(Tensor x, Tensor weights, Window window, int groups) {
    String operation = "conv2d";
    checkFilters(operation, x, weights, groups);
    Shape xs = x.shape();
    Shape ws = weights.shape();
    if (xs.extent(1) != groups * ws.extent(1) || ws.extent(0) % groups != 0) {
      throw misfit(operation, x, weights, groups);
    }
    Slide rows = rows(operation, x, ws.extent(2), window);
    Slide columns = columns(operation, x, ws.extent(3), window);
    Tensor images =
        Shapes.reshape(x, xs.extent(0), groups, ws.extent(1), xs.extent(2), xs.extent(3));
    Tensor y =
        Bind.bind(new Convolve(Role.OUTPUT, rows, columns), images, grouped(weights, groups));
    return Shapes.reshape(y, xs.extent(0), ws.extent(0), rows.output(), columns.output());
  }

  /**
   * The transposed convolution, without groups. See {@link #convTranspose2d(Tensor, Tensor, Window,
   * int)}.
   *
   * @param y images (n, c, height, width)
   * @param weights (c, features, window height, window width)
   * @param window how the window of the convolution moves
   * @return (n, features, …)
   */
  public static Tensor convTranspose2d(Tensor y, Tensor weights, Window window) {
    return convTranspose2d(y, weights, window, 1);
  }

  /**
   * The transpose of {@link #conv2d(Tensor, Tensor, Window, int)} with the same weights and window:
   * every element of an image adds its multiple of the weights to the place of its window. An axis
   * gives {@code (extent - 1) stride + dilation (window - 1) + 1 - padding} outputs, and {@code
   * extent * stride} with the padding {@link Padding.Same}.
   *
   * <pre>{@code
   * Tensor y = convTranspose2d(ones(1, 1, 2, 2), w, Window.VALID.strides(2));
   * }</pre>
   *
   * @param y images (n, c, height, width)
   * @param weights (c, features / groups, window height, window width), of the dtype of y
   * @param window how the window of the convolution moves
   * @param groups the number of groups, a divisor of c
   * @return (n, features, …)
   * @throws ShapeException if shapes or groups do not fit, or nothing is left inside the padding
   * @throws DTypeException if the dtypes differ or are not floating
   */
  public static Tensor convTranspose2d(Tensor y, Tensor weights, Window window, int groups) {
    String operation = "convTranspose2d";
    checkFilters(operation, y, weights, groups);
    Shape ys = y.shape();
    Shape ws = weights.shape();
    if (ys.extent(1) != ws.extent(0) || ws.extent(0) % groups != 0) {
      throw misfit(operation, y, weights, groups);
    }
    boolean same = window.padding() instanceof Padding.Same;
    Padding.Explicit sides =
        window.padding() instanceof Padding.Explicit given
            ? given
            : new Padding.Explicit(0, 0, 0, 0);
    int height =
        transposed(
            y,
            2,
            ws,
            window.strideHeight(),
            window.dilationHeight(),
            sides.top() + sides.bottom(),
            same);
    int width =
        transposed(
            y,
            3,
            ws,
            window.strideWidth(),
            window.dilationWidth(),
            sides.left() + sides.right(),
            same);
    Slide rows = rows(operation, ys.with(2, height), ws.extent(2), window);
    Slide columns = columns(operation, ys.with(3, width), ws.extent(3), window);
    Tensor images =
        Shapes.reshape(y, ys.extent(0), groups, ws.extent(0) / groups, ys.extent(2), ys.extent(3));
    Tensor x = Bind.bind(new Convolve(Role.INPUT, rows, columns), grouped(weights, groups), images);
    return Shapes.reshape(x, ys.extent(0), groups * ws.extent(1), height, width);
  }

  /** The extent of an axis of which a convolution makes that of y. */
  private static int transposed(
      Tensor y, int axis, Shape weights, int stride, int dilation, int padding, boolean same) {
    int extent = y.shape().extent(axis);
    long reach = reach(weights.extent(axis), dilation);
    long result =
        same ? (long) extent * stride : Math.max(0, extent - 1L) * stride + reach - padding;
    if (result < 0 || result > Integer.MAX_VALUE) {
      throw new ShapeException(
          "convTranspose2d: "
              + y.type()
              + " with padding "
              + padding
              + " would have extent "
              + result
              + " along axis "
              + axis);
    }
    return (int) result;
  }

  /** The weights with an axis for the groups. */
  private static Tensor grouped(Tensor weights, int groups) {
    Shape ws = weights.shape();
    return Shapes.reshape(
        weights, groups, ws.extent(0) / groups, ws.extent(1), ws.extent(2), ws.extent(3));
  }

  private static void checkFilters(String operation, Tensor x, Tensor weights, int groups) {
    if (x.dtype() != weights.dtype()) {
      throw new DTypeException(
          operation
              + ": "
              + x.type()
              + " and weights "
              + weights.type()
              + ": dtypes differ; convert one with astype");
    }
    if (!x.dtype().isFloating()) {
      throw new DTypeException(operation + ": needs a floating dtype, got " + x.type());
    }
    if (x.rank() != 4 || weights.rank() != 4 || groups < 1) {
      throw misfit(operation, x, weights, groups);
    }
  }

  private static ShapeException misfit(String operation, Tensor x, Tensor weights, int groups) {
    return new ShapeException(
        operation
            + ": images "
            + x.type()
            + " and weights "
            + weights.type()
            + " in "
            + groups
            + " groups: expected (images, channels, height, width) and "
            + (operation.equals("conv2d")
                ? "(features, channels / groups, height, width)"
                : "(channels, features / groups, height, width)")
            + ", channels and features in whole groups");
  }

  /**
   * The largest element of every window of the given extents, which are also the strides.
   *
   * @param x images (…, height, width)
   * @param size the height and width of the window
   * @return (…, height / size, width / size), rounded down
   */
  public static Tensor maxPool2d(Tensor x, int size) {
    return maxPool2d(x, size, size, steps("maxPool2d", size));
  }

  /**
   * The largest element of every window. Padding takes no part. NaN wins. Of several largest
   * elements the first, row by row, has the derivative, as in PyTorch and JAX.
   *
   * <pre>{@code
   * Tensor y = maxPool2d(x, 3, 3, Window.VALID.strides(2).padding(1));
   * }</pre>
   *
   * @param x images (…, height, width) of a floating dtype
   * @param height the height of the window
   * @param width its width
   * @param window how it moves
   * @return the largest elements (…, outputs, outputs)
   * @throws ShapeException if the window is larger than the padded image, or a place of it has
   *     nothing but padding
   * @throws DTypeException if the dtype is not floating
   */
  public static Tensor maxPool2d(Tensor x, int height, int width, Window window) {
    Slide rows = rows("maxPool2d", pooled("maxPool2d", x), height, window);
    Slide columns = columns("maxPool2d", x, width, window);
    Tensor at = Bind.bind(new WindowArgMax(rows, columns), x);
    int planes = product(x.shape());
    Tensor flat = Shapes.reshape(x, planes, rows.input() * columns.input());
    Tensor places = Shapes.reshape(at, planes, rows.output() * columns.output());
    return Shapes.reshape(Indexing.takeAlongAxis(flat, places, 1), at.shape());
  }

  /** The number of planes. */
  private static int product(Shape shape) {
    int planes = 1;
    for (int axis = 0; axis < shape.rank() - 2; axis++) {
      planes *= shape.extent(axis);
    }
    return planes;
  }

  /**
   * The mean of every window of the given extents, which are also the strides.
   *
   * @param x images (…, height, width)
   * @param size the height and width of the window
   * @return (…, height / size, width / size), rounded down
   */
  public static Tensor avgPool2d(Tensor x, int size) {
    return avgPool2d(x, size, size, steps("avgPool2d", size));
  }

  /**
   * The mean of every window; padding counts as 0, as in PyTorch and Flax. See {@link
   * #avgPool2d(Tensor, int, int, Window, boolean)}.
   *
   * @param x images (…, height, width) of a floating dtype
   * @param height the height of the window
   * @param width its width
   * @param window how it moves
   * @return the means (…, outputs, outputs)
   */
  public static Tensor avgPool2d(Tensor x, int height, int width, Window window) {
    return avgPool2d(x, height, width, window, true);
  }

  /**
   * The mean of every window, summed row by row. Linear in x.
   *
   * @param x images (…, height, width) of a floating dtype
   * @param height the height of the window
   * @param width its width
   * @param window how it moves
   * @param countPadding whether the sum is divided by the number of all elements of the window;
   *     otherwise by that of those inside the image, and the mean of none is NaN
   * @return the means (…, outputs, outputs)
   * @throws ShapeException if the window is larger than the padded image
   * @throws DTypeException if the dtype is not floating
   */
  public static Tensor avgPool2d(
      Tensor x, int height, int width, Window window, boolean countPadding) {
    Slide rows = rows("avgPool2d", pooled("avgPool2d", x), height, window);
    Slide columns = columns("avgPool2d", x, width, window);
    WindowSum sum = new WindowSum(rows, columns, false);
    Tensor sums = Bind.bind(sum, x);
    if (countPadding) {
      return Elementwise.div(sums, (double) height * width);
    }
    Shape plane = Shape.of(rows.input(), columns.input());
    return Elementwise.div(sums, sum.bind(Tensors.full(plane, 1, x.dtype())));
  }

  /** Windows side by side. */
  private static Window steps(String operation, int size) {
    if (size < 1) {
      throw new ShapeException(operation + ": windows of extent " + size + ", expected 1 or more");
    }
    return Window.VALID.strides(size);
  }

  private static Shape pooled(String operation, Tensor x) {
    if (!x.dtype().isFloating()) {
      throw new DTypeException(operation + ": needs a floating dtype, got " + x.type());
    }
    if (x.rank() < 2) {
      throw new ShapeException(operation + ": expected (…, height, width), got " + x.type());
    }
    return x.shape();
  }

  private static Slide rows(String operation, Tensor x, int size, Window window) {
    return rows(operation, x.shape(), size, window);
  }

  private static Slide columns(String operation, Tensor x, int size, Window window) {
    return columns(operation, x.shape(), size, window);
  }

  private static Slide rows(String operation, Shape shape, int size, Window window) {
    int stride = window.strideHeight();
    int dilation = window.dilationHeight();
    return switch (window.padding()) {
      case Padding.Same() -> same(operation, shape, -2, size, stride, dilation);
      case Padding.Explicit sides ->
          slide(operation, shape, -2, size, stride, dilation, sides.top(), sides.bottom());
    };
  }

  private static Slide columns(String operation, Shape shape, int size, Window window) {
    int stride = window.strideWidth();
    int dilation = window.dilationWidth();
    return switch (window.padding()) {
      case Padding.Same() -> same(operation, shape, -1, size, stride, dilation);
      case Padding.Explicit sides ->
          slide(operation, shape, -1, size, stride, dilation, sides.left(), sides.right());
    };
  }

  private static Slide same(
      String operation, Shape shape, int axis, int size, int stride, int dilation) {
    long input = shape.extent(axis);
    long outputs = Math.ceilDiv(input, stride);
    long padding = Math.max(0, (outputs - 1) * stride + reach(size, dilation) - input);
    long before = padding / 2;
    return slide(operation, shape, axis, size, stride, dilation, before, padding - before);
  }

  private static Slide slide(
      String operation,
      Shape shape,
      int axis,
      int size,
      int stride,
      int dilation,
      long before,
      long behind) {
    int input = shape.extent(axis);
    long places = input + before + behind - reach(size, dilation);
    if (size < 1 || places < 0 || before + input + behind > Integer.MAX_VALUE) {
      throw new ShapeException(
          operation
              + ": a window of "
              + size
              + " elements with dilation "
              + dilation
              + " along axis "
              + axis
              + " of shape "
              + shape
              + " with padding "
              + before
              + " and "
              + behind
              + ": expected at least one element and no more than the padded image has");
    }
    return new Slide(input, size, (int) (places / stride) + 1, stride, dilation, (int) before);
  }

  /** From the first to the last element of a window. */
  private static long reach(int size, int dilation) {
    return (size - 1L) * dilation + 1;
  }
}
