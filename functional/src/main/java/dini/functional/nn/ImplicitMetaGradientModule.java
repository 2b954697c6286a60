package dini.functional.nn;

import dini.linalg.LinearSolver;

/**
 * A module whose parameters solve an inner problem, with the derivatives of the solution with
 * respect to the meta-parameters that pose the problem, by the implicit function theorem. Extend
 * it, override {@link #solve} and exactly one of {@link #objective} and {@link #optimality}, and
 * call {@link #solution}.
 *
 * <pre>{@code
 * final class InnerNet extends ImplicitMetaGradientModule<Linear, Linear> {
 *   private final Tensor batch;
 *   private final Tensor targets;
 *
 *   InnerNet(Tensor batch, Tensor targets) {
 *     super(cg());
 *     this.batch = batch;
 *     this.targets = targets;
 *   }
 *
 *   Tensor forward(Linear net, Tensor x) {
 *     return net.apply(x);
 *   }
 *
 *   @Override
 *   protected Tensor objective(Linear net, Linear meta) {
 *     Linear gap = treeSub(net, meta);
 *     return mean(square(forward(net, batch).sub(targets))).add(treeVdot(gap, gap));
 *   }
 *
 *   @Override
 *   protected Linear solve(Linear init, Linear meta) {
 *     Linear net = init;
 *     for (int i = 0; i < 200; i++) {
 *       net = treeAddScaled(net, -0.1, grad(this::objective, net, meta));
 *     }
 *     return net;
 *   }
 * }
 *
 * Linear g = grad(m -> outerLoss(new InnerNet(batch, targets).solution(m, m)), meta);
 * }</pre>
 *
 * <p>A module holds no parameters: they come and go as arguments, so one module serves any number
 * of tasks and traces. Data may be fields, as above, or part of the meta-parameters; what is staged
 * by {@code jit} must be the latter. Derivatives reach the solution through the meta-parameters and
 * through fields, of every order and in every mode; {@code vmap} solves lane by lane, and the
 * objective of one module may hold the solution of another.
 *
 * @param <P> the tree of parameters, the unknowns of the inner problem
 * @param <M> the tree of meta-parameters, which pose it
 */
public abstract non-sealed class ImplicitMetaGradientModule<P, M> extends MetaGradientModule<P, M> {

  /**
   * A module with the default linear solver: dense up to 512 unknowns, above conjugate gradients
   * for an objective and conjugate gradients on the normal equations for a condition.
   *
   * @throws IllegalStateException if the class overrides both objective and optimality, or neither
   */
  protected ImplicitMetaGradientModule() {}

  /**
   * A module with a linear solver of choice.
   *
   * @param linearSolver how to solve the linear systems that derivatives need
   * @throws IllegalStateException if the class overrides both objective and optimality, or neither
   */
  protected ImplicitMetaGradientModule(LinearSolver linearSolver) {
    super(linearSolver);
  }

  /**
   * Solves the inner problem. It sees plain tensors, and may be any Java code: it may read them,
   * branch, call other libraries. It is not differentiated.
   *
   * @param init the parameters to start from
   * @param meta the meta-parameters
   * @return the parameters that solve it, a tree of the structure, shapes and dtypes of init
   */
  protected abstract P solve(P init, M meta);

  /**
   * The solution of the inner problem, as a function of the meta-parameters that can be
   * differentiated. Its derivative with respect to the initial parameters is zero.
   *
   * @param init the parameters to start from
   * @param meta the meta-parameters
   * @return what {@link #solve} returns, with its derivatives
   * @throws dini.core.TreeException if the parameters have no floating tensor, or the solution is a
   *     tree of another structure
   * @throws dini.core.ShapeException if the solution has another shape or dtype
   */
  public final P solution(P init, M meta) {
    return root(init).apply(this::solve).apply(init, meta);
  }
}
