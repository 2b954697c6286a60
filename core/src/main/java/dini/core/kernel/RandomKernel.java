package dini.core.kernel;

/** What {@link RandomKernels} makes of random bits. */
public enum RandomKernel {
  BITS,
  UNIFORM,
  NORMAL,
  EXPONENTIAL,
  GUMBEL
}
