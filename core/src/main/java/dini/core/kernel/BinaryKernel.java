package dini.core.kernel;

/** Elementwise kernels of two arguments. */
public enum BinaryKernel {
  ADD,
  SUB,
  MUL,
  DIV,
  MAX,
  MIN,
  POW
}
