package dini.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  @Test
  void booleansHaveNoOrder() {
    boolean[] x = {true};
    assertThatThrownBy(() -> Comparison.compare(CompareKernel.LT, x, 0, x, 0, x, 0, 1))
        .hasMessage("LT is not defined for booleans");
  }

  @Test
  void doubles() {
    double[] values = {0.0, -0.0, 1, -1, Double.NaN, Double.POSITIVE_INFINITY};
    for (double b : values) {
      for (CompareKernel op : CompareKernel.values()) {
        int n = values.length;
        double[] y = new double[n + 1];
        Arrays.fill(y, b);
        boolean[] expected = new boolean[n];
        boolean[] mirrored = new boolean[n];
        for (int i = 0; i < n; i++) {
          double a = values[i];
          expected[i] =
              switch (op) {
                case EQ -> a == b;
                case NE -> a != b;
                case LT -> a < b;
                case LE -> a <= b;
                case GT -> a > b;
                case GE -> a >= b;
              };
          mirrored[i] =
              switch (op) {
                case EQ -> b == a;
                case NE -> b != a;
                case LT -> b < a;
                case LE -> b <= a;
                case GT -> b > a;
                case GE -> b >= a;
              };
        }
        boolean[] out = new boolean[n];
        Comparison.compare(op, values, 0, y, 1, out, 0, n);
        assertThat(out).containsExactly(expected);
        Comparison.compare(op, values, 0, b, out, 0, n);
        assertThat(out).containsExactly(expected);
        Comparison.compare(op, b, values, 0, out, 0, n);
        assertThat(out).containsExactly(mirrored);
      }
    }
    double[] selected = new double[2];
    Comparison.select(new boolean[] {false, true, false}, 1, values, 0, values, 1, selected, 0, 2);
    assertThat(selected).containsExactly(values[0], values[2]);
  }

  @Test
  void floats() {
    float[] values = {0f, -0f, 1, -1, Float.NaN, Float.NEGATIVE_INFINITY};
    for (float b : values) {
      for (CompareKernel op : CompareKernel.values()) {
        int n = values.length;
        float[] y = new float[n + 1];
        Arrays.fill(y, b);
        boolean[] expected = new boolean[n];
        boolean[] mirrored = new boolean[n];
        for (int i = 0; i < n; i++) {
          float a = values[i];
          expected[i] =
              switch (op) {
                case EQ -> a == b;
                case NE -> a != b;
                case LT -> a < b;
                case LE -> a <= b;
                case GT -> a > b;
                case GE -> a >= b;
              };
          mirrored[i] =
              switch (op) {
                case EQ -> b == a;
                case NE -> b != a;
                case LT -> b < a;
                case LE -> b <= a;
                case GT -> b > a;
                case GE -> b >= a;
              };
        }
        boolean[] out = new boolean[n];
        Comparison.compare(op, values, 0, y, 1, out, 0, n);
        assertThat(out).containsExactly(expected);
        Comparison.compare(op, values, 0, b, out, 0, n);
        assertThat(out).containsExactly(expected);
        Comparison.compare(op, b, values, 0, out, 0, n);
        assertThat(out).containsExactly(mirrored);
      }
    }
    float[] selected = new float[2];
    Comparison.select(new boolean[] {false, true, false}, 1, values, 0, values, 1, selected, 0, 2);
    assertThat(selected).containsExactly(values[0], values[2]);
  }

  @Test
  void ints() {
    int[] values = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE};
    for (int b : values) {
      for (CompareKernel op : CompareKernel.values()) {
        int n = values.length;
        int[] y = new int[n + 1];
        Arrays.fill(y, b);
        boolean[] expected = new boolean[n];
        boolean[] mirrored = new boolean[n];
        for (int i = 0; i < n; i++) {
          int a = values[i];
          expected[i] =
              switch (op) {
                case EQ -> a == b;
                case NE -> a != b;
                case LT -> a < b;
                case LE -> a <= b;
                case GT -> a > b;
                case GE -> a >= b;
              };
          mirrored[i] =
              switch (op) {
                case EQ -> b == a;
                case NE -> b != a;
                case LT -> b < a;
                case LE -> b <= a;
                case GT -> b > a;
                case GE -> b >= a;
              };
        }
        boolean[] out = new boolean[n];
        Comparison.compare(op, values, 0, y, 1, out, 0, n);
        assertThat(out).containsExactly(expected);
        Comparison.compare(op, values, 0, b, out, 0, n);
        assertThat(out).containsExactly(expected);
        Comparison.compare(op, b, values, 0, out, 0, n);
        assertThat(out).containsExactly(mirrored);
      }
    }
    int[] selected = new int[2];
    Comparison.select(new boolean[] {false, true, false}, 1, values, 0, values, 1, selected, 0, 2);
    assertThat(selected).containsExactly(values[0], values[2]);
  }

  @Test
  void longs() {
    long[] values = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE};
    for (long b : values) {
      for (CompareKernel op : CompareKernel.values()) {
        int n = values.length;
        long[] y = new long[n + 1];
        Arrays.fill(y, b);
        boolean[] expected = new boolean[n];
        boolean[] mirrored = new boolean[n];
        for (int i = 0; i < n; i++) {
          long a = values[i];
          expected[i] =
              switch (op) {
                case EQ -> a == b;
                case NE -> a != b;
                case LT -> a < b;
                case LE -> a <= b;
                case GT -> a > b;
                case GE -> a >= b;
              };
          mirrored[i] =
              switch (op) {
                case EQ -> b == a;
                case NE -> b != a;
                case LT -> b < a;
                case LE -> b <= a;
                case GT -> b > a;
                case GE -> b >= a;
              };
        }
        boolean[] out = new boolean[n];
        Comparison.compare(op, values, 0, y, 1, out, 0, n);
        assertThat(out).containsExactly(expected);
        Comparison.compare(op, values, 0, b, out, 0, n);
        assertThat(out).containsExactly(expected);
        Comparison.compare(op, b, values, 0, out, 0, n);
        assertThat(out).containsExactly(mirrored);
      }
    }
    long[] selected = new long[2];
    Comparison.select(new boolean[] {false, true, false}, 1, values, 0, values, 1, selected, 0, 2);
    assertThat(selected).containsExactly(values[0], values[2]);
  }

  @Test
  void booleans() {
    boolean[] values = {true, false, true};
    for (boolean b : values) {
      for (CompareKernel op : new CompareKernel[] {CompareKernel.EQ, CompareKernel.NE}) {
        int n = values.length;
        boolean[] y = new boolean[n + 1];
        Arrays.fill(y, b);
        boolean[] expected = new boolean[n];
        boolean[] mirrored = new boolean[n];
        for (int i = 0; i < n; i++) {
          boolean a = values[i];
          expected[i] = op == CompareKernel.EQ ? a == b : a != b;
          mirrored[i] = op == CompareKernel.EQ ? b == a : b != a;
        }
        boolean[] out = new boolean[n];
        Comparison.compare(op, values, 0, y, 1, out, 0, n);
        assertThat(out).containsExactly(expected);
        Comparison.compare(op, values, 0, b, out, 0, n);
        assertThat(out).containsExactly(expected);
        Comparison.compare(op, b, values, 0, out, 0, n);
        assertThat(out).containsExactly(mirrored);
      }
    }
    boolean[] selected = new boolean[2];
    Comparison.select(new boolean[] {false, true, false}, 1, values, 0, values, 1, selected, 0, 2);
    assertThat(selected).containsExactly(values[0], values[2]);
  }
}
