package dini.core;

import dini.core.dense.Broadcast;
import dini.core.primitive.Compare;
import dini.core.primitive.Select;
import dini.core.trace.Bind;
import java.util.function.UnaryOperator;

/**
 * Comparisons of corresponding elements, and choices between elements by truth values. Operands
 * broadcast as in {@link Elementwise}; both must have one dtype, and a {@code double} literal takes
 * the tensor's. Comparisons carry no derivative; choices pass it to the elements they choose.
 *
 * <p>Errors: {@link DTypeException} and {@link ShapeException}, naming the operation and what came.
 */
public final class Comparisons {
  private Comparisons() {}

  /**
   * Whether x = y. For every dtype; no derivative.
   *
   * @param x the first argument
   * @param y the second argument
   * @return BOOL, of the common shape
   */
  public static Tensor eq(Tensor x, Tensor y) {
    return Bind.bind(Compare.EQ, x, y);
  }

  /**
   * Whether x = y. For every dtype; no derivative.
   *
   * @param x the first argument
   * @param y the second argument, in the dtype of x
   * @return BOOL, of the shape of x
   */
  public static Tensor eq(Tensor x, double y) {
    return Bind.bind(Compare.EQ, x, Tensors.literal("eq", y, x));
  }

  /**
   * Whether x ≠ y; true if either is NaN. For every dtype; no derivative.
   *
   * @param x the first argument
   * @param y the second argument
   * @return BOOL, of the common shape
   */
  public static Tensor ne(Tensor x, Tensor y) {
    return Bind.bind(Compare.NE, x, y);
  }

  /**
   * Whether x ≠ y; true if either is NaN. For every dtype; no derivative.
   *
   * @param x the first argument
   * @param y the second argument, in the dtype of x
   * @return BOOL, of the shape of x
   */
  public static Tensor ne(Tensor x, double y) {
    return Bind.bind(Compare.NE, x, Tensors.literal("ne", y, x));
  }

  /**
   * Whether x &lt; y. For every dtype but BOOL; no derivative.
   *
   * @param x the first argument
   * @param y the second argument
   * @return BOOL, of the common shape
   */
  public static Tensor lt(Tensor x, Tensor y) {
    return Bind.bind(Compare.LT, x, y);
  }

  /**
   * Whether x &lt; y. For every dtype but BOOL; no derivative.
   *
   * @param x the first argument
   * @param y the second argument, in the dtype of x
   * @return BOOL, of the shape of x
   */
  public static Tensor lt(Tensor x, double y) {
    return Bind.bind(Compare.LT, x, Tensors.literal("lt", y, x));
  }

  /**
   * Whether x ≤ y. For every dtype but BOOL; no derivative.
   *
   * @param x the first argument
   * @param y the second argument
   * @return BOOL, of the common shape
   */
  public static Tensor le(Tensor x, Tensor y) {
    return Bind.bind(Compare.LE, x, y);
  }

  /**
   * Whether x ≤ y. For every dtype but BOOL; no derivative.
   *
   * @param x the first argument
   * @param y the second argument, in the dtype of x
   * @return BOOL, of the shape of x
   */
  public static Tensor le(Tensor x, double y) {
    return Bind.bind(Compare.LE, x, Tensors.literal("le", y, x));
  }

  /**
   * Whether x &gt; y. For every dtype but BOOL; no derivative.
   *
   * @param x the first argument
   * @param y the second argument
   * @return BOOL, of the common shape
   */
  public static Tensor gt(Tensor x, Tensor y) {
    return Bind.bind(Compare.GT, x, y);
  }

  /**
   * Whether x &gt; y. For every dtype but BOOL; no derivative.
   *
   * @param x the first argument
   * @param y the second argument, in the dtype of x
   * @return BOOL, of the shape of x
   */
  public static Tensor gt(Tensor x, double y) {
    return Bind.bind(Compare.GT, x, Tensors.literal("gt", y, x));
  }

  /**
   * Whether x ≥ y. For every dtype but BOOL; no derivative.
   *
   * @param x the first argument
   * @param y the second argument
   * @return BOOL, of the common shape
   */
  public static Tensor ge(Tensor x, Tensor y) {
    return Bind.bind(Compare.GE, x, y);
  }

  /**
   * Whether x ≥ y. For every dtype but BOOL; no derivative.
   *
   * @param x the first argument
   * @param y the second argument, in the dtype of x
   * @return BOOL, of the shape of x
   */
  public static Tensor ge(Tensor x, double y) {
    return Bind.bind(Compare.GE, x, Tensors.literal("ge", y, x));
  }

  /**
   * Whether x is NaN. For every dtype, false for those that have none; no derivative.
   *
   * @param x the argument
   * @return BOOL, of the shape of x
   */
  public static Tensor isNan(Tensor x) {
    return ne(x, x);
  }

  /**
   * Whether x is an infinity. For every dtype, false for those that have none; no derivative.
   *
   * @param x the argument
   * @return BOOL, of the shape of x
   */
  public static Tensor isInf(Tensor x) {
    return x.dtype().isFloating() ? eq(Elementwise.abs(x), Double.POSITIVE_INFINITY) : ne(x, x);
  }

  /**
   * Whether x is neither infinite nor NaN. For every dtype; no derivative.
   *
   * @param x the argument
   * @return BOOL, of the shape of x
   */
  public static Tensor isFinite(Tensor x) {
    return x.dtype().isFloating() ? eq(Elementwise.sub(x, x), 0) : eq(x, x);
  }

