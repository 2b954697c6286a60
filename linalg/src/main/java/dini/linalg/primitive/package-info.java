/**
 * The rules of the operations on matrices, one file for each decomposition, and of {@code
 * linearSolve}. Leading axes are stacks of matrices. FLOAT32 decompositions are computed in double
 * precision and rounded.
 *
 * <p>Builds on the rules and traces of the core and on {@code dini.linalg.dense} and {@code
 * dini.linalg.solver}.
 */
package dini.linalg.primitive;
