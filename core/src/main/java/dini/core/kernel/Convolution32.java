package dini.core.kernel;

import java.util.Arrays;

/**
 * Convolutions of images, by products of matrices: the windows of a stretch of outputs are written
 * as the columns of a matrix, which is multiplied with that of the weights. Arrays are contiguous:
 * inputs x (images, groups, channels, rows, columns), weights w (groups, features, channels, rows,
 * columns), outputs y (images, groups, features, rows, columns), each spatial axis with the extent
 * that its {@link Slide} says.
 *
 * <p>An output sums over channel, row and column of the window in this order, by fma from +0,
 * padding included. An input element sums, by additions in the order of row and column of the
 * window, what is summed over features by fma. A weight sums over images and outputs in order by
 * fma, in stretches that are added; their length depends on extents only.
 */
public final class Convolution32 {
  /** Columns of at most half a MB are written and read while they are in the second-level cache. */
  private static final int SPAN = 1 << 17;

  /** Below, a product has too few columns for its kernel. */
  private static final int NARROW = 64;

  private final int images;
  private final int groups;
  private final int channels;
  private final int features;
  private final Slide rows;
  private final Slide columns;

  /** The elements of an input image, of a window, of an output image. */
  private final int inputs;

  private final int window;
  private final int outputs;

  /** The number of rows of the matrix of windows. */
  private final int depth;

  /** How many outputs are computed together, and whether inputs serve as columns as they are. */
  private final int stretch;

  private final boolean direct;

  private float[] matrix = {};
  private float[] part = {};

  /** A convolution of the given extents. */
  public Convolution32(
      int images, int groups, int channels, int features, Slide rows, Slide columns) {
    this.images = images;
    this.groups = groups;
    this.channels = channels;
    this.features = features;
    this.rows = rows;
    this.columns = columns;
    inputs = rows.input() * columns.input();
    window = rows.window() * columns.window();
    outputs = rows.output() * columns.output();
    depth = channels * window;
    direct = rows.isIdentity() && columns.isIdentity() && outputs >= NARROW;
    stretch = direct ? outputs : stretch();
  }

  /** Whole images where they are small, else a part of one. */
  private int stretch() {
    int fit = Math.max(NARROW, SPAN / Math.max(1, depth));
    return outputs == 0 || fit < outputs ? fit : Math.min(images, fit / outputs) * outputs;
  }

  /** y from x and w. */
  public void output(float[] x, float[] w, float[] y) {
    Kernels kernels = Kernels.chosen();
    for (int g = 0; g < groups; g++) {
      for (int from = 0; from < images * outputs; from += stretch) {
        int n = Math.min(stretch, images * outputs - from);
        int at = columns(x, g, from, n);
        float[] b = direct ? x : matrix;
        int wo = g * features * depth;
        if (isImage(from, n)) {
          kernels.gemm(
              false, false, features, n, depth, w, wo, b, at, y, image(from, g, features, outputs));
        } else {
          part = sized(part, features * n);
          kernels.gemm(false, false, features, n, depth, w, wo, b, at, part, 0);
          copyOutputs(y, g, from, n, false);
        }
      }
    }
  }

  /** x from w and y; x comes as zeros. */
  public void input(float[] w, float[] y, float[] x) {
    Kernels kernels = Kernels.chosen();
    for (int g = 0; g < groups; g++) {
      for (int from = 0; from < images * outputs; from += stretch) {
        int n = Math.min(stretch, images * outputs - from);
        int yo = outputs(y, g, from, n);
        float[] b = isImage(from, n) ? y : part;
        int wo = g * features * depth;
        if (direct) {
          int xo = image(from, g, channels, inputs);
          kernels.gemm(true, false, depth, n, features, w, wo, b, yo, x, xo);
        } else {
          matrix = sized(matrix, depth * n);
          kernels.gemm(true, false, depth, n, features, w, wo, b, yo, matrix, 0);
          windows(x, g, from, n, true);
        }
      }
    }
  }

