package dini.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Extents beyond int are refused by the operation that was asked for them, before any work. */
class ExtentOverflowTest {
  private static final Tensor X = Tensors.tensor(1, 2, 3);

  private static void refused(String message, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(ShapeException.class).hasMessageContaining(message);
  }

  @Test
  void operationsNameThemselvesAndWhatCame() {
    int huge = Integer.MAX_VALUE;
    refused(
        "tile: axis 0 of f64[3] would get extent 6442450941", () -> Rearrangements.tile(X, huge));
    refused("repeat: axis 0 of f64[3]", () -> Rearrangements.repeat(X, huge, 0));
    refused("repeat: axis 0 of f64[3]", () -> Rearrangements.repeat(X, new int[] {huge, 1, 0}, 0));
    refused(
        "pad: axis 0 of f64[3]",
        () -> Rearrangements.pad(X, new int[] {huge}, new int[] {huge}, PadMode.EDGE));
    refused("diag: f64[3] on diagonal -2147483648", () -> Diagonals.diag(X, Integer.MIN_VALUE));
  }

  @Test
  void trianglesOfFarDiagonalsAreAllOrNothing() {
    Tensor x = Tensors.tensor(new double[][] {{1, 2}, {3, 4}});
    assertThat(Diagonals.triu(x, Integer.MIN_VALUE)).isEqualTo(x);
    assertThat(Diagonals.tril(x, Integer.MIN_VALUE)).isEqualTo(Tensors.zeros(2, 2));
  }
}
