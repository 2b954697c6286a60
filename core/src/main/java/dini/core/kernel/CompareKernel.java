package dini.core.kernel;

/** Comparisons of elements, by Java's operators: NaN is unequal to all, -0 equals +0. */
public enum CompareKernel {
  EQ,
  NE,
  LT,
  LE,
  GT,
  GE
}
