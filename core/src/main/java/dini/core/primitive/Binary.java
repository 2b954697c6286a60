package dini.core.primitive;

import static dini.core.Elementwise.add;
import static dini.core.Elementwise.div;
import static dini.core.Elementwise.floorDiv;
import static dini.core.Elementwise.log;
import static dini.core.Elementwise.log1p;
import static dini.core.Elementwise.mul;
import static dini.core.Elementwise.neg;
import static dini.core.Elementwise.sigmoid;

import dini.core.DTypeException;
import dini.core.Shape;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.Broadcast;
import dini.core.dense.DenseTensor;
import dini.core.kernel.BinaryKernel;
import dini.core.kernel.IntegerKernels;
import dini.core.kernel.Kernels;
import dini.core.trace.Bind;

/**
 * Elementwise arithmetic on two arguments, which broadcast: name, dtypes, derivative, transpose.
 */
public enum Binary implements Pointwise {
  ADD(BinaryKernel.ADD, true),
  SUB(BinaryKernel.SUB, true),
  MUL(BinaryKernel.MUL, true),
  DIV(BinaryKernel.DIV, false),
  MAXIMUM(BinaryKernel.MAX, true),
  MINIMUM(BinaryKernel.MIN, true),
  POW(BinaryKernel.POW, true),
  /** The first argument is y, the ordinate. */
  ATAN2(BinaryKernel.ATAN2, false),
  HYPOT(BinaryKernel.HYPOT, false),
  MOD(BinaryKernel.MOD, true),
  FLOOR_DIV(BinaryKernel.FLOOR_DIV, true),
  LOG_ADD_EXP(BinaryKernel.LOG_ADD_EXP, false),
  XLOGY(BinaryKernel.XLOGY, false),
  XLOG1PY(BinaryKernel.XLOG1PY, false),
  COPY_SIGN(BinaryKernel.COPY_SIGN, false);

  private final BinaryKernel kernel;
  private final boolean integers;
  private final String label;

  Binary(BinaryKernel kernel, boolean integers) {
    this.kernel = kernel;
    this.integers = integers;
    this.label = Labels.of(this);
  }

  /**
   * The tangent that comes through the first argument, where the result is z; null where it is zero
   * for all. Switches as in {@link Unary}: a class for each constant would take time to load, and
   * from every call of a rule.
   */
  private Tensor left(Tensor x, Tensor y, Tensor z, Tensor tangent) {
    return switch (this) {
      case ADD, SUB, MOD -> tangent;
      case MUL -> mul(tangent, y);
      case DIV -> div(tangent, y);
      case MAXIMUM -> mul(BinarySlopes.share(x, y), tangent);
      case MINIMUM -> mul(BinarySlopes.share(y, x), tangent);
      case POW -> mul(BinarySlopes.powByBase(x, y), tangent);
      case ATAN2 -> mul(BinarySlopes.perSquare(y, x, y), tangent);
      case HYPOT -> mul(BinarySlopes.cosine(x, z), tangent);
      case FLOOR_DIV -> null;
      case LOG_ADD_EXP -> mul(sigmoid(BinarySlopes.excess(x, y)), tangent);
      case XLOGY -> mul(log(y), tangent);
      case XLOG1PY -> mul(log1p(y), tangent);
      case COPY_SIGN -> mul(BinarySlopes.copySign(x, y), tangent);
    };
  }

  /** The tangent that comes through the second argument; null where it is zero for all. */
  private Tensor right(Tensor x, Tensor y, Tensor z, Tensor tangent) {
    return switch (this) {
      case ADD -> tangent;
      case SUB -> neg(tangent);
      case MUL -> mul(x, tangent);
      case DIV -> neg(mul(div(z, y), tangent));
      case MAXIMUM -> mul(BinarySlopes.share(y, x), tangent);
      case MINIMUM -> mul(BinarySlopes.share(x, y), tangent);
      case POW -> mul(BinarySlopes.powByExponent(x, z), tangent);
      case ATAN2 -> neg(mul(BinarySlopes.perSquare(x, x, y), tangent));
      case HYPOT -> mul(BinarySlopes.cosine(y, z), tangent);
      case MOD -> neg(mul(floorDiv(x, y), tangent));
      case FLOOR_DIV, COPY_SIGN -> null;
      case LOG_ADD_EXP -> mul(sigmoid(BinarySlopes.excess(y, x)), tangent);
      case XLOGY -> mul(BinarySlopes.ratio(x, y), tangent);
      case XLOG1PY -> mul(BinarySlopes.ratio(x, add(y, 1)), tangent);
    };
  }

  /** The cotangent of a linear first argument, in the shape of the result. */
  private Tensor leftTransposed(Tensor y, Tensor cotangent) {
    return switch (this) {
      case ADD, SUB -> cotangent;
      case MUL -> mul(cotangent, y);
      case DIV -> div(cotangent, y);
      default -> throw Linear.notLinear(this, 0);
    };
  }

  /** The cotangent of a linear second argument, in the shape of the result. */
  private Tensor rightTransposed(Tensor x, Tensor cotangent) {
    return switch (this) {
      case ADD -> cotangent;
      case SUB -> neg(cotangent);
      case MUL -> mul(x, cotangent);
      default -> throw Linear.notLinear(this, 1);
    };
  }

