package dini.functional;

import dini.core.Elementwise;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.Trees;
import java.util.function.BiFunction;

/**
 * A derivative of a solution, as a function of the solution x and of the solution v of one linear
 * system {@code A v = c} or {@code A' v = c}, with {@code A = ∂₁F(x, θ)} and c a function of x.
 *
 * @param <X> the tree of unknowns
 * @param <A> the tree of parameters
 * @param <D> the tree of the derivative
 */
sealed interface Sensitivity<X, A, D> {

  /** Whether the system is that of the transposed Jacobian. */
  boolean transposed();

  /** {@code c - A v}, or {@code c - A' v}. */
  X residual(X x, A theta, X v);

  /** The derivative. */
  D derivative(X x, A theta, X v);

  /** The part of the derivative that is linear in v, at another v. */
  D linear(X x, A theta, X v);

  /**
   * The gradient {@code ∂₂l - (∂₂F)'v} of {@code l(x*(θ), θ)}, with {@code A'v = ∂₁l}: v is a
   * multiplier, and residual and derivative are the gradients of the Lagrangian {@code l - <v, F>}
   * with respect to x and θ.
   */
  record Gradient<X, A>(BiFunction<X, A, X> stationary, BiFunction<X, A, Tensor> loss)
      implements Sensitivity<X, A, A> {
    @Override
    public boolean transposed() {
      return true;
    }

    @Override
    public X residual(X x, A theta, X v) {
      X wanted = Transforms.grad(z -> loss.apply(z, theta), x);
      X got = Transforms.grad(z -> Trees.treeVdot(v, stationary.apply(z, theta)), x);
      return Trees.treeSub(wanted, got);
    }

    @Override
    public A derivative(X x, A theta, X v) {
      A direct = Transforms.grad(t -> loss.apply(x, t), theta);
      return Trees.treeAdd(direct, linear(x, theta, v));
    }

    @Override
    public A linear(X x, A theta, X v) {
      return Transforms.grad(
          t -> Elementwise.neg(Trees.treeVdot(v, stationary.apply(x, t))), theta);
    }
  }

  /** The tangent {@code v = dx*} of the solution along {@code dθ}, with {@code A v = -∂₂F dθ}. */
  record Tangent<X, A>(BiFunction<X, A, X> stationary, A direction)
      implements Sensitivity<X, A, X> {
    @Override
    public boolean transposed() {
      return false;
    }

    @Override
    public X residual(X x, A theta, X v) {
      X along = Transforms.jvp(z -> stationary.apply(z, theta), x, v).tangent();
      X driven = Transforms.jvp((A t) -> stationary.apply(x, t), theta, direction).tangent();
      return Trees.treeScale(-1, Trees.treeAdd(along, driven));
    }

    /** Leaves without derivative have zeros for tangents, as everywhere. */
    @Override
    public X derivative(X x, A theta, X v) {
      return Trees.treeMap(leaf -> leaf.dtype().isFloating() ? leaf : Tensors.zerosLike(leaf), v);
    }

    @Override
    public X linear(X x, A theta, X v) {
      return derivative(x, theta, v);
    }
  }
}
