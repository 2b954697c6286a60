/**
 * Linear solvers and dense decompositions, each with a derivative of its own.
 *
 * <p>Builds on {@code dini.core}; the module {@code dini.functional} builds on it. EJML does the
 * dense work and stays hidden: none of its types shows in a signature.
 */
package dini.linalg;
