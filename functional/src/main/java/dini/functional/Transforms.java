package dini.functional;

import dini.core.DTypeException;
import dini.core.LinearMap;
import dini.core.Program;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.TreeException;
import dini.core.trace.Bind;
import dini.core.trace.Closed;
import dini.core.trace.Differentiation;
import dini.core.trace.Recording;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Derivatives of functions of trees of tensors. Every transformation takes a function and nests
 * with every other to any depth; inside, ordinary Java control flow works, since values are known.
 *
 * <pre>{@code
 * UnaryOperator<Tensor> derivative = grad(x -> sum(sin(x)));   // a function
 * Params gradient = grad(p -> loss(p, batch), params);         // a value
 * }</pre>
 *
 * <p>Java finds the type of an implicit lambda's argument only when something else fixes it: the
 * type of the variable that the derivative is assigned to, or the argument in the second form. So
 * {@code var d = grad(x -> …)} and {@code grad(x -> …).apply(v)} do not compile: write {@code
 * grad((Tensor x) -> …)} there.
 *
 * <p>An argument that carries no derivative is captured, or passed second. Derivatives are with
 * respect to floating tensors: other leaves of the argument get zeros of their own type.
 */
public final class Transforms {
  private Transforms() {}

  // ---- reverse mode ----

  /**
   * The gradient of a scalar function.
   *
   * @param f a function to a floating scalar
   * @param <X> the tree of its argument
   * @return the function that gives the gradient, a tree like the argument
   */
  public static <X> UnaryOperator<X> grad(Function<? super X, ? extends Tensor> f) {
    return x -> grad(f, x);
  }

  /**
   * The gradient of a scalar function with respect to its first argument.
   *
   * @param f a function to a floating scalar
   * @param <X> the tree of its first argument
   * @param <A> its second argument, of any class
   * @return the function that gives the gradient, a tree like the first argument
   */
  public static <X, A> BiFunction<X, A, X> grad(
      BiFunction<? super X, ? super A, ? extends Tensor> f) {
    return (x, a) -> grad(f, x, a);
  }

  /**
   * The gradient of a scalar function at a point.
   *
   * @param f a function to a floating scalar
   * @param x the point
   * @param <X> the tree of its argument
   * @return the gradient, a tree like the point
   * @throws ShapeException if the result is not a scalar
   * @throws DTypeException if the argument or the result has no floating tensor
   */
  public static <X> X grad(Function<? super X, ? extends Tensor> f, X x) {
    return valueAndGrad("grad", f, x).grad();
  }

  /**
   * The gradient of a scalar function with respect to its first argument, at a point.
   *
   * @param f a function to a floating scalar
   * @param x the point
   * @param a the second argument
   * @param <X> the tree of its first argument
   * @param <A> its second argument, of any class
   * @return the gradient, a tree like the point
   */
  public static <X, A> X grad(BiFunction<? super X, ? super A, ? extends Tensor> f, X x, A a) {
    return valueAndGrad("grad", z -> f.apply(z, a), x).grad();
  }

  /**
   * The gradient of a scalar function of three arguments with respect to the first.
   *
   * @param f a function to a floating scalar
   * @param <X> the tree of its first argument
   * @param <A> its second argument, of any class
   * @param <B> its third argument, of any class
   * @return the function that gives the gradient, a tree like the first argument
   */
  public static <X, A, B> F3<X, A, B, X> grad3(F3<X, A, B, Tensor> f) {
    return (x, a, b) -> grad3(f, x, a, b);
  }

  /**
   * The gradient of a scalar function of three arguments with respect to the first, at a point.
   *
   * @param f a function to a floating scalar
   * @param x the point
   * @param a the second argument
   * @param b the third argument
   * @param <X> the tree of its first argument
   * @param <A> its second argument, of any class
   * @param <B> its third argument, of any class
   * @return the gradient, a tree like the point
   */
  public static <X, A, B> X grad3(F3<X, A, B, Tensor> f, X x, A a, B b) {
    return valueAndGrad("grad3", z -> f.apply(z, a, b), x).grad();
  }

  /**
   * The value and gradient of a scalar function.
   *
   * @param f a function to a floating scalar
   * @param <X> the tree of its argument
   * @return the function that gives both
   */
  public static <X> Function<X, ValueAndGrad<X>> valueAndGrad(
      Function<? super X, ? extends Tensor> f) {
    return x -> valueAndGrad(f, x);
  }

