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

  /** Columns of a panel. */
  private static final int PANEL = 32;

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
    this.panel = new Panel(kernels, Math.min(k, PANEL), m);
  }

  /** Replaces the matrix (m, n) by its factors, and gives the exchanges of rows in order. */
  static int[] inPlace(Kernels kernels, int m, int n, double[] a) {
    Elimination work = new Elimination(kernels, m, n, a);
    int k = work.exchanges.length;
    work.factor(0, k);
    if (k < n) {
      work.exchange(0, k, k, n);
      Triangles.forward(kernels, true, k, n - k, a, 0, n, 1, a, k, n);
    }
    return work.exchanges;
  }

  /** Eliminates below the diagonal in some columns, in all rows from the first of them on. */
  private void factor(int from, int count) {
    if (count <= PANEL) {
      factorPanel(from, count);
      return;
    }
    int half = Triangles.half(count, PANEL);
    int rest = count - half;
    int middle = from + half;
    int end = from + count;
    factor(from, half);
    exchange(from, middle, middle, end);
    int right = from * n + middle;
    Triangles.forward(kernels, true, half, rest, a, from * (n + 1), n, 1, a, right, n);
    int below = middle * n + from;
    kernels.subtract(
        m - middle, rest, half, a, below, n, 1, a, right, n, a, middle * (n + 1), n);
    factor(middle, rest);
    exchange(middle, end, from, middle);
  }

  /** Does the exchanges of some columns to the rows of other columns. */
  private void exchange(int first, int last, int from, int to) {
    for (int i = first; i < last; i++) {
      if (exchanges[i] != i) {
        int x = i * n;
        int y = exchanges[i] * n;
        for (int j = from; j < to; j++) {
          double kept = a[x + j];
          a[x + j] = a[y + j];
          a[y + j] = kept;
        }
      }
    }
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
