package dini.functional;

import dini.core.Comparisons;
import dini.core.DType;
import dini.core.DTypeException;
import dini.core.IndexException;
import dini.core.Indexing.Mode;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.TracerException;
import dini.core.TreeException;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Take;
import dini.core.trace.Bind;
import dini.core.trace.Closed;
import dini.core.trace.StageTrace;
import dini.core.trace.Staging;
import dini.core.trace.TraceStack;
import dini.functional.primitive.ScanLoop;
import dini.functional.primitive.WhileLoop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Choices and loops as operations: recorded once, whatever the number of steps, and decided by
 * values that are not known yet.
 *
 * <p>The {@code if} and {@code for} of Java work inside {@code grad} and {@code jvp}, where values
 * are known; use them there as long as they are fast enough. What is here works where values are
 * not known as well, under {@code vmap} and in staged functions, and a loop of many steps is one
 * operation instead of many.
 *
 * <pre>{@code
 * Tensor first = whileLoop(scalar(1), x -> lt(x, 100), x -> x.mul(3));                    // 243
 * Tensor power = foriLoop(0, 10, scalar(1), (i, x) -> x.mul(2));                          // 1024
 * Scan<Tensor, Tensor> sums = scan((sum, x) -> new Scan<>(sum.add(x), sum), scalar(0), xs);
 * }</pre>
 *
 * <p>Carries, arguments and results are trees. Bodies may use tensors from outside, also ones that
 * carry derivatives or lanes. A body runs once, on stand-ins of which only shapes and dtypes are
 * known, to find its operations: it must not read values, and what it prints it prints once. Once
 * it ran some tens of times on values it is compiled, as by {@link Jit}, with the same bits.
 *
 * <table>
 * <caption>Which derivatives</caption>
 * <tr><th>operation</th><th>forward</th><th>reverse</th><th>under vmap</th></tr>
 * <tr><td>{@code cond}, {@code switchCase}</td><td>yes</td><td>yes</td>
 *     <td>all branches run if lanes choose differently</td></tr>
 * <tr><td>{@code whileLoop}</td><td>yes</td><td>no</td>
 *     <td>until the last lane is done; the others keep what they have</td></tr>
 * <tr><td>{@code foriLoop}</td><td>yes</td><td>if the bounds are known</td>
 *     <td>as the loop it is</td></tr>
 * <tr><td>{@code scan}, {@code map}, {@code associativeScan}</td><td>yes</td><td>yes</td>
 *     <td>one loop of batched steps</td></tr>
 * </table>
 *
 * <p>Where lanes choose differently, a branch also runs on lanes that do not take it; under {@code
 * grad(vmap(…))} an infinite derivative there gives NaN, as with {@code where}: see {@link
 * Comparisons#safeWhere}. {@code vmap(grad(…))} has no such trouble.
 *
 * <p>A choice has the same derivatives, bit for bit, whether it is known or made by a program that
 * runs later. So every floating tensor of its argument gets a cotangent, zeros from a branch that
 * does not use it, and zero times the infinite derivative of what that tensor was computed from is
 * NaN. Tensors from outside get one from the branches that use them. Where only the branch not
 * taken does, that is zeros if the choice is not known, and nothing if it is: then the sign of a
 * zero may differ, and where the tensor has lanes or an infinite derivative, the last bit or a NaN.
 * Pass such a tensor as part of the argument. Forward mode over a gradient through a choice that
 * captures what the outer derivative moves may differ in the last bit too.
 *
 * <p>Source of the rules: Radul, Paszke, Frostig, Johnson and Maclaurin, You only linearize once:
 * tangents transpose to gradients, 2023.
 */
public final class ControlFlow {
  private ControlFlow() {}

  // ---- choices ----

  /**
   * {@code pred ? ifTrue(x) : ifFalse(x)}. Where the predicate is known and nothing is staged, the
   * branch is Java that may read values. While something is differentiated it is also one operation
   * whose derivatives run it again: it must do the same each time, and an {@code if} in its place
   * costs less.
   *
   * <pre>{@code
   * Tensor y = cond(gt(x, 0), x, z -> sqrt(z), z -> z.mul(0));
   * }</pre>
   *
   * @param pred a BOOL scalar
   * @param x the argument of the branch
   * @param ifTrue the function if the predicate is true
   * @param ifFalse the function if it is false, with results of the same types
   * @param <X> the tree of arguments
   * @param <Y> the tree of results
   * @return the result of one of them
   * @throws DTypeException if the predicate is not BOOL
   * @throws ShapeException if the predicate is not a scalar; where the choice is recorded, also if
   *     the branches' results differ in shape or dtype
   * @throws TreeException if the result is null; where the choice is recorded, also if the
   *     branches' results differ in structure
   */
  public static <X, Y> Y cond(
      Tensor pred,
      X x,
      Function<? super X, ? extends Y> ifTrue,
      Function<? super X, ? extends Y> ifFalse) {
    if (pred.dtype() != DType.BOOL) {
      throw new DTypeException("cond: the predicate must be BOOL, got " + pred.type());
    }
    requireScalar("cond: the predicate", pred);
    if (Bind.resolve(pred) instanceof DenseTensor known && !isStaging()) {
      return Branches.known("cond", known.booleans()[0] ? ifTrue : ifFalse, x);
    }
    return new Branches<X, Y>("cond", List.of(ifFalse, ifTrue)).chosen(pred, x);
  }

  /**
   * {@code branches[index](x)}. Where the index is known, the branch is as that of {@link #cond}.
   *
   * @param index an integer scalar; negative from the end
   * @param x the argument of the branch
   * @param branches functions with results of the same types, at least one
   * @param <X> the tree of arguments
   * @param <Y> the tree of results
   * @return the result of one of them
   * @throws DTypeException if the index is not of an integer dtype
   * @throws IndexException if there is no such branch; where the index is not known yet, when the
   *     program runs
   * @throws ShapeException if the index is not a scalar; where the choice is recorded, also if the
   *     branches' results differ in shape or dtype
   * @throws TreeException if the result is null; where the choice is recorded, also if the
   *     branches' results differ in structure
   */
  public static <X, Y> Y switchCase(
      Tensor index, X x, List<? extends Function<? super X, ? extends Y>> branches) {
    requireInteger("switchCase: the index", index);
    requireScalar("switchCase: the index", index);
    if (branches.isEmpty()) {
      throw new IllegalArgumentException("switchCase: no branches");
    }
    if (Bind.resolve(index) instanceof DenseTensor known && !isStaging()) {
      long at = integer(known);
      int count = branches.size();
      if (at < -count || at >= count) {
        throw new IndexException("switchCase: index " + at + " for " + count + " branches");
      }
      return Branches.known("switchCase", branches.get((int) (at < 0 ? at + count : at)), x);
    }
    long[] numbers = new long[branches.size()];
    Arrays.setAll(numbers, i -> i);
    Tensor inRange =
        new Take(0, false, Mode.THROW, "switchCase").bind(Tensors.longs(numbers), index);
    return new Branches<X, Y>("switchCase", branches).chosen(inRange, x);
  }

  // ---- loops ----

  /**
   * {@code while (condition(c)) c = body(c)}. Reverse mode is refused, since nothing is known of
   * the number of steps: use {@link #foriLoop(int, int, Object, BiFunction)} or {@link #scan}. An
   * interrupt of the thread ends the loop with an exception.
   *
   * @param init the first c
   * @param condition gives a BOOL scalar
   * @param body gives the next c, of the same structure, shapes and dtypes
   * @param <C> the tree of c
   * @return the c for which the condition does not hold
   * @throws ShapeException if the body changes a shape or dtype, naming each, or the condition
   *     gives anything but a BOOL scalar
   * @throws TreeException if the body changes the structure
   * @throws TracerException in reverse mode
   */
  public static <C> C whileLoop(
      C init, Function<? super C, Tensor> condition, UnaryOperator<C> body) {
    Carry<C> carry = Carry.of("whileLoop", init);
    Closed test =
        Staging.stage(
            leaves -> new Tensor[] {required("whileLoop", condition.apply(carry.with(leaves)))},
            carry.types());
    TensorType tested = test.program().outputTypes().getFirst();
    if (!tested.equals(new TensorType(Shape.of(), DType.BOOL))) {
      throw new ShapeException("whileLoop: the condition must give bool[], got " + tested);
    }
    Closed step =
        Staging.stage(leaves -> carry.next(body.apply(carry.with(leaves))), carry.types());
    return carry.with(WhileLoop.of(test, step, carry.init().leaves()));
  }

  /**
   * {@code for (i = lower; i < upper; i++) c = body(i, c)}.
   *
   * @param lower the first i
   * @param upper the first i that is not reached; with no more than {@code lower} nothing is done
   * @param init the first c
   * @param body gives the next c, of the same structure, shapes and dtypes; i is an INT64 scalar
   * @param <C> the tree of c
   * @return the last c
   * @throws IllegalArgumentException if there are more than 2^31 - 1 steps
   * @throws ShapeException if the body changes a shape or dtype, naming each
   * @throws TreeException if the body changes the structure
   */
  public static <C> C foriLoop(int lower, int upper, C init, BiFunction<Tensor, C, C> body) {
    return new CountedLoop<>(Carry.of("foriLoop", init), body).between(lower, upper, DType.INT64);
  }

  /**
   * The same with bounds that may not be known yet. Where both are, this is the loop above, in
   * reverse mode too; where they are not, it is a {@link #whileLoop}.
   *
   * @param lower the first i, an integer scalar
   * @param upper the first i that is not reached, of the same dtype
   * @param init the first c
   * @param body gives the next c, of the same structure, shapes and dtypes; i has the dtype of the
   *     bounds
   * @param <C> the tree of c
   * @return the last c
   * @throws IllegalArgumentException if the bounds are known, and more than 2^31 - 1 steps apart
   * @throws DTypeException if the bounds are not integers of one dtype
   * @throws ShapeException if a bound is not a scalar, or the body changes a shape or dtype, naming
   *     each
   * @throws TreeException if the body changes the structure
   */
  public static <C> C foriLoop(Tensor lower, Tensor upper, C init, BiFunction<Tensor, C, C> body) {
    requireInteger("foriLoop: the lower bound", lower);
    requireScalar("foriLoop: the lower bound", lower);
    requireScalar("foriLoop: the upper bound", upper);
    if (lower.dtype() != upper.dtype()) {
      throw new DTypeException("foriLoop: bounds " + lower.type() + " and " + upper.type());
    }
    CountedLoop<C> loop = new CountedLoop<>(Carry.of("foriLoop", init), body);
    return Bind.resolve(lower) instanceof DenseTensor from
            && Bind.resolve(upper) instanceof DenseTensor to
        ? loop.between(integer(from), integer(to), lower.dtype())
        : loop.between(lower, upper);
  }

  // ---- scans ----

  /**
   * A loop over axis 0 of every tensor of a tree, which carries another tree and keeps something of
   * each step:
   *
   * <pre>{@code
   * for (i = 0; i < n; i++) { (carry, ys[i]) = body(carry, xs[i]) }
   * }</pre>
   *
   * <p>Reverse mode keeps what the derivative of each step needs; see {@link #scan(ScanOptions,
   * BiFunction, Object, Object)} for less, and {@link Checkpoint} for less of each step.
   *
   * @param body gives the next carry, of the same structure, shapes and dtypes, and what to keep
   * @param init the first carry
   * @param xs the tree to go through, with at least one tensor
   * @param <C> the tree of the carry
   * @param <X> the tree to go through
   * @param <Y> the tree of what is kept
   * @return the last carry, and what was kept, along axis 0
   * @throws ShapeException if the tensors of xs disagree on the number of steps, or the body
   *     changes a shape or dtype of the carry, naming each
   * @throws TreeException if the body changes the structure of the carry, or gives null
   */
  public static <C, X, Y> Scan<C, Y> scan(
      BiFunction<? super C, ? super X, Scan<C, Y>> body, C init, X xs) {
    return scan(ScanOptions.forward(), body, init, xs);
  }

  /**
   * A loop over axis 0 of every tensor of a tree, from either end, and with a bound on what reverse
   * mode keeps.
   *
   * <p>With {@code s} snapshots reverse mode keeps at most s carries at a time, and what the
   * derivative of one step needs. It computes steps again by the schedule that takes the fewest:
   * {@code r n - C(s + r, r - 1)} more steps, where r is the least number with {@code n <= C(s + r,
   * s)}; so 3 runs of each step are enough for {@code (s + 1)(s + 2) / 2} steps. The body then runs
   * in every step, as in a Java loop, and must do the same each time. Values and derivatives are
   * those of the Java loop. In a staged function, whose steps are recorded once, the bound is not
   * kept, and derivatives are added up as those of a scan without it: the last bits may differ.
   *
   * <p>Source: Griewank and Walther, Algorithm 799: revolve, ACM TOMS 26 (2000).
   *
   * @param options from which end, and how much to keep
   * @param body gives the next carry, of the same structure, shapes and dtypes, and what to keep
   * @param init the first carry
   * @param xs the tree to go through, with at least one tensor
   * @param <C> the tree of the carry
   * @param <X> the tree to go through
   * @param <Y> the tree of what is kept
   * @return the last carry, and what was kept, along axis 0
   * @throws ShapeException if the tensors of xs disagree on the number of steps, or the body
   *     changes a shape or dtype of the carry, naming each
   * @throws TreeException if the body changes the structure of the carry, or gives null
   */
  public static <C, X, Y> Scan<C, Y> scan(
      ScanOptions options, BiFunction<? super C, ? super X, Scan<C, Y>> body, C init, X xs) {
    Tree<X> slices = Tree.of(xs);
    return scanned(options, body, Carry.of("scan", init), slices, length("scan", slices));
  }

  /**
   * A scan of a number of steps that goes through nothing.
   *
   * @param length how many steps to take
   * @param body gives the next carry, of the same structure, shapes and dtypes, and what to keep
   * @param init the first carry
   * @param <C> the tree of the carry
   * @param <Y> the tree of what is kept
   * @return the last carry, and what was kept, along axis 0
   * @throws ShapeException if the body changes a shape or dtype of the carry, naming each
   * @throws TreeException if the body changes the structure of the carry, or gives null
   */
  public static <C, Y> Scan<C, Y> scan(int length, Function<? super C, Scan<C, Y>> body, C init) {
    if (length < 0) {
      throw new IllegalArgumentException("scan: " + length + " steps; expected 0 or more");
    }
    Carry<C> carry = Carry.of("scan", init);
    Tree<List<Tensor>> nothing = Tree.of(List.of());
    return scanned(ScanOptions.forward(), (c, _) -> body.apply(c), carry, nothing, length);
  }

  private static <C, X, Y> Scan<C, Y> scanned(
      ScanOptions options,
      BiFunction<? super C, ? super X, Scan<C, Y>> body,
      Carry<C> carry,
      Tree<X> slices,
      int length) {
    ScanStep<C, X, Y> step = new ScanStep<>(body, carry, slices);
    if (options.snapshots().isPresent() && length > 0 && !isStaging()) {
      return new SnapshotScan<>(step, length, options.reverse())
          .run(options.snapshots().getAsInt());
    }
    List<TensorType> types = new ArrayList<>(carry.types());
    for (Tensor leaf : slices.leaves()) {
      types.add(new TensorType(leaf.shape().remove(0), leaf.dtype()));
    }
    Closed closed = Staging.stage(step, types);
    ScanLoop loop = new ScanLoop(closed.program(), carry.count(), length, options.reverse());
    Tensor[] results = loop.bind(closed.constants(), carry.init().leaves(), slices.leaves());
    return step.result(results);
  }

  /** The extent of axis 0 of every leaf. */
  private static int length(String operation, Tree<?> slices) {
    int length = -1;
    for (int i = 0; i < slices.leaves().length; i++) {
      TensorType type = slices.leaves()[i].type();
      if (type.shape().rank() == 0 || length >= 0 && type.shape().extent(0) != length) {
        throw new ShapeException(
            operation
                + ": "
                + slices.structure().path(i)
                + " is "
                + type
                + "; expected axis 0 to be the axis to go along"
                + (length < 0 ? "" : ", with " + length + " slices as the tensors before"));
      }
      length = type.shape().extent(0);
    }
    if (length < 0) {
      throw new TreeException(operation + ": no tensor to go through; give a length instead");
    }
    return length;
  }

  /**
   * The function for every slice along axis 0, one after the other: the memory of one at a time,
   * where {@code vmap} takes that of all.
   *
   * @param f the function of a slice
   * @param xs the slices
   * @param <X> the tree of arguments
   * @param <Y> the tree of results
   * @return the results, along axis 0
   * @throws ShapeException if the tensors disagree on the number of slices
   */
  public static <X, Y> Y map(Function<? super X, ? extends Y> f, X xs) {
    Tree<X> slices = Tree.of(xs);
    BiFunction<List<Tensor>, X, Scan<List<Tensor>, Y>> body =
        (nothing, x) -> new Scan<>(nothing, f.apply(x));
    return scanned(
            ScanOptions.forward(), body, Carry.of("map", List.of()), slices, length("map", slices))
        .ys();
  }

  /**
   * The function for every slice along axis 0, some at a time together.
   *
   * @param batchSize how many to compute together, at least 1
   * @param f the function of a slice, which must not read values
   * @param xs the slices
   * @param <X> the tree of arguments
   * @param <Y> the tree of results
   * @return the results, along axis 0
   * @throws ShapeException if the tensors disagree on the number of slices
   */
  public static <X, Y> Y map(int batchSize, Function<? super X, ? extends Y> f, X xs) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("map: batches of " + batchSize + "; expected 1 or more");
    }
    Tree<X> slices = Tree.of(xs);
    return new SomeAtATime<X, Y>(f, batchSize).of(slices, length("map", slices));
  }

  /**
   * All partial combinations of slices along axis 0 by an associative operation, {@code y[i] = x[0]
   * ∘ … ∘ x[i]}, in {@code 2 log2 n} operations on many slices each. The order of combination
   * depends on n alone.
   *
   * <pre>{@code
   * Tensor sums = associativeScan(Elementwise::add, xs);
   * }</pre>
   *
   * @param operation an associative operation, of slices that have a leading axis: it combines
   *     those in the same places
   * @param xs the slices
   * @param <X> the tree of slices
   * @return the combinations, of the shapes of xs
   * @throws ShapeException if the tensors disagree on the number of slices, or the operation
   *     changes a shape
   */
  public static <X> X associativeScan(BinaryOperator<X> operation, X xs) {
    return associativeScan(operation, xs, false, 0);
  }

  /**
   * All partial combinations along an axis, from either end.
   *
   * @param operation an associative operation of slices, which keep the axis
   * @param xs the slices
   * @param reverse whether it is {@code y[i] = x[n - 1] ∘ … ∘ x[i]}
   * @param axis the axis, negative from the end
   * @param <X> the tree of slices
   * @return the combinations, of the shapes of xs
   * @throws ShapeException if the tensors disagree on the number of slices, or the operation
   *     changes a shape
   */
  public static <X> X associativeScan(
      BinaryOperator<X> operation, X xs, boolean reverse, int axis) {
    return new AssociativeScan<>(operation, Tree.of(xs), reverse, axis).result();
  }

  // ---- checks ----

  /** Whether some function is being recorded. */
  static boolean isStaging() {
    return TraceStack.current().active().stream().anyMatch(trace -> trace instanceof StageTrace);
  }

  static List<TensorType> types(Tensor[] leaves) {
    return Arrays.stream(leaves).map(Tensor::type).toList();
  }

  static <Y> Y required(String operation, Y result) {
    if (result == null) {
      throw new TreeException(operation + ": the function returned null");
    }
    return result;
  }

  private static void requireScalar(String what, Tensor x) {
    if (x.rank() != 0) {
      throw new ShapeException(what + " must be a scalar, got " + x.type());
    }
  }

  private static void requireInteger(String what, Tensor x) {
    if (x.dtype() != DType.INT64 && x.dtype() != DType.INT32) {
      throw new DTypeException(what + " must be an integer, got " + x.type());
    }
  }

  private static long integer(DenseTensor scalar) {
    return Shapes.astype(scalar, DType.INT64).toLongArray()[0];
  }
}
