package dini.linalg.dense;

import dini.core.kernel.BinaryKernel;
import dini.core.kernel.Kernels;

/**
 * Some columns of a matrix as rows of their own, on which {@link Elimination} does its pivoting: a
 * search for a pivot, a division by it and an update then go along rows.
 */
final class Panel {

  /** The most columns there are. */
  static final int WIDTH = 32;

  /** Columns that are eliminated one by one. */
  private static final int FEW = 4;

  private static final ThreadLocal<Panel> OWN = ThreadLocal.withInitial(Panel::new);

  private Kernels kernels = Kernels.scalar();
  private double[] t = new double[0];
  private final int[] exchanges = new int[WIDTH];

  /** Rows of the matrix, columns of it, and the distance of columns here. */
  private int rows;

  private int columns;
  private int line;

  private Panel() {}

  /** The thread's own, for matrices of some rows. */
  static Panel of(Kernels kernels, int rows) {
    Panel panel = OWN.get();
    panel.kernels = kernels;
    if (panel.t.length < WIDTH * line(rows)) {
      panel.t = new double[WIDTH * line(rows)];
    }
    return panel;
  }

  /** An odd number of vectors, so that not all columns meet in the same lines of a cache. */
  private static int line(int rows) {
    return (rows + 7 >> 3 | 1) << 3;
  }

  /** Takes a block of a matrix. */
  void read(double[] a, int ao, int distance, int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    this.line = line(rows);
    for (int i = 0; i < rows; i++) {
      for (int j = 0, from = ao + i * distance, to = i; j < columns; j++, to += line) {
        t[to] = a[from + j];
      }
    }
  }

  /** Puts it back. */
  void write(double[] a, int ao, int distance) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0, to = ao + i * distance, from = i; j < columns; j++, from += line) {
        a[to + j] = t[from];
      }
    }
  }

  /** The row that row i was exchanged with. */
  int exchange(int i) {
    return exchanges[i];
  }

  void eliminate() {
    eliminate(0, columns);
  }

  private void eliminate(int from, int end) {
    if (end - from <= FEW) {
      for (int column = from; column < end; column++) {
        eliminateColumn(from, column);
      }
      return;
    }
    int middle = from + Triangles.half(end - from, FEW);
    eliminate(from, middle);
    for (int column = middle; column < end; column++) {
      for (int l = from; l < middle; l++) {
        update(l, column, middle);
      }
    }
    int below = from * line + middle;
    int right = middle * line;
    kernels.subtract(
        end - middle,
        rows - middle,
        middle - from,
        t,
        right + from,
        line,
        1,
        t,
        below,
        line,
        t,
        right + middle,
        line);
    eliminate(middle, end);
  }

  /** Takes from a column what elimination of column l does to its rows above the last. */
  private void update(int l, int column, int last) {
    int x = l * line;
    int y = column * line;
    double factor = -t[y + l];
    for (int i = l + 1; i < last; i++) {
      t[y + i] = Math.fma(factor, t[x + i], t[y + i]);
    }
  }

  private void eliminateColumn(int from, int column) {
    int at = column * line;
    for (int l = from; l < column; l++) {
      kernels.axpy(-t[at + l], t, l * line + l + 1, t, at + l + 1, rows - l - 1);
    }
    int pivot = largest(at, column);
    exchanges[column] = pivot;
    if (pivot != column) {
      for (int j = 0, x = column, y = pivot; j < columns; j++, x += line, y += line) {
        double kept = t[x];
        t[x] = t[y];
        t[y] = kept;
      }
    }
    double value = t[at + column];
    if (value != 0) {
      int below = at + column + 1;
      kernels.binary(BinaryKernel.DIV, t, below, value, t, below, rows - column - 1);
    }
  }

  /** The first row from one on with the largest magnitude; that row itself if one is NaN. */
  private int largest(int at, int from) {
    int count = rows - from;
    double size = kernels.amax(t, at + from, count);
    for (int i = from; i < rows; i++) {
      if (Math.abs(t[at + i]) == size) {
        return i;
      }
    }
    return from;
  }
}
