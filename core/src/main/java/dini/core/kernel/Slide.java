package dini.core.kernel;

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

  /** Whether the windows are the elements of the input. */
  boolean isIdentity() {
    return window == 1 && stride == 1 && before == 0 && input == output;
  }

  /** Whether every window has an element that is not padding. */
  public boolean alwaysMeetsInput() {
    for (int o = 0; o < output; o++) {
      boolean meets = false;
      for (int k = 0; k < window; k++) {
        int at = at(o, k);
        meets |= at >= 0 && at < input;
      }
      if (!meets) {
        return false;
      }
    }
    return true;
  }
}
