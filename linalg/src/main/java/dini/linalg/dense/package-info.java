/**
 * Factorizations of matrices in {@code double[]} storage: the only package that names EJML. Leaves
 * differentiation to {@code dini.linalg.primitive}.
 */
package dini.linalg.dense;
