/**
 * Linear solvers and dense decompositions, each with a derivative of its own.
 *
 * <p>Builds on {@code dini.core}; the module {@code dini.functional} builds on it. EJML does the
 * dense work and stays hidden: none of its types shows in a signature.
 *
 * <p>A linear system is solved in one of two ways. {@link dini.linalg.LinearAlgebra} has the
 * operations on matrices: they differentiate like any other and throw where a matrix does not allow
 * them; {@link dini.linalg.MatrixFunctions} has the functions of whole matrices. A {@link
 * dini.linalg.LinearSolver} is a value that says how to solve a system of which only the map is
 * known; its result is a {@link dini.linalg.Solution} with a {@link dini.linalg.Status}.
 */
package dini.linalg;
