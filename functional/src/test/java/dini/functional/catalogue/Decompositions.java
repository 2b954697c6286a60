package dini.functional.catalogue;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Decompositions by textbook loops, other ones than the library's where there is a choice. */
final class Decompositions {
  private Decompositions() {}

  /** The results of a function of one matrix for each of a stack. */
  static Plain[] stacked(Entry.Oracle f, Plain a) {
    if (a.rank() == 2) {
      return f.apply(a);
    }
    int count = a.shape[0];
    Plain[][] each = new Plain[count][];
    Arrays.setAll(each, i -> f.apply(part(a, i)));
    Plain[] joined = new Plain[each[0].length];
    Arrays.setAll(
        joined,
        k -> join(IntStream.range(0, count).mapToObj(i -> each[i][k]).toArray(Plain[]::new)));
    return joined;
  }

  /** The solutions of a stack of systems, either side of which may be single. */
  static Plain solved(Entry.SingleOracle f, Plain a, Plain b) {
    if (a.rank() == 2 && b.rank() < 3) {
      return f.apply(a, b);
    }
    int count = a.rank() == 3 ? a.shape[0] : b.shape[0];
    Plain[] each = new Plain[count];
    Arrays.setAll(
        each, i -> f.apply(a.rank() == 3 ? part(a, i) : a, b.rank() == 3 ? part(b, i) : b));
    return join(each);
  }

  private static Plain part(Plain x, int i) {
    int[] shape = Plain.remove(x.shape, 0);
    int size = Plain.size(shape);
    return new Plain(shape, Arrays.copyOfRange(x.data, i * size, (i + 1) * size));
  }

  private static Plain join(Plain... parts) {
    double[] data = Arrays.stream(parts).flatMapToDouble(x -> Arrays.stream(x.data)).toArray();
    return new Plain(Plain.insert(parts[0].shape, 0, parts.length), data);
  }

  static Plain eye(int n) {
    return matrix(n, n, i -> i[0] == i[1] ? 1 : 0);
  }

  private static Plain matrix(int m, int n, ToDoubleFunction<int[]> element) {
    return Plain.each(new int[] {m, n}, element);
  }

  private static Plain transposed(Plain x) {
    return matrix(x.extent(1), x.extent(0), i -> x.at(i[1], i[0]));
  }

  private static Plain product(Plain x, Plain y) {
    return matrix(
        x.extent(0),
        y.extent(1),
        i -> {
          double sum = 0;
          for (int k = 0; k < x.extent(1); k++) {
            sum += x.at(i[0], k) * y.at(k, i[1]);
          }
          return sum;
        });
  }

  static Plain triangle(Plain a, boolean lower, boolean transpose, boolean unit) {
    Plain triangle =
        matrix(
            a.extent(0),
            a.extent(1),
            i -> {
              if (i[0] == i[1]) {
                return unit ? 1 : a.at(i);
              }
              return i[0] > i[1] == lower ? a.at(i) : 0;
            });
    return transpose ? transposed(triangle) : triangle;
  }

