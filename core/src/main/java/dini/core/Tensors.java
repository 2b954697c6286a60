package dini.core;

import dini.core.dense.DenseTensor;
import dini.core.dense.Storage;
import java.lang.reflect.Array;

/** Makes tensors from numbers. Arrays are copied. */
public final class Tensors {
  private static final TensorType SCALAR = new TensorType(Shape.SCALAR, DType.FLOAT64);

  private Tensors() {}

  /**
   * A FLOAT64 vector.
   *
   * @param values the elements
   * @return a vector of as many elements
   */
  public static Tensor tensor(double... values) {
    return DenseTensor.adopt(Shape.of(values.length), values.clone());
  }

  /**
   * A FLOAT64 matrix.
   *
   * @param rows the rows, all of one length
   * @return a tensor of shape (rows, columns)
   * @throws ShapeException if rows differ in length
   */
  public static Tensor tensor(double[][] rows) {
    return nested(rows);
  }

  /**
   * A tensor of the values of nested arrays of {@code double}, {@code float}, {@code int}, {@code
   * long} or {@code boolean}, with the dtype of that type.
   *
   * @param array a primitive array, or arrays of arrays, rectangular
   * @return a tensor with one axis for each level of nesting
   * @throws ShapeException if the nesting is ragged
   * @throws DTypeException if the elements are of another type
   */
  public static Tensor nested(Object array) {
    Class<?> element = array.getClass();
    int rank = 0;
    while (element.isArray()) {
      element = element.getComponentType();
      rank++;
    }
    DType dtype = dtype(element, array);
    int[] extents = new int[rank];
    Object level = array;
    for (int axis = 0; axis < rank; axis++) {
      extents[axis] = Array.getLength(level);
      if (extents[axis] == 0) {
        break;
      }
      level = axis < rank - 1 ? Array.get(level, 0) : level;
    }
    DenseTensor out = DenseTensor.allocate(new TensorType(Shape.of(extents), dtype));
    fill(array, extents, 0, out.data(), 0);
    return out;
  }

  private static DType dtype(Class<?> element, Object array) {
    if (array.getClass().isArray()) {
      if (element == double.class) {
        return DType.FLOAT64;
      } else if (element == float.class) {
        return DType.FLOAT32;
      } else if (element == int.class) {
        return DType.INT32;
      } else if (element == long.class) {
        return DType.INT64;
      } else if (element == boolean.class) {
        return DType.BOOL;
      }
    }
    throw new DTypeException(
        "nested: expected arrays of double, float, int, long or boolean, got "
            + array.getClass().getTypeName());
  }

  private static int fill(Object array, int[] extents, int axis, Object data, int at) {
    if (Array.getLength(array) != extents[axis]) {
      throw new ShapeException(
          "nested: ragged arrays: extents "
              + extents[axis]
              + " and "
              + Array.getLength(array)
              + " on axis "
              + axis);
    }
    if (axis == extents.length - 1) {
      System.arraycopy(array, 0, data, at, extents[axis]);
      return at + extents[axis];
    }
    int next = at;
    for (int i = 0; i < extents[axis]; i++) {
      next = fill(Array.get(array, i), extents, axis + 1, data, next);
    }
    return next;
  }

  /**
   * A FLOAT64 tensor of a shape, from its elements in row-major order.
   *
   * @param shape the shape
   * @param values as many elements as the shape has
   * @return the tensor
   * @throws ShapeException if the numbers of elements differ
   */
  public static Tensor tensor(Shape shape, double... values) {
    if (shape.size() != values.length) {
      throw new ShapeException(
          "tensor: " + values.length + " values for shape " + shape + " of " + shape.size());
    }
    return DenseTensor.adopt(shape, values.clone());
  }

  /**
   * A FLOAT32 vector.
   *
   * @param values the elements
   * @return a vector of as many elements
   */
  public static Tensor floats(float... values) {
    return nested(values);
  }

  /**
   * An INT32 vector.
   *
   * @param values the elements
   * @return a vector of as many elements
   */
  public static Tensor ints(int... values) {
    return nested(values);
  }

  /**
   * An INT64 vector.
   *
   * @param values the elements
   * @return a vector of as many elements
   */
  public static Tensor longs(long... values) {
    return nested(values);
  }

  /**
   * A BOOL vector.
   *
   * @param values the elements
   * @return a vector of as many elements
   */
  public static Tensor bools(boolean... values) {
    return nested(values);
  }

  /**
   * A FLOAT64 scalar.
   *
   * @param value its value
   * @return a tensor of rank 0
   */
  public static Tensor scalar(double value) {
    return new DenseTensor(SCALAR, new double[] {value});
  }

  /**
   * FLOAT64 zeros.
   *
   * @param extents the extents of the shape; none for a scalar
   * @return zeros
   */
  public static Tensor zeros(int... extents) {
    return zeros(new TensorType(Shape.of("zeros", extents), DType.FLOAT64));
  }

