package dini.functional.nn;

import dini.core.Tensor;
import dini.core.TreeException;
import dini.core.Trees;
import dini.functional.Certificate;
import dini.functional.Certificates;
import dini.functional.Implicit;
import dini.functional.Root;
import dini.functional.Transforms;
import dini.linalg.LinearSolver;
import dini.linalg.LinearSolvers;
import java.util.Objects;
import java.util.function.Function;

/**
 * What modules with implicit derivatives share: the condition that their solution meets, and how to
 * solve the linear systems of its derivatives. Extend {@link ImplicitMetaGradientModule}, or {@link
 * ImplicitMetaGradientModuleWithAux} where the solver has other outputs.
 *
 * @param <P> the tree of parameters, the unknowns of the inner problem
 * @param <M> the tree of meta-parameters, which pose it
 */
public abstract sealed class MetaGradientModule<P, M>
    permits ImplicitMetaGradientModule, ImplicitMetaGradientModuleWithAux {
  private final LinearSolver linearSolver;
  private final InnerCondition condition;

  MetaGradientModule() {
    this(LinearSolvers.auto());
  }

  MetaGradientModule(LinearSolver linearSolver) {
    this.linearSolver = Objects.requireNonNull(linearSolver, "linearSolver");
    this.condition = InnerCondition.of(getClass());
  }

  /**
   * What the inner problem minimizes over the parameters. A module overrides either this or {@link
   * #optimality}: of this the stationarity condition {@code grad(objective) = 0} is derived, whose
   * Jacobian is then known to be symmetric.
   *
   * @param params the parameters
   * @param meta the meta-parameters
   * @return a floating scalar
   */
  protected Tensor objective(P params, M meta) {
    throw new UnsupportedOperationException(
        getClass().getName() + " has no objective: it is posed by optimality");
  }

  /**
   * The condition whose root solves the inner problem: zero at the solution. For a fixed point
   * {@code T(x) = x} it is {@code T(x) - x}. By default the gradient of the {@link #objective}.
   *
   * @param params the parameters
   * @param meta the meta-parameters
   * @return a tree like the parameters
   */
  protected P optimality(P params, M meta) {
    return Transforms.<P, M>grad(this::objective, params, meta);
  }

  /**
   * The choices of how to differentiate, for modules that override it: say {@code
   * root.onUnsolved(Policy.WARN)} or {@code root.batched()}. By default unchanged.
   *
   * @param root with the linear solver of this module and the defaults of {@code customRoot}
   * @return the root to use
   */
  protected Root<P, M> configure(Root<P, M> root) {
    return root;
  }

  /**
   * Certifies the gradient of {@code meta -> loss(solution)}: how far it can be from the true one,
   * since the solution is not exact, the linear solver of this module is not, and numbers are
   * rounded.
   *
   * <pre>{@code
   * P solution = module.solution(init, meta);
   * M gradient = module.certify(solution, meta, p -> outerLoss(p)).within(1e-6);
   * }</pre>
   *
   * @param solution the parameters that solve the inner problem, as a solver found them
   * @param meta the meta-parameters
   * @param loss the outer loss, to a floating scalar
   * @return the gradient, a tree like the meta-parameters, and its certificate
   * @throws TreeException if the condition does not return a tree like the parameters
   * @throws dini.core.DTypeException if parameters or meta-parameters have no floating tensor
   * @throws dini.core.TracerException if a tensor is being differentiated or mapped
   * @see Certificates
   */
  public final Certificate<M> certify(P solution, M meta, Function<P, Tensor> loss) {
    return Certificates.<P, M>certify(this::optimality, loss, solution, meta, linearSolver);
  }

  /** What makes a solver of the inner problem differentiable, for parameters like these. */
  final Root<P, M> root(P params) {
    if (Trees.treeLeaves(params).stream().noneMatch(leaf -> leaf.dtype().isFloating())) {
      throw new TreeException(
          getClass().getName()
              + ": the parameters have no floating tensor, so there is nothing to solve for");
    }
    return configure(
        switch (condition) {
          case OBJECTIVE -> Implicit.<P, M>customArgmin(this::objective, linearSolver);
          case OPTIMALITY -> Implicit.<P, M>customRoot(this::optimality, linearSolver);
        });
  }
}
