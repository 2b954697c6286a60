/**
 * The rules of the operations on matrices, one file for each decomposition. Leading axes are stacks
 * of matrices. FLOAT32 is computed in double precision and rounded.
 *
 * <p>Builds on the rules and traces of the core and on {@code dini.linalg.dense}.
 */
package dini.linalg.primitive;
