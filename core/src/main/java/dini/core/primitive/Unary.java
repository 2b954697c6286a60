package dini.core.primitive;

import static dini.core.Comparisons.gt;
import static dini.core.Elementwise.cos;
import static dini.core.Elementwise.div;
import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.mul;
import static dini.core.Elementwise.neg;
import static dini.core.Elementwise.reciprocal;
import static dini.core.Elementwise.sigmoid;
import static dini.core.Elementwise.sign;
import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.square;
import static dini.core.Elementwise.tanh;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Elementwise;
import dini.core.Shapes;
import dini.core.Special;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Trigonometric;
import dini.core.dense.DenseTensor;
import dini.core.kernel.IntegerKernels;
import dini.core.kernel.Kernels;
import dini.core.kernel.UnaryKernel;
import dini.core.trace.Bind;

/** Elementwise primitives of one argument: name, dtypes, derivative. */
public enum Unary implements Pointwise {
  NEG(UnaryKernel.NEG, true),
  ABS(UnaryKernel.ABS, true),
  SIGN(UnaryKernel.SIGN, true),
  SQUARE(UnaryKernel.SQUARE, true),
  RECIPROCAL(UnaryKernel.RECIPROCAL, false),
  SQRT(UnaryKernel.SQRT, false),
  EXP(UnaryKernel.EXP, false),
  EXPM1(UnaryKernel.EXPM1, false),
  LOG(UnaryKernel.LOG, false),
  LOG1P(UnaryKernel.LOG1P, false),
  SIN(UnaryKernel.SIN, false),
  COS(UnaryKernel.COS, false),
  TANH(UnaryKernel.TANH, false),
  SECH_SQUARED(UnaryKernel.SECH_SQUARED, false),
  SIGMOID(UnaryKernel.SIGMOID, false),
  SOFTPLUS(UnaryKernel.SOFTPLUS, false),
  RELU(UnaryKernel.RELU, true),
  FLOOR(UnaryKernel.FLOOR, false),
  CEIL(UnaryKernel.CEIL, false),
  ROUND(UnaryKernel.ROUND, false),
  RSQRT(UnaryKernel.RSQRT, false),
  CBRT(UnaryKernel.CBRT, false),
  EXP2(UnaryKernel.EXP2, false),
  LOG2(UnaryKernel.LOG2, false),
  LOG10(UnaryKernel.LOG10, false),
  TAN(UnaryKernel.TAN, false),
  ASIN(UnaryKernel.ASIN, false),
  ACOS(UnaryKernel.ACOS, false),
  ATAN(UnaryKernel.ATAN, false),
  SINH(UnaryKernel.SINH, false),
  COSH(UnaryKernel.COSH, false),
  ASINH(UnaryKernel.ASINH, false),
  ACOSH(UnaryKernel.ACOSH, false),
  ATANH(UnaryKernel.ATANH, false),
  ERF(UnaryKernel.ERF, false),
  ERFC(UnaryKernel.ERFC, false),
  ERF_INV(UnaryKernel.ERF_INV, false),
  LGAMMA(UnaryKernel.LGAMMA, false),
  DIGAMMA(UnaryKernel.DIGAMMA, false),
  SILU(UnaryKernel.SILU, false),
  GELU(UnaryKernel.GELU, false),
  GELU_TANH(UnaryKernel.GELU_TANH, false);

  private final UnaryKernel kernel;
  private final boolean integers;
  private final String label;

  Unary(UnaryKernel kernel, boolean integers) {
    this.kernel = kernel;
    this.integers = integers;
    this.label = Labels.of(this);
  }