  /**
   * Zeros of a type; false for BOOL.
   *
   * @param type shape and dtype
   * @return zeros
   */
  public static Tensor zeros(TensorType type) {
    return DenseTensor.allocate(type);
  }

  /**
   * FLOAT64 ones.
   *
   * @param extents the extents of the shape; none for a scalar
   * @return ones
   */
  public static Tensor ones(int... extents) {
    return full(Shape.of("ones", extents), 1, DType.FLOAT64);
  }

  /**
   * Ones of a type; true for BOOL.
   *
   * @param type shape and dtype
   * @return ones
   */
  public static Tensor ones(TensorType type) {
    return full(type.shape(), 1, type.dtype());
  }

  /**
   * A FLOAT64 tensor of one value.
   *
   * @param shape the shape
   * @param value the value of every element
   * @return the tensor
   */
  public static Tensor full(Shape shape, double value) {
    return full(shape, value, DType.FLOAT64);
  }

  /**
   * A tensor of one value.
   *
   * @param shape the shape
   * @param value the value of every element; for BOOL, whether it is not 0
   * @param dtype the dtype
   * @return the tensor
   * @throws DTypeException if the dtype is an integer one and the value is not integral
   */
  public static Tensor full(Shape shape, double value, DType dtype) {
    checkIntegral("full", value, dtype);
    DenseTensor out = DenseTensor.allocate(new TensorType(shape, dtype));
    if (value != 0 || 1 / value < 0) {
      Storage.fill(out.data(), value);
    }
    return out;
  }

  /**
   * A scalar of a dtype.
   *
   * @param value its value
   * @param dtype the dtype
   * @return a tensor of rank 0
   * @throws DTypeException if the dtype is an integer one and the value is not integral
   */
  public static Tensor full(double value, DType dtype) {
    return dtype == DType.FLOAT64 ? scalar(value) : full(Shape.SCALAR, value, dtype);
  }

  /**
   * The numbers {@code 0, 1, …, count - 1} in FLOAT64.
   *
   * @param count how many
   * @return a vector
   */
  public static Tensor arange(int count) {
    return arange(0, count, 1);
  }

  /**
   * The numbers {@code 0, 1, …, count - 1} in some dtype.
   *
   * @param count how many
   * @param dtype the dtype, not BOOL
   * @return a vector
   */
  public static Tensor arange(int count, DType dtype) {
    return arange(0, count, 1, dtype);
  }

