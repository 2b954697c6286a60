package dini.linalg.dense;

import dini.core.kernel.Kernels;

/**
 * LU with partial pivoting in place: columns by halves, down to panels, which are factored as rows
 * of a transposed copy, since a column of a row-major matrix is dear to walk.
 *
 * <p>Every element is one chain of fma in the order of elimination, {@code a - l u - l u - ...},
 * and elements of L are divided by the pivot: where the halves are cut changes no bit.
 *
 * <p>Source: S. Toledo, Locality of reference in LU decomposition with partial pivoting, SIAM J.
 * Matrix Anal. Appl. 18 (1997).
 */
final class Elimination {
  /**
   * Rows above which columns are walked in a copy. Below, the rows of a matrix of any width stay in
   * the caches: measured at 300 rows, 700 microseconds with 256, 730 with 128, 840 without copies;
   * at 1024 rows copies halve the time.
   */
  private static final int TALL = 256;

  /** Columns that are eliminated one by one: with 4 instead, 100 rows take 62 instead of 45. */
  private static final int FEW = 8;

  private final Kernels kernels;
  private final int m;
  private final int n;
  private final double[] a;

  /** Row i was exchanged with row {@code exchanges[i]} below it when column i was eliminated. */
  private final int[] exchanges;

  private final Panel panel;

  private Elimination(Kernels kernels, int m, int n, double[] a) {
    this.kernels = kernels;
    this.m = m;
    this.n = n;
    this.a = a;
    int k = Math.min(m, n);
    this.exchanges = new int[k];
    this.panel = m > TALL ? Panel.of(kernels, m) : null;
  }

  /** Replaces the matrix (m, n) by its factors, and gives the exchanges of rows in order. */
  static int[] inPlace(Kernels kernels, int m, int n, double[] a) {
    Elimination work = new Elimination(kernels, m, n, a);
    int k = work.exchanges.length;
    if (k == 0) {
      return work.exchanges;
    }
    work.factor(0, k);
    if (k < n) {
      work.exchange(0, k, k, n);
      Triangles.forward(kernels, true, k, n - k, a, 0, n, 1, a, k, n);
    }
    return work.exchanges;
  }

  /** Eliminates below the diagonal in some columns, in all rows from the first of them on. */
  private void factor(int from, int count) {
    boolean tall = m - from > TALL;
    if (tall && count <= Panel.WIDTH) {
      factorPanel(from, count);
      return;
    }
    if (count <= FEW) {
      factorFew(from, count);
      return;
    }
    int half = Triangles.half(count, tall ? Panel.WIDTH : FEW);
    int rest = count - half;
    int middle = from + half;
    int end = from + count;
    factor(from, half);
    exchange(from, middle, middle, end);
    int right = from * n + middle;
    Triangles.forward(kernels, true, half, rest, a, from * (n + 1), n, 1, a, right, n);
    int below = middle * n + from;
    kernels.subtract(m - middle, rest, half, a, below, n, 1, a, right, n, a, middle * (n + 1), n);
    factor(middle, rest);
    exchange(middle, end, from, middle);
  }

  /** Does the exchanges of some columns to the rows of other columns. */
  private void exchange(int first, int last, int from, int to) {
    for (int i = first; i < last; i++) {
      if (exchanges[i] != i) {
        kernels.swap(a, i * n + from, a, exchanges[i] * n + from, to - from);
      }
    }
  }

  /** Columns one by one; the next pivot is looked for while its column is made. */
  private void factorFew(int from, int count) {
    int end = from + count;
    int pivot = from;
    double largest = -1;
    for (int i = from; i < m; i++) {
      double size = Math.abs(a[i * n + from]);
      if (size > largest) {
        largest = size;
        pivot = i;
      }
    }
    for (int column = from; column < end; column++) {
      exchanges[column] = pivot;
      if (pivot != column) {
        kernels.swap(a, column * n + from, a, pivot * n + from, count);
      }
      pivot = eliminate(column, end - column - 1);
    }
  }

  /** Eliminates a column from up to seven after it; gives the row of the next pivot. */
  private int eliminate(int column, int after) {
    int top = column * (n + 1);
    double pivot = a[top];
    double u1 = after > 0 ? -a[top + 1] : 0;
    double u2 = after > 1 ? -a[top + 2] : 0;
    double u3 = after > 2 ? -a[top + 3] : 0;
    double u4 = after > 3 ? -a[top + 4] : 0;
    double u5 = after > 4 ? -a[top + 5] : 0;
    double u6 = after > 5 ? -a[top + 6] : 0;
    double u7 = after > 6 ? -a[top + 7] : 0;
    double largest = -1;
    int next = column + 1;
    for (int i = column + 1, at = top + n; i < m; i++, at += n) {
      double l = a[at];
      if (pivot != 0) {
        l /= pivot;
        a[at] = l;
      }
      if (after > 0) {
        double element = Math.fma(l, u1, a[at + 1]);
        a[at + 1] = element;
        double size = Math.abs(element);
        if (size > largest) {
          largest = size;
          next = i;
        }
      }
      if (after > 1) {
        a[at + 2] = Math.fma(l, u2, a[at + 2]);
      }
      if (after > 2) {
        a[at + 3] = Math.fma(l, u3, a[at + 3]);
      }
      if (after > 3) {
        a[at + 4] = Math.fma(l, u4, a[at + 4]);
        if (after > 4) {
          a[at + 5] = Math.fma(l, u5, a[at + 5]);
        }
        if (after > 5) {
          a[at + 6] = Math.fma(l, u6, a[at + 6]);
        }
        if (after > 6) {
          a[at + 7] = Math.fma(l, u7, a[at + 7]);
        }
      }
    }
    return next;
  }

  private void factorPanel(int from, int count) {
    int corner = from * (n + 1);
    panel.read(a, corner, n, m - from, count);
    panel.eliminate();
    panel.write(a, corner, n);
    for (int i = 0; i < count; i++) {
      exchanges[from + i] = from + panel.exchange(i);
    }
  }
}
