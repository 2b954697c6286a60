package dini.core;

import dini.core.dense.Broadcast;
import dini.core.primitive.Scatter;
import dini.core.primitive.Scatter.Kind;

/**
 * Some elements of a tensor, to be read or replaced, as JAX's {@code x.at[…]}: made by {@link
 * Indexing#at(Tensor, Index...)} and {@link Indexing#at(Tensor, Tensor...)}. Every method returns a
 * new tensor and leaves x as it is.
 *
 * <p>Updates broadcast to the shape of {@link #get()} and have the dtype of x. Where indices name a
 * position more than once, its updates apply one after the other, in the order in which they stand;
 * so of several that are set, the last stays, always.
 *
 * <pre>{@code
 * Tensor x = tensor(1, 2, 3);
 * at(x, Index.at(-1)).set(9);                      // [1. 2. 9.]
 * at(x, longs(0, 0, 2)).add(tensor(1, 1, 1));      // [3. 2. 4.]
 * at(x, Index.from(1)).mul(tensor(10, 100));       // [1. 20. 300.]
 * }</pre>
 */
public abstract sealed class At permits AtPoints, AtRange {
  /** The name of {@link Indexing#at(Tensor, Index...)}, which has one for every way to write. */
  static final String AT = "at";

  final Tensor x;
  private final String operation;

  At(String operation, Tensor x) {
    this.operation = operation;
    this.x = x;
  }

  /** x with these elements combined with updates of their dtype. */
  abstract Tensor combined(Kind kind, Tensor updates);

  private Tensor put(Kind kind, Tensor updates) {
    if (x.dtype() != updates.dtype()) {
      throw new DTypeException(
          name(kind)
              + ": updates "
              + updates.type()
              + " of "
              + x.type()
              + ": dtypes differ; convert one with astype");
    }
    requireNumbers(kind);
    return combined(kind, updates);
  }

  private void requireNumbers(Kind kind) {
    if (x.dtype() == DType.BOOL && kind != Kind.SET) {
      throw new DTypeException(name(kind) + ": truth values can only be set, got " + x.type());
    }
  }

  private Tensor put(Kind kind, double value) {
    requireNumbers(kind);
    return combined(kind, Tensors.literal(name(kind), value, x));
  }

  /** What the user called, for messages. */
  final String name(Kind kind) {
    return operation.equals(AT) ? Scatter.label(kind) : operation;
  }

  /** Updates in the shape of the elements. */
  final Tensor broadcast(Kind kind, Tensor updates, Shape shape) {
    if (updates.shape().equals(shape)) {
      return updates;
    }
    if (updates.rank() > shape.rank()
        || !Broadcast.shape(name(kind), updates.shape(), shape).equals(shape)) {
      throw new ShapeException(
          name(kind) + ": updates " + updates.type() + " of elements of shape " + shape);
    }
    return Shapes.broadcastTo(updates, shape);
  }

  /**
   * The elements.
   *
   * @return a tensor of the shape that updates broadcast to
   */
  public abstract Tensor get();

  /**
   * x with these elements replaced. Linear in x and in the updates; of several updates of one
   * element only the last has a derivative, and the element itself none.
   *
   * @param updates the new values
   * @return a tensor of the type of x
   * @throws ShapeException if the updates do not broadcast to the shape of the elements
   * @throws DTypeException if they have another dtype than x
   */
  public final Tensor set(Tensor updates) {
    return put(Kind.SET, updates);
  }

  /**
   * x with something added to these elements. Linear in x and in the updates.
   *
   * @param updates what to add
   * @return a tensor of the type of x
   * @throws ShapeException if the updates do not broadcast to the shape of the elements
   * @throws DTypeException if they have another dtype than x, or that is BOOL
   */
  public final Tensor add(Tensor updates) {
    return put(Kind.ADD, updates);
  }

  /**
   * x with these elements multiplied. The derivative in a factor is the product of the element and
   * its other factors, not a quotient, so that it is right where factors are zero.
   *
   * @param factors what to multiply by
   * @return a tensor of the type of x
   * @throws ShapeException if the factors do not broadcast to the shape of the elements
   * @throws DTypeException if they have another dtype than x, or that is BOOL
   */
  public final Tensor mul(Tensor factors) {
    return put(Kind.MUL, factors);
  }

  /**
   * x with these elements made no smaller than the updates. NaN wins; {@code max(0, -0) = +0}. The
   * derivative is shared equally by all that attain the maximum, the element itself among them.
   *
   * @param updates the lower bounds
   * @return a tensor of the type of x
   * @throws ShapeException if the updates do not broadcast to the shape of the elements
   * @throws DTypeException if they have another dtype than x, or that is BOOL
   */
  public final Tensor max(Tensor updates) {
    return put(Kind.MAX, updates);
  }

  /**
   * x with these elements made no larger than the updates. NaN wins; {@code min(0, -0) = -0}. The
   * derivative is shared equally by all that attain the minimum, the element itself among them.
   *
   * @param updates the upper bounds
   * @return a tensor of the type of x
   * @throws ShapeException if the updates do not broadcast to the shape of the elements
   * @throws DTypeException if they have another dtype than x, or that is BOOL
   */
  public final Tensor min(Tensor updates) {
    return put(Kind.MIN, updates);
  }

  /**
   * x with these elements replaced by a constant.
   *
   * @param value the value, in the dtype of x
   * @return a tensor of the type of x
   */
  public final Tensor set(double value) {
    return put(Kind.SET, value);
  }

  /**
   * x with a constant added to these elements.
   *
   * @param value the value, in the dtype of x
   * @return a tensor of the type of x
   */
  public final Tensor add(double value) {
    return put(Kind.ADD, value);
  }

  /**
   * x with these elements multiplied by a constant.
   *
   * @param value the value, in the dtype of x
   * @return a tensor of the type of x
   */
  public final Tensor mul(double value) {
    return put(Kind.MUL, value);
  }

  /**
   * x with these elements made no smaller than a constant.
   *
   * @param value the value, in the dtype of x
   * @return a tensor of the type of x
   */
  public final Tensor max(double value) {
    return put(Kind.MAX, value);
  }

  /**
   * x with these elements made no larger than a constant.
   *
   * @param value the value, in the dtype of x
   * @return a tensor of the type of x
   */
  public final Tensor min(double value) {
    return put(Kind.MIN, value);
  }
}
