package dini.core.kernel;

/** What becomes of a product of matrices. */
enum Into {
  /** {@code C = A B}. */
  SET,
  /** {@code C = C + A B}. */
  ADD,
  /**
   * {@code C = C - A B}: the chains of fma go over {@code -C}, whose negative is taken as {@code 0
   * - x}, so that zeros come out as +0.
   */
  SUBTRACT
}
