package dini.functional;

import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TreeException;
import dini.core.trace.Closed;
import dini.core.trace.Runner;
import dini.core.trace.Staging;
import dini.core.tree.Structure;
import dini.functional.primitive.CustomSolve;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Functions with derivatives of their own: more accurate than those of their operations, cheaper,
 * or meant to be others.
 *
 * <pre>{@code
 * Function<Tensor, Tensor> log1pExp =
 *     customJvp(
 *         x -> log(exp(x).add(1)),
 *         (x, tangent) -> new Jvp<>(log(exp(x).add(1)), tangent.mul(sigmoid(x))));
 * }</pre>
 *
 * <p>A rule for forward mode ({@link #customJvp}) serves reverse mode as well, since its tangent is
 * linear and is transposed; prefer it. A rule for reverse mode ({@link #customVjp}) is for
 * pullbacks that are no transpose of anything, such as clipped ones. Rules are made of operations
 * like everything, so that derivatives of higher order are those of the rules. They work under
 * {@code vmap}, in staged functions and in the bodies of {@link ControlFlow}. Compiled programs
 * compute values by the operations of the function, among those around it, and derivatives by those
 * of the rule.
 *
 * <p>A rule says nothing of tensors that the function captured: pass as argument whatever carries a
 * derivative, or is a value of a function around it that is being recorded, and it is an error not
 * to. To find that out, and whether function and rule give values of the same structure, shapes and
 * dtypes, the function runs before its rule, the first time for arguments of some types and, if it
 * captures anything traced, every time. {@link Checks#checkRule} compares a rule with the function.
 */
public final class CustomDerivatives {
  private CustomDerivatives() {}

  /**
   * A function with a rule for its derivative along a direction.
   *
   * @param f the function
   * @param rule gives value and directional derivative from argument and direction; the derivative
   *     must be linear in the direction. Directions of leaves without derivative are zeros of their
   *     type
   * @param <X> the tree of arguments
   * @param <Y> the tree of results
   * @return the function with that derivative, in both modes
   */
  public static <X, Y> Function<X, Y> customJvp(
      Function<? super X, ? extends Y> f, BiFunction<? super X, ? super X, Jvp<Y>> rule) {
    RuleCheck check = new RuleCheck();
    return x -> {
      Tree<X> tree = Tree.of(x);
      Result<X, Y> result = new Result<>(f, tree);
      return applied("customJvp", result, new JvpRule<>(result, tree, rule), tree, check);
    };
  }

  private static <X, Y> Y applied(
      String label, Result<X, Y> result, CustomFunction.Rule rule, Tree<X> tree, RuleCheck check) {
    CustomFunction function = new CustomFunction(label, result, rule, check, tree.structure());
    Tensor[] leaves = function.apply(tree.leaves());
    return result.tree(leaves).with(leaves);
  }

  /**
   * A function with a rule for its pullback.
   *
   * <p>Forward mode, and {@link Transforms#linearize}, transpose the pullback: they need it to be
   * made of operations that are linear in the cotangent, and throw what says so where it is not.
   * Reverse mode does not care.
   *
   * <pre>{@code
   * Function<Tensor, Tensor> clipped =      // the identity, whose gradient is kept in [-1, 1]
   *     customVjp(x -> x, x -> new WithAux<>(x, List.of()), (nothing, ct) -> clip(ct, -1, 1));
   * }</pre>
   *
   * @param f the function
   * @param forward gives the value, and what the pullback needs
   * @param backward gives the cotangent of the argument, a tree like it, from what the pullback
   *     needs and the cotangent of the value. Cotangents of leaves without derivative are zeros of
   *     their type, and are ignored where it gives them
   * @param <X> the tree of arguments
   * @param <Y> the tree of results
   * @param <R> the tree of what the pullback needs
   * @return the function with that pullback
   */
  public static <X, Y, R> Function<X, Y> customVjp(
      Function<? super X, ? extends Y> f,
      Function<? super X, WithAux<Y, R>> forward,
      BiFunction<? super R, ? super Y, ? extends X> backward) {
    RuleCheck check = new RuleCheck();
    return x -> withPullback(f, z -> passed(forward.apply(z), backward), x, check);
  }

  private static <X, Y> Y withPullback(
      Function<? super X, ? extends Y> f, VjpRule.Pass<X, Y> pass, X x, RuleCheck check) {
    Tree<X> tree = Tree.of(x);
    Result<X, Y> result = new Result<>(f, tree);
    return applied("customVjp", result, new VjpRule<>(result, tree, pass), tree, check);
  }

  private static <X, Y, R> VjpRule.Forward<X, Y> passed(
      WithAux<Y, R> result, BiFunction<? super R, ? super Y, ? extends X> backward) {
    if (result == null || result.value() == null || result.aux() == null) {
      throw new TreeException("customVjp: the forward function returned null");
    }
    Tree<R> kept = Tree.of(result.aux());
    return new VjpRule.Forward<>(
        result.value(), kept.leaves(), (leaves, ct) -> backward.apply(kept.with(leaves), ct));
  }

  /**
   * A function that gives its value together with its pullback.
   *
   * <pre>{@code
   * Function<Tensor, Tensor> f =
   *     customGradient(x -> new Vjp<>(x.mul(x), ct -> ct.mul(x).mul(2)));
   * }</pre>
   *
   * @param f gives value and pullback. The pullback may use what the function has computed; it is
   *     recorded once, and must not read values
   * @param <X> the tree of arguments
   * @param <Y> the tree of results
   * @return the function with that pullback
   */
  public static <X, Y> Function<X, Y> customGradient(Function<? super X, Vjp<X, Y>> f) {
    RuleCheck check = new RuleCheck();
    return x -> withPullback(z -> given(f, z).value(), z -> passed(given(f, z)), x, check);
  }

  private static <X, Y> Vjp<X, Y> given(Function<? super X, Vjp<X, Y>> f, X x) {
    Vjp<X, Y> vjp = f.apply(x);
    if (vjp == null || vjp.value() == null || vjp.pullback() == null) {
      throw new TreeException("customGradient: the function returned null");
    }
    return vjp;
  }

  /** The pullback as a program, whose captured values are what it needs. */
  private static <X, Y> VjpRule.Forward<X, Y> passed(Vjp<X, Y> vjp) {
    Tree<Y> value = Tree.of(vjp.value());
    Result<Y, X> pulled = new Result<>(vjp.pullback(), value);
    Closed closed = Staging.stage(pulled, ControlFlow.types(value.leaves()));
    Runner runner = new Runner(closed.program());
    Structure structure = pulled.structure();
    return new VjpRule.Forward<>(
        vjp.value(),
        closed.constants(),
        (leaves, ct) -> rebuilt(structure, runner.apply(leaves, Tree.of(ct).leaves())));
  }

  /**
   * The solution of {@code A x = b} by a solver of one's own, differentiable in b and in whatever
   * the map captured, in both modes and to any order: derivatives are further solves, {@code A dx =
   * db - dA x}. The solvers run on values, in any Java, and are not differentiated.
   *
   * <pre>{@code
   * BiFunction<UnaryOperator<Tensor>, Tensor, Tensor> richardson =
   *     (map, right) -> {
   *       Tensor x = right;
   *       while (norm(right.sub(map.apply(x))).toDouble() > 1e-12) {
   *         x = x.add(right.sub(map.apply(x)).mul(0.5));
   *       }
   *       return x;
   *     };
   * Tensor x = customLinearSolve(z -> matmul(a, z), b, richardson, richardson);
   * }</pre>
   *
   * <p>How accurate a solution is, is up to the solver. Under {@code vmap} each lane is solved for
   * itself. {@link dini.linalg.LinearSystems#linearSolve} has solvers that know when they fail.
   *
   * @param matvec the map A, a linear function made of operations, from trees like b to trees like
   *     b
   * @param b the right-hand side, with floating leaves
   * @param solve gives the solution from the map, as a function on values, and a right-hand side;
   *     it must use the map that it is given, and capture nothing that is traced
   * @param transposeSolve the same for the transposed map, which it is given; for a symmetric map
   *     the same solver
   * @param <X> the tree of the unknown
   * @return x
   * @throws ShapeException if the map or a solver changes shapes or dtypes
   * @throws TreeException if the map or a solver changes the structure
   */
  public static <X> X customLinearSolve(
      UnaryOperator<X> matvec,
      X b,
      BiFunction<UnaryOperator<X>, X, X> solve,
      BiFunction<UnaryOperator<X>, X, X> transposeSolve) {
    Carry<X> right = Carry.of("customLinearSolve", b);
    Closed map =
        Staging.stage(
            leaves -> right.returned("the map", matvec.apply(right.with(leaves))), right.types());
    return right.with(
        CustomSolve.of(
            map, solver(right, solve), solver(right, transposeSolve), right.init().leaves()));
  }

  private static <X> CustomSolve.Solver solver(
      Carry<X> right, BiFunction<UnaryOperator<X>, X, X> solve) {
    return (map, b) -> {
      UnaryOperator<X> matvec =
          x -> right.with(map.apply(right.returned("the argument of the map", x)));
      return right.returned("the solver", solve.apply(matvec, right.with(b)));
    };
  }

  /** Safe: the structure is that of an X, and is rebuilt in the same classes. */
  @SuppressWarnings("unchecked")
  private static <X> X rebuilt(Structure structure, Tensor[] leaves) {
    return (X) structure.unflatten(leaves);
  }
}
