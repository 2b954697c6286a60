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
  SECH_SQUARED,
  RSQRT,
  CBRT,
  EXP2,
  LOG2,
  LOG10,
  TAN,
  ASIN,
  ACOS,
  ATAN,
  SINH,
  COSH,
  ASINH,
  ACOSH,
  ATANH,
  ERF,
  ERFC,
  ERF_INV,
  LGAMMA,
  DIGAMMA,
  GELU,
  GELU_TANH,
  SILU;

  /** The time of an element, roughly, by which work is split over threads. */
  public double picoseconds() {
    return switch (this) {
      case NEG, ABS, SIGN, SQUARE, RECIPROCAL, SQRT, RSQRT -> BinaryKernel.CHEAP;
      case RELU, FLOOR, CEIL, ROUND -> BinaryKernel.CHEAP;
      case ERF_INV, ASINH, ACOSH, ATANH, LGAMMA, DIGAMMA -> BinaryKernel.SCALAR;
      default -> 1500;
    };
  }
}
