package dini.functional;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Products;
import dini.core.Reductions;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.TracerException;
import dini.core.TreeException;
import dini.core.trace.BatchTrace;
import dini.core.trace.Batching;
import dini.core.trace.Bind;
import dini.core.trace.Call;
import dini.core.trace.Closed;
import dini.core.trace.DerivativeTrace;
import dini.core.trace.Leaves;
import dini.core.trace.Runner;
import dini.core.trace.StageTrace;
import dini.core.trace.Staging;
import dini.core.trace.Trace;
import dini.core.trace.TraceStack;
import dini.functional.ZeroOrder.Method;
import dini.functional.random.Distribution;
import dini.functional.random.Key;
import dini.functional.random.Keys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What {@link ZeroOrder#zeroOrder} returns. Every derivative trace gives the value the tangent
 * {@code <estimate, tangent of θ>}, and f itself never sees a tangent of θ: it is applied to θ
 * without them, and the estimate is made of this same function one trace further out.
 */
record ZeroOrderFunction<X>(
    Function<? super X, ? extends Tensor> f,
    Method method,
    int samples,
    double sigma,
    Distribution distribution)
    implements BiFunction<Key, X, Tensor> {

  /** In place of the direction of a leaf that does not move. */
  private static final Tensor NONE = Tensors.scalar(0);

  ZeroOrderFunction {
    Objects.requireNonNull(f, "zeroOrder: f");
    Objects.requireNonNull(method, "zeroOrder: method");
    Objects.requireNonNull(distribution, "zeroOrder: distribution");
    if (samples < 1) {
      throw new IllegalArgumentException("zeroOrder: expected samples, got " + samples);
    }
    if (!(sigma > 0) || Double.isInfinite(sigma)) {
      throw new IllegalArgumentException(
          "zeroOrder: expected a positive finite sigma, got " + sigma);
    }
  }

  /** A derivative trace that moves θ: its tangents, null where there are none, and θ below it. */
  private record Motion<X>(
      DerivativeTrace trace, List<Trace> inside, Tensor[] tangents, Tree<X> point) {}

  @Override
  public Tensor apply(Key key, X x) {
    List<Trace> traces = TraceStack.current().active();
    List<Motion<X>> motions = new ArrayList<>();
    Optional<StageTrace> stage = Optional.empty();
    Tree<X> point = Tree.of(x);
    for (int k = traces.size() - 1; k >= 0 && stage.isEmpty(); k--) {
      List<Trace> inside = traces.subList(k + 1, traces.size());
      switch (traces.get(k)) {
        case DerivativeTrace trace -> {
          Motion<X> motion = motion(trace, inside, point);
          if (Arrays.stream(motion.tangents).anyMatch(tangent -> tangent != null)) {
            motions.addFirst(motion);
            point = motion.point;
          }
        }
        case StageTrace trace -> stage = staged(trace, key, point);
        case Trace _ -> {
          // the lanes of a batch trace go through f together
        }
      }
    }
    Tree<X> still = point;
    Tensor value = stage.map(trace -> call(trace, key, still)).orElseGet(() -> value(still));
    Tensor moved = value;
    for (Motion<X> motion : motions) {
      boolean outermost = motion == motions.getFirst() && stage.isEmpty();
      moved =
          moved.add(
              slope(key, motion, outermost ? Optional.of(value) : Optional.empty(), value.dtype()));
    }
    return moved;
  }

  private static <X> Motion<X> motion(DerivativeTrace trace, List<Trace> inside, Tree<X> x) {
    Tensor[] tangents = x.leaves().clone();
    Arrays.setAll(tangents, i -> Spread.tangent(trace, tangents[i]));
    Tensor[] primals = x.leaves().clone();
    Arrays.setAll(primals, i -> Spread.primal(trace, primals[i]));
    return new Motion<>(trace, inside, tangents, new Tree<>(primals, x.structure()));
  }

  private Tensor value(Tree<X> x) {
    Tensor value = f.apply(x.with(x.leaves()));
    if (value == null) {
      throw new TreeException("zeroOrder: the function returned null");
    }
    if (value.rank() != 0) {
      throw new ShapeException(
          "zeroOrder: the function must return a scalar, got "
              + value.type()
              + "; reduce it with sum or mean");
    }
    if (!value.dtype().isFloating()) {
      throw new DTypeException(
          "zeroOrder: the function must return a floating scalar, got "
              + value.type()
              + "; convert it with astype");
    }
    return value;
  }

  // ---- the estimate ----

  /** Zero, with the tangent {@code <estimate, tangents>} at the motion's trace. */
  private Tensor slope(Key key, Motion<X> motion, Optional<Tensor> base, DType dtype) {
    TraceStack.suspend(motion.trace);
    Tensor[] estimate;
    try {
      estimate = estimate(key, motion.point, motion.tangents, base);
    } finally {
      TraceStack.restore(motion.trace);
    }
    boolean constant = motion.inside.stream().noneMatch(trace -> moves(trace, estimate));
    Tensor total = null;
    for (int i = 0; i < estimate.length; i++) {
      if (estimate[i] != null) {
        // a product of the estimate and of 0 with that tangent has the derivatives of both, but is
        // NaN for an infinite estimate: so only where the estimate has derivatives further in
        Tensor direction =
            constant
                ? motion.tangents[i]
                : Spread.dual(motion.trace, Tensors.zerosLike(estimate[i]), motion.tangents[i]);
        Tensor term = Reductions.sum(estimate[i].mul(direction)).astype(dtype);
        total = total == null ? term : total.add(term);
      }
    }
    return constant ? Spread.dual(motion.trace, Tensors.full(-0.0, dtype), total) : total;
  }

  private static boolean moves(Trace trace, Tensor[] estimate) {
    return trace instanceof DerivativeTrace inner
        && Arrays.stream(estimate)
            .anyMatch(each -> each != null && Spread.tangent(inner, each) != null);
  }

  /**
   * The estimate for every leaf that moves, else null.
   *
   * @param base f(θ) where that has no derivative with respect to θ
   */
  private Tensor[] estimate(Key key, Tree<X> x, Tensor[] tangents, Optional<Tensor> base) {
    Tensor[] leaves = x.leaves();
    Tensor centre =
        method == Method.FORWARD
            // independent of the directions
            ? base.orElseGet(() -> apply(Keys.foldIn(key, samples), x.with(leaves)))
            : null;
    Leaves sample = words -> sample(new Key(words[0]), x, tangents, centre);
    Tensor[] keys = {Keys.split(key, samples).words()};
    Tensor[] lanes = Batching.map(sample, samples, keys, new boolean[] {true});
    Tensor weights = lanes[leaves.length].div(samples).reshape(1, samples);
    Tensor[] estimate = new Tensor[leaves.length];
    for (int i = 0; i < leaves.length; i++) {
      if (tangents[i] != null) {
        Tensor directions = lanes[i].reshape(samples, leaves[i].size());
        estimate[i] =
            Products.matmul(weights.astype(leaves[i].dtype()), directions)
                .reshape(leaves[i].shape().toArray());
      }
    }
    return estimate;
  }

  /** The direction of one sample, for each leaf, and last what to multiply it with. */
  private Tensor[] sample(Key key, Tree<X> x, Tensor[] tangents, Tensor centre) {
    int count = tangents.length;
    Tensor[] directions = new Tensor[count];
    for (int i = 0; i < count; i++) {
      directions[i] = tangents[i] == null ? NONE : direction(Keys.foldIn(key, i), x, i);
    }
    Key ahead = Keys.foldIn(key, count);
    Key behind = Keys.foldIn(key, count + 1);
    Tensor[] result = Arrays.copyOf(directions, count + 1);
    result[count] =
        switch (method) {
          case NAIVE -> at(ahead, x, directions, sigma).div(sigma);
          case FORWARD -> at(ahead, x, directions, sigma).sub(centre).div(sigma);
          case ANTITHETIC ->
              at(ahead, x, directions, sigma).sub(at(behind, x, directions, -sigma)).div(2 * sigma);
        };
    return result;
  }

  private Tensor direction(Key key, Tree<X> x, int leaf) {
    TensorType type = x.leaves()[leaf].type();
    Tensor direction = distribution.sample(key, type.shape());
    if (!direction.shape().equals(type.shape())) {
      throw new ShapeException(
          "zeroOrder: the distribution gave "
              + direction.type()
              + " where shape "
              + type.shape()
              + " was asked for, at "
              + x.structure().path(leaf));
    }
    return direction.astype(type.dtype());
  }

  /** The value at {@code θ + step z}. */
  private Tensor at(Key key, Tree<X> x, Tensor[] directions, double step) {
    Tensor[] leaves = x.leaves().clone();
    for (int i = 0; i < leaves.length; i++) {
      if (directions[i] != NONE) {
        leaves[i] = leaves[i].add(directions[i].mul(step));
      }
    }
    return apply(key, x.with(leaves));
  }

  // ---- stage traces ----

  private static Optional<StageTrace> staged(StageTrace trace, Key key, Tree<?> x) {
    boolean depends =
        isStaged(trace, key.words())
            || Arrays.stream(x.leaves()).anyMatch(leaf -> isStaged(trace, leaf));
    return depends ? Optional.of(trace) : Optional.empty();
  }

  private static boolean isStaged(StageTrace trace, Tensor tensor) {
    Optional<BatchTrace> batch = BatchTrace.within(trace, tensor);
    return batch.isPresent() ? isStaged(trace, batch.get().value(tensor)) : trace.isStaged(tensor);
  }

  /**
   * A recorded call of this function: a program with the operations of f instead would lose the
   * estimate when it is differentiated. What f captured is lifted out of it, as operands.
   */
  private Tensor call(StageTrace trace, Key key, Tree<X> x) {
    Closed closed =
        Staging.stage(
            leaves -> new Tensor[] {value(new Tree<>(leaves, x.structure()))},
            List.of(Bind.types(x.leaves())));
    Runner own = new Runner(closed.program());
    Tensor[] captured = closed.constants();
    refuseMoving(trace, captured);
    int count = x.leaves().length;
    Tensor[] operands = Arrays.copyOf(x.leaves(), count + 1 + captured.length);
    operands[count] = key.words();
    System.arraycopy(captured, 0, operands, count + 1, captured.length);
    Leaves again =
        all -> {
          Tensor[] constants = Arrays.copyOfRange(all, count + 1, all.length);
          Function<X, Tensor> program = y -> own.apply(constants, Tree.of(y).leaves())[0];
          return new Tensor[] {
            new ZeroOrderFunction<>(program, method, samples, sigma, distribution)
                .apply(new Key(all[count]), x.with(Arrays.copyOf(all, count)))
          };
        };
    return call(trace, operands, again, closed.program().outputTypes().getFirst());
  }

  /** A call has no derivative of its own with respect to what f captured. */
  private static void refuseMoving(StageTrace stage, Tensor[] captured) {
    List<Trace> traces = TraceStack.current().active();
    for (Trace inside : traces.subList(traces.indexOf(stage), traces.size())) {
      if (moves(inside, captured)) {
        throw new TracerException(
            "zeroOrder: in a function that is being staged, f captured a value that is being"
                + " differentiated; stage the function before, and differentiate the program");
      }
    }
  }

  /** The same inside batch traces that are inside the stage trace. */
  private static Tensor call(StageTrace trace, Tensor[] operands, Leaves again, TensorType type) {
    Optional<BatchTrace> within = BatchTrace.within(trace, operands);
    if (within.isEmpty()) {
      return trace.call(new Call("zeroOrder", again, new TensorType[] {type}), operands)[0];
    }
    BatchTrace batch = within.get();
    Tensor[] values = operands.clone();
    boolean[] batched = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      batched[i] = batch.isBatched(operands[i]);
      values[i] = batched[i] ? batch.value(operands[i]) : operands[i];
    }
    Leaves lanes = all -> Batching.map(again, batch.size(), all, batched);
    TensorType wide = new TensorType(type.shape().insert(0, batch.size()), type.dtype());
    return batch.batched(call(trace, values, lanes, wide));
  }
}
