package dini.functional;

import dini.core.Comparisons;
import dini.core.DType;
import dini.core.Elementwise;
import dini.core.Reductions;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.linalg.Policy;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;

/**
 * The conditions of Karush, Kuhn and Tucker for
 *
 * <pre>
 *   minimize f(x, θ) over x   subject to   h(x, θ) = 0   and   g(x, θ) &lt;= 0
 * </pre>
 *
 * as a function to {@code customRoot}: with {@code L = f + ν·h + λ·g}, at a point (x, ν, λ) it
 * gives
 *
 * <pre>
 *   (∂L/∂x,   h(x, θ),   λ g(x, θ))          stationarity, feasibility, complementary slackness
 * </pre>
 *
 * which is zero at a solution, where moreover {@code g <= 0} and {@code λ >= 0}. So an inequality
 * is written with its violation positive, its multiplier is positive where it holds x back, and a
 * maximum is the minimum of {@code -f}. Both constraints are optional.
 *
 * <pre>{@code
 * record Qp(Tensor q, Tensor c, Tensor g, Tensor h) {}
 * Kkt<Tensor, Qp> kkt =
 *     Kkt.minimize((Tensor x, Qp p) -> dot(x, matmul(p.q(), x)).mul(0.5).add(dot(p.c(), x)))
 *         .inequality((x, p) -> matmul(p.g(), x).sub(p.h()));
 * BiFunction<KktPoint<Tensor>, Qp, KktPoint<Tensor>> layer = customRoot(kkt).apply(mySolver);
 * Qp gradient = grad(p -> loss(layer.apply(kkt.start(x0, p), p).primal()), qp);
 * }</pre>
 *
 * <p>The solver gives x and the multipliers. Their derivatives exist where the gradients of h and
 * of the active g are independent, L is strictly convex along what they leave free, and no
 * constraint is weakly active: {@code λ = 0} and {@code g = 0} at once. There the solution has a
 * derivative for each side and no other, the system is singular, and it is reported; see {@link
 * #onWeaklyActive}. A point with {@code λ < 0} or {@code g > 0} is reported as {@link
 * Root#onResidual} says.
 *
 * <p>All of x, h and g must have one floating dtype. The linear system is neither definite nor,
 * with inequalities, symmetric: use the default, or {@code inv()} or {@code normalCg()}.
 *
 * <p>Sources: Fiacco, Introduction to Sensitivity and Stability Analysis in Nonlinear Programming
 * (1983), chapter 3; Amos and Kolter, OptNet (2017), section 3.1; Blondel et al., Efficient and
 * Modular Implicit Differentiation (2022), section 2.2.
 *
 * @param <X> the tree of x
 * @param <A> the tree of parameters
 */
public final class Kkt<X, A> implements BiFunction<KktPoint<X>, A, KktPoint<X>> {
  private final BiFunction<X, A, Tensor> objective;
  private final Optional<BiFunction<X, A, Tensor>> equality;
  private final Optional<BiFunction<X, A, Tensor>> inequality;
  private final Policy weaklyActive;
  private final OptionalDouble tolerance;

  private Kkt(
      BiFunction<X, A, Tensor> objective,
      Optional<BiFunction<X, A, Tensor>> equality,
      Optional<BiFunction<X, A, Tensor>> inequality,
      Policy weaklyActive,
      OptionalDouble tolerance) {
    this.objective = Objects.requireNonNull(objective, "objective");
    this.equality = equality;
    this.inequality = inequality;
    this.weaklyActive = weaklyActive;
    this.tolerance = tolerance;
  }

  /**
   * The conditions of a minimum without constraints yet.
   *
   * @param objective f, a function of x and the parameters to a scalar
   * @param <X> the tree of x
   * @param <A> the tree of parameters
   * @return the conditions
   */
  public static <X, A> Kkt<X, A> minimize(BiFunction<X, A, Tensor> objective) {
    return new Kkt<>(
        objective, Optional.empty(), Optional.empty(), Policy.THROW, OptionalDouble.empty());
  }

