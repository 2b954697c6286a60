package dini.core.compile;

/** A {@link Formula} as code. */
interface Loop {

  /**
   * Computes n elements.
   *
   * @param arrays the inputs, then where the stored results go
   * @param offsets where each begins; what is written is either exactly what is read, or disjoint
   */
  void run(Object[] arrays, int[] offsets, int n);
}
