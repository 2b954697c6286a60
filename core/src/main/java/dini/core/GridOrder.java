package dini.core;

/** In which order the axes of the grids of {@code meshgrid} stand. */
public enum GridOrder {
  /** Cartesian, as on a plot: the first two axes are exchanged, so that x varies along columns. */
  XY,
  /** As matrices are indexed: axis i is that of vector i. */
  IJ
}
