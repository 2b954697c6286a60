package dini.functional;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.trace.Batching;
import dini.core.trace.Bind;
import dini.core.trace.Closed;
import dini.core.trace.Differentiation;
import dini.core.trace.Differentiation.Duals;
import dini.core.trace.Leaves;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Jacobian and Hessian matrices. Where argument and result are tensors, the Jacobian has the shape
 * of the result followed by that of the argument; where one is another tree, it is the matrix over
 * the ravelled trees.
 *
 * <pre>{@code
 * Tensor h = hessian(x -> sum(x.pow(3)), tensor(1, 2));   // [[6. 0.] [0. 12.]]
 * }</pre>
 */
public final class Jacobians {
  private Jacobians() {}

  /**
   * The function that gives the Jacobian in forward mode; {@link #jacfwd(Function, Object)} has the
   * details.
   *
   * @param f the function
   * @param <X> the tree of its argument
   * @param <Y> the tree of its result
   * @return the function from a point to the Jacobian there
   */
  public static <X, Y> Function<X, Tensor> jacfwd(Function<X, Y> f) {
    return x -> jacfwd(f, x);
  }

  /**
   * The function that gives the Jacobian with respect to the first argument, in forward mode.
   *
   * @param f the function
   * @param <X> the tree of its first argument
   * @param <A> its second argument, of any class
   * @param <Y> the tree of its result
   * @return the function from both arguments to the Jacobian there
   */
  public static <X, A, Y> BiFunction<X, A, Tensor> jacfwd(BiFunction<X, A, Y> f) {
    return (x, a) -> jacfwd(f, x, a);
  }

  /**
   * The Jacobian {@code J[o, i] = d f(x)[o] / d x[i]} in forward mode, for functions of few
   * elements.
   *
   * <p>Shapes: that of the result followed by that of the argument; the matrix (m, n) over the
   * ravelled trees if one of them is not a tensor. An argument or result of size 0 gives a Jacobian
   * of size 0; integer leaves give zeros.
   *
   * <p>The function runs once, and its directional derivatives along all n unit vectors with it, as
   * one {@link Transforms#vmap(Function) vmap} of {@link Transforms#jvp jvp}: the time is that of n
   * directional derivatives without n overheads, and the memory n times that of one. The Jacobian
   * can be differentiated again. Whatever has a derivative in forward mode has this, a {@link
   * ControlFlow#whileLoop} too.
   *
   * <pre>{@code
   * Tensor j = jacfwd(x -> x.mul(x), tensor(1, 2));   // [[2. 0.] [0. 4.]]
   * }</pre>
   *
   * @param f the function
   * @param x the point
   * @param <X> the tree of its argument
   * @param <Y> the tree of its result
   * @return the Jacobian
   * @throws DTypeException if the argument has no floating tensor
   */
  public static <X, Y> Tensor jacfwd(Function<X, Y> f, X x) {
    return jacfwd("jacfwd", f, x);
  }

  private static <X, Y> Tensor jacfwd(String operation, Function<X, Y> f, X x) {
    Tree<X> argument = Tree.of(x).differentiable(operation);
    if (argument.size() == 0) {
      // there is no unit vector along which to run the function
      Matrix<X, Y> matrix = Matrix.of(f, argument);
      Tensor columns =
          Batching.images(operation, matrix.closed::apply, Bind.types(argument.leaves()));
      return matrix.arrangement.shaped(Shapes.transpose(columns));
    }
    Result<X, Y> function = new Result<>(f, argument);
    Tensor[][] values = new Tensor[1][];
    Leaves tangents =
        units -> {
          Duals duals = Differentiation.jvp(function, argument.leaves(), directions(units));
          values[0] = duals.values();
          return filled(duals);
        };
    Tensor columns = Batching.images(operation, tangents, Bind.types(argument.leaves()));
    return new Arrangement<>(argument, function.tree(values[0])).shaped(Shapes.transpose(columns));
  }

  /** Integer leaves do not move. */
  private static Tensor[] directions(Tensor[] units) {
    Tensor[] directions = units.clone();
    for (int i = 0; i < directions.length; i++) {
      directions[i] = directions[i].dtype().isFloating() ? directions[i] : null;
    }
    return directions;
  }

  private static Tensor[] filled(Duals duals) {
    Tensor[] filled = duals.tangents().clone();
    for (int i = 0; i < filled.length; i++) {
      filled[i] = filled[i] == null ? Tensors.zeros(duals.values()[i].type()) : filled[i];
    }
    return filled;
  }

