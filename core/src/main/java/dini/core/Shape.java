package dini.core;

import java.util.Arrays;

/** The extents of a tensor, one for each axis; the empty shape is that of a scalar. Immutable. */
public final class Shape {
  /** The shape of a scalar. */
  public static final Shape SCALAR = new Shape(new int[0]);

  private final int[] extents;
  private final int size;

  private Shape(int... extents) {
    this("", extents);
  }

  private Shape(String prefix, int[] extents) {
    this.extents = extents;
    long product = 1;
    for (int extent : extents) {
      if (extent < 0) {
        throw new ShapeException(prefix + "shape " + text(extents) + ": an extent is negative");
      }
      product *= extent;
      if (product > Integer.MAX_VALUE) {
        throw new ShapeException(
            prefix + "shape " + text(extents) + ": more than " + Integer.MAX_VALUE + " elements");
      }
    }
    this.size = (int) product;
  }

  /**
   * The shape with the given extents.
   *
   * @param extents the extents, none negative; their product below 2^31
   * @return the shape
   * @throws ShapeException if an extent is negative or the size does not fit
   */
  public static Shape of(int... extents) {
    return extents.length == 0 ? SCALAR : new Shape(extents.clone());
  }

  /**
   * The shape that an operation was called with.
   *
   * @param operation the operation to name in the message
   * @param extents the extents, none negative; their product below 2^31
   * @return the shape
   * @throws ShapeException if an extent is negative or the size does not fit
   */
  public static Shape of(String operation, int... extents) {
    return extents.length == 0 ? SCALAR : new Shape(operation + ": ", extents.clone());
  }

  /**
   * The number of axes.
   *
   * @return the rank, 0 for a scalar
   */
  public int rank() {
    return extents.length;
  }

  /**
   * The number of elements: the product of the extents, 1 for a scalar.
   *
   * @return the size
   */
  public int size() {
    return size;
  }

  /**
   * The extent of one axis.
   *
   * @param axis the axis; a negative one counts from the end
   * @return its extent
   * @throws ShapeException if there is no such axis
   */
  public int extent(int axis) {
    return extents[axis("extent", axis)];
  }

  /**
   * The axis as a number in 0 .. rank - 1.
   *
   * @param operation the operation to name in the message
   * @param axis the axis; a negative one counts from the end
   * @return the axis, not negative
   * @throws ShapeException if there is no such axis
   */
  public int axis(String operation, int axis) {
    int resolved = axis < 0 ? axis + extents.length : axis;
    if (resolved < 0 || resolved >= extents.length) {
      throw new ShapeException(
          operation + ": axis " + axis + " of a tensor of shape " + this + " does not exist");
    }
    return resolved;
  }

  /**
   * The extents.
   *
   * @return a fresh array
   */
  public int[] toArray() {
    return extents.clone();
  }

  /**
   * This shape with one more axis.
   *
   * @param axis where the new axis stands, 0 .. rank
   * @param extent its extent
   * @return the longer shape
   */
  public Shape insert(int axis, int extent) {
    int[] longer = new int[extents.length + 1];
    System.arraycopy(extents, 0, longer, 0, axis);
    longer[axis] = extent;
    System.arraycopy(extents, axis, longer, axis + 1, extents.length - axis);
    return new Shape(longer);
  }

  /**
   * This shape without one axis.
   *
   * @param axis the axis to leave out, 0 .. rank - 1
   * @return the shorter shape
   */
  public Shape remove(int axis) {
    int[] shorter = new int[extents.length - 1];
    System.arraycopy(extents, 0, shorter, 0, axis);
    System.arraycopy(extents, axis + 1, shorter, axis, extents.length - axis - 1);
    return new Shape(shorter);
  }

  /**
   * This shape with another extent on one axis.
   *
   * @param axis the axis, 0 .. rank - 1
   * @param extent the new extent
   * @return the changed shape
   */
  public Shape with(int axis, int extent) {
    int[] changed = extents.clone();
    changed[axis] = extent;
    return new Shape(changed);
  }

  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof Shape that && sameExtents(that);
  }

  /** A plain loop: for the few axes of a shape it beats the library's vectorized comparison. */
  private boolean sameExtents(Shape that) {
    if (size != that.size || extents.length != that.extents.length) {
      return false;
    }
    for (int axis = 0; axis < extents.length; axis++) {
      if (extents[axis] != that.extents[axis]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(extents);
  }

  /** The extents as Python writes a tuple: {@code ()}, {@code (3,)}, {@code (3, 4)}. */
  @Override
  public String toString() {
    return text(extents);
  }

  private static String text(int[] extents) {
    if (extents.length == 1) {
      return "(" + extents[0] + ",)";
    }
    String list = Arrays.toString(extents);
    return "(" + list.substring(1, list.length() - 1) + ")";
  }
}
