package dini.core.kernel;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How a window slides along one axis: element k of the window of output o stands at input {@code o
 * * stride + k * dilation - before}; elements outside 0 .. input - 1 are padding.
 *
 * @param input the extent of the input
 * @param window the number of elements of the window
 * @param output the number of windows
 * @param stride the distance of neighbouring windows
 * @param dilation the distance of neighbouring elements of a window
 * @param before how much padding there is before the input
 */
public record Slide(int input, int window, int output, int stride, int dilation, int before) {

  /** Where element k of window o stands. */
  int at(int o, int k) {
    return o * stride + k * dilation - before;
  }

  /** The first window whose element k is not in the padding before the input. */
  int first(int k) {
    return Math.clamp(Math.ceilDiv((long) before - (long) k * dilation, stride), 0, output);
  }

  /** The window behind the last one whose element k is not in the padding behind the input. */
  int last(int k) {
    long end = Math.ceilDiv((long) input + before - (long) k * dilation, stride);
    return Math.clamp(end, first(k), output);
  }

  /** The first element of window o that is not in the padding before the input. */
  int begin(int o) {
    long missing = before - (long) o * stride;
    // most windows lie inside, and a division costs as much as a small window
    return missing <= 0 ? 0 : Math.clamp(Math.ceilDiv(missing, dilation), 0, window);
  }

  /** The element behind the last one of window o that is not in the padding behind the input. */
  int end(int o) {
    return at(o, window - 1) < input
        ? window
        : Math.clamp(Math.ceilDiv((long) input + before - (long) o * stride, dilation), 0, window);
  }

  /** An element behind k, such that no window has one between them inside the input. */
  private int next(int k) {
    long first = (long) k * dilation - before;
    if (first < 0 || first >= input) {
      int reached = first(k);
      if (reached == last(k)) {
        // windows from there on have it behind the input for good; the one before is to reach it
        return reached == 0 ? window : begin(reached - 1);
      }
    }
    // the first window has it inside the input, as nearly always without much padding
    return k + 1;
  }

  /**
   * The elements of windows that are inside the input for some window, in order.
   *
   * @param shift where each stands in window 0
   * @param first the first window that has it inside
   * @param last the window behind the last one
   */
  record Inside(int[] shift, int[] first, int[] last) {}

  /** Those elements, found once for all rows of all planes. */
  Inside inside() {
    int[] elements =
        IntStream.iterate(0, k -> k < window, this::next).filter(k -> first(k) < last(k)).toArray();
    return new Inside(
        Arrays.stream(elements).map(k -> at(0, k)).toArray(),
        Arrays.stream(elements).map(this::first).toArray(),
        Arrays.stream(elements).map(this::last).toArray());
  }

  /** Whether the windows are the elements of the input. */
  boolean isIdentity() {
    return window == 1 && stride == 1 && before == 0 && input == output;
  }

  /** Whether every window has an element that is not padding. */
  public boolean alwaysMeetsInput() {
    for (int o = 0; o < output; o++) {
      if (begin(o) == end(o)) {
        return false;
      }
    }
    return true;
  }
}
