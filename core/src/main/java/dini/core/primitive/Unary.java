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
  NEG(UnaryKernel.NEG, true, (x, y) -> null),
  ABS(UnaryKernel.ABS, true, (x, y) -> sign(x)),
  SIGN(UnaryKernel.SIGN, true, null),
  SQUARE(UnaryKernel.SQUARE, true, (x, y) -> mul(x, 2)),
  RECIPROCAL(UnaryKernel.RECIPROCAL, false, (x, y) -> neg(square(y))),
  SQRT(UnaryKernel.SQRT, false, (x, y) -> mul(reciprocal(y), 0.5)),
  EXP(UnaryKernel.EXP, false, (x, y) -> y),
  EXPM1(UnaryKernel.EXPM1, false, (x, y) -> exp(x)),
  LOG(UnaryKernel.LOG, false, (x, y) -> reciprocal(x)),
  LOG1P(UnaryKernel.LOG1P, false, (x, y) -> reciprocal(x.add(1))),
  SIN(UnaryKernel.SIN, false, (x, y) -> cos(x)),
  COS(UnaryKernel.COS, false, (x, y) -> neg(sin(x))),
  TANH(UnaryKernel.TANH, false, (x, y) -> Elementwise.sechSquared(x)),
  // tanh' and sigmoid' as one function of their own: 1 - tanh(x)^2 loses all digits beyond 6
  SECH_SQUARED(UnaryKernel.SECH_SQUARED, false, (x, y) -> mul(mul(y, tanh(x)), -2)),
  SIGMOID(UnaryKernel.SIGMOID, false, (x, y) -> mul(Elementwise.sechSquared(mul(x, 0.5)), 0.25)),
  SOFTPLUS(UnaryKernel.SOFTPLUS, false, (x, y) -> sigmoid(x)),
  RELU(UnaryKernel.RELU, true, (x, y) -> Shapes.astype(gt(x, 0), x.dtype())),
  FLOOR(UnaryKernel.FLOOR, false, null),
  CEIL(UnaryKernel.CEIL, false, null),
  ROUND(UnaryKernel.ROUND, false, null),
  RSQRT(UnaryKernel.RSQRT, false, (x, y) -> mul(div(y, x), -0.5)),
  CBRT(UnaryKernel.CBRT, false, (x, y) -> mul(square(reciprocal(y)), 1 / 3.0)),
  EXP2(UnaryKernel.EXP2, false, (x, y) -> mul(y, Slopes.LOG_2)),
  LOG2(UnaryKernel.LOG2, false, (x, y) -> mul(reciprocal(x), 1 / Slopes.LOG_2)),
  LOG10(UnaryKernel.LOG10, false, (x, y) -> mul(reciprocal(x), 1 / Slopes.LOG_10)),
  TAN(UnaryKernel.TAN, false, (x, y) -> square(y).add(1)),
  ASIN(UnaryKernel.ASIN, false, (x, y) -> Slopes.asin(x)),
  ACOS(UnaryKernel.ACOS, false, (x, y) -> neg(Slopes.asin(x))),
  ATAN(UnaryKernel.ATAN, false, (x, y) -> reciprocal(square(x).add(1))),
  SINH(UnaryKernel.SINH, false, (x, y) -> Trigonometric.cosh(x)),
  COSH(UnaryKernel.COSH, false, (x, y) -> Trigonometric.sinh(x)),
  ASINH(UnaryKernel.ASINH, false, (x, y) -> Slopes.asinh(x)),
  ACOSH(UnaryKernel.ACOSH, false, (x, y) -> Slopes.acosh(x)),
  ATANH(UnaryKernel.ATANH, false, (x, y) -> Slopes.atanh(x)),
  ERF(UnaryKernel.ERF, false, (x, y) -> Slopes.erf(x)),
  ERFC(UnaryKernel.ERFC, false, (x, y) -> neg(Slopes.erf(x))),
  ERF_INV(UnaryKernel.ERF_INV, false, (x, y) -> mul(exp(square(y)), Slopes.HALF_ROOT_PI)),
  LGAMMA(UnaryKernel.LGAMMA, false, (x, y) -> Special.digamma(x)),
  DIGAMMA(UnaryKernel.DIGAMMA, false, (x, y) -> Special.polygamma(1, x)),
  SILU(UnaryKernel.SILU, false, (x, y) -> Slopes.silu(x)),
  GELU(UnaryKernel.GELU, false, (x, y) -> Slopes.gelu(x)),
  GELU_TANH(UnaryKernel.GELU_TANH, false, (x, y) -> Slopes.geluTanh(x));

  private interface Derivative {
    Tensor at(Tensor x, Tensor y);
  }

  private final UnaryKernel kernel;
  private final boolean integers;
  private final Derivative derivative;
  private final String label;

  /** A null derivative is zero everywhere; NEG is linear and has none to evaluate. */
  Unary(UnaryKernel kernel, boolean integers, Derivative derivative) {
    this.kernel = kernel;
    this.integers = integers;
    this.derivative = derivative;
    this.label = Labels.of(this);
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public TensorType type(TensorType... arguments) {
    check(arguments[0]);
    return arguments[0];
  }

  private void check(TensorType type) {
    if (!type.dtype().isFloating() && !(integers && type.dtype().isInteger())) {
      throw new DTypeException(
          label
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
    check(x.type());
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
    return derivative == null ? null : mul(derivative.at(primals[0], result), tangents[0]);
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