  /**
   * The value and gradient of a scalar function with respect to its first argument.
   *
   * @param f a function to a floating scalar
   * @param <X> the tree of its first argument
   * @param <A> its second argument, of any class
   * @return the function that gives both
   */
  public static <X, A> BiFunction<X, A, ValueAndGrad<X>> valueAndGrad(
      BiFunction<? super X, ? super A, ? extends Tensor> f) {
    return (x, a) -> valueAndGrad(f, x, a);
  }

  /**
   * The value and gradient of a scalar function at a point.
   *
   * @param f a function to a floating scalar
   * @param x the point
   * @param <X> the tree of its argument
   * @return both
   * @throws ShapeException if the result is not a scalar
   * @throws DTypeException if the argument or the result has no floating tensor
   */
  public static <X> ValueAndGrad<X> valueAndGrad(Function<? super X, ? extends Tensor> f, X x) {
    return valueAndGrad("valueAndGrad", f, x);
  }

  /**
   * The value and gradient of a scalar function with respect to its first argument, at a point.
   *
   * @param f a function to a floating scalar
   * @param x the point
   * @param a the second argument
   * @param <X> the tree of its first argument
   * @param <A> its second argument, of any class
   * @return both
   */
  public static <X, A> ValueAndGrad<X> valueAndGrad(
      BiFunction<? super X, ? super A, ? extends Tensor> f, X x, A a) {
    return valueAndGrad("valueAndGrad", z -> f.apply(z, a), x);
  }

  /**
   * The value and gradient of a scalar function of three arguments with respect to the first.
   *
   * @param f a function to a floating scalar
   * @param <X> the tree of its first argument
   * @param <A> its second argument, of any class
   * @param <B> its third argument, of any class
   * @return the function that gives both
   */
  public static <X, A, B> F3<X, A, B, ValueAndGrad<X>> valueAndGrad3(F3<X, A, B, Tensor> f) {
    return (x, a, b) -> valueAndGrad3(f, x, a, b);
  }

  /**
   * The value and gradient of a scalar function of three arguments with respect to the first, at a
   * point.
   *
   * @param f a function to a floating scalar
   * @param x the point
   * @param a the second argument
   * @param b the third argument
   * @param <X> the tree of its first argument
   * @param <A> its second argument, of any class
   * @param <B> its third argument, of any class
   * @return both
   */
  public static <X, A, B> ValueAndGrad<X> valueAndGrad3(F3<X, A, B, Tensor> f, X x, A a, B b) {
    return valueAndGrad("valueAndGrad3", z -> f.apply(z, a, b), x);
  }

  static <X> ValueAndGrad<X> valueAndGrad(
      String operation, Function<? super X, ? extends Tensor> f, X x) {
    Tree<X> tree = Tree.of(x).differentiable(operation);
    Differentiation.Linearized linearized =
        Differentiation.linearize(
            leaves -> new Tensor[] {returned(operation, f.apply(tree.with(leaves)))},
            tree.leaves());
    return pulledBack(operation, tree, linearized);
  }

  private static <X> ValueAndGrad<X> pulledBack(
      String operation, Tree<X> tree, Differentiation.Linearized linearized) {
    Tensor value = scalar(operation, linearized.values()[0]);
    Tensor[] cotangents = linearized.recording().pullback(new Tensor[] {Tensors.onesLike(value)});
    return new ValueAndGrad<>(value, tree.withZeros(cotangents));
  }

  private static Tensor returned(String operation, Tensor value) {
    if (value == null) {
      throw new TreeException(operation + ": the function returned null");
    }
    return value;
  }

  private static Tensor scalar(String operation, Tensor value) {
    if (value.rank() != 0) {
      throw new ShapeException(
          operation
              + ": the function must return a scalar, got "
              + value.type()
              + "; reduce it with sum or mean, or use jacrev");
    }
    if (!value.dtype().isFloating()) {
      throw new DTypeException(
          operation + ": the function must return a floating scalar, got " + value.type());
    }
    return value;
  }

  /**
   * The gradient of a scalar function that returns something beside its value.
   *
   * @param f a function to a floating scalar and other outputs, which carry no derivative
   * @param <X> the tree of its argument
   * @param <U> the tree of the other outputs
   * @return the function that gives the gradient and the other outputs
   */
  public static <X, U> Function<X, WithAux<X, U>> gradWithAux(Function<X, WithAux<Tensor, U>> f) {
    return x -> gradWithAux(f, x);
  }

