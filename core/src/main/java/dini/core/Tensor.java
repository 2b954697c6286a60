package dini.core;

import dini.core.dense.DenseTensor;
import dini.core.dense.Reading;
import dini.core.trace.Bind;
import dini.core.trace.Tracer;

/**
 * An immutable array of numbers of one {@link DType} with a {@link Shape}. Operations on tensors
 * are the static methods of {@link Elementwise}, {@link Comparisons}, {@link Reductions}, {@link
 * Shapes}, {@link Indexing} and {@link Products}; the most common ones are here as methods too.
 *
 * <pre>{@code
 * Tensor x = tensor(1, 2, 3);
 * double loss = x.mul(2).sub(1).pow(2).mean().toDouble();
 * }</pre>
 *
 * <p>Inside a function that is being differentiated or mapped, a tensor may be a stand-in that the
 * transformation watches. Nothing in this interface tells the difference, except that a stand-in of
 * {@code vmap} has no values to be read.
 *
 * <p>Equality is by value for tensors with values: same shape, dtype and elements, where NaN equals
 * NaN and 0 differs from -0.
 */
public sealed interface Tensor permits DenseTensor, Tracer {

  /**
   * Shape and dtype.
   *
   * @return the type
   */
  TensorType type();

  /**
   * The extents.
   *
   * @return the shape
   */
  default Shape shape() {
    return type().shape();
  }

  /**
   * The type of the elements.
   *
   * @return the dtype
   */
  default DType dtype() {
    return type().dtype();
  }

  /**
   * The number of axes.
   *
   * @return the rank, 0 for a scalar
   */
  default int rank() {
    return shape().rank();
  }

  /**
   * The number of elements.
   *
   * @return the size, 1 for a scalar
   */
  default int size() {
    return shape().size();
  }

  /**
   * The value of a tensor of one element; BOOL as 0 and 1.
   *
   * @return its value, widened to double: an INT64 of magnitude above 2^53 is rounded, see {@link
   *     #toLong}
   * @throws ShapeException if it has another number of elements
   * @throws TracerException inside vmap or a staged function, where values are not known
   */
  default double toDouble() {
    return Reading.single(Bind.read(this));
  }

  /**
   * The exact value of an integer tensor of one element; BOOL as 0 and 1.
   *
   * @return its value
   * @throws ShapeException if it has another number of elements
   * @throws DTypeException if the dtype is a floating one
   * @throws TracerException inside vmap or a staged function, where values are not known
   */
  default long toLong() {
    return Reading.singleLong(Bind.read(this));
  }

  /**
   * Whether a tensor of one element is not 0.
   *
   * @return true if it is not 0
   * @throws ShapeException if it has another number of elements
   * @throws TracerException inside vmap or a staged function, where values are not known
   */
  default boolean toBoolean() {
    return toDouble() != 0;
  }

  /**
   * One element.
   *
   * @param indices one position for each axis, negative from the end
   * @return its value, widened to double: an INT64 of magnitude above 2^53 is rounded
   * @throws IndexException if an index is missing or outside its axis
   */
  default double item(int... indices) {
    return Reading.item(Bind.read(this), indices);
  }

  /**
   * The elements in row-major order, widened to double; BOOL as 0 and 1, and an INT64 of magnitude
   * above 2^53 rounded.
   *
   * @return a fresh array
   * @throws TracerException inside vmap or a staged function, where values are not known
   */
  default double[] toArray() {
    return Reading.doubles(Bind.read(this));
  }

  /**
   * The elements of a FLOAT32 tensor in row-major order.
   *
   * @return a fresh array
   * @throws DTypeException if the dtype is another
   */
  default float[] toFloatArray() {
    return (float[]) Reading.copy(Bind.read(this), DType.FLOAT32);
  }

  /**
   * The elements of a INT32 tensor in row-major order.
   *
   * @return a fresh array
   * @throws DTypeException if the dtype is another
   */
  default int[] toIntArray() {
    return (int[]) Reading.copy(Bind.read(this), DType.INT32);
  }

  /**
   * The elements of a INT64 tensor in row-major order.
   *
   * @return a fresh array
   * @throws DTypeException if the dtype is another
   */
  default long[] toLongArray() {
    return (long[]) Reading.copy(Bind.read(this), DType.INT64);
  }

  /**
   * The elements of a BOOL tensor in row-major order.
   *
   * @return a fresh array
   * @throws DTypeException if the dtype is another
   */
  default boolean[] toBooleanArray() {
    return (boolean[]) Reading.copy(Bind.read(this), DType.BOOL);
  }

  /**
   * See {@link Elementwise#add(Tensor, Tensor)}.
   *
   * @param y the second argument
   * @return the result, of the common shape
   */
  default Tensor add(Tensor y) {
    return Elementwise.add(this, y);
  }

  /**
   * See {@link Elementwise#add(Tensor, double)}.
   *
   * @param y the second argument, in this tensor's dtype
   * @return the result, of the common shape
   */
  default Tensor add(double y) {
    return Elementwise.add(this, y);
  }

