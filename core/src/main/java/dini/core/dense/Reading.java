package dini.core.dense;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.IndexException;
import dini.core.ShapeException;
import java.util.Arrays;

/** Copies values out of dense tensors. */
public final class Reading {
  private Reading() {}

  /** The only element. */
  public static double single(DenseTensor x) {
    checkSingle("toDouble", x);
    return element(x, 0);
  }

  /** The only element of an integer or boolean tensor, exactly. */
  public static long singleLong(DenseTensor x) {
    checkSingle("toLong", x);
    return switch (x.data()) {
      case int[] a -> a[0];
      case long[] a -> a[0];
      case boolean[] a -> a[0] ? 1 : 0;
      default ->
          throw new DTypeException("toLong: expected an integer or BOOL dtype, got " + x.type());
    };
  }

  private static void checkSingle(String operation, DenseTensor x) {
    if (x.shape().size() != 1) {
      throw new ShapeException(operation + ": expected one element, got " + x.type());
    }
  }

  /** The element at some indices. */
  public static double item(DenseTensor x, int... indices) {
    int rank = x.shape().rank();
    if (indices.length != rank) {
      throw new IndexException("item: " + indices.length + " indices for " + x.type());
    }
    int at = 0;
    for (int axis = 0; axis < rank; axis++) {
      int extent = x.shape().extent(axis);
      int index = indices[axis] < 0 ? indices[axis] + extent : indices[axis];
      if (index < 0 || index >= extent) {
        throw new IndexException(
            "item: index " + indices[axis] + " is outside axis " + axis + " of " + x.type());
      }
      at = at * extent + index;
    }
    return element(x, at);
  }

  /** The element at a place in storage, widened. */
  static double element(DenseTensor x, int at) {
    return switch (x.data()) {
      case double[] a -> a[at];
      case float[] a -> a[at];
      case int[] a -> a[at];
      case long[] a -> a[at];
      default -> x.booleans()[at] ? 1 : 0;
    };
  }

  /** All elements, widened, in a fresh array. */
  public static double[] doubles(DenseTensor x) {
    if (x.data() instanceof double[] a) {
      return a.clone();
    }
    double[] out = new double[x.shape().size()];
    Arrays.setAll(out, i -> element(x, i));
    return out;
  }

  /** A copy of the storage, which must be of the dtype. */
  public static Object copy(DenseTensor x, DType dtype) {
    if (x.dtype() != dtype) {
      throw new DTypeException("toArray: expected dtype " + dtype + ", got " + x.type());
    }
    return Storage.copy(x.data());
  }
}
