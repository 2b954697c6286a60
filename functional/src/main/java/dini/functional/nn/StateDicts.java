package dini.functional.nn;

import dini.core.DTypeException;
import dini.core.Elementwise;
import dini.core.ShapeException;
import dini.core.TensorType;
import dini.core.TreeException;
import dini.core.Trees;
import dini.core.tree.Structure;
import dini.functional.Buffer;
import dini.functional.Buffers;
import dini.functional.optim.ChainState;
import dini.functional.optim.MetaOptimizer;
import dini.functional.optim.OptimizerHolder;

/**
 * The state dictionaries of TorchOpt. A module or any other tree is an immutable value and is its
 * own state; a holder of an optimizer hands out its state as a value. So these are thin names for
 * what values do anyway:
 *
 * <pre>{@code
 * Net net = extractStateDict(optim.params(), CopyMode.REFERENCE);
 * ChainState state = extractStateDict(optim, CopyMode.REFERENCE);
 * optim.step(loss);
 * optim.setParams(recoverStateDict(optim.params(), net));
 * recoverStateDict(optim, state);
 * }</pre>
 */
public final class StateDicts {
  private StateDicts() {}

  /**
   * The state of a module or another tree.
   *
   * @param target the tree
   * @param by whether the state keeps the derivatives of the target
   * @param <X> the class of the tree
   * @return the state, a tree of the same structure, shapes and dtypes
   * @throws TreeException if it is not a tree
   */
  public static <X> X extractStateDict(X target, CopyMode by) {
    return extractStateDict(target, by, false);
  }

  /**
   * The state of a module or another tree, with or without the derivatives of its buffers.
   *
   * @param target the tree
   * @param by whether the state keeps the derivatives of the target
   * @param detachBuffers whether {@linkplain Buffer buffers} lose theirs in any case
   * @param <X> the class of the tree
   * @return the state, a tree of the same structure, shapes and dtypes
   * @throws TreeException if it is not a tree
   */
  public static <X> X extractStateDict(X target, CopyMode by, boolean detachBuffers) {
    Structure.flatten(target); // refuses what is no tree
    return switch (by) {
      case REFERENCE, COPY ->
          detachBuffers ? Buffers.mapBuffers(Elementwise::stopGradient, target) : target;
      case DEEPCOPY -> stopGradient(target);
    };
  }

  /**
   * The state of an optimizer, without its parameters: those are {@link OptimizerHolder#params}.
   *
   * @param target the holder
   * @param by whether the state keeps its derivatives
   * @return the state
   */
  public static ChainState extractStateDict(OptimizerHolder<?> target, CopyMode by) {
    return extractStateDict(target.state(), by);
  }

  /**
   * A module or another tree with an earlier state.
   *
   * @param target the tree, which does not change
   * @param state the state, of the structure, shapes and dtypes of the target
   * @param <X> the class of the tree
   * @return the state
   * @throws TreeException if it is not a tree, or the structures differ, naming the first path at
   *     which they do
   * @throws ShapeException if the shapes of a leaf differ, naming it
   * @throws DTypeException if the dtypes of a leaf differ, naming it
   */
  public static <X> X recoverStateDict(X target, X state) {
    Structure.Flat expected = Structure.flatten(target);
    Structure.Flat given = Structure.flatten(state);
    expected.structure().requireSame("recoverStateDict", given.structure());
    for (int i = 0; i < expected.leaves().length; i++) {
      TensorType type = expected.leaves()[i].type();
      TensorType came = given.leaves()[i].type();
      if (!came.equals(type)) {
        String message =
            "recoverStateDict: "
                + expected.structure().path(i)
                + " is "
                + type
                + ", and "
                + came
                + " in the state";
        throw came.dtype() == type.dtype()
            ? new ShapeException(message)
            : new DTypeException(message);
      }
    }
    return state;
  }

  /**
   * Sets the state of an optimizer back to an earlier one; its parameters stay.
   *
   * @param target the holder, which changes
   * @param state the state, of this optimizer for parameters like these
   * @param <H> the class of the holder
   * @return the holder
   * @throws TreeException if it is the state of another optimizer or of other parameters, naming
   *     the path at which they differ; the holder is then as it was
   * @throws ShapeException if the shapes of a leaf differ, naming it; likewise
   * @throws DTypeException if the dtypes of a leaf differ, naming it; likewise
   */
  public static <H extends OptimizerHolder<?>> H recoverStateDict(H target, ChainState state) {
    target.setState(state);
    return target;
  }

  /**
   * A tree without its derivatives: {@link Elementwise#stopGradient} of every leaf. The tree itself
   * keeps them.
   *
   * @param tree the tree
   * @param <X> the class of the tree
   * @return a tree of the same values, with derivative zero of every order
   * @throws TreeException if it is not a tree
   */
  public static <X> X stopGradient(X tree) {
    return Trees.treeMap(Elementwise::stopGradient, tree);
  }

  /**
   * Another module of the same state: {@link #extractStateDict}, under the name for modules.
   *
   * @param target the module
   * @param by whether the clone keeps the derivatives of the target
   * @param detachBuffers whether {@linkplain Buffer buffers} lose theirs in any case
   * @param <X> the class of the module
   * @return the clone
   * @throws TreeException if it is not a tree
   */
  public static <X> X moduleClone(X target, CopyMode by, boolean detachBuffers) {
    return extractStateDict(target, by, detachBuffers);
  }

  /**
   * Another holder of the same optimizer, at the same parameters and in the same state.
   *
   * @param target the holder
   * @param by whether the clone keeps the derivatives of the target's parameters and state
   * @param detachBuffers whether {@linkplain Buffer buffers} lose theirs in any case
   * @param <X> the tree of parameters
   * @return the clone, which steps by itself from here on
   */
  public static <X> MetaOptimizer<X> moduleClone(
      MetaOptimizer<X> target, CopyMode by, boolean detachBuffers) {
    MetaOptimizer<X> clone = target.copy();
    clone.setParams(extractStateDict(target.params(), by, detachBuffers));
    clone.setState(extractStateDict(target.state(), by));
    return clone;
  }
}
