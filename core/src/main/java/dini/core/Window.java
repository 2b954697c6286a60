package dini.core;

/**
 * How a window moves over the last two axes of images, in convolutions and pooling: the distance of
 * its places, the distance of its elements, and the padding around the image.
 *
 * <pre>{@code
 * Window.VALID                              // by 1, no padding
 * Window.SAME.strides(2)                    // by 2, outputs of half the extent
 * Window.VALID.padding(1).dilation(1, 2)    // 1 on every side, every other column
 * }</pre>
 *
 * @param strideHeight the distance of neighbouring windows along the last axis but one, positive
 * @param strideWidth the distance along the last axis, positive
 * @param dilationHeight the distance of neighbouring elements of a window along the last axis but
 *     one, positive
 * @param dilationWidth the distance along the last axis, positive
 * @param padding what surrounds the image
 */
public record Window(
    int strideHeight, int strideWidth, int dilationHeight, int dilationWidth, Padding padding) {

  /** What surrounds an image. */
  public sealed interface Padding {
    /**
     * As much as makes an output for every stride of the input, {@code ceil(extent / stride)} of
     * them: half of it before, the other half, and the odd one, behind.
     */
    record Same() implements Padding {}

    /**
     * So many elements on each side.
     *
     * @param top before the last axis but one, not negative
     * @param bottom behind it, not negative
     * @param left before the last axis, not negative
     * @param right behind it, not negative
     */
    record Explicit(int top, int bottom, int left, int right) implements Padding {
      /** Checks the widths. */
      public Explicit {
        if (top < 0 || bottom < 0 || left < 0 || right < 0) {
          throw new ShapeException(
              "padding: " + top + ", " + bottom + ", " + left + ", " + right + ": one is negative");
        }
      }
    }
  }

  /** Checks strides and dilations. */
  public Window {
    if (strideHeight < 1 || strideWidth < 1 || dilationHeight < 1 || dilationWidth < 1) {
      throw new ShapeException(
          "window: strides "
              + strideHeight
              + ", "
              + strideWidth
              + " and dilations "
              + dilationHeight
              + ", "
              + dilationWidth
              + " must be positive");
    }
  }

  /** Every place inside the image. */
  public static final Window VALID = new Window(1, 1, 1, 1, new Padding.Explicit(0, 0, 0, 0));

  /** A place for every element of the image; see {@link Padding.Same}. */
  public static final Window SAME = new Window(1, 1, 1, 1, new Padding.Same());

  /**
   * The same with one stride along both axes.
   *
   * @param both the distance of neighbouring windows
   * @return the window
   */
  public Window strides(int both) {
    return strides(both, both);
  }

  /**
   * The same with other strides.
   *
   * @param height the distance of neighbouring windows along the last axis but one
   * @param width the distance along the last axis
   * @return the window
   */
  public Window strides(int height, int width) {
    return new Window(height, width, dilationHeight, dilationWidth, padding);
  }

  /**
   * The same with one dilation along both axes.
   *
   * @param both the distance of neighbouring elements of the window
   * @return the window
   */
  public Window dilation(int both) {
    return dilation(both, both);
  }

  /**
   * The same with other dilations.
   *
   * @param height the distance of neighbouring elements of the window along the last axis but one
   * @param width the distance along the last axis
   * @return the window
   */
  public Window dilation(int height, int width) {
    return new Window(strideHeight, strideWidth, height, width, padding);
  }

  /**
   * The same with as much padding on all sides.
   *
   * @param all the number of elements
   * @return the window
   */
  public Window padding(int all) {
    return padding(all, all);
  }

  /**
   * The same with padding on both sides of each axis.
   *
   * @param height the number of elements before and behind the last axis but one
   * @param width the number before and behind the last axis
   * @return the window
   */
  public Window padding(int height, int width) {
    return padding(new Padding.Explicit(height, height, width, width));
  }

  /**
   * The same with other padding.
   *
   * @param other what surrounds the image
   * @return the window
   */
  public Window padding(Padding other) {
    return new Window(strideHeight, strideWidth, dilationHeight, dilationWidth, other);
  }
}
