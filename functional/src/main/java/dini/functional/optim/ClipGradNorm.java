package dini.functional.optim;

import static dini.core.Elementwise.div;
import static dini.core.Elementwise.stopGradient;

import dini.core.DType;
import dini.core.Shapes;
import dini.core.Tensor;
import java.util.SequencedMap;

/**
 * Multiplies all gradients by {@code min(1, maxNorm / (norm + 1e-6))}, with the norm of all
 * elements of all leaves, as torch does. The factor is a function of the gradients like any other,
 * so that a derivative through the step is right; torch's is a constant.
 *
 * <pre>{@code
 * Optimizer<ChainState> clipped = chain(clipGradNorm(0.5), Optimizers.sgd(0.1));
 * }</pre>
 *
 * @param maxNorm the largest norm; a constant or a scalar tensor
 * @param normType p of the p-norm, positive, or infinity for the largest absolute value
 * @param constantCoefficient whether the factor is a constant to derivatives
 * @param errorIfNonfinite whether a norm that is infinite or NaN is an error
 */
public record ClipGradNorm(
    Hyperparameter maxNorm, double normType, boolean constantCoefficient, boolean errorIfNonfinite)
    implements Optimizer<Stateless> {

  /** Keeps the quotient finite at gradient 0. */
  private static final double SLACK = 1e-6;

  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException if the norm does not exist, or the bound differs from leaf to
   *     leaf or step to step
   */
  public ClipGradNorm {
    Ranges.requireGlobal("clipGradNorm: maxNorm", maxNorm);
    if (!(normType > 0)) {
      throw new IllegalArgumentException("clipGradNorm: no norm of order " + normType);
    }
  }

  /**
   * The same with another norm.
   *
   * @param normType p of the p-norm, positive, or infinity for the largest absolute value
   * @return the transformation
   */
  public ClipGradNorm withNormType(double normType) {
    return new ClipGradNorm(maxNorm, normType, constantCoefficient, errorIfNonfinite);
  }

  /**
   * The same with a factor that is a constant to derivatives, or not.
   *
   * @param constantCoefficient whether it is
   * @return the transformation
   */
  public ClipGradNorm withConstantCoefficient(boolean constantCoefficient) {
    return new ClipGradNorm(maxNorm, normType, constantCoefficient, errorIfNonfinite);
  }

  /**
   * The same that refuses a norm that is infinite or NaN, or not. The norm is then read: not inside
   * {@code vmap}.
   *
   * @param errorIfNonfinite whether it does
   * @return the transformation
   */
  public ClipGradNorm withErrorIfNonfinite(boolean errorIfNonfinite) {
    return new ClipGradNorm(maxNorm, normType, constantCoefficient, errorIfNonfinite);
  }

  @Override
  public Stateless initLeaves(SequencedMap<String, Tensor> params) {
    return Stateless.STATE;
  }

  @Override
  public Updates<SequencedMap<String, Tensor>, Stateless> updateLeaves(
      SequencedMap<String, Tensor> gradients,
      Stateless state,
      SequencedMap<String, Tensor> params) {
    if (gradients.isEmpty()) {
      return new Updates<>(gradients, state);
    }
    Tensor factor = factor(gradients);
    return new Updates<>(
        Pure.map(gradients, (name, g) -> g.mul(Shapes.astype(factor, g.dtype()))), state);
  }

  private Tensor factor(SequencedMap<String, Tensor> gradients) {
    Tensor norm = GlobalNorm.of(gradients.values(), normType);
    if (errorIfNonfinite && !Double.isFinite(norm.toDouble())) {
      throw new ArithmeticException(
          "clipGradNorm: the norm of order "
              + normType
              + " of the gradients is "
              + norm.toDouble());
    }
    Tensor bound = Shapes.astype(maxNorm.at("maxNorm", StepCount.ZERO), DType.FLOAT64);
    Tensor factor = div(bound, norm.add(SLACK)).minimum(1);
    return constantCoefficient ? stopGradient(factor) : factor;
  }

  /** The hyperparameters, the same text in every run. */
  @Override
  public String toString() {
    return Printed.components(this);
  }
}
