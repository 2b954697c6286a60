package dini.functional;

import dini.core.Tensor;
import dini.core.TreeException;
import dini.core.trace.Checkpointing;
import dini.core.trace.Closed;
import dini.core.trace.Staging;
import dini.core.tree.Structure;
import dini.functional.primitive.Named;
import dini.functional.primitive.Recomputed;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Reverse mode that computes again what it would otherwise keep.
 *
 * <p>Reverse mode keeps what the derivative of every operation needs until it comes back to it.
 * Inside {@code checkpoint(f)} it keeps the argument of f alone, and runs f once more when it comes
 * back: memory for time. A loop of K steps, in segments of {@code sqrt(K)} steps that are each a
 * checkpoint, needs memory for {@code 2 sqrt(K)} steps and runs each step twice: {@link
 * Unrolling#unrollCheckpointed} does that.
 *
 * <pre>{@code
 * UnaryOperator<Tensor> block = x -> tanh(matmul(w, x));     // w may carry derivatives too
 * Tensor g = grad(x -> sum(checkpoint(block).apply(checkpoint(block).apply(x))), x0);
 * }</pre>
 *
 * <p>Values and derivatives have the bits that they have without it, in every mode, order and
 * nesting, but for reverse mode over reverse mode, where sums are taken in another order. It is the
 * function that runs again, not a program of it: so it may read values and branch on them, as
 * everywhere inside {@code grad}; what it prints, it prints twice. It must give the same results
 * each time: one that depends on state that changed, such as a generator of random numbers, is
 * found out by its results, and refused with a {@link dini.core.TracerException}.
 *
 * <p>What is saved, is saved by {@link Transforms#grad(Function, Object) grad}, {@code
 * valueAndGrad} and {@link Transforms#vjp vjp}, whose pullback must then be called on the thread
 * that ran the function. {@link Transforms#linearize linearize} and {@link Jacobians} keep their
 * recording for as long as the map lives, so they run the function again at once. Under a gradient
 * of a gradient the inner one saves, the outer one records all that the inner one does, also what
 * it computes again; forward over reverse and reverse over forward save. Forward mode and {@code
 * vmap} have nothing to save.
 *
 * <p>In a staged function, and in the body of a {@link ControlFlow} loop, a checkpoint is one
 * operation with a program of its own, as every checkpoint with a {@link CheckpointPolicy} is.
 *
 * <p>Source: Griewank and Walther, Evaluating derivatives, 2nd edition 2008, chapter 12; JAX calls
 * it {@code jax.checkpoint}, or {@code remat}.
 */
public final class Checkpoint {
  private Checkpoint() {}

  /**
   * A function that is computed again when it is differentiated in reverse mode.
   *
   * @param f the function; tensors that it captures may carry derivatives
   * @param <X> its argument, of any class
   * @param <Y> the tree of its result
   * @return the function with the same values and derivatives
   * @throws TreeException when it is called, if its result is null or no tree
   */
  public static <X, Y> Function<X, Y> checkpoint(Function<? super X, ? extends Y> f) {
    return x -> checkpoint(f, x);
  }

  /**
   * A function of two arguments that is computed again when it is differentiated in reverse mode.
   *
   * @param f the function; tensors that it captures may carry derivatives
   * @param <X> its first argument, of any class
   * @param <A> its second argument, of any class
   * @param <Y> the tree of its result
   * @return the function with the same values and derivatives
   */
  public static <X, A, Y> BiFunction<X, A, Y> checkpoint(
      BiFunction<? super X, ? super A, ? extends Y> f) {
    return (x, a) -> checkpoint(z -> f.apply(z, a), x);
  }

  /**
   * The value of a function, computed again when it is differentiated in reverse mode.
   *
   * @param f the function; tensors that it captures may carry derivatives
   * @param x its argument
   * @param <X> its argument, of any class
   * @param <Y> the tree of its result
   * @return its value
   * @throws TreeException if the value is null or no tree
   */
  public static <X, Y> Y checkpoint(Function<? super X, ? extends Y> f, X x) {
    if (ControlFlow.isStaging() && isTree(x)) {
      return recomputed(CheckpointPolicy.nothingSaveable(), f, x);
    }
    Rerun<X, Y> result = new Rerun<>(f, x);
    Tensor[] leaves = Checkpointing.apply(result::leaves);
    return result.with(leaves);
  }

  private static boolean isTree(Object x) {
    try {
      return x != null && Structure.flatten(x).leaves().length > 0;
    } catch (TreeException refused) {
      return false;
    }
  }

  /** The function as one operation on the leaves of its argument and what it captured. */
  private static <X, Y> Y recomputed(
      CheckpointPolicy policy, Function<? super X, ? extends Y> f, X x) {
    Tree<X> tree = Tree.of(x);
    Result<X, Y> result = new Result<>(f, tree);
    Closed closed = Staging.stageAll(result, ControlFlow.types(tree.leaves()));
    Tensor[] leaves = Recomputed.of(closed, policy::saves, tree.leaves());
    return result.tree(leaves).with(leaves);
  }

  /**
   * A function of which reverse mode keeps what a policy says, and computes the rest again.
   *
   * <p>To know its operations in advance, the function is recorded: unlike one in a checkpoint
   * without a policy it must not read values. Values and first derivatives have the bits that they
   * have without a checkpoint.
   *
   * @param policy which results to keep
   * @param f the function; tensors that it captures may carry derivatives
   * @param <X> the tree of its argument
   * @param <Y> the tree of its result
   * @return the function with the same values and derivatives
   * @throws TreeException when it is called, if its argument or result is null or no tree
   */
  public static <X, Y> Function<X, Y> checkpoint(
      CheckpointPolicy policy, Function<? super X, ? extends Y> f) {
    return x -> recomputed(policy, f, x);
  }

  /**
   * A tensor under a name by which {@link CheckpointPolicy#saveOnly} keeps it; elsewhere the tensor
   * itself.
   *
   * @param x the tensor
   * @param name the name
   * @return the same values
   */
  public static Tensor checkpointName(Tensor x, String name) {
    return new Named(Objects.requireNonNull(name, "name")).bind(x);
  }

  /** Runs a function and remembers the structure of its latest result. */
  private static final class Rerun<X, Y> {
    private final Function<? super X, ? extends Y> f;
    private final X x;
    private Structure structure;

    Rerun(Function<? super X, ? extends Y> f, X x) {
      this.f = f;
      this.x = x;
    }

    Tensor[] leaves() {
      Y y = f.apply(x);
      if (y == null) {
        throw new TreeException("checkpoint: the function returned null");
      }
      Structure.Flat flat = Structure.flatten(y);
      structure = flat.structure();
      return flat.leaves();
    }

    /** Safe: the structure is that of a Y, and is rebuilt in the same classes. */
    @SuppressWarnings("unchecked")
    Y with(Tensor[] leaves) {
      return (Y) structure.unflatten(leaves);
    }
  }
}