  /**
   * The elements with NaN replaced by 0 and infinities by the largest and smallest finite values of
   * the dtype. Integers are returned as they are. Replaced elements pass no derivative.
   *
   * @param x the argument
   * @return the result, of the shape and dtype of x
   */
  public static Tensor nanToNum(Tensor x) {
    double largest = x.dtype() == DType.FLOAT32 ? Float.MAX_VALUE : Double.MAX_VALUE;
    return nanToNum(x, 0, largest, -largest);
  }

  /**
   * The elements with NaN and infinities replaced. Integers are returned as they are. Replaced
   * elements pass no derivative.
   *
   * @param x the argument
   * @param nan what replaces NaN
   * @param positive what replaces +infinity
   * @param negative what replaces -infinity
   * @return the result, of the shape and dtype of x
   */
  public static Tensor nanToNum(Tensor x, double nan, double positive, double negative) {
    if (!x.dtype().isFloating()) {
      return x;
    }
    Tensor number = where(isNan(x), nan, x);
    Tensor bounded = where(eq(x, Double.POSITIVE_INFINITY), positive, number);
    return where(eq(x, Double.NEGATIVE_INFINITY), negative, bounded);
  }

  /**
   * Whether both hold.
   *
   * @param x the first argument, BOOL
   * @param y the second argument, BOOL
   * @return BOOL, of the common shape
   */
  public static Tensor logicalAnd(Tensor x, Tensor y) {
    checkTruths("logicalAnd", x, y);
    return where(x, y, 0);
  }

  /**
   * Whether either holds, or both.
   *
   * @param x the first argument, BOOL
   * @param y the second argument, BOOL
   * @return BOOL, of the common shape
   */
  public static Tensor logicalOr(Tensor x, Tensor y) {
    checkTruths("logicalOr", x, y);
    return where(x, 1, y);
  }

  /**
   * Whether one holds and the other does not.
   *
   * @param x the first argument, BOOL
   * @param y the second argument, BOOL
   * @return BOOL, of the common shape
   */
  public static Tensor logicalXor(Tensor x, Tensor y) {
    checkTruths("logicalXor", x, y);
    return ne(x, y);
  }

  /**
   * Whether x does not hold.
   *
   * @param x the argument, BOOL
   * @return BOOL, of the shape of x
   */
  public static Tensor logicalNot(Tensor x) {
    checkTruths("logicalNot", x, x);
    return eq(x, 0);
  }

  private static void checkTruths(String operation, Tensor x, Tensor y) {
    if (x.dtype() != DType.BOOL || y.dtype() != DType.BOOL) {
      throw new DTypeException(
          operation + ": needs BOOL, got " + x.type() + (x == y ? "" : " and " + y.type()));
    }
    Broadcast.shape(operation, x.shape(), y.shape());
  }

  /**
   * {@code condition ? x : y}. Both x and y are evaluated: where one of them is singular, its
   * derivative is 0 times infinity, which is NaN; {@link #safeWhere} avoids that.
   *
   * @param condition BOOL
   * @param x the values where it holds
   * @param y the values elsewhere
   * @return the chosen values, of the common shape
   */
  public static Tensor where(Tensor condition, Tensor x, Tensor y) {
    return Bind.bind(Select.SELECT, new Tensor[] {condition, x, y});
  }

  /**
   * {@code condition ? x : y} for a constant y.
   *
   * @param condition BOOL
   * @param x the values where it holds
   * @param y the value elsewhere, in the dtype of x
   * @return the chosen values, of the common shape
   */
  public static Tensor where(Tensor condition, Tensor x, double y) {
    return where(condition, x, Tensors.literal("where", y, x));
  }

  /**
   * {@code condition ? x : y} for a constant x.
   *
   * @param condition BOOL
   * @param x the value where it holds, in the dtype of y
   * @param y the values elsewhere
   * @return the chosen values, of the common shape
   */
  public static Tensor where(Tensor condition, double x, Tensor y) {
    return where(condition, Tensors.literal("where", x, y), y);
  }

  /**
   * {@code condition ? f(x) : fallback}, where f is never evaluated at an x that does not fulfil
   * the condition: there it sees {@code safe}. So its derivatives of every order are right, also
   * where f is singular.
   *
   * <pre>{@code
   * Tensor y = safeWhere(x.gt(0), x, 1, v -> log(v), 0);   // log x, and 0 for x <= 0
   * }</pre>
   *
   * @param condition BOOL
   * @param x the argument of f
   * @param safe a value at which f and its derivatives are finite
   * @param f an elementwise function
   * @param fallback the value where the condition does not hold
   * @return the chosen values
   */
  public static Tensor safeWhere(
      Tensor condition, Tensor x, double safe, UnaryOperator<Tensor> f, double fallback) {
    return where(condition, f.apply(where(condition, x, safe)), fallback);
  }

  /**
   * {@code f(x)} where the condition holds, else {@code fallback}; elsewhere f sees 1, which must
   * be a point at which it is smooth. See {@link #safeWhere(Tensor, Tensor, double, UnaryOperator,
   * double)}.
   *
   * @param condition BOOL
   * @param x the argument of f
   * @param f an elementwise function
   * @param fallback the value where the condition does not hold
   * @return the chosen values
   */
  public static Tensor safeWhere(
      Tensor condition, Tensor x, UnaryOperator<Tensor> f, double fallback) {
    return safeWhere(condition, x, 1, f, fallback);
  }
}
