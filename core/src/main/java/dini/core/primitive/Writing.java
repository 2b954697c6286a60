package dini.core.primitive;

import dini.core.dense.DenseTensor;

/**
 * A primitive that can write its result into storage that it is given: a compiled program then uses
 * the same storage in every run.
 */
public interface Writing extends Single {

  /**
   * Writes every element of the result.
   *
   * @param arguments of a kind that {@link #type} accepts
   * @param out storage of the result's type with any values, disjoint from that of the arguments
   */
  void write(DenseTensor[] arguments, DenseTensor out);
}
