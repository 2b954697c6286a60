/**
 * Factorizations of matrices in {@code double[]} storage: LU, Cholesky's method and triangular
 * systems by recursions over the products of {@code dini.core.kernel}; QR, SVD and eigenvalues by
 * EJML, which only this package names. Leaves differentiation to {@code dini.linalg.primitive}.
 */
package dini.linalg.dense;