  /**
   * See {@link Elementwise#sub(Tensor, Tensor)}.
   *
   * @param y the second argument
   * @return the result, of the common shape
   */
  default Tensor sub(Tensor y) {
    return Elementwise.sub(this, y);
  }

  /**
   * See {@link Elementwise#sub(Tensor, double)}.
   *
   * @param y the second argument, in this tensor's dtype
   * @return the result, of the common shape
   */
  default Tensor sub(double y) {
    return Elementwise.sub(this, y);
  }

  /**
   * See {@link Elementwise#mul(Tensor, Tensor)}.
   *
   * @param y the second argument
   * @return the result, of the common shape
   */
  default Tensor mul(Tensor y) {
    return Elementwise.mul(this, y);
  }

  /**
   * See {@link Elementwise#mul(Tensor, double)}.
   *
   * @param y the second argument, in this tensor's dtype
   * @return the result, of the common shape
   */
  default Tensor mul(double y) {
    return Elementwise.mul(this, y);
  }

  /**
   * See {@link Elementwise#div(Tensor, Tensor)}.
   *
   * @param y the second argument
   * @return the result, of the common shape
   */
  default Tensor div(Tensor y) {
    return Elementwise.div(this, y);
  }

  /**
   * See {@link Elementwise#div(Tensor, double)}.
   *
   * @param y the second argument, in this tensor's dtype
   * @return the result, of the common shape
   */
  default Tensor div(double y) {
    return Elementwise.div(this, y);
  }

  /**
   * See {@link Elementwise#pow(Tensor, Tensor)}.
   *
   * @param y the second argument
   * @return the result, of the common shape
   */
  default Tensor pow(Tensor y) {
    return Elementwise.pow(this, y);
  }

  /**
   * See {@link Elementwise#pow(Tensor, double)}.
   *
   * @param y the second argument, in this tensor's dtype
   * @return the result, of the common shape
   */
  default Tensor pow(double y) {
    return Elementwise.pow(this, y);
  }

  /**
   * See {@link Elementwise#maximum(Tensor, Tensor)}.
   *
   * @param y the second argument
   * @return the result, of the common shape
   */
  default Tensor maximum(Tensor y) {
    return Elementwise.maximum(this, y);
  }

  /**
   * See {@link Elementwise#maximum(Tensor, double)}.
   *
   * @param y the second argument, in this tensor's dtype
   * @return the result, of the common shape
   */
  default Tensor maximum(double y) {
    return Elementwise.maximum(this, y);
  }

  /**
   * See {@link Elementwise#minimum(Tensor, Tensor)}.
   *
   * @param y the second argument
   * @return the result, of the common shape
   */
  default Tensor minimum(Tensor y) {
    return Elementwise.minimum(this, y);
  }

  /**
   * See {@link Elementwise#minimum(Tensor, double)}.
   *
   * @param y the second argument, in this tensor's dtype
   * @return the result, of the common shape
   */
  default Tensor minimum(double y) {
    return Elementwise.minimum(this, y);
  }

  /**
   * See {@link Comparisons#eq(Tensor, Tensor)}.
   *
   * @param y the second argument
   * @return the result, of the common shape
   */
  default Tensor eq(Tensor y) {
    return Comparisons.eq(this, y);
  }

  /**
   * See {@link Comparisons#eq(Tensor, double)}.
   *
   * @param y the second argument, in this tensor's dtype
   * @return the result, of the common shape
   */
  default Tensor eq(double y) {
    return Comparisons.eq(this, y);
  }

  /**
   * See {@link Comparisons#ne(Tensor, Tensor)}.
   *
   * @param y the second argument
   * @return the result, of the common shape
   */
  default Tensor ne(Tensor y) {
    return Comparisons.ne(this, y);
  }

  /**
   * See {@link Comparisons#ne(Tensor, double)}.
   *
   * @param y the second argument, in this tensor's dtype
   * @return the result, of the common shape
   */
  default Tensor ne(double y) {
    return Comparisons.ne(this, y);
  }

  /**
   * See {@link Comparisons#lt(Tensor, Tensor)}.
   *
   * @param y the second argument
   * @return the result, of the common shape
   */
  default Tensor lt(Tensor y) {
    return Comparisons.lt(this, y);
  }

  /**
   * See {@link Comparisons#lt(Tensor, double)}.
   *
   * @param y the second argument, in this tensor's dtype
   * @return the result, of the common shape
   */
  default Tensor lt(double y) {
    return Comparisons.lt(this, y);
  }

  /**
   * See {@link Comparisons#le(Tensor, Tensor)}.
   *
   * @param y the second argument
   * @return the result, of the common shape
   */
  default Tensor le(Tensor y) {
    return Comparisons.le(this, y);
  }

  /**
   * See {@link Comparisons#le(Tensor, double)}.
   *
   * @param y the second argument, in this tensor's dtype
   * @return the result, of the common shape
   */
  default Tensor le(double y) {
    return Comparisons.le(this, y);
  }