  /** By rows, of the symmetric part. */
  static Plain cholesky(Plain a) {
    int n = a.extent(0);
    double[] l = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = (a.at(i, j) + a.at(j, i)) / 2;
        for (int k = 0; k < j; k++) {
          rest -= l[i * n + k] * l[j * n + k];
        }
        l[i * n + j] = i == j ? Math.sqrt(rest) : rest / l[j * n + j];
      }
    }
    return new Plain(new int[] {n, n}, l);
  }

  /** P, L, U by elimination. */
  static Plain[] lu(Plain a) {
    int m = a.extent(0);
    int n = a.extent(1);
    int k = Math.min(m, n);
    int[] rows = IntStream.range(0, m).toArray();
    double[][] x = new double[m][];
    Arrays.setAll(x, i -> Arrays.copyOfRange(a.data, i * n, (i + 1) * n));
    for (int c = 0; c < k; c++) {
      int pivot = c;
      for (int i = c; i < m; i++) {
        pivot = Math.abs(x[i][c]) > Math.abs(x[pivot][c]) ? i : pivot;
      }
      double[] row = x[c];
      x[c] = x[pivot];
      x[pivot] = row;
      int name = rows[c];
      rows[c] = rows[pivot];
      rows[pivot] = name;
      for (int i = c + 1; i < m; i++) {
        x[i][c] /= x[c][c];
        for (int j = c + 1; j < n; j++) {
          x[i][j] -= x[i][c] * x[c][j];
        }
      }
    }
    return new Plain[] {
      matrix(m, m, i -> rows[i[1]] == i[0] ? 1 : 0),
      matrix(m, k, i -> i[0] == i[1] ? 1 : i[0] > i[1] ? x[i[0]][i[1]] : 0),
      matrix(k, n, i -> i[0] <= i[1] ? x[i[0]][i[1]] : 0)
    };
  }

  /** The product of the pivots, with the sign of the permutation from its inversions. */
  static double det(Plain a) {
    int n = a.extent(0);
    Plain[] lu = lu(a);
    double[] places = new double[n];
    double det = 1;
    for (int i = 0; i < n; i++) {
      det *= lu[2].at(i, i);
      for (int k = 0; k < n; k++) {
        places[i] += k * lu[0].at(k, i);
      }
      for (int j = 0; j < i; j++) {
        det = places[j] > places[i] ? -det : det;
      }
    }
    return det;
  }

  /** Q of the first columns by Gram and Schmidt, twice; R = Q'A. */
  static Plain[] qr(Plain a) {
    int m = a.extent(0);
    int k = Math.min(m, a.extent(1));
    double[][] q = new double[k][];
    for (int c = 0; c < k; c++) {
      double[] v = column(a, c);
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < c; j++) {
          double along = Plain.dot(q[j], v);
          for (int i = 0; i < m; i++) {
            v[i] -= along * q[j][i];
          }
        }
      }
      double norm = Math.sqrt(Plain.dot(v, v));
      q[c] = Arrays.stream(v).map(value -> value / norm).toArray();
    }
    Plain basis = matrix(m, k, i -> q[i[1]][i[0]]);
    Plain r = product(transposed(basis), a);
    return new Plain[] {basis, matrix(k, a.extent(1), i -> i[0] <= i[1] ? r.at(i) : 0)};
  }

  private static double[] column(Plain a, int c) {
    return IntStream.range(0, a.extent(0)).mapToDouble(i -> a.at(i, c)).toArray();
  }

  /** Jacobi's rotations of the symmetric part. */
  static Plain[] eigh(Plain a) {
    int n = a.extent(0);
    double[][] x = new double[n][n];
    double[][] v = new double[n][n];
    for (int i = 0; i < n; i++) {
      v[i][i] = 1;
      for (int j = 0; j < n; j++) {
        x[i][j] = (a.at(i, j) + a.at(j, i)) / 2;
      }
    }
    for (int sweep = 0; sweep < 30; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(x, v, p, q);
        }
      }
    }
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted((i, j) -> Double.compare(x[i][i], x[j][j]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] values = Arrays.stream(order).mapToDouble(i -> x[i][i]).toArray();
    return new Plain[] {
      new Plain(new int[] {n}, values),
      matrix(n, n, i -> v[i[0]][order[i[1]]] * Math.signum(v[0][order[i[1]]]))
    };
  }

  private static void rotate(double[][] x, double[][] v, int p, int q) {
    if (x[p][q] == 0) {
      return;
    }
    double theta = (x[q][q] - x[p][p]) / (2 * x[p][q]);
    double t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    double c = 1 / Math.sqrt(t * t + 1);
    double s = t * c;
    for (int i = 0; i < x.length; i++) {
      double xp = x[i][p];
      double xq = x[i][q];
      x[i][p] = c * xp - s * xq;
      x[i][q] = s * xp + c * xq;
      double vp = v[i][p];
      double vq = v[i][q];
      v[i][p] = c * vp - s * vq;
      v[i][q] = s * vp + c * vq;
    }
    for (int i = 0; i < x.length; i++) {
      double xp = x[p][i];
      double xq = x[q][i];
      x[p][i] = c * xp - s * xq;
      x[q][i] = s * xp + c * xq;
    }
  }

  /** By the eigenvectors of the smaller Gram matrix: enough where no singular value is small. */
  static Plain[] svd(Plain a) {
    int m = a.extent(0);
    int n = a.extent(1);
    int k = Math.min(m, n);
    boolean wide = m < n;
    Plain gram = wide ? product(a, transposed(a)) : product(transposed(a), a);
    Plain[] eigh = eigh(gram);
    Plain s = Plain.each(new int[] {k}, i -> Math.sqrt(eigh[0].at(k - 1 - i[0])));
    Plain own = matrix(k, k, i -> eigh[1].at(i[0], k - 1 - i[1]));
    Plain other = product(wide ? transposed(a) : a, own);
    Plain scaled = matrix(other.extent(0), k, i -> other.at(i) / s.at(i[1]));
    Plain u = wide ? own : scaled;
    Plain right = wide ? scaled : own;
    return new Plain[] {
      matrix(m, k, i -> u.at(i) * Math.signum(u.at(0, i[1]))),
      s,
      matrix(k, n, i -> right.at(i[1], i[0]) * Math.signum(u.at(0, i[0])))
    };
  }
}