  /**
   * These conditions with an equality constraint, in place of one that was there.
   *
   * @param h the function of x and the parameters to a tensor that is to be zero
   * @return the changed conditions
   */
  public Kkt<X, A> equality(BiFunction<X, A, Tensor> h) {
    return new Kkt<>(objective, Optional.of(h), inequality, weaklyActive, tolerance);
  }

  /**
   * These conditions with an inequality constraint, in place of one that was there.
   *
   * @param g the function of x and the parameters to a tensor that is not to be positive
   * @return the changed conditions
   */
  public Kkt<X, A> inequality(BiFunction<X, A, Tensor> g) {
    return new Kkt<>(objective, equality, Optional.of(g), weaklyActive, tolerance);
  }

  /**
   * What happens when a derivative is asked for where an inequality is weakly active; {@link
   * Policy#THROW} by default, a {@link WeaklyActiveException}. With {@link Policy#WARN} and {@link
   * Policy#IGNORE} such a constraint is taken for inactive: its multiplier stays zero, and the
   * derivative is that of the side to which x leaves the constraint.
   *
   * @param policy the choice
   * @return the changed conditions
   */
  public Kkt<X, A> onWeaklyActive(Policy policy) {
    return new Kkt<>(
        objective, equality, inequality, Objects.requireNonNull(policy, "policy"), tolerance);
  }

