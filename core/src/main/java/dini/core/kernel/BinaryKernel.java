package dini.core.kernel;

/** Elementwise kernels of two arguments. */
public enum BinaryKernel {
  ADD,
  SUB,
  MUL,
  DIV,
  MAX,
  MIN,
  POW,
  ATAN2,
  HYPOT,
  MOD,
  FLOOR_DIV,
  LOG_ADD_EXP,
  XLOGY,
  XLOG1PY,
  COPY_SIGN
}