  /**
   * The Jacobian with respect to the first argument, in forward mode.
   *
   * @param f the function
   * @param x the point
   * @param a the second argument
   * @param <X> the tree of its first argument
   * @param <A> its second argument, of any class
   * @param <Y> the tree of its result
   * @return the Jacobian
   */
  public static <X, A, Y> Tensor jacfwd(BiFunction<X, A, Y> f, X x, A a) {
    return jacfwd((X z) -> f.apply(z, a), x);
  }

  /**
   * The function that gives the Jacobian in reverse mode; {@link #jacrev(Function, Object)} has the
   * details.
   *
   * @param f the function
   * @param <X> the tree of its argument
   * @param <Y> the tree of its result
   * @return the function from a point to the Jacobian there
   */
  public static <X, Y> Function<X, Tensor> jacrev(Function<X, Y> f) {
    return x -> jacrev(f, x);
  }

  /**
   * The function that gives the Jacobian with respect to the first argument, in reverse mode.
   *
   * @param f the function
   * @param <X> the tree of its first argument
   * @param <A> its second argument, of any class
   * @param <Y> the tree of its result
   * @return the function from both arguments to the Jacobian there
   */
  public static <X, A, Y> BiFunction<X, A, Tensor> jacrev(BiFunction<X, A, Y> f) {
    return (x, a) -> jacrev(f, x, a);
  }

  /**
   * The Jacobian {@code J[o, i] = d f(x)[o] / d x[i]} in reverse mode, for functions to few
   * elements.
   *
   * <p>Shapes and edges are those of {@link #jacfwd(Function, Object)}, up to rounding the values
   * too. The function runs once; the pullback then runs once on all m unit cotangents together, so
   * that the time is that of m pullbacks without m overheads, and the memory m times that of one.
   *
   * <pre>{@code
   * Tensor j = jacrev(x -> sum(x.mul(x)), tensor(1, 2));   // [2. 4.]
   * }</pre>
   *
   * @param f the function
   * @param x the point
   * @param <X> the tree of its argument
   * @param <Y> the tree of its result
   * @return the Jacobian
   * @throws DTypeException if the argument has no floating tensor
   */
  public static <X, Y> Tensor jacrev(Function<X, Y> f, X x) {
    Matrix<X, Y> matrix = Matrix.of(f, Tree.of(x).differentiable("jacrev"));
    Arrangement<X, Y> arrangement = matrix.arrangement;
    return arrangement.shaped(
        Batching.images("jacrev", matrix::pullback, Bind.types(arrangement.result.leaves())));
  }

  /**
   * The Jacobian with respect to the first argument, in reverse mode.
   *
   * @param f the function
   * @param x the point
   * @param a the second argument
   * @param <X> the tree of its first argument
   * @param <A> its second argument, of any class
   * @param <Y> the tree of its result
   * @return the Jacobian
   */
  public static <X, A, Y> Tensor jacrev(BiFunction<X, A, Y> f, X x, A a) {
    return jacrev((X z) -> f.apply(z, a), x);
  }

  /**
   * The function that gives the Hessian of a scalar function.
   *
   * @param f a function to a floating scalar
   * @param <X> the tree of its argument
   * @return the function from a point to the Hessian there
   */
  public static <X> Function<X, Tensor> hessian(Function<X, Tensor> f) {
    return x -> hessian(f, x);
  }

  /**
   * The function that gives the Hessian of a scalar function with respect to its first argument.
   *
   * @param f a function to a floating scalar
   * @param <X> the tree of its first argument
   * @param <A> its second argument, of any class
   * @return the function from both arguments to the Hessian there
   */
  public static <X, A> BiFunction<X, A, Tensor> hessian(BiFunction<X, A, Tensor> f) {
    return (x, a) -> hessian(f, x, a);
  }

  /**
   * The Hessian {@code H[i, j] = d^2 f(x) / d x[i] d x[j]} of a scalar function, forward over
   * reverse: the Jacobian in forward mode of the gradient, at n times the time and memory of one
   * {@link #hvp(Function, Object, Object)}. It is symmetric up to rounding.
   *
   * <pre>{@code
   * Tensor h = hessian(x -> sum(x.pow(3)), tensor(1, 2));   // [[6. 0.] [0. 12.]]
   * }</pre>
   *
   * @param f a function to a floating scalar
   * @param x the point
   * @param <X> the tree of its argument
   * @return the second derivatives: for a tensor, of its shape twice; for another tree, the matrix
   *     over the ravelled tree
   * @throws ShapeException if the result is not a scalar
   * @throws DTypeException if the argument or the result has no floating tensor
   */
  public static <X> Tensor hessian(Function<X, Tensor> f, X x) {
    UnaryOperator<X> gradient = z -> Transforms.valueAndGrad("hessian", f, z).grad();
    return jacfwd("hessian", gradient, x);
  }

