package dini.core.kernel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Updates of blocks: both implementations against chains of fma, written down as they are said. */
final class VectorBlocksTest {
  private static final int[] EXTENTS = {1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 17, 31, 33, 40};

  /** Every so many elements one is special: zeros of both signs, infinities, NaN, subnormals. */
  private static final int SPECIAL = 7;

  /** A block in a larger array: element (i, j) at {@code at + i * row + j * step}. */
  private record Block(double[] x, int at, int row, int step) {
    static Block of(int m, int n, int special, long seed) {
      return new Block(Twins.doubles((m + 1) * (n + 5) + 3, special, seed), 3, n + 5, 1);
    }

    Block copy() {
      return new Block(x.clone(), at, row, step);
    }

    /** The same elements with the last row first. */
    Block reversed(int m) {
      return new Block(x, at + (m - 1) * row, -row, step);
    }

    /** The same elements as the transpose of a block. */
    static Block transposed(int m, int n, int special, long seed) {
      Block block = of(n, m, special, seed);
      return new Block(block.x, block.at, 1, block.row);
    }

    double get(int i, int j) {
      return x[at + i * row + j * step];
    }

    void set(int i, int j, double value) {
      x[at + i * row + j * step] = value;
    }
  }

  private static void define(boolean upper, int m, int n, int k, Block a, Block b, Block c) {
    for (int i = 0; i < m; i++) {
      for (int j = upper ? i : 0; j < n; j++) {
        double s = c.get(i, j);
        for (int l = 0; l < k; l++) {
          s = Math.fma(-a.get(i, l), b.get(l, j), s);
        }
        c.set(i, j, s == 0 ? 0.0 : s);
      }
    }
  }

  private static void check(boolean upper, int m, int n, int k, Block a, Block b, Block c) {
    Block expected = c.copy();
    define(upper, m, n, k, a, b, expected);
    for (Kernels kernels : new Kernels[] {Twins.scalar(), Twins.vector()}) {
      Block out = c.copy();
      if (upper) {
        kernels.subtractUpper(
            n, k, a.x, a.at, a.row, a.step, b.x, b.at, b.row, out.x, out.at, out.row);
      } else {
        kernels.subtract(
            m, n, k, a.x, a.at, a.row, a.step, b.x, b.at, b.row, out.x, out.at, out.row);
      }
      Twins.same(out.x, expected.x, kernels.name() + " " + m + " x " + n + " x " + k);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void small(boolean special) {
    int every = special ? SPECIAL : 0;
    for (int m : EXTENTS) {
      for (int n : EXTENTS) {
        for (int k : new int[] {1, 2, 8, 33}) {
          Block b = Block.of(k, n, every, 2);
          Block c = Block.of(m, n, every, 3);
          check(false, m, n, k, Block.of(m, k, every, 1), b, c);
          check(false, m, n, k, Block.transposed(m, k, every, 1), b.reversed(k), c.reversed(m));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void smallUpper(boolean special) {
    int every = special ? SPECIAL : 0;
    for (int n : EXTENTS) {
      for (int k : new int[] {1, 2, 8, 33}) {
        Block b = Block.of(k, n, every, 2);
        check(true, n, n, k, Block.transposed(n, k, every, 1), b, Block.of(n, n, every, 3));
      }
    }
  }

  @Test
  void beyondTheCaches() {
    for (int[] s : new int[][] {{1030, 70, 9}, {70, 140, 1030}, {65, 300, 300}, {17, 600, 515}}) {
      Block b = Block.of(s[2], s[1], 0, 2);
      Block c = Block.of(s[0], s[1], 0, 3);
      check(false, s[0], s[1], s[2], Block.of(s[0], s[2], 0, 1), b, c);
      check(false, s[0], s[1], s[2], Block.transposed(s[0], s[2], 0, 1), b, c);
    }
    for (int n : new int[] {257, 300, 1030}) {
      int k = n == 1030 ? 70 : 300;
      Block b = Block.of(k, n, 0, 2);
      check(true, n, n, k, Block.transposed(n, k, 0, 1), b, Block.of(n, n, 0, 3));
    }
  }

  @Test
  void allInOneArray() {
    double[] x = Twins.doubles(64 * 64, 0, 5);
    for (Kernels kernels : new Kernels[] {Twins.scalar(), Twins.vector()}) {
      double[] y = x.clone();
      kernels.subtract(30, 29, 33, y, 34 * 64, 64, 1, y, 35, 64, y, 34 * 64 + 35, 64);
      Block expected = new Block(x.clone(), 34 * 64 + 35, 64, 1);
      define(false, 30, 29, 33, new Block(x, 34 * 64, 64, 1), new Block(x, 35, 64, 1), expected);
      Twins.same(y, expected.x, kernels.name());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void substitution(boolean unit) {
    for (int n : EXTENTS) {
      for (int k : new int[] {1, 7, 8, 9, 16, 37}) {
        for (boolean transposed : new boolean[] {false, true}) {
          Block t = transposed ? Block.transposed(n, n, 0, 1) : Block.of(n, n, 0, 1);
          Block b = Block.of(n, k, SPECIAL, 2);
          substitute(unit, n, k, t, b);
          substitute(unit, n, k, t, b.reversed(n));
        }
      }
    }
  }

  private static void substitute(boolean unit, int n, int k, Block t, Block b) {
    Block expected = b.copy();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < k; j++) {
        double s = expected.get(i, j);
        for (int l = 0; l < i; l++) {
          s = Math.fma(-t.get(i, l), expected.get(l, j), s);
        }
        s = s == 0 ? 0.0 : s;
        expected.set(i, j, unit ? s : s / t.get(i, i));
      }
    }
    for (Kernels kernels : new Kernels[] {Twins.scalar(), Twins.vector()}) {
      Block out = b.copy();
      kernels.substitute(unit, n, k, t.x, t.at, t.row, t.step, out.x, out.at, out.row);
      Twins.same(out.x, expected.x, kernels.name() + " " + n + " x " + k);
    }
  }

  @Test
  void exchange() {
    for (int n : Twins.SIZES) {
      double[] x = Twins.doubles(2 * n + 3, SPECIAL, n);
      for (Kernels kernels : new Kernels[] {Twins.scalar(), Twins.vector()}) {
        double[] y = x.clone();
        kernels.swap(y, 1, y, n + 2, n);
        double[] expected = x.clone();
        System.arraycopy(x, 1, expected, n + 2, n);
        System.arraycopy(x, n + 2, expected, 1, n);
        Twins.same(y, expected, kernels.name() + " " + n);
      }
    }
  }

  @Test
  void magnitude() {
    for (int n : Twins.SIZES) {
      for (int special : new int[] {0, SPECIAL}) {
        double[] x = Twins.doubles(n + 2, special, n);
        double expected = 0;
        for (int i = 0; i < n; i++) {
          expected = Math.max(expected, Math.abs(x[i + 1]));
        }
        Twins.same(Twins.scalar().amax(x, 1, n), expected, "scalar", n);
        Twins.same(Twins.vector().amax(x, 1, n), expected, "vector", n);
      }
    }
  }
}