  /**
   * The integers {@code start, start + step, …} before {@code stop} in some dtype, each exact or
   * rounded once.
   *
   * <pre>{@code
   * Tensor odd = arange(1, 8, 2, DType.INT64);   // [1 3 5 7]
   * }</pre>
   *
   * @param start the first number
   * @param stop the bound, not included
   * @param step the distance, not 0
   * @param dtype the dtype, not BOOL
   * @return a vector, empty if there are none
   * @throws DTypeException if a number is not a value of the dtype
   */
  public static Tensor arange(long start, long stop, long step, DType dtype) {
    if (step == 0) {
      throw new IllegalArgumentException(
          "arange: from " + start + " to " + stop + " by 0 never ends");
    }
    if (dtype == DType.BOOL) {
      throw new DTypeException("arange: truth values are no range, got dtype " + dtype);
    }
    if (((double) stop - start) / step > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "arange: from " + start + " to " + stop + " by " + step + " are too many numbers");
    }
    // where the distance wraps around, it is right as an unsigned number
    long distance = step > 0 ? stop - start : start - stop;
    boolean empty = step > 0 ? stop <= start : stop >= start;
    long before = empty ? 0 : Long.divideUnsigned(distance - 1, Math.abs(step)) + 1;
    long[] values = new long[(int) before];
    for (int i = 0; i < values.length; i++) {
      values[i] = start + i * step;
      if (dtype == DType.INT32 && values[i] != (int) values[i]) {
        throw new DTypeException("arange: " + values[i] + " is not a value of dtype " + dtype);
      }
    }
    return Shapes.astype(longs(values), dtype);
  }

  /**
   * The numbers {@code start, start + step, …} before {@code stop}, in FLOAT64.
   *
   * @param start the first number
   * @param stop the bound, not included
   * @param step the distance, not 0
   * @return a vector, empty if there are none
   */
  public static Tensor arange(double start, double stop, double step) {
    if (step == 0 || !Double.isFinite((stop - start) / step)) {
      throw new IllegalArgumentException(
          "arange: from " + start + " to " + stop + " by " + step + " never ends");
    }
    double count = Math.max(0, Math.ceil((stop - start) / step));
    if (count > Integer.MAX_VALUE) {
      throw new ShapeException(
          "arange: from "
              + start
              + " to "
              + stop
              + " by "
              + step
              + ": more than "
              + Integer.MAX_VALUE
              + " elements");
    }
    double[] values = new double[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = start + i * step;
    }
    return DenseTensor.adopt(Shape.of(values.length), values);
  }

  /**
   * Equally spaced numbers from one to another, both included, in FLOAT64.
   *
   * @param start the first number
   * @param stop the last number
   * @param count how many
   * @return a vector
   */
  public static Tensor linspace(double start, double stop, int count) {
    if (count < 0) {
      throw new IllegalArgumentException("linspace: count " + count + " is negative");
    }
    double[] values = new double[count];
    int last = Math.max(1, count - 1);
    double step = (stop - start) / last;
    boolean overflows = !Double.isFinite(stop - start);
    for (int i = 0; i < count; i++) {
      double t = (double) i / last;
      double inner = overflows ? start * (1 - t) + stop * t : start + i * step;
      values[i] = i == 0 ? start : i == last ? stop : inner;
    }
    return DenseTensor.adopt(Shape.of(count), values);
  }

  /**
   * Equally spaced numbers from one to another, both included, computed in FLOAT64 and rounded to a
   * floating dtype.
   *
   * @param start the first number
   * @param stop the last number
   * @param count how many
   * @param dtype a floating dtype
   * @return a vector
   */
  public static Tensor linspace(double start, double stop, int count, DType dtype) {
    if (!dtype.isFloating()) {
      throw new DTypeException("linspace: needs a floating dtype, got " + dtype);
    }
    return Shapes.astype(linspace(start, stop, count), dtype);
  }

  /**
   * The identity matrix in FLOAT64.
   *
   * @param n its order
   * @return a tensor of shape (n, n)
   */
  public static Tensor eye(int n) {
    return eye(n, DType.FLOAT64);
  }

  /**
   * The identity matrix.
   *
   * @param n its order
   * @param dtype its dtype
   * @return a tensor of shape (n, n)
   */
  public static Tensor eye(int n, DType dtype) {
    return eye(n, n, 0, dtype);
  }

  /**
   * Ones on a diagonal, zeros elsewhere.
   *
   * <pre>{@code
   * Tensor shift = eye(3, 3, 1, DType.FLOAT64);   // shift @ x moves the elements of x up by one
   * }</pre>
   *
   * @param rows the number of rows
   * @param columns the number of columns
   * @param offset which diagonal: 0 the main one, k the one k columns further right, -k k rows down
   * @param dtype the dtype
   * @return a tensor of shape (rows, columns)
   */
  public static Tensor eye(int rows, int columns, int offset, DType dtype) {
    DenseTensor out =
        DenseTensor.allocate(new TensorType(Shape.of("eye", rows, columns), DType.BOOL));
    for (int i = Math.max(0, -Math.max(offset, -rows));
        i < rows && (long) i + offset < columns;
        i++) {
      out.booleans()[i * columns + i + offset] = true;
    }
    return Shapes.astype(out, dtype);
  }

  /**
   * Zeros of the type of another tensor.
   *
   * @param like the tensor whose shape and dtype are taken
   * @return zeros
   */
  public static Tensor zerosLike(Tensor like) {
    return zeros(like.type());
  }

  /**
   * Ones of the type of another tensor.
   *
   * @param like the tensor whose shape and dtype are taken
   * @return ones
   */
  public static Tensor onesLike(Tensor like) {
    return fullLike(like, 1);
  }

  /**
   * A tensor of one value, of the type of another tensor.
   *
   * @param like the tensor whose shape and dtype are taken
   * @param value the value of every element
   * @return the tensor
   * @throws DTypeException if the dtype is an integer one and the value is not integral
   */
  public static Tensor fullLike(Tensor like, double value) {
    checkIntegral("fullLike", value, like.dtype());
    return full(like.shape(), value, like.dtype());
  }

  /** A literal beside a tensor: a scalar of its dtype. */
  static Tensor literal(String operation, double value, Tensor beside) {
    if (beside == null) {
      throw new NullPointerException(operation + ": the tensor beside " + value + " is null");
    }
    DType dtype = beside.dtype();
    if (dtype == DType.FLOAT64) {
      return scalar(value);
    }
    checkIntegral(operation, value, dtype);
    return full(Shape.SCALAR, value, dtype);
  }

  private static void checkIntegral(String operation, double value, DType dtype) {
    boolean fits =
        switch (dtype) {
          case FLOAT64, FLOAT32 -> true;
          case INT32 -> value == (int) value;
          case INT64 -> value == (long) value && value < 0x1p63; // (long) saturates
          case BOOL -> value == 0 || value == 1;
        };
    if (!fits) {
      throw new DTypeException(
          operation + ": the literal " + value + " is not a value of dtype " + dtype);
    }
  }
}
