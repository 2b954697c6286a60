package dini.core;

/**
 * The type of a tensor's elements.
 *
 * <p>There is no silent widening: an operation on tensors of two dtypes is an error that names
 * both, and {@link Shapes#astype} converts. A Java {@code double} literal takes the dtype of the
 * tensor it meets.
 */
public enum DType {
  /** 64-bit IEEE 754 numbers, the default. */
  FLOAT64("f64", true),
  /** 32-bit IEEE 754 numbers. */
  FLOAT32("f32", true),
  /** 32-bit two's complement integers. */
  INT32("i32", false),
  /** 64-bit two's complement integers. */
  INT64("i64", false),
  /** Truth values. */
  BOOL("bool", false);

  private final String shortName;
  private final boolean floating;

  DType(String shortName, boolean floating) {
    this.shortName = shortName;
    this.floating = floating;
  }

  /**
   * The name in printed programs and messages: {@code f64}, {@code f32}, {@code i32}, {@code i64},
   * {@code bool}.
   *
   * @return the short name
   */
  public String shortName() {
    return shortName;
  }

  /**
   * Whether tensors of this dtype carry derivatives.
   *
   * @return true for {@link #FLOAT64} and {@link #FLOAT32}
   */
  public boolean isFloating() {
    return floating;
  }

  /**
   * Whether this is an integer dtype.
   *
   * @return true for {@link #INT32} and {@link #INT64}
   */
  public boolean isInteger() {
    return this == INT32 || this == INT64;
  }
}