  /**
   * The gradient, at a point, of a scalar function that returns something beside its value.
   *
   * @param f a function to a floating scalar and other outputs, which carry no derivative
   * @param x the point
   * @param <X> the tree of its argument
   * @param <U> the tree of the other outputs
   * @return the gradient and the other outputs
   */
  public static <X, U> WithAux<X, U> gradWithAux(Function<X, WithAux<Tensor, U>> f, X x) {
    WithAux<ValueAndGrad<X>, U> both = Auxiliary.valueAndGrad("gradWithAux", f, x);
    return new WithAux<>(both.value().grad(), both.aux());
  }

  /**
   * The value and gradient of a scalar function that returns something beside its value.
   *
   * @param f a function to a floating scalar and other outputs, which carry no derivative
   * @param <X> the tree of its argument
   * @param <U> the tree of the other outputs
   * @return the function that gives value, gradient and the other outputs
   */
  public static <X, U> Function<X, WithAux<ValueAndGrad<X>, U>> valueAndGradWithAux(
      Function<X, WithAux<Tensor, U>> f) {
    return x -> valueAndGradWithAux(f, x);
  }

  /**
   * The value and gradient, at a point, of a scalar function that returns something beside its
   * value.
   *
   * @param f a function to a floating scalar and other outputs, which carry no derivative
   * @param x the point
   * @param <X> the tree of its argument
   * @param <U> the tree of the other outputs
   * @return value, gradient and the other outputs
   */
  public static <X, U> WithAux<ValueAndGrad<X>, U> valueAndGradWithAux(
      Function<X, WithAux<Tensor, U>> f, X x) {
    return Auxiliary.valueAndGrad("valueAndGradWithAux", f, x);
  }

  /**
   * The value of a function and its pullback, the transposed derivative: {@code c -> J'c}, with J
   * the Jacobian at the point.
   *
   * <p>A cotangent is a tree like the value, its image one like the point; integer leaves of the
   * point get zeros. The function runs once, here; a pullback costs a small multiple of the
   * function and may be called any number of times, since the recording is kept as long as the
   * pullback is. {@link #grad(Function, Object)} frees its recording as it goes and needs less
   * memory.
   *
   * <pre>{@code
   * Vjp<Tensor, Tensor> v = vjp(x -> x.mul(x), tensor(1, 2));
   * Tensor c = v.pullback().apply(tensor(1, 10));   // [2. 40.]
   * }</pre>
   *
   * @param f the function
   * @param x the point
   * @param <X> the tree of its argument
   * @param <Y> the tree of its result
   * @return value and pullback; the pullback throws {@link ShapeException} for a cotangent with a
   *     leaf of another shape or dtype than the value's, {@link TreeException} for another tree
   * @throws DTypeException if the argument has no floating tensor
   * @throws TreeException if argument or result is null or has a class that no tree can hold
   */
  public static <X, Y> Vjp<X, Y> vjp(Function<X, Y> f, X x) {
    Tree<X> tree = Tree.of(x).differentiable("vjp");
    Result<X, Y> result = new Result<>(f, tree);
    Differentiation.Linearized linearized = Differentiation.linearize(result, tree.leaves());
    Tree<Y> values = result.tree(linearized.values());
    Recording recording = linearized.recording();
    UnaryOperator<Tensor[]> transpose =
        recording.recomputes()
            ? recording::pullbackAndKeep
            : recording.freeze(Bind.types(linearized.values()))::transpose;
    Function<Y, X> pullback =
        cotangent -> tree.withZeros(transpose.apply(values.directions("pullback", cotangent)));
    return new Vjp<>(values.with(linearized.values()), pullback);
  }

  /**
   * The value of a function, its pullback, and what it returns beside the value.
   *
   * @param f a function with other outputs, which carry no derivative
   * @param x the point
   * @param <X> the tree of its argument
   * @param <Y> the tree of its result
   * @param <U> the tree of the other outputs
   * @return value and pullback, and the other outputs
   */
  public static <X, Y, U> WithAux<Vjp<X, Y>, U> vjpWithAux(Function<X, WithAux<Y, U>> f, X x) {
    Auxiliary<X, Y, U> auxiliary = new Auxiliary<>(f);
    Vjp<X, Y> vjp = vjp(auxiliary, x);
    return new WithAux<>(vjp, auxiliary.aux());
  }