  /** w from x and y; w comes as zeros. */
  public void weights(float[] x, float[] y, float[] w) {
    Kernels kernels = Kernels.chosen();
    int size = features * depth;
    float[] term = new float[size];
    for (int g = 0; g < groups; g++) {
      for (int from = 0; from < images * outputs; from += stretch) {
        int n = Math.min(stretch, images * outputs - from);
        int at = columns(x, g, from, n);
        int yo = outputs(y, g, from, n);
        float[] a = isImage(from, n) ? y : part;
        float[] b = direct ? x : matrix;
        kernels.gemm(false, true, features, depth, n, a, yo, b, at, term, 0);
        kernels.binary(BinaryKernel.ADD, w, g * size, term, 0, w, g * size, size);
      }
    }
  }

  private boolean isImage(int from, int n) {
    return n == outputs && from % outputs == 0;
  }

  /** Where the image of an output begins, of arrays with some number of planes in each group. */
  private int image(int from, int g, int planes, int plane) {
    return (from / outputs * groups + g) * planes * plane;
  }

  private static float[] sized(float[] buffer, int size) {
    return buffer.length < size ? new float[size] : buffer;
  }

  /** Makes n columns ready and returns where they begin, in x or in the matrix. */
  private int columns(float[] x, int g, int from, int n) {
    if (direct) {
      return image(from, g, channels, inputs);
    }
    matrix = sized(matrix, depth * n);
    windows(x, g, from, n, false);
    return 0;
  }

  /** Makes n outputs ready, a row for each feature, and returns where they begin. */
  private int outputs(float[] y, int g, int from, int n) {
    if (isImage(from, n)) {
      return image(from, g, features, outputs);
    }
    part = sized(part, features * n);
    copyOutputs(y, g, from, n, true);
    return 0;
  }

  /** Copies n outputs of every feature between y and the rows of a matrix. */
  private void copyOutputs(float[] y, int g, int from, int n, boolean toMatrix) {
    for (int done = 0; done < n; ) {
      int first = (from + done) % outputs;
      int count = Math.min(n - done, outputs - first);
      int at = image(from + done, g, features, outputs) + first;
      for (int f = 0; f < features; f++) {
        if (toMatrix) {
          System.arraycopy(y, at + f * outputs, part, f * n + done, count);
        } else {
          System.arraycopy(part, f * n + done, y, at + f * outputs, count);
        }
      }
      done += count;
    }
  }

  /** Writes windows of x as columns of the matrix, or adds the columns to x. */
  private void windows(float[] x, int g, int from, int n, boolean add) {
    for (int done = 0; done < n; ) {
      int output = (from + done) % outputs;
      int row = output / columns.output();
      int column = output % columns.output();
      int count = Math.min(n - done, columns.output() - column);
      int at = image(from + done, g, channels, inputs);
      for (int c = 0; c < channels; c++) {
        for (int kr = 0; kr < rows.window(); kr++) {
          int inputRow = rows.at(row, kr);
          boolean inside = inputRow >= 0 && inputRow < rows.input();
          int line = at + c * inputs + inputRow * columns.input();
          int to = ((c * rows.window() + kr) * columns.window()) * n + done;
          for (int kc = 0; kc < columns.window(); kc++, to += n) {
            int first = inside ? Math.max(column, columns.first(kc)) : column + count;
            int last = inside ? Math.min(column + count, columns.last(kc)) : first;
            if (last <= first) {
              first = column + count;
              last = first;
            }
            if (add) {
              addLine(to + first - column, x, line + columns.at(first, kc), last - first);
            } else {
              Arrays.fill(matrix, to, to + first - column, 0);
              copyLine(x, line + columns.at(first, kc), to + first - column, last - first);
              Arrays.fill(matrix, to + last - column, to + count, 0);
            }
          }
        }
      }
      done += count;
    }
  }

  private void copyLine(float[] x, int from, int to, int n) {
    int stride = columns.stride();
    if (stride == 1) {
      if (n > 0) {
        System.arraycopy(x, from, matrix, to, n);
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      matrix[to + i] = x[from + i * stride];
    }
  }

  private void addLine(int from, float[] x, int to, int n) {
    int stride = columns.stride();
    for (int i = 0; i < n; i++) {
      x[to + i * stride] += matrix[from + i];
    }
  }
}
