package dini.core.kernel;

/** Elementwise kernels of one argument. */
public enum UnaryKernel {
  NEG,
  ABS,
  SIGN,
  SQUARE,
  RECIPROCAL,
  SQRT,
  EXP,
  EXPM1,
  LOG,
  LOG1P,
  SIN,
  COS,
  TANH,
  SIGMOID,
  SOFTPLUS,
  RELU,
  FLOOR,
  CEIL,
  ROUND,
  SECH_SQUARED
}
