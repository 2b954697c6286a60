package dini.functional.primitive;

import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.TracerException;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Linear;
import dini.core.primitive.Rules;
import dini.core.trace.Batching;
import dini.core.trace.Bind;
import dini.core.trace.Captures;
import dini.core.trace.Closed;
import dini.core.trace.Differentiation;
import dini.core.trace.Differentiation.Duals;
import dini.core.trace.Differentiation.Linearized;
import dini.core.trace.Leaves;
import dini.core.trace.Staging;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A branch that is known to be taken: the Java function, which may read values, in the place of the
 * program that it is in a {@link Choice}. Its derivatives are put together as those of a choice
 * are, and each runs the function once more, so that cotangents are added in the same order, and
 * have the same bits, whether a choice was known or not. The operands are what the branch captured,
 * and its inputs.
 *
 * @param f the results from the operands
 * @param results their types
 * @param derivative what this is the derivative of, if it is one
 * @param first results that were found before, for the operands that they belong to
 */
public record KnownBranch(
    Leaves f, List<TensorType> results, Optional<Derivative> derivative, Optional<First> first)
    implements Rules {

  /**
   * How a derivative is transposed.
   *
   * @param known how many operands are no tangents; the tangents follow
   * @param pullback the way back
   */
  record Derivative(int known, Pullback pullback) {}

  /** Cotangents of tangents from known operands and the cotangents of results, null for zero. */
  interface Pullback {
    Tensor[] apply(Tensor[] known, Tensor[] cotangents);
  }

  /** Results that were found before. */
  record First(Tensor[] operands, DenseTensor[] results) {

    boolean fits(Tensor[] others) {
      for (int i = 0; i < operands.length; i++) {
        if (operands[i] != others[i]) {
          return false;
        }
      }
      return true;
    }
  }

  private KnownBranch(Leaves f, List<TensorType> results, Optional<Derivative> derivative) {
    this(f, List.copyOf(results), derivative, Optional.empty());
  }

  private KnownBranch(Leaves f, List<TensorType> results) {
    this(f, results, Optional.empty());
  }

  /** The results of a branch whose captures were found. */
  public static Tensor[] of(Captures captures, Tensor[] inputs) {
    Tensor[] operands = Region.join(captures.captured(), inputs);
    Optional<First> first = Optional.empty();
    if (captures.isKnown()) {
      Tensor[] values = Arrays.stream(operands).map(KnownBranch::value).toArray(Tensor[]::new);
      first = Optional.of(new First(values, captures.values()));
    }
    return new KnownBranch(captures.open(), captures.types(), Optional.empty(), first)
        .bind(operands);
  }

  private static Tensor value(Tensor operand) {
    return Bind.isKnown(operand) ? Bind.peek(operand) : operand;
  }

  private Tensor[] bind(Tensor[]... operands) {
    return Bind.bindAll(this, Region.join(operands));
  }

  @Override
  public String label() {
    return "cond";
  }

  @Override
  public TensorType[] types(TensorType[] arguments) {
    return results.toArray(TensorType[]::new);
  }

  @Override
  public DenseTensor[] evaluate(DenseTensor[] arguments) {
    if (first.isPresent() && first.get().fits(arguments)) {
      return first.get().results;
    }
    // not an array of dense tensors, into which no tracers fit
    Tensor[] found = f.apply(Arrays.copyOf(arguments, arguments.length, Tensor[].class));
    DenseTensor[] dense = new DenseTensor[found.length];
    for (int i = 0; i < dense.length; i++) {
      if (!(found[i] instanceof DenseTensor value)) {
        throw new TracerException(
            "cond: a solver or a custom function in a branch captured a traced value "
                + found[i].type()
                + "; pass it as an argument instead");
      }
      dense[i] = value;
    }
    return dense;
  }

  // ---- derivatives ----

  @Override
  public Tensor[] jvp(Tensor[] primals, Tensor[] values, Tensor[] tangents) {
    boolean[] moving = present(tangents);
    boolean[] moved = new boolean[values.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = results.get(i).dtype().isFloating();
    }
    List<TensorType> types = new ArrayList<>();
    for (TensorType result : results) {
      if (result.dtype().isFloating()) {
        types.add(result);
      }
    }
    KnownBranch along =
        Arrays.stream(tangents).anyMatch(Linear::is)
            ? new KnownBranch(
                all -> linearized(all, moving, moved),
                types,
                Optional.of(
                    new Derivative(
                        primals.length, (known, cts) -> pulledBack(known, cts, moving, moved))))
            : new KnownBranch(all -> forward(all, moving, moved), types);
    return new Cursor(along.bind(primals, Region.marked(tangents, moving))).spread(moved);
  }

  private static boolean[] present(Tensor[] tensors) {
    boolean[] present = new boolean[tensors.length];
    for (int i = 0; i < present.length; i++) {
      present[i] = tensors[i] != null;
    }
    return present;
  }

  private Tensor[] forward(Tensor[] all, boolean[] moving, boolean[] moved) {
    Cursor in = new Cursor(all);
    Duals duals = Differentiation.jvp(f, in.take(moving.length), in.spread(moving));
    return Region.marked(filled(duals.tangents(), Bind.types(duals.values())), moved);
  }

  private Linearized linearize(Tensor[] primals, boolean[] moving) {
    return Differentiation.linearize(
        parts -> f.apply(Region.merged(primals, parts, moving)), Region.marked(primals, moving));
  }

  private Tensor[] linearized(Tensor[] all, boolean[] moving, boolean[] moved) {
    Cursor in = new Cursor(all);
    Linearized linearized = linearize(in.take(moving.length), moving);
    Closed linear = linearized.recording().freeze(Bind.types(linearized.values()));
    return Region.marked(linear.apply(in.rest()), moved);
  }

  private Tensor[] pulledBack(
      Tensor[] primals, Tensor[] cotangents, boolean[] moving, boolean[] moved) {
    Tensor[] all = new Cursor(cotangents).spread(moved);
    return filled(
        linearize(primals, moving).recording().pullback(all),
        Bind.types(Region.marked(primals, moving)));
  }

  private static Tensor[] filled(Tensor[] tensors, TensorType[] types) {
    Tensor[] filled = tensors.clone();
    for (int i = 0; i < filled.length; i++) {
      filled[i] = filled[i] == null ? Tensors.zeros(types[i]) : filled[i];
    }
    return filled;
  }

  @Override
  public Tensor[] transpose(Tensor[] cotangents, Tensor[] operands) {
    boolean[] linear = new boolean[operands.length];
    int firstLinear = operands.length;
    for (int i = operands.length - 1; i >= 0; i--) {
      linear[i] = Linear.is(operands[i]);
      firstLinear = linear[i] ? i : firstLinear;
    }
    return derivative.isPresent() && firstLinear >= derivative.get().known
        ? transposed(derivative.get(), cotangents, operands)
        : transposed(linear, cotangents, operands);
  }

  private static Tensor[] transposed(
      Derivative derivative, Tensor[] cotangents, Tensor[] operands) {
    Tensor[] tangents = Arrays.copyOfRange(operands, derivative.known, operands.length);
    Tensor[] known = Arrays.copyOf(operands, derivative.known);
    Tensor[] found = pulledBack(derivative.pullback, Bind.types(tangents), known, cotangents);
    Tensor[] result = new Tensor[operands.length];
    for (int i = derivative.known; i < result.length; i++) {
      result[i] = Linear.is(operands[i]) ? found[i - derivative.known] : null;
    }
    return result;
  }

  /** What a pullback gives, as one operation on what it is given. */
  private static Tensor[] pulledBack(
      Pullback pullback, TensorType[] types, Tensor[] known, Tensor[] cotangents) {
    boolean[] given = present(cotangents);
    Leaves back =
        all -> {
          Cursor in = new Cursor(all);
          return pullback.apply(in.take(known.length), in.spread(given));
        };
    return new KnownBranch(back, List.of(types)).bind(known, Region.marked(cotangents, given));
  }

  /** The cotangents where the branch itself is linear, as in a rule that gets a tangent. */
  private Tensor[] transposed(boolean[] linear, Tensor[] cotangents, Tensor[] operands) {
    boolean[] known = Region.not(linear);
    TensorType[] types = Bind.types(Region.marked(operands, linear));
    Pullback pullback =
        (values, cts) -> {
          Tensor[] all = new Cursor(values).spread(known);
          Leaves rest = parts -> f.apply(Region.merged(all, parts, linear));
          return filled(Staging.stage(rest, List.of(types)).transpose(cts), types);
        };
    Tensor[] found = pulledBack(pullback, types, Region.marked(operands, known), cotangents);
    return new Cursor(found).spread(linear);
  }

  // ---- lanes ----

  @Override
  public Tensor[] batch(int size, Tensor[] arguments, boolean[] batched) {
    boolean[] lanes = batched.clone();
    Tensor[] operands = arguments.clone();
    if (derivative.isPresent()) {
      for (int i = derivative.get().known; i < operands.length; i++) {
        operands[i] =
            lanes[i]
                ? operands[i]
                : Shapes.broadcastTo(operands[i], operands[i].shape().insert(0, size));
        lanes[i] = true;
      }
    }
    List<TensorType> types = new ArrayList<>();
    for (TensorType type : results) {
      types.add(new TensorType(type.shape().insert(0, size), type.dtype()));
    }
    Optional<Derivative> mapped = derivative.map(own -> mapped(own, size, lanes));
    return new KnownBranch(all -> Batching.map(f, size, all, lanes), types, mapped).bind(operands);
  }

  /** The cotangents of lanes belong to lanes. */
  private static Derivative mapped(Derivative own, int size, boolean[] lanes) {
    Pullback pullback =
        (known, cotangents) -> {
          boolean[] given = present(cotangents);
          Tensor[] all = Region.join(known, Region.marked(cotangents, given));
          boolean[] batched = Arrays.copyOf(lanes, all.length);
          Arrays.fill(batched, own.known, batched.length, true);
          Leaves lane =
              parts -> {
                Cursor in = new Cursor(parts);
                return own.pullback.apply(in.take(own.known), in.spread(given));
              };
          return Batching.map(lane, size, all, batched);
        };
    return new Derivative(own.known, pullback);
  }
}