  /**
   * The derivative at x, where the value is y; null is zero everywhere, and NEG is linear and has
   * none to evaluate. One switch for all: a lambda for each took 12 ms of the first operation.
   */
  private Tensor derivative(Tensor x, Tensor y) {
    return switch (this) {
      case NEG, SIGN, FLOOR, CEIL, ROUND -> null;
      case ABS -> sign(x);
      case SQUARE -> mul(x, 2);
      case RECIPROCAL -> neg(square(y));
      case SQRT -> mul(reciprocal(y), 0.5);
      case EXP -> y;
      case EXPM1 -> exp(x);
      case LOG -> reciprocal(x);
      case LOG1P -> reciprocal(x.add(1));
      case SIN -> cos(x);
      case COS -> neg(sin(x));
      case TANH -> Elementwise.sechSquared(x);
      // tanh' and sigmoid' as one function of their own: 1 - tanh(x)^2 loses all digits beyond 6
      case SECH_SQUARED -> mul(mul(y, tanh(x)), -2);
      case SIGMOID -> mul(Elementwise.sechSquared(mul(x, 0.5)), 0.25);
      case SOFTPLUS -> sigmoid(x);
      case RELU -> Shapes.astype(gt(x, 0), x.dtype());
      case RSQRT -> mul(div(y, x), -0.5);
      case CBRT -> mul(square(reciprocal(y)), 1 / 3.0);
      case EXP2 -> mul(y, Slopes.LOG_2);
      case LOG2 -> mul(reciprocal(x), 1 / Slopes.LOG_2);
      case LOG10 -> mul(reciprocal(x), 1 / Slopes.LOG_10);
      case TAN -> square(y).add(1);
      case ASIN -> Slopes.asin(x);
      case ACOS -> neg(Slopes.asin(x));
      case ATAN -> reciprocal(square(x).add(1));
      case SINH -> Trigonometric.cosh(x);
      case COSH -> Trigonometric.sinh(x);
      case ASINH -> Slopes.asinh(x);
      case ACOSH -> Slopes.acosh(x);
      case ATANH -> Slopes.atanh(x);
      case ERF -> Slopes.erf(x);
      case ERFC -> neg(Slopes.erf(x));
      case ERF_INV -> mul(exp(square(y)), Slopes.HALF_ROOT_PI);
      case LGAMMA -> Special.digamma(x);
      case DIGAMMA -> Special.polygamma(1, x);
      case SILU -> Slopes.silu(x);
      case GELU -> Slopes.gelu(x);
      case GELU_TANH -> Slopes.geluTanh(x);
    };
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public TensorType type(TensorType... arguments) {
    check(label, arguments[0]);
    return arguments[0];
  }

  /** Refuses a dtype in the name of an operation that is made of this one. */
  public void check(String operation, TensorType type) {
    if (!type.dtype().isFloating() && !(integers && type.dtype().isInteger())) {
      throw new DTypeException(
          operation
              + ": needs a floating"
              + (integers ? " or integer" : "")
              + " dtype, got "
              + type
              + (type.dtype() == DType.BOOL || integers ? "" : "; convert it with astype"));
    }
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    return value(arguments[0]);
  }

  @Override
  public DenseTensor value(DenseTensor x) {
    check(label, x.type());
    DenseTensor out = DenseTensor.allocate(x.type());
    run(x.data(), 0, out.data(), 0, x.shape().size());
    return out;
  }

  @Override
  public double picoseconds() {
    return kernel.picoseconds();
  }

  @Override
  public void run(
      Object x,
      int xo,
      Object y,
      int yo,
      Object z,
      int zo,
      int uniform,
      Object out,
      int at,
      int n) {
    run(x, xo, out, at, n);
  }

  private void run(Object x, int xo, Object out, int at, int n) {
    switch (x) {
      case double[] a -> Kernels.chosen().unary(kernel, a, xo, (double[]) out, at, n);
      case float[] a -> Kernels.chosen().unary(kernel, a, xo, (float[]) out, at, n);
      case int[] a -> IntegerKernels.unary(kernel, a, xo, (int[]) out, at, n);
      case long[] a -> IntegerKernels.unary(kernel, a, xo, (long[]) out, at, n);
      default -> throw new AssertionError(this);
    }
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    if (this == NEG) {
      return neg(tangents[0]);
    }
    Tensor derivative = derivative(primals[0], result);
    return derivative == null ? null : mul(derivative, tangents[0]);
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    if (this != NEG) {
      throw Linear.notLinear(this, 0);
    }
    return new Tensor[] {neg(cotangent)};
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    return Bind.bind(this, arguments[0]);
  }
}
