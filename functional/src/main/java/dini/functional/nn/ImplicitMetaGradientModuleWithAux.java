package dini.functional.nn;

import dini.functional.WithAux;
import dini.linalg.LinearSolver;

/**
 * An {@link ImplicitMetaGradientModule} whose solver has other outputs, such as the number of its
 * steps. They carry no derivative: differentiating them is an error.
 *
 * @param <P> the tree of parameters, the unknowns of the inner problem
 * @param <M> the tree of meta-parameters, which pose it
 * @param <U> the tree of the other outputs
 */
public abstract non-sealed class ImplicitMetaGradientModuleWithAux<P, M, U>
    extends MetaGradientModule<P, M> {

  /**
   * A module with the default linear solver.
   *
   * @throws IllegalStateException if the class overrides both objective and optimality, or neither
   */
  protected ImplicitMetaGradientModuleWithAux() {}

  /**
   * A module with a linear solver of choice.
   *
   * @param linearSolver how to solve the linear systems that derivatives need
   * @throws IllegalStateException if the class overrides both objective and optimality, or neither
   */
  protected ImplicitMetaGradientModuleWithAux(LinearSolver linearSolver) {
    super(linearSolver);
  }

  /**
   * Solves the inner problem, as {@link ImplicitMetaGradientModule#solve} does.
   *
   * @param init the parameters to start from
   * @param meta the meta-parameters
   * @return the parameters that solve it, and the other outputs
   */
  protected abstract WithAux<P, U> solve(P init, M meta);

  /**
   * The solution of the inner problem, as a function of the meta-parameters that can be
   * differentiated, and the other outputs.
   *
   * @param init the parameters to start from
   * @param meta the meta-parameters
   * @return what {@link #solve} returns, with the derivatives of the solution
   * @throws dini.core.TreeException if the parameters have no floating tensor, or the solution is a
   *     tree of another structure
   * @throws dini.core.ShapeException if the solution has another shape or dtype
   */
  public final WithAux<P, U> solution(P init, M meta) {
    return root(init).<U>withAux(this::solve).apply(init, meta);
  }

  /**
   * As {@link #solution(Object, Object)}, also where the function is staged, or mapped over no
   * lanes: then the types of the other outputs must be known before the solver runs.
   *
   * @param init the parameters to start from
   * @param meta the meta-parameters
   * @param example other outputs of the structure, shapes and dtypes that the solver returns
   * @return what {@link #solve} returns, with the derivatives of the solution
   */
  public final WithAux<P, U> solution(P init, M meta, U example) {
    return root(init).<U>withAux(this::solve, example).apply(init, meta);
  }
}