  /**
   * See {@link Comparisons#gt(Tensor, Tensor)}.
   *
   * @param y the second argument
   * @return the result, of the common shape
   */
  default Tensor gt(Tensor y) {
    return Comparisons.gt(this, y);
  }

  /**
   * See {@link Comparisons#gt(Tensor, double)}.
   *
   * @param y the second argument, in this tensor's dtype
   * @return the result, of the common shape
   */
  default Tensor gt(double y) {
    return Comparisons.gt(this, y);
  }

  /**
   * See {@link Comparisons#ge(Tensor, Tensor)}.
   *
   * @param y the second argument
   * @return the result, of the common shape
   */
  default Tensor ge(Tensor y) {
    return Comparisons.ge(this, y);
  }

  /**
   * See {@link Comparisons#ge(Tensor, double)}.
   *
   * @param y the second argument, in this tensor's dtype
   * @return the result, of the common shape
   */
  default Tensor ge(double y) {
    return Comparisons.ge(this, y);
  }

  /**
   * See {@link Elementwise#neg}.
   *
   * @return -x
   */
  default Tensor neg() {
    return Elementwise.neg(this);
  }

  /**
   * See {@link Products#matmul(Tensor, Tensor)}.
   *
   * @param y the second operand
   * @return the matrix product
   */
  default Tensor matmul(Tensor y) {
    return Products.matmul(this, y);
  }

  /**
   * One position on each leading axis, which disappears.
   *
   * @param first the position on axis 0, negative from the end
   * @param rest the positions on the following axes
   * @return the part
   * @throws IndexException if a position is outside its axis
   */
  default Tensor get(int first, int... rest) {
    Index[] indices = new Index[rest.length + 1];
    indices[0] = Index.at(first);
    for (int i = 0; i < rest.length; i++) {
      indices[i + 1] = Index.at(rest[i]);
    }
    return Shapes.part("get", this, indices);
  }

  /**
   * The part that some positions and ranges select, see {@link Index}.
   *
   * @param first the index of axis 0
   * @param rest the indices of the following axes
   * @return the part
   * @throws IndexException if a position is outside its axis
   */
  default Tensor get(Index first, Index... rest) {
    Index[] indices = new Index[rest.length + 1];
    indices[0] = first;
    System.arraycopy(rest, 0, indices, 1, rest.length);
    return Shapes.part("get", this, indices);
  }

  /**
   * See {@link Shapes#transpose}.
   *
   * @param permutation the order of the axes; none means reversed
   * @return the permuted tensor
   */
  default Tensor transpose(int... permutation) {
    return Shapes.transpose(this, permutation);
  }

  /**
   * See {@link Shapes#reshape(Tensor, int...)}.
   *
   * @param extents the new extents, one of which may be -1
   * @return the same elements
   */
  default Tensor reshape(int... extents) {
    return Shapes.reshape(this, extents);
  }

  /**
   * See {@link Shapes#astype}.
   *
   * @param dtype the dtype of the result
   * @return the converted tensor
   */
  default Tensor astype(DType dtype) {
    return Shapes.astype(this, dtype);
  }

  /**
   * See {@link Reductions#sum(Tensor)}.
   *
   * @return a scalar
   */
  default Tensor sum() {
    return Reductions.sum(this);
  }

  /**
   * See {@link Reductions#sum(Tensor, int...)}.
   *
   * @param first an axis to reduce, negative from the end
   * @param rest more axes to reduce
   * @return the result, without those axes
   */
  default Tensor sum(int first, int... rest) {
    return Reductions.sum(this, join(first, rest));
  }

  /**
   * See {@link Reductions#mean(Tensor)}.
   *
   * @return a scalar
   */
  default Tensor mean() {
    return Reductions.mean(this);
  }

  /**
   * See {@link Reductions#mean(Tensor, int...)}.
   *
   * @param first an axis to reduce, negative from the end
   * @param rest more axes to reduce
   * @return the result, without those axes
   */
  default Tensor mean(int first, int... rest) {
    return Reductions.mean(this, join(first, rest));
  }

  /**
   * See {@link Reductions#max(Tensor)}.
   *
   * @return a scalar
   */
  default Tensor max() {
    return Reductions.max(this);
  }

  /**
   * See {@link Reductions#max(Tensor, int...)}.
   *
   * @param first an axis to reduce, negative from the end
   * @param rest more axes to reduce
   * @return the result, without those axes
   */
  default Tensor max(int first, int... rest) {
    return Reductions.max(this, join(first, rest));
  }

  /**
   * See {@link Reductions#min(Tensor)}.
   *
   * @return a scalar
   */
  default Tensor min() {
    return Reductions.min(this);
  }

  /**
   * See {@link Reductions#min(Tensor, int...)}.
   *
   * @param first an axis to reduce, negative from the end
   * @param rest more axes to reduce
   * @return the result, without those axes
   */
  default Tensor min(int first, int... rest) {
    return Reductions.min(this, join(first, rest));
  }

  private static int[] join(int first, int[] rest) {
    int[] axes = new int[rest.length + 1];
    axes[0] = first;
    System.arraycopy(rest, 0, axes, 1, rest.length);
    return axes;
  }
}
