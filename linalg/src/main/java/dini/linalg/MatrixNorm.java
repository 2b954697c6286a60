package dini.linalg;

/** The norms of {@link MatrixFunctions#matrixNorm}. */
public enum MatrixNorm {
  /** The root of the sum of the squares of all elements. */
  FROBENIUS,
  /** The sum of the singular values. */
  NUCLEAR,
  /** The largest singular value: the norm of the map between Euclidean spaces. */
  SPECTRAL,
  /** The largest sum of magnitudes of a column: the norm of the map in the 1-norm. */
  ONE,
  /** The largest sum of magnitudes of a row: the norm of the map in the maximum norm. */
  INFINITY
}
