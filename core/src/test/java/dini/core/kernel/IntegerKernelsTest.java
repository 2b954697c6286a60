package dini.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class IntegerKernelsTest {

  @Test
  void intUnary() {
    int[] x = {7, 3, -4, 0, Integer.MIN_VALUE};
    int[] out = new int[4];
    IntegerKernels.unary(UnaryKernel.NEG, x, 1, out, 0, 4);
    assertThat(out).containsExactly(-3, 4, 0, Integer.MIN_VALUE);
    IntegerKernels.unary(UnaryKernel.ABS, x, 1, out, 0, 4);
    assertThat(out).containsExactly(3, 4, 0, Integer.MIN_VALUE);
    IntegerKernels.unary(UnaryKernel.SIGN, x, 1, out, 0, 4);
    assertThat(out).containsExactly(1, -1, 0, -1);
    IntegerKernels.unary(UnaryKernel.SQUARE, x, 1, out, 0, 4);
    assertThat(out).containsExactly(9, 16, 0, 0);
    IntegerKernels.unary(UnaryKernel.RELU, x, 1, out, 0, 4);
    assertThat(out).containsExactly(3, 0, 0, 0);
    assertThatThrownBy(() -> IntegerKernels.unary(UnaryKernel.EXP, x, 0, out, 0, 1))
        .hasMessage("EXP is not defined for integers");
  }

  @Test
  void intBinary() {
    int[] x = {7, Integer.MAX_VALUE, -4};
    int[] y = {1, -2};
    int[] out = new int[2];
    IntegerKernels.binary(BinaryKernel.ADD, x, 1, y, 0, out, 0, 2);
    assertThat(out).containsExactly(Integer.MIN_VALUE, -6);
    IntegerKernels.binary(BinaryKernel.SUB, x, 1, 1, out, 0, 2);
    assertThat(out).containsExactly(Integer.MAX_VALUE - 1, -5);
    IntegerKernels.binary(BinaryKernel.SUB, 1, y, 0, out, 0, 2);
    assertThat(out).containsExactly(0, 3);
    IntegerKernels.binary(BinaryKernel.MUL, x, 1, y, 0, out, 0, 2);
    assertThat(out).containsExactly(Integer.MAX_VALUE, 8);
    IntegerKernels.binary(BinaryKernel.MAX, x, 1, 0, out, 0, 2);
    assertThat(out).containsExactly(Integer.MAX_VALUE, 0);
    IntegerKernels.binary(BinaryKernel.MIN, 0, y, 0, out, 0, 2);
    assertThat(out).containsExactly(0, -2);
    assertThatThrownBy(() -> IntegerKernels.binary(BinaryKernel.DIV, x, 0, y, 0, out, 0, 1))
        .hasMessage("DIV is not defined for integers");
  }

  @Test
  void intReductions() {
    int[] x = {1, -2, 3, 4, 5, 6};
    int[] columns = new int[2];
    IntegerKernels.reduce(BinaryKernel.ADD, x, 1, 3, 2, columns);
    assertThat(columns).containsExactly(9, 8);
    IntegerKernels.reduce(BinaryKernel.MUL, x, 1, 3, 2, columns);
    assertThat(columns).containsExactly(15, -48);
    IntegerKernels.reduce(BinaryKernel.MAX, x, 1, 3, 2, columns);
    assertThat(columns).containsExactly(5, 6);
    IntegerKernels.reduce(BinaryKernel.MIN, x, 2, 3, 1, columns);
    assertThat(columns).containsExactly(-2, 4);
    IntegerKernels.reduce(BinaryKernel.ADD, x, 2, 3, 1, columns);
    assertThat(columns).containsExactly(2, 15);
    IntegerKernels.reduce(BinaryKernel.MUL, x, 1, 0, 2, columns);
    assertThat(columns).containsExactly(1, 1);
    IntegerKernels.reduce(BinaryKernel.MAX, x, 2, 0, 1, columns);
    assertThat(columns).containsExactly(Integer.MIN_VALUE, Integer.MIN_VALUE);
  }

  @Test
  void longUnary() {
    long[] x = {7, 3, -4, 0, Long.MIN_VALUE};
    long[] out = new long[4];
    IntegerKernels.unary(UnaryKernel.NEG, x, 1, out, 0, 4);
    assertThat(out).containsExactly(-3, 4, 0, Long.MIN_VALUE);
    IntegerKernels.unary(UnaryKernel.ABS, x, 1, out, 0, 4);
    assertThat(out).containsExactly(3, 4, 0, Long.MIN_VALUE);
    IntegerKernels.unary(UnaryKernel.SIGN, x, 1, out, 0, 4);
    assertThat(out).containsExactly(1, -1, 0, -1);
    IntegerKernels.unary(UnaryKernel.SQUARE, x, 1, out, 0, 4);
    assertThat(out).containsExactly(9, 16, 0, 0);
    IntegerKernels.unary(UnaryKernel.RELU, x, 1, out, 0, 4);
    assertThat(out).containsExactly(3, 0, 0, 0);
    assertThatThrownBy(() -> IntegerKernels.unary(UnaryKernel.EXP, x, 0, out, 0, 1))
        .hasMessage("EXP is not defined for integers");
  }

  @Test
  void longBinary() {
    long[] x = {7, Long.MAX_VALUE, -4};
    long[] y = {1, -2};
    long[] out = new long[2];
    IntegerKernels.binary(BinaryKernel.ADD, x, 1, y, 0, out, 0, 2);
    assertThat(out).containsExactly(Long.MIN_VALUE, -6);
    IntegerKernels.binary(BinaryKernel.SUB, x, 1, 1, out, 0, 2);
    assertThat(out).containsExactly(Long.MAX_VALUE - 1, -5);
    IntegerKernels.binary(BinaryKernel.SUB, 1, y, 0, out, 0, 2);
    assertThat(out).containsExactly(0, 3);
    IntegerKernels.binary(BinaryKernel.MUL, x, 1, y, 0, out, 0, 2);
    assertThat(out).containsExactly(Long.MAX_VALUE, 8);
    IntegerKernels.binary(BinaryKernel.MAX, x, 1, 0, out, 0, 2);
    assertThat(out).containsExactly(Long.MAX_VALUE, 0);
    IntegerKernels.binary(BinaryKernel.MIN, 0, y, 0, out, 0, 2);
    assertThat(out).containsExactly(0, -2);
    assertThatThrownBy(() -> IntegerKernels.binary(BinaryKernel.DIV, x, 0, y, 0, out, 0, 1))
        .hasMessage("DIV is not defined for integers");
  }

  @Test
  void longReductions() {
    long[] x = {1, -2, 3, 4, 5, 6};
    long[] columns = new long[2];
    IntegerKernels.reduce(BinaryKernel.ADD, x, 1, 3, 2, columns);
    assertThat(columns).containsExactly(9, 8);
    IntegerKernels.reduce(BinaryKernel.MUL, x, 1, 3, 2, columns);
    assertThat(columns).containsExactly(15, -48);
    IntegerKernels.reduce(BinaryKernel.MAX, x, 1, 3, 2, columns);
    assertThat(columns).containsExactly(5, 6);
    IntegerKernels.reduce(BinaryKernel.MIN, x, 2, 3, 1, columns);
    assertThat(columns).containsExactly(-2, 4);
    IntegerKernels.reduce(BinaryKernel.ADD, x, 2, 3, 1, columns);
    assertThat(columns).containsExactly(2, 15);
    IntegerKernels.reduce(BinaryKernel.MUL, x, 1, 0, 2, columns);
    assertThat(columns).containsExactly(1, 1);
    IntegerKernels.reduce(BinaryKernel.MAX, x, 2, 0, 1, columns);
    assertThat(columns).containsExactly(Long.MIN_VALUE, Long.MIN_VALUE);
  }
}
