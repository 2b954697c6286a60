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
import dini.functional.optim.FuncOptimizer;
import dini.functional.optim.MetaOptimizer;
import dini.functional.optim.OptimizerHolder;
import dini.functional.optim.PlainOptimizer;
import java.util.Objects;
import java.util.Optional;

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
 *
 * <p>The state of a holder does not include its parameters, which are a state by themselves; what
 * is said here of an {@link OptimizerHolder} or a {@link FuncOptimizer} leaves them as they are,
 * except in {@link #moduleClone}. No argument may be null: a {@link NullPointerException} names the
 * operation and the argument.
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
    requireGiven("extractStateDict", "target", target);
    requireGiven("extractStateDict", "by", by);
    Structure.flatten(target); // refuses what is no tree
    return switch (by) {
      case REFERENCE, COPY ->
          detachBuffers ? Buffers.mapBuffers(Elementwise::stopGradient, target) : target;
      case DEEPCOPY -> stopGradient(target);
    };
  }

  private static void requireGiven(String operation, String name, Object argument) {
    Objects.requireNonNull(argument, () -> operation + ": " + name + " is null");
  }

  /**
   * The state of an optimizer, without its parameters: those are {@link OptimizerHolder#params}.
   *
   * @param target the holder
   * @param by whether the state keeps its derivatives
   * @return the state
   */
  public static ChainState extractStateDict(OptimizerHolder<?> target, CopyMode by) {
    return extractStateDict(target, by, false);
  }

  /**
   * The state of an optimizer, with or without the derivatives of its buffers: the optimizers of
   * this library keep none, one of your own may.
   *
   * @param target the holder
   * @param by whether the state keeps its derivatives
   * @param detachBuffers whether {@linkplain Buffer buffers} lose theirs in any case
   * @return the state
   */
  public static ChainState extractStateDict(
      OptimizerHolder<?> target, CopyMode by, boolean detachBuffers) {
    requireGiven("extractStateDict", "target", target);
    return extractStateDict(target.state(), by, detachBuffers);
  }

  /**
   * The state of an optimizer for parameters that are passed from step to step.
   *
   * @param target the optimizer
   * @param by whether the state keeps its derivatives
   * @return the state, empty before the first step
   */
  public static Optional<ChainState> extractStateDict(FuncOptimizer target, CopyMode by) {
    return extractStateDict(target, by, false);
  }

  /**
   * The state of an optimizer for parameters that are passed from step to step, with or without the
   * derivatives of its buffers.
   *
   * @param target the optimizer
   * @param by whether the state keeps its derivatives
   * @param detachBuffers whether {@linkplain Buffer buffers} lose theirs in any case
   * @return the state, empty before the first step
   */
  public static Optional<ChainState> extractStateDict(
      FuncOptimizer target, CopyMode by, boolean detachBuffers) {
    requireGiven("extractStateDict", "target", target);
    return extractStateDict(target.state(), by, detachBuffers);
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
    requireGiven("recoverStateDict", "target", target);
    requireGiven("recoverStateDict", "state", state);
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
    requireGiven("recoverStateDict", "target", target);
    requireGiven("recoverStateDict", "state", state);
    target.setState(state);
    return target;
  }

  /**
   * Sets the state of an optimizer back to an earlier one, or to that before the first step.
   *
   * @param target the optimizer, which changes
   * @param state the state, of this optimizer; whether it fits the parameters is known at the next
   *     step
   * @return the optimizer
   */
  public static FuncOptimizer recoverStateDict(FuncOptimizer target, Optional<ChainState> state) {
    requireGiven("recoverStateDict", "target", target);
    requireGiven("recoverStateDict", "state", state);
    state.ifPresentOrElse(target::setState, target::clearState);
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
    requireGiven("stopGradient", "tree", tree);
    return Trees.treeMap(Elementwise::stopGradient, tree);
  }

  /**
   * Takes the derivatives from the state of an optimizer. Its parameters keep theirs: to cut a loop
   * off from the steps before,
   *
   * <pre>{@code
   * optim.setParams(stopGradient(optim.params()));
   * stopGradient(optim);
   * }</pre>
   *
   * @param target the holder, which changes
   * @param <H> the class of the holder
   * @return the holder
   */
  public static <H extends OptimizerHolder<?>> H stopGradient(H target) {
    requireGiven("stopGradient", "target", target);
    target.setState(stopGradient(target.state()));
    return target;
  }

  /**
   * Takes the derivatives from the state of an optimizer; the parameters are not in it.
   *
   * @param target the optimizer, which changes
   * @return the optimizer
   */
  public static FuncOptimizer stopGradient(FuncOptimizer target) {
    requireGiven("stopGradient", "target", target);
    return recoverStateDict(target, stopGradient(target.state()));
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
    requireGiven("moduleClone", "target", target);
    requireGiven("moduleClone", "by", by);
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
    requireGiven("moduleClone", "target", target);
    return taken(target, target.copy(), by, detachBuffers);
  }

  /**
   * Another holder of the same optimizer, at the same parameters and in the same state.
   *
   * @param target the holder
   * @param by without effect: what this holder has carries no derivatives
   * @param detachBuffers likewise
   * @param <X> the tree of parameters
   * @return the clone, which steps by itself from here on
   */
  public static <X> PlainOptimizer<X> moduleClone(
      PlainOptimizer<X> target, CopyMode by, boolean detachBuffers) {
    requireGiven("moduleClone", "target", target);
    return taken(target, target.copy(), by, detachBuffers);
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
  public static <X> OptimizerHolder<X> moduleClone(
      OptimizerHolder<X> target, CopyMode by, boolean detachBuffers) {
    requireGiven("moduleClone", "target", target);
    return taken(target, target.copy(), by, detachBuffers);
  }

  private static <X, H extends OptimizerHolder<X>> H taken(
      OptimizerHolder<X> from, H clone, CopyMode by, boolean detachBuffers) {
    requireGiven("moduleClone", "by", by);
    clone.setParams(extractStateDict(from.params(), by, detachBuffers));
    clone.setState(extractStateDict(from, by, detachBuffers));
    return clone;
  }

  /**
   * Another of the same optimizer, in the same state.
   *
   * @param target the optimizer
   * @param by whether the clone keeps the derivatives of the target's state
   * @param detachBuffers whether {@linkplain Buffer buffers} lose theirs in any case
   * @return the clone, which steps by itself from here on
   */
  public static FuncOptimizer moduleClone(
      FuncOptimizer target, CopyMode by, boolean detachBuffers) {
    requireGiven("moduleClone", "target", target);
    requireGiven("moduleClone", "by", by);
    return recoverStateDict(target.copy(), extractStateDict(target, by, detachBuffers));
  }
}
