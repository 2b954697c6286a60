package dini.core.kernel;

/**
 * Maxima and sums of windows that slide over planes: contiguous arrays (planes, rows, columns).
 * Within a window, elements come row by row; padding takes no part, and is stepped over at once,
 * since it may be far larger than the plane.
 */
public final class Pooling {
  private Pooling() {}

  /** For every window, where in its plane the first of its largest elements is; NaN wins. */
  public static void argMax(double[] x, int planes, Slide rows, Slide columns, long[] out) {
    int plane = rows.input() * columns.input();
    int to = 0;
    for (int from = 0; from < planes * plane; from += plane) {
      for (int r = 0; r < rows.output(); r++) {
        for (int c = 0; c < columns.output(); c++) {
          out[to++] = argMax(x, from, rows, r, columns, c);
        }
      }
    }
  }

  private static int argMax(double[] x, int from, Slide rows, int r, Slide columns, int c) {
    int best = -1;
    int lastRow = rows.end(r);
    int firstColumn = columns.begin(c);
    int lastColumn = columns.end(c);
    for (int kr = rows.begin(r); kr < lastRow; kr++) {
      int row = rows.at(r, kr) * columns.input();
      for (int kc = firstColumn; kc < lastColumn; kc++) {
        int at = row + columns.at(c, kc);
        if (best < 0 || x[from + at] > x[from + best] || x[from + at] != x[from + at]) {
          best = at;
          if (x[from + at] != x[from + at]) {
            return at;
          }
        }
      }
    }
    return best;
  }

  /** The sum of every window, from +0 in order. */
  public static void sum(double[] x, int planes, Slide rows, Slide columns, double[] out) {
    int plane = rows.output() * columns.output();
    Slide.Inside inside = columns.inside();
    for (int p = 0; p < planes; p++) {
      for (int r = 0; r < rows.output(); r++) {
        int to = p * plane + r * columns.output();
        int lastRow = rows.end(r);
        for (int kr = rows.begin(r); kr < lastRow; kr++) {
          int from = (p * rows.input() + rows.at(r, kr)) * columns.input();
          for (int i = 0; i < inside.shift().length; i++) {
            int shift = from + inside.shift()[i];
            int last = inside.last()[i];
            for (int c = inside.first()[i]; c < last; c++) {
              out[to + c] += x[shift + c * columns.stride()];
            }
          }
        }
      }
    }
  }

  /** Adds to every element what its windows have: the transpose of the sum. */
  public static void spread(double[] y, int planes, Slide rows, Slide columns, double[] out) {
    int plane = rows.output() * columns.output();
    Slide.Inside inside = columns.inside();
    for (int p = 0; p < planes; p++) {
      for (int r = 0; r < rows.output(); r++) {
        int from = p * plane + r * columns.output();
        int lastRow = rows.end(r);
        for (int kr = rows.begin(r); kr < lastRow; kr++) {
          int to = (p * rows.input() + rows.at(r, kr)) * columns.input();
          for (int i = 0; i < inside.shift().length; i++) {
            int shift = to + inside.shift()[i];
            int last = inside.last()[i];
            for (int c = inside.first()[i]; c < last; c++) {
              out[shift + c * columns.stride()] += y[from + c];
            }
          }
        }
      }
    }
  }

  /** For every window, where in its plane the first of its largest elements is; NaN wins. */
  public static void argMax(float[] x, int planes, Slide rows, Slide columns, long[] out) {
    int plane = rows.input() * columns.input();
    int to = 0;
    for (int from = 0; from < planes * plane; from += plane) {
      for (int r = 0; r < rows.output(); r++) {
        for (int c = 0; c < columns.output(); c++) {
          out[to++] = argMax(x, from, rows, r, columns, c);
        }
      }
    }
  }

  private static int argMax(float[] x, int from, Slide rows, int r, Slide columns, int c) {
    int best = -1;
    int lastRow = rows.end(r);
    int firstColumn = columns.begin(c);
    int lastColumn = columns.end(c);
    for (int kr = rows.begin(r); kr < lastRow; kr++) {
      int row = rows.at(r, kr) * columns.input();
      for (int kc = firstColumn; kc < lastColumn; kc++) {
        int at = row + columns.at(c, kc);
        if (best < 0 || x[from + at] > x[from + best] || x[from + at] != x[from + at]) {
          best = at;
          if (x[from + at] != x[from + at]) {
            return at;
          }
        }
      }
    }
    return best;
  }

  /** The sum of every window, from +0 in order. */
  public static void sum(float[] x, int planes, Slide rows, Slide columns, float[] out) {
    int plane = rows.output() * columns.output();
    Slide.Inside inside = columns.inside();
    for (int p = 0; p < planes; p++) {
      for (int r = 0; r < rows.output(); r++) {
        int to = p * plane + r * columns.output();
        int lastRow = rows.end(r);
        for (int kr = rows.begin(r); kr < lastRow; kr++) {
          int from = (p * rows.input() + rows.at(r, kr)) * columns.input();
          for (int i = 0; i < inside.shift().length; i++) {
            int shift = from + inside.shift()[i];
            int last = inside.last()[i];
            for (int c = inside.first()[i]; c < last; c++) {
              out[to + c] += x[shift + c * columns.stride()];
            }
          }
        }
      }
    }
  }

  /** Adds to every element what its windows have: the transpose of the sum. */
  public static void spread(float[] y, int planes, Slide rows, Slide columns, float[] out) {
    int plane = rows.output() * columns.output();
    Slide.Inside inside = columns.inside();
    for (int p = 0; p < planes; p++) {
      for (int r = 0; r < rows.output(); r++) {
        int from = p * plane + r * columns.output();
        int lastRow = rows.end(r);
        for (int kr = rows.begin(r); kr < lastRow; kr++) {
          int to = (p * rows.input() + rows.at(r, kr)) * columns.input();
          for (int i = 0; i < inside.shift().length; i++) {
            int shift = to + inside.shift()[i];
            int last = inside.last()[i];
            for (int c = inside.first()[i]; c < last; c++) {
              out[shift + c * columns.stride()] += y[from + c];
            }
          }
        }
      }
    }
  }
}
