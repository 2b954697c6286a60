/**
 * The algorithms behind {@link dini.linalg.LinearSolver}, on flat dense vectors. {@link
 * dini.linalg.solver.Solve} is the door; nothing here throws for a numerical failure.
 *
 * <p>Builds on the kernels and dense tensors of the core, and on {@code dini.linalg.dense}.
 */
package dini.linalg.solver;