  /** Whether both arguments may be linear at once. */
  private boolean jointlyLinear() {
    return this == ADD || this == SUB;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public TensorType type(TensorType... arguments) {
    return type(label, arguments[0], arguments[1]);
  }

  /** The type for an operation made of this one, which refuses arguments in its own name. */
  public TensorType type(String operation, TensorType x, TensorType y) {
    check(operation, x, y);
    Shape shape = Broadcast.shape(operation, x.shape(), y.shape());
    return shape == x.shape() ? x : shape == y.shape() ? y : new TensorType(shape, x.dtype());
  }

  /** Refuses dtypes in the name of an operation that is made of this one. */
  public void check(String operation, TensorType x, TensorType y) {
    if (x.dtype() != y.dtype()) {
      throw Mismatch.of(operation, x, y);
    }
    if (!x.dtype().isFloating() && !(integers && x.dtype().isInteger())) {
      throw new DTypeException(
          operation
              + ": needs a floating"
              + (integers ? " or integer" : "")
              + " dtype, got "
              + x
              + " and "
              + y
              + "; convert with astype");
    }
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    return value(arguments[0], arguments[1]);
  }

  @Override
  public DenseTensor value(DenseTensor x, DenseTensor y) {
    TensorType type = type(x.type(), y.type());
    DenseTensor out = DenseTensor.allocate(type);
    int size = type.shape().size();
    int xSize = x.shape().size();
    int ySize = y.shape().size();
    if (xSize == size && ySize == size) {
      run(x.data(), 0, y.data(), 0, 0, out.data(), 0, size);
    } else if (xSize == size && ySize == 1) {
      run(x.data(), 0, y.data(), 0, 2, out.data(), 0, size);
    } else if (xSize == 1 && ySize == size) {
      run(x.data(), 0, y.data(), 0, 1, out.data(), 0, size);
    } else {
      write(new DenseTensor[] {x, y}, out);
    }
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
    run(x, xo, y, yo, uniform, out, at, n);
  }

  private void run(Object x, int xo, Object y, int yo, int uniform, Object out, int at, int n) {
    Kernels kernels = Kernels.chosen();
    switch (x) {
      case double[] a -> {
        double[] b = (double[]) y;
        double[] c = (double[]) out;
        if (uniform == 0) {
          kernels.binary(kernel, a, xo, b, yo, c, at, n);
        } else if (uniform == 1) {
          kernels.binary(kernel, a[xo], b, yo, c, at, n);
        } else {
          kernels.binary(kernel, a, xo, b[yo], c, at, n);
        }
      }
      case float[] a -> {
        float[] b = (float[]) y;
        float[] c = (float[]) out;
        if (uniform == 0) {
          kernels.binary(kernel, a, xo, b, yo, c, at, n);
        } else if (uniform == 1) {
          kernels.binary(kernel, a[xo], b, yo, c, at, n);
        } else {
          kernels.binary(kernel, a, xo, b[yo], c, at, n);
        }
      }
      case int[] a -> {
        int[] b = (int[]) y;
        int[] c = (int[]) out;
        if (uniform == 0) {
          IntegerKernels.binary(kernel, a, xo, b, yo, c, at, n);
        } else if (uniform == 1) {
          IntegerKernels.binary(kernel, a[xo], b, yo, c, at, n);
        } else {
          IntegerKernels.binary(kernel, a, xo, b[yo], c, at, n);
        }
      }
      case long[] a -> {
        long[] b = (long[]) y;
        long[] c = (long[]) out;
        if (uniform == 0) {
          IntegerKernels.binary(kernel, a, xo, b, yo, c, at, n);
        } else if (uniform == 1) {
          IntegerKernels.binary(kernel, a[xo], b, yo, c, at, n);
        } else {
          IntegerKernels.binary(kernel, a, xo, b[yo], c, at, n);
        }
      }
      default -> throw new AssertionError(this);
    }
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    Tensor x = primals[0];
    Tensor y = primals[1];
    if (tangents[0] != null && tangents[1] != null && jointlyLinear()) {
      return Bind.bind(this, tangents[0], tangents[1]);
    }
    Tensor left = tangents[0] == null ? null : left(x, y, result, tangents[0]);
    Tensor right = tangents[1] == null ? null : right(x, y, result, tangents[1]);
    if (left != null && right != null) {
      return add(left, right);
    }
    Tensor only = left == null ? right : left;
    return only == null ? null : Shapes.broadcastTo(only, result.shape());
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    Tensor x = operands[0];
    Tensor y = operands[1];
    boolean first = Linear.is(x);
    boolean second = Linear.is(y);
    if (first && second && !jointlyLinear()) {
      throw Linear.notLinear(this, 1);
    }
    return new Tensor[] {
      first ? Broadcasting.sumTo(leftTransposed(y, cotangent), x.shape()) : null,
      second ? Broadcasting.sumTo(rightTransposed(x, cotangent), y.shape()) : null
    };
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    Tensor[] aligned = Broadcasting.align(arguments, batched);
    return Bind.bind(this, aligned[0], aligned[1]);
  }
}
