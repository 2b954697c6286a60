package dini.core.kernel;

/** What becomes of a product of matrices. */
enum Into {
  /** {@code C = A B}. */
  SET,
  /** {@code C = C + A B}. */
  ADD,
  /** {@code C = C - A B}. */
  SUBTRACT
}
