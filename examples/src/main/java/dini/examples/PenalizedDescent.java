package dini.examples;

import static dini.core.Elementwise.square;
import static dini.core.Elementwise.stopGradient;
import static dini.core.Products.matmul;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.eye;
import static dini.core.Tensors.full;
import static dini.core.Tensors.zeros;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Jacobians.jacrev;
import static dini.functional.Transforms.grad;
import static dini.functional.Unrolling.unroll;
import static dini.linalg.LinearAlgebra.eigh;
import static dini.linalg.LinearAlgebra.solve;
import static dini.linalg.LinearSolvers.inv;

import dini.core.Shape;
import dini.core.Tensor;
import dini.linalg.Policy;
import java.util.function.BiFunction;

/**
 * Task T2: linear regression with one penalty for each feature, {@code w(λ) = argmin ½ |Xw - y|²/m
 * + ½ Σ λᵢ wᵢ²}, by plain gradient descent from zero, and the Jacobian {@code dw/dλ} taken in three
 * ways from a descent that is stopped early.
 *
 * @param train what the weights are fitted to
 * @param penalties where the Jacobian is taken
 * @param rate the fixed step, one over the largest eigenvalue of the Hessian
 */
record PenalizedDescent(Sample train, Tensor penalties, double rate) {

  /** The descent where all penalties are the same. */
  static PenalizedDescent of(Sample train, double penalty) {
    Tensor eigenvalues = eigh(gram(train)).values();
    double largest = eigenvalues.item(train.features() - 1) + penalty;
    return new PenalizedDescent(train, full(Shape.of(train.features()), penalty), 1 / largest);
  }

  /** The weights after some steps. */
  Tensor iterate(Tensor lambda, int steps) {
    return unroll(w -> step(w, lambda), zeros(train.features()), steps);
  }

  private Tensor step(Tensor weights, Tensor lambda) {
    return weights.sub(grad(w -> objective(w, lambda), weights).mul(rate));
  }

  private Tensor objective(Tensor weights, Tensor lambda) {
    return train.error(weights).add(sum(lambda.mul(square(weights)))).mul(0.5);
  }

  /** By the implicit function theorem, as if the iterate were the solution. */
  Tensor implicit(int steps) {
    BiFunction<Tensor, Tensor, Tensor> stationary = grad(this::objective);
    BiFunction<Tensor, Tensor, Tensor> fit =
        customRoot(stationary, inv())
            .onResidual(Policy.IGNORE) // stopping early is the point here
            .apply((init, lambda) -> iterate(lambda, steps));
    return jacrev(lambda -> fit.apply(zeros(train.features()), lambda), penalties);
  }

  /** Through all steps of the descent. */
  Tensor unrolled(int steps) {
    return jacrev(lambda -> iterate(lambda, steps), penalties);
  }

  /** Through one more step, where the iterate counts as constant. */
  Tensor oneStep(int steps) {
    return jacrev(lambda -> step(iterate(stopGradient(lambda), steps), lambda), penalties);
  }

  /** The weights in closed form, {@code H⁻¹ X'y/m} with {@code H = X'X/m + diag(λ)}. */
  Tensor solution() {
    return solve(hessian(), matmul(train.x(), train.y(), true, false).div(train.rows()));
  }

  /** The Jacobian in closed form, {@code -H⁻¹ diag(w)}. */
  Tensor jacobian() {
    return solve(hessian(), eye(train.features()).mul(solution())).neg();
  }

  private Tensor hessian() {
    return gram(train).add(eye(train.features()).mul(penalties));
  }

  private static Tensor gram(Sample train) {
    return matmul(train.x(), train.x(), true, false).div(train.rows());
  }
}
