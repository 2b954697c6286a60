package dini.core.primitive;

import dini.core.dense.DenseTensor;

/** As {@link Writing}, for a primitive with several results. */
public interface WritingAll extends Rules {

  /**
   * Writes every element of every result.
   *
   * @param arguments of a kind that {@link #types} accepts
   * @param results storage of the results' types with any values, disjoint from that of the
   *     arguments and of each other
   */
  void write(DenseTensor[] arguments, DenseTensor[] results);
}