  /**
   * The Hessian of a scalar function with respect to its first argument.
   *
   * @param f a function to a floating scalar
   * @param x the point
   * @param a the second argument
   * @param <X> the tree of its first argument
   * @param <A> its second argument, of any class
   * @return the second derivatives with respect to x
   */
  public static <X, A> Tensor hessian(BiFunction<X, A, Tensor> f, X x, A a) {
    return hessian((X z) -> f.apply(z, a), x);
  }

  /**
   * The function that multiplies the Hessian of a scalar function by a direction.
   *
   * @param f a function to a floating scalar
   * @param <X> the tree of its argument
   * @return the function from point and direction to the product
   */
  public static <X> BiFunction<X, X, X> hvp(Function<X, Tensor> f) {
    return (x, direction) -> hvp(f, x, direction);
  }

  /**
   * The function that multiplies the Hessian of a scalar function, with respect to its first
   * argument, by a direction.
   *
   * @param f a function to a floating scalar
   * @param <X> the tree of its first argument
   * @param <A> its second argument, of any class
   * @return the function from both arguments and the direction to the product
   */
  public static <X, A> F3<X, A, X, X> hvp(BiFunction<X, A, Tensor> f) {
    return (x, a, direction) -> hvp(f, x, a, direction);
  }

  /**
   * The product of the Hessian of a scalar function with a direction, {@code H(x) v}: the
   * directional derivative of the gradient, forward over reverse. It costs a few gradients in time
   * and memory, whatever the number of unknowns, since the Hessian is never formed.
   *
   * <pre>{@code
   * Tensor p = hvp(x -> sum(x.pow(3)), tensor(1, 2), tensor(1, 1));   // [6. 12.]
   * }</pre>
   *
   * @param f a function to a floating scalar
   * @param x the point
   * @param direction the direction, a tree like the point; integer leaves are ignored
   * @param <X> the tree of its argument
   * @return the product, a tree like the point
   * @throws ShapeException if the result is not a scalar, or the direction does not fit the point
   * @throws DTypeException if the argument or the result has no floating tensor
   */
  public static <X> X hvp(Function<X, Tensor> f, X x, X direction) {
    UnaryOperator<X> gradient = z -> Transforms.valueAndGrad("hvp", f, z).grad();
    return Transforms.jvp("hvp", gradient, x, direction).tangent();
  }

  /**
   * The product of the Hessian of a scalar function, with respect to its first argument, with a
   * direction.
   *
   * @param f a function to a floating scalar
   * @param x the point
   * @param a the second argument
   * @param direction the direction, a tree like the point
   * @param <X> the tree of its first argument
   * @param <A> its second argument, of any class
   * @return the product, a tree like the point
   */
  public static <X, A> X hvp(BiFunction<X, A, Tensor> f, X x, A a, X direction) {
    return hvp((X z) -> f.apply(z, a), x, direction);
  }

  /** A linearized function. */
  private record Matrix<X, Y>(Closed closed, Arrangement<X, Y> arrangement) {
    static <X, Y> Matrix<X, Y> of(Function<X, Y> f, Tree<X> argument) {
      Result<X, Y> result = new Result<>(f, argument);
      Differentiation.Linearized linearized = Differentiation.linearize(result, argument.leaves());
      return new Matrix<>(
          linearized.recording().freeze(Bind.types(linearized.values())),
          new Arrangement<>(argument, result.tree(linearized.values())));
    }

    /** That of the results, if there are any. */
    private DType dtype() {
      Tensor[] results = arrangement.result.leaves();
      return results.length == 0 ? DType.FLOAT64 : results[0].dtype();
    }

    Tensor[] pullback(Tensor[] cotangents) {
      Tensor[] results = closed.transpose(cotangents);
      Tensor[] leaves = arrangement.argument.leaves();
      for (int i = 0; i < results.length; i++) {
        if (results[i] == null) {
          // also of an integer leaf: its column is one of zeros, in the matrix's dtype
          DType dtype = leaves[i].dtype().isFloating() ? leaves[i].dtype() : dtype();
          results[i] = Tensors.zeros(new TensorType(leaves[i].shape(), dtype));
        }
      }
      return results;
    }
  }

  /** The types of argument and result, by which a Jacobian is arranged. */
  private record Arrangement<X, Y>(Tree<X> argument, Tree<Y> result) {

    /** The matrix of shape (results, arguments) as users expect it. */
    Tensor shaped(Tensor matrix) {
      if (!argument.isTensor() || !result.isTensor()) {
        return matrix;
      }
      Shape out = result.leaves()[0].shape();
      Shape in = argument.leaves()[0].shape();
      Shape shape = out;
      for (int axis = 0; axis < in.rank(); axis++) {
        shape = shape.insert(shape.rank(), in.extent(axis));
      }
      return Shapes.reshape(matrix, shape);
    }
  }
}
