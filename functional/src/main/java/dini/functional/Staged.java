package dini.functional;

import dini.core.Program;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.compile.Simplifier;
import dini.core.trace.Closed;
import dini.core.trace.Staging;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A function as the program that was recorded of it: for arguments of one structure, shapes and
 * dtypes. Calling it runs the program's equations again, on whatever the arguments are then: so it
 * can be differentiated, transposed, mapped and compiled like any function, with the bits of the
 * function itself. f is never called again.
 *
 * <pre>{@code
 * Staged<Tensor, Tensor> loss = Staged.of(x -> sum(square(x)), tensor(1, 2, 3));
 * loss.program();                          // prints like a jaxpr
 * loss.apply(tensor(4, 5, 6));             // 77
 * grad(loss, tensor(4, 5, 6));             // [8, 10, 12]
 * }</pre>
 *
 * @param <X> the tree of its argument
 * @param <Y> the tree of its result
 */
public final class Staged<X, Y> implements Function<X, Y> {
  private final Closed closed;
  private final Tree<X> example;
  private final Result<X, Y> result;

  private Staged(Closed closed, Tree<X> example, Result<X, Y> result) {
    this.closed = closed;
    this.example = example;
    this.result = result;
  }

  /**
   * Records a function.
   *
   * @param f the function; it cannot read values
   * @param example an argument of the right structure, shapes and dtypes
   * @param <X> the tree of its argument
   * @param <Y> the tree of its result
   * @return the recorded function
   * @throws dini.core.TracerException if f reads values
   */
  public static <X, Y> Staged<X, Y> of(Function<? super X, ? extends Y> f, X example) {
    Tree<X> tree = Tree.of(example);
    Result<X, Y> result = new Result<>(f, tree);
    return new Staged<>(Staging.stage(result, types(tree.leaves())), tree, result);
  }

  private static List<TensorType> types(Tensor[] leaves) {
    return Arrays.stream(leaves).map(Tensor::type).toList();
  }

  /**
   * The results for an argument.
   *
   * @param x an argument like the example
   * @return the results
   * @throws dini.core.TreeException if its structure is another one
   * @throws ShapeException if a shape or dtype is another one
   */
  @Override
  public Y apply(X x) {
    Tree<X> tree = Tree.of(x);
    example.structure().requireSame("staged function", tree.structure());
    for (int i = 0; i < tree.leaves().length; i++) {
      TensorType expected = example.leaves()[i].type();
      if (!tree.leaves()[i].type().equals(expected)) {
        throw new ShapeException(
            "staged function: it was recorded for "
                + expected
                + ", got "
                + tree.leaves()[i].type()
                + " at "
                + tree.structure().path(i));
      }
    }
    Tensor[] leaves = closed.apply(tree.leaves());
    return result.tree(leaves).with(leaves);
  }

  /**
   * The program, without equations that nobody needs and those that say what an earlier one says.
   *
   * @return the program
   */
  public Program program() {
    return Simplifier.simplify(closed).program();
  }

  /** The {@link #program}. */
  @Override
  public String toString() {
    return program().toString();
  }
}