  // ---- forward mode ----

  /**
   * The value of a function and its derivative along a direction, {@code J v} with J the Jacobian
   * at the point.
   *
   * <p>The function runs once and carries both along, at a small multiple of its own cost; nothing
   * is recorded, so memory is at most about twice the function's.
   *
   * <pre>{@code
   * Jvp<Tensor> j = jvp(x -> x.mul(x), tensor(1, 2), tensor(1, 0));   // [1. 4.] and [2. 0.]
   * }</pre>
   *
   * @param f the function
   * @param x the point
   * @param tangent the direction, a tree like the point; leaves without derivative are ignored
   * @param <X> the tree of its argument
   * @param <Y> the tree of its result
   * @return value and directional derivative
   * @throws ShapeException if a leaf of the direction has another shape or dtype than the point's
   * @throws TreeException if the direction is another tree than the point, or the result is null
   */
  public static <X, Y> Jvp<Y> jvp(Function<X, Y> f, X x, X tangent) {
    return jvp("jvp", f, x, tangent);
  }

  static <X, Y> Jvp<Y> jvp(String operation, Function<X, Y> f, X x, X tangent) {
    Tree<X> tree = Tree.of(x).differentiable(operation);
    Result<X, Y> result = new Result<>(f, tree);
    Differentiation.Duals duals =
        Differentiation.jvp(result, tree.leaves(), tree.directions(operation, tangent));
    Tree<Y> values = result.tree(duals.values());
    return new Jvp<>(values.with(duals.values()), values.withZeros(duals.tangents()));
  }

  /**
   * The value of a function, its derivative along a direction, and what it returns beside the
   * value.
   *
   * @param f a function with other outputs, which carry no derivative
   * @param x the point
   * @param tangent the direction, a tree like the point
   * @param <X> the tree of its argument
   * @param <Y> the tree of its result
   * @param <U> the tree of the other outputs
   * @return value and directional derivative, and the other outputs
   */
  public static <X, Y, U> WithAux<Jvp<Y>, U> jvpWithAux(
      Function<X, WithAux<Y, U>> f, X x, X tangent) {
    Auxiliary<X, Y, U> auxiliary = new Auxiliary<>(f);
    Jvp<Y> jvp = jvp(auxiliary, x, tangent);
    return new WithAux<>(jvp, auxiliary.aux());
  }

  /**
   * The value of a function and its derivative as a linear map, the Jacobian J at the point: {@code
   * f(x + v) = f(x) + J v + o(|v|)}.
   *
   * <p>The function runs once, here. The map may be applied ({@link #jvp}), transposed ({@link
   * #vjp}) and solved with any number of times; each costs a small multiple of the function. It
   * keeps the recording, and with it the intermediate values that the derivative needs, as long as
   * it lives.
   *
   * <pre>{@code
   * Linearized<Tensor, Tensor> l = linearize(x -> x.mul(x), tensor(1, 2));
   * Tensor t = l.map().apply(tensor(1, 1));               // [2. 4.]
   * Tensor c = l.map().transpose().apply(tensor(1, 0));   // [2. 0.]
   * }</pre>
   *
   * @param f the function
   * @param x the point
   * @param <X> the tree of its argument
   * @param <Y> the tree of its result
   * @return value and derivative
   * @throws DTypeException if the argument has no floating tensor
   * @throws TreeException if argument or result is null or has a class that no tree can hold
   */
  public static <X, Y> Linearized<X, Y> linearize(Function<X, Y> f, X x) {
    Tree<X> tree = Tree.of(x).differentiable("linearize");
    Result<X, Y> result = new Result<>(f, tree);
    Differentiation.Linearized linearized = Differentiation.linearize(result, tree.leaves());
    Tree<Y> values = result.tree(linearized.values());
    Closed closed = linearized.recording().freeze(Bind.types(linearized.values()));
    Y value = values.with(linearized.values());
    LinearMap<X, Y> map =
        LinearMap.of(
            tangent -> values.with(closed.apply(tree.directionsOrZeros(tangent))),
            cotangent -> tree.withZeros(closed.transpose(values.directions("pullback", cotangent))),
            x,
            value);
    return new Linearized<>(value, map);
  }

