package dini.core.compile;

import dini.core.compile.Chain.Place;

/** A {@link Formula} as code. */
interface Loop {

  /**
   * Computes n elements, at {@code from} of all and on.
   *
   * @param places of the inputs, then of the results that are stored; what is written is either
   *     exactly what is read, or disjoint
   */
  void run(Frame frame, Place[] places, int from, int n);
}
