package dini.functional.primitive;

import dini.core.Tensor;
import dini.core.trace.Bind;

/**
 * A step of Adam for one tensor of parameters, in one pass over memory, and so are its derivative
 * and the transpose of that:
 *
 * <pre>{@code
 * mu' = b1 mu + (1 - b1) g        nu' = b2 nu + (1 - b2) g^2
 * direction = (mu' / c1) / (sqrt(nu' / c2 + epsRoot) + eps)
 * }</pre>
 *
 * <p>The derivative is exact and of any order, with respect to everything, the constants included.
 * Where the root is 0 it counts as constant, as in {@code norm} and {@code std}: at a zero gradient
 * with zero moments the derivative is {@code (1 - b1) / (c1 eps)}, its limit, not NaN. The
 * direction itself is NaN there if eps is 0 too.
 *
 * <p>Source: Kingma and Ba, Adam: a method for stochastic optimization, 2015, algorithm 1; {@code
 * epsRoot} is that of Optax and TorchOpt.
 */
public final class FusedAdam {
  private FusedAdam() {}

  /**
   * What is the same for all elements: scalars of the dtype of the parameters. Each may carry
   * derivatives, which are then composed of public operations.
   *
   * @param b1 decay of the first moment
   * @param b2 decay of the second moment
   * @param eps added to the root
   * @param epsRoot added under the root
   * @param c1 correction of the first moment, {@code 1 - b1^t} in step t, counted from 1
   * @param c2 correction of the second moment, {@code 1 - b2^t} in step t
   */
  public record Constants(Tensor b1, Tensor b2, Tensor eps, Tensor epsRoot, Tensor c1, Tensor c2) {}

  /**
   * What a step gives, each like the gradient.
   *
   * @param mu the first moment after the step
   * @param nu the second moment after the step
   * @param direction what the parameters move against, once it is multiplied by the learning rate
   */
  public record Step(Tensor mu, Tensor nu, Tensor direction) {}

  /**
   * One step.
   *
   * @param g the gradient, floating
   * @param mu the first moment before the step, like the gradient
   * @param nu the second moment before the step, like the gradient
   * @param constants scalars of the same dtype
   * @return both moments after the step, and the direction
   * @throws dini.core.ShapeException if the moments have another shape than the gradient, or a
   *     constant is no scalar
   * @throws dini.core.DTypeException if dtypes differ, or are not floating
   */
  public static Step update(Tensor g, Tensor mu, Tensor nu, Constants constants) {
    Tensor[] results =
        Bind.bindAll(
            AdamUpdate.UPDATE,
            new Tensor[] {
              g,
              mu,
              nu,
              constants.b1,
              constants.b2,
              constants.eps,
              constants.epsRoot,
              constants.c1,
              constants.c2
            });
    return new Step(results[0], results[1], results[2]);
  }
}