  /**
   * These conditions with another tolerance of zero, τ. What is zero for an inequality i follows
   * its units and those of f:
   *
   * <pre>
   *   |g_i| &lt;= τ r ‖∇g_i‖,   |λ_i| &lt;= τ max(max |∇f|, r c) / ‖∇g_i‖
   * </pre>
   *
   * with {@code r = max(1, max |x|)} and c the root mean square of the singular values of {@code
   * ∂²L/∂x²}; derivatives are with respect to x, and one of zero counts as 1. With more than 32
   * unknowns c and the norms are estimates from 32 directions, always the same.
   *
   * <p>Weakly active is a constraint whose multiplier and value are both zero, and one where a
   * solver with a barrier ends near such a point, with {@code λ} and {@code -g} both of order
   * {@code sqrt(μ)}: both at most {@code sqrt(τ) / τ} times what is zero, and {@code λ_i ‖∇g_i‖²}
   * within a factor of 100 of {@code c |g_i|}. There the system is not singular, but the derivative
   * is a mixture of those of the sides.
   *
   * <p>By default τ is 1e-6 in FLOAT64 and 1e-3 in FLOAT32, which a solver must be well below.
   *
   * @param value the tolerance
   * @return the changed conditions
   * @throws IllegalArgumentException if it is negative or NaN
   */
  public Kkt<X, A> withTolerance(double value) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException("kkt: tolerance " + value + " is not a number >= 0");
    }
    return new Kkt<>(objective, equality, inequality, weaklyActive, OptionalDouble.of(value));
  }

  /**
   * A point with multipliers of zero: an initial guess, and an example of their shapes.
   *
   * @param x the unknown
   * @param theta the parameters
   * @return the point
   */
  public KktPoint<X> start(X x, A theta) {
    return new KktPoint<>(x, multiplier(equality, x, theta), multiplier(inequality, x, theta));
  }

  private Tensor multiplier(Optional<BiFunction<X, A, Tensor>> constraint, X x, A theta) {
    if (constraint.isPresent()) {
      return Tensors.zeros(constraint.get().apply(x, theta).type());
    }
    return Tensors.zeros(new TensorType(Shape.of(0), objective.apply(x, theta).dtype()));
  }

  /**
   * The conditions at a point, zero at a solution.
   *
   * @param point x and the multipliers
   * @param theta the parameters
   * @return the gradient of L, the equality's values and the products of the inequality's values
   *     and multipliers; an empty multiplier stays what it is
   * @throws ShapeException if a multiplier is not of its constraint's shape and dtype
   */
  @Override
  public KktPoint<X> apply(KktPoint<X> point, A theta) {
    return conditions(point, theta, false);
  }

  private KktPoint<X> conditions(KktPoint<X> point, A theta, boolean weakAsInactive) {
    Tensor nu = point.equalityDual();
    Tensor lambda = point.inequalityDual();
    X x = point.primal();
    Tensor h = values("equality", equality, x, theta, nu);
    Tensor g = values("inequality", inequality, x, theta, lambda);
    X stationarity = stationarity(x, point, theta);
    Tensor slackness = inequality.isEmpty() ? lambda : lambda.mul(g);
    if (weakAsInactive && g.size() > 0) {
      // the value that it has, which may be a solver's error, with the derivative of λ
      Tensor held = lambda.sub(Elementwise.stopGradient(lambda.sub(slackness)));
      slackness = Comparisons.where(weak(point, theta), held, slackness);
    }
    return new KktPoint<>(stationarity, h, slackness);
  }

  private Tensor lagrangian(X x, A theta, Tensor nu, Tensor lambda) {
    Tensor sum = objective.apply(x, theta);
    if (equality.isPresent()) {
      sum = sum.add(Reductions.sum(nu.mul(equality.get().apply(x, theta))));
    }
    if (inequality.isPresent()) {
      sum = sum.add(Reductions.sum(lambda.mul(inequality.get().apply(x, theta))));
    }
    return sum;
  }

  /** The values of a constraint, or the empty multiplier of one that is not there. */
  private static <X, A> Tensor values(
      String kind, Optional<BiFunction<X, A, Tensor>> constraint, X x, A theta, Tensor dual) {
    if (constraint.isEmpty()) {
      if (dual.size() != 0) {
        throw new ShapeException(
            "kkt: the point has a multiplier "
                + dual.type()
                + " for an "
                + kind
                + " that is not there; start(x, theta) makes a point of the right shapes");
      }
      return dual;
    }
    Tensor values = constraint.get().apply(x, theta);
    if (!values.type().equals(dual.type())) {
      throw new ShapeException(
          "kkt: the "
              + kind
              + " gives "
              + values.type()
              + ", its multiplier is "
              + dual.type()
              + "; start(x, theta) makes a point of the right shapes");
    }
    return values;
  }

  double tolerance(DType dtype) {
    return tolerance.orElse(dtype == DType.FLOAT32 ? 1e-3 : 1e-6);
  }

  /** Which inequalities are weakly active, in their shape. */
  private Tensor weak(KktPoint<X> point, A theta) {
    return Shapes.reshape(
        Complementarity.of(this, point, theta).weak(), point.inequalityDual().shape().toArray());
  }

  /** The gradient of L at some x with the multipliers of a point. */
  X stationarity(X x, KktPoint<X> point, A theta) {
    return Transforms.grad(
        z -> lagrangian(z, theta, point.equalityDual(), point.inequalityDual()), x);
  }

  /** The gradient of f. */
  X slope(X x, A theta) {
    return Transforms.grad(z -> objective.apply(z, theta), x);
  }

  Optional<BiFunction<X, A, Tensor>> inequality() {
    return inequality;
  }

  Policy weaklyActive() {
    return weaklyActive;
  }

  /** The conditions as they are differentiated at a solution. */
  KktPoint<X> atSolution(KktPoint<X> point, A theta) {
    return conditions(point, theta, weaklyActive != Policy.THROW);
  }

  Inspection<KktPoint<X>, A> inspection() {
    return new KktInspection<>(this);
  }

  /** The constraints that there are. */
  @Override
  public String toString() {
    return "Kkt(minimize"
        + (equality.isPresent() ? ", equality" : "")
        + (inequality.isPresent() ? ", inequality" : "")
        + ")";
  }
}
