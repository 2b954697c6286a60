package dini.functional;

import dini.core.DType;
import dini.core.Shape;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.trace.Batching;
import dini.core.trace.Bind;
import dini.core.trace.Closed;
import dini.core.trace.Differentiation;
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
   * The function that gives the Jacobian in forward mode, column by column: for few arguments.
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
   * The Jacobian in forward mode: the derivative runs once on all directions.
   *
   * @param f the function
   * @param x the point
   * @param <X> the tree of its argument
   * @param <Y> the tree of its result
   * @return the Jacobian
   */
  public static <X, Y> Tensor jacfwd(Function<X, Y> f, X x) {
    Matrix<X, Y> matrix = Matrix.of("jacfwd", f, x);
    Tensor columns = Batching.images(matrix.closed::apply, Bind.types(matrix.argument.leaves()));
    return matrix.shaped(Shapes.transpose(columns));
  }

  /**
   * The function that gives the Jacobian in reverse mode, row by row: for few results.
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
   * The Jacobian in reverse mode: the pullback runs once on all cotangents.
   *
   * @param f the function
   * @param x the point
   * @param <X> the tree of its argument
   * @param <Y> the tree of its result
   * @return the Jacobian
   */
  public static <X, Y> Tensor jacrev(Function<X, Y> f, X x) {
    Matrix<X, Y> matrix = Matrix.of("jacrev", f, x);
    return matrix.shaped(Batching.images(matrix::pullback, Bind.types(matrix.result.leaves())));
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
   * The Hessian of a scalar function, forward over reverse.
   *
   * @param f a function to a floating scalar
   * @param x the point
   * @param <X> the tree of its argument
   * @return the second derivatives: for a tensor, of its shape twice; for another tree, the matrix
   *     over the ravelled tree
   */
  public static <X> Tensor hessian(Function<X, Tensor> f, X x) {
    UnaryOperator<X> gradient = Transforms.grad(f);
    return jacfwd(gradient, x);
  }

  /**
   * The product of the Hessian of a scalar function with a direction, forward over reverse: the
   * cost of a few gradients, whatever the number of unknowns.
   *
   * @param f a function to a floating scalar
   * @param x the point
   * @param direction the direction, a tree like the point
   * @param <X> the tree of its argument
   * @return the product, a tree like the point
   */
  public static <X> X hvp(Function<X, Tensor> f, X x, X direction) {
    UnaryOperator<X> gradient = Transforms.grad(f);
    return Transforms.jvp(gradient, x, direction).tangent();
  }

  /** A linearized function with what is needed to arrange its Jacobian. */
  private record Matrix<X, Y>(Closed closed, Tree<X> argument, Tree<Y> result) {
    static <X, Y> Matrix<X, Y> of(String operation, Function<X, Y> f, X x) {
      Tree<X> argument = Tree.of(x).differentiable(operation);
      Result<X, Y> result = new Result<>(f, argument);
      Differentiation.Linearized linearized = Differentiation.linearize(result, argument.leaves());
      return new Matrix<>(
          linearized.recording().freeze(Bind.types(linearized.values())),
          argument,
          result.tree(linearized.values()));
    }

    Tensor[] pullback(Tensor[] cotangents) {
      Tensor[] results = closed.transpose(cotangents);
      for (int i = 0; i < results.length; i++) {
        if (results[i] == null) {
          // also of an integer leaf: its column is one of zeros, in the matrix's dtype
          Shape shape = argument.leaves()[i].shape();
          results[i] = Tensors.zeros(new TensorType(shape, dtype(argument.leaves()[i])));
        }
      }
      return results;
    }

    private DType dtype(Tensor leaf) {
      return leaf.dtype().isFloating() ? leaf.dtype() : result.leaves()[0].dtype();
    }

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
