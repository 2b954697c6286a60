package dini.core;

import java.util.Objects;

/**
 * What is known of a tensor before its values: shape and dtype.
 *
 * @param shape the extents
 * @param dtype the type of the elements
 */
public record TensorType(Shape shape, DType dtype) {
  /** Checks that both are present. */
  public TensorType {
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(dtype, "dtype");
  }

  /** As in printed programs: {@code f64[3,4]}, {@code i32[]}. */
  @Override
  public String toString() {
    String extents = shape.toString().replace(" ", "");
    String inner = extents.substring(1, extents.length() - 1);
    return dtype.shortName()
        + "["
        + (inner.endsWith(",") ? inner.substring(0, inner.length() - 1) : inner)
        + "]";
  }
}
