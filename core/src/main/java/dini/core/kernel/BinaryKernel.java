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
  COPY_SIGN;

  /** A single instruction, in the cache: where memory is the limit, threads have to share it. */
  public static final double CHEAP = 150;

  /** What has no vector code. */
  public static final double SCALAR = 15_000;

  /** The time of an element, roughly, by which work is split over threads. */
  public double picoseconds() {
    return switch (this) {
      case ADD, SUB, MUL, DIV, MAX, MIN -> CHEAP;
      case POW -> 4000;
      default -> SCALAR;
    };
  }
}