  /**
   * The transpose of a linear function.
   *
   * @param f a function that is linear, which is trusted
   * @param example an argument of the right structure, shapes and dtypes
   * @param <X> the tree of its argument
   * @param <Y> the tree of its result
   * @return the function with {@code <y, f(x)> = <transpose(y), x>}; it throws if f uses an
   *     operation that is not linear in its argument, naming it
   */
  public static <X, Y> Function<Y, X> linearTranspose(Function<X, Y> f, X example) {
    LinearMap<Y, X> transpose = LinearMap.<X, Y>of(f, example).transpose();
    return transpose::apply;
  }

  // ---- vectorization ----

  /**
   * The function that maps another over axis 0 of every tensor of its argument. The mapped function
   * sees one lane and cannot read its values; every operation runs once for all lanes.
   *
   * @param f the function of one lane
   * @param <X> the tree of its argument
   * @param <Y> the tree of its result
   * @return the function of all lanes; its results have the lanes along axis 0
   */
  public static <X, Y> Function<X, Y> vmap(Function<? super X, ? extends Y> f) {
    return xs -> vmap(f, xs);
  }

  /**
   * The function that maps another of two arguments over axis 0 of every tensor of both.
   *
   * @param f the function of one lane
   * @param <X> the tree of its first argument
   * @param <A> the tree of its second argument
   * @param <Y> the tree of its result
   * @return the function of all lanes; its results have the lanes along axis 0
   */
  public static <X, A, Y> BiFunction<X, A, Y> vmap(
      BiFunction<? super X, ? super A, ? extends Y> f) {
    return (xs, as) -> Lanes.map(Axes.in(0), f, xs, as);
  }

  /**
   * Maps a function over axis 0 of every tensor of an argument.
   *
   * @param f the function of one lane
   * @param xs the lanes
   * @param <X> the tree of its argument
   * @param <Y> the tree of its result
   * @return the results, with the lanes along axis 0
   * @throws ShapeException if the tensors disagree on the number of lanes, or have no such axis
   */
  public static <X, Y> Y vmap(Function<? super X, ? extends Y> f, X xs) {
    return Lanes.map(Axes.in(0), f, xs);
  }

  /**
   * The function that maps another over chosen axes.
   *
   * @param axes the axis of each tensor of the argument and of the result
   * @param f the function of one lane
   * @param <X> the tree of its argument
   * @param <Y> the tree of its result
   * @return the function of all lanes; it throws {@link TreeException} if the number of axes is
   *     neither 1 nor that of the tensors, and {@link ShapeException} if a tensor lacks its axis or
   *     the numbers of lanes differ
   */
  public static <X, Y> Function<X, Y> vmap(Axes axes, Function<X, Y> f) {
    return xs -> Lanes.map(axes, f, xs);
  }

  /**
   * The function that maps another of two arguments over chosen axes.
   *
   * <pre>{@code
   * BiFunction<Tensor, Tensor, Tensor> products =
   *     vmap(Axes.in(0, Axes.NONE), (x, w) -> dot(w, x));     // every row of x with the whole w
   * }</pre>
   *
   * @param axes the axis of each tensor of the first argument and then of the second, or a single
   *     one for all, not one for each argument; and those of the result
   * @param f the function of one lane
   * @param <X> the tree of its first argument
   * @param <A> the tree of its second argument
   * @param <Y> the tree of its result
   * @return the function of all lanes; it throws as that of one argument does
   */
  public static <X, A, Y> BiFunction<X, A, Y> vmap(
      Axes axes, BiFunction<? super X, ? super A, ? extends Y> f) {
    return (xs, as) -> Lanes.map(axes, f, xs, as);
  }

  // ---- programs ----

  /**
   * The program of a function: its operations on arguments of some types, in order, without their
   * values, and without those that nobody needs or that were said before. It is there to be looked
   * at; it prints like a jaxpr. {@link Staged} is one that can be run and differentiated.
   *
   * <pre>{@code
   * makeProgram((Tensor x) -> sum(x.mul(2)), tensor(1, 2, 3))
   *
   * { lambda a:f64[] ; b:f64[3] . let
   *     c:f64[3] = mul b a
   *     d:f64[] = sum[axes=[0]] c
   *   in ( d ) }
   * }</pre>
   *
   * @param f the function; it cannot read values
   * @param example an argument of the right structure, shapes and dtypes
   * @param <X> the tree of its argument
   * @param <Y> the tree of its result
   * @return the program
   */
  public static <X, Y> Program makeProgram(Function<X, Y> f, X example) {
    return Staged.of(f, example).program();
  }
}
