package dini.core.primitive;

import static dini.core.Comparisons.eq;
import static dini.core.Comparisons.gt;
import static dini.core.Comparisons.isNan;
import static dini.core.Comparisons.logicalAnd;
import static dini.core.Comparisons.where;
import static dini.core.Elementwise.add;
import static dini.core.Elementwise.copySign;
import static dini.core.Elementwise.div;
import static dini.core.Elementwise.floorDiv;
import static dini.core.Elementwise.log;
import static dini.core.Elementwise.log1p;
import static dini.core.Elementwise.mul;
import static dini.core.Elementwise.neg;
import static dini.core.Elementwise.pow;
import static dini.core.Elementwise.sigmoid;
import static dini.core.Elementwise.sub;
import static dini.core.Trigonometric.hypot;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Shape;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.dense.Broadcast;
import dini.core.dense.DenseTensor;
import dini.core.kernel.BinaryKernel;
import dini.core.kernel.IntegerKernels;
import dini.core.kernel.Kernels;
import dini.core.trace.Bind;
import dini.core.trace.Tracer;

/**
 * Elementwise arithmetic on two arguments, which broadcast: name, dtypes, derivative, transpose.
 */
public enum Binary implements Pointwise {
  ADD(BinaryKernel.ADD, true) {
    @Override
    Tensor left(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      return tangent;
    }

    @Override
    Tensor right(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      return tangent;
    }

    @Override
    Tensor leftTransposed(Tensor y, Tensor cotangent) {
      return cotangent;
    }

    @Override
    Tensor rightTransposed(Tensor x, Tensor cotangent) {
      return cotangent;
    }

    @Override
    boolean jointlyLinear() {
      return true;
    }
  },
  SUB(BinaryKernel.SUB, true) {
    @Override
    Tensor left(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      return tangent;
    }

    @Override
    Tensor right(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      return neg(tangent);
    }

    @Override
    Tensor leftTransposed(Tensor y, Tensor cotangent) {
      return cotangent;
    }

    @Override
    Tensor rightTransposed(Tensor x, Tensor cotangent) {
      return neg(cotangent);
    }

    @Override
    boolean jointlyLinear() {
      return true;
    }
  },
  MUL(BinaryKernel.MUL, true) {
    @Override
    Tensor left(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      return mul(tangent, y);
    }

    @Override
    Tensor right(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      return mul(x, tangent);
    }

    @Override
    Tensor leftTransposed(Tensor y, Tensor cotangent) {
      return mul(cotangent, y);
    }

    @Override
    Tensor rightTransposed(Tensor x, Tensor cotangent) {
      return mul(x, cotangent);
    }
  },
  DIV(BinaryKernel.DIV, false) {
    @Override
    Tensor left(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      return div(tangent, y);
    }

    @Override
    Tensor right(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      return neg(mul(div(z, y), tangent));
    }

    @Override
    Tensor leftTransposed(Tensor y, Tensor cotangent) {
      return div(cotangent, y);
    }
  },
  MAXIMUM(BinaryKernel.MAX, true) {
    @Override
    Tensor left(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      return mul(share(x, y), tangent);
    }

    @Override
    Tensor right(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      return mul(share(y, x), tangent);
    }
  },
  MINIMUM(BinaryKernel.MIN, true) {
    @Override
    Tensor left(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      return mul(share(y, x), tangent);
    }

    @Override
    Tensor right(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      return mul(share(x, y), tangent);
    }
  },
  POW(BinaryKernel.POW, true) {
    /**
     * y x^(y-1), written so that no order of derivative meets 0 times infinity at y = 0. Where y
     * may vary, it has to have derivatives there too: y x^y / x has those of all orders.
     */
    @Override
    Tensor left(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      Tensor none = eq(y, 0);
      Tensor slope = mul(y, pow(x, sub(where(none, 1, y), 1)));
      if (y instanceof Tracer) {
        Tensor base = where(none, where(eq(x, 0), 1, x), 1);
        Tensor exponent = where(none, y, 0);
        slope = where(none, div(mul(exponent, pow(base, exponent)), base), slope);
      }
      return mul(slope, tangent);
    }

    /** x^y log x, and 0 at x = 0. */
    @Override
    Tensor right(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      return mul(mul(z, log(where(eq(x, 0), Tensors.onesLike(x), x))), tangent);
    }
  },
  /** The first argument is y, the ordinate. */
  ATAN2(BinaryKernel.ATAN2, false) {
    @Override
    Tensor left(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      Tensor h = hypot(x, y);
      return mul(div(div(y, h), h), tangent);
    }

    @Override
    Tensor right(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      Tensor h = hypot(x, y);
      return neg(mul(div(div(x, h), h), tangent));
    }
  },
  HYPOT(BinaryKernel.HYPOT, false) {
    @Override
    Tensor left(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      return mul(cosine(x, z), tangent);
    }

    @Override
    Tensor right(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      return mul(cosine(y, z), tangent);
    }

    /** x / z, and 0 at the origin in every order. */
    private static Tensor cosine(Tensor x, Tensor z) {
      Tensor origin = eq(z, 0);
      return where(origin, 0, div(x, where(origin, 1, z)));
    }
  },
  MOD(BinaryKernel.MOD, true) {
    @Override
    Tensor left(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      return tangent;
    }

    @Override
    Tensor right(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      return neg(mul(floorDiv(x, y), tangent));
    }
  },
  FLOOR_DIV(BinaryKernel.FLOOR_DIV, true) {
    @Override
    Tensor left(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      return null;
    }

    @Override
    Tensor right(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      return null;
    }
  },
  LOG_ADD_EXP(BinaryKernel.LOG_ADD_EXP, false) {
    @Override
    Tensor left(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      return mul(sigmoid(excess(x, y)), tangent);
    }

    @Override
    Tensor right(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      return mul(sigmoid(excess(y, x)), tangent);
    }

    /** x - y, and 0 where both are the same infinity. */
    private static Tensor excess(Tensor x, Tensor y) {
      Tensor difference = sub(x, y);
      return where(logicalAnd(eq(x, y), isNan(difference)), 0, difference);
    }
  },
  XLOGY(BinaryKernel.XLOGY, false) {
    @Override
    Tensor left(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      return mul(log(y), tangent);
    }

    @Override
    Tensor right(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      return mul(ratio(x, y), tangent);
    }
  },
  XLOG1PY(BinaryKernel.XLOG1PY, false) {
    @Override
    Tensor left(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      return mul(log1p(y), tangent);
    }

    @Override
    Tensor right(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      return mul(ratio(x, add(y, 1)), tangent);
    }
  },
  COPY_SIGN(BinaryKernel.COPY_SIGN, false) {
    @Override
    Tensor left(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      Tensor one = Tensors.full(1, x.dtype());
      return mul(mul(copySign(one, x), copySign(one, y)), tangent);
    }

    @Override
    Tensor right(Tensor x, Tensor y, Tensor z, Tensor tangent) {
      return null;
    }
  };

  private final BinaryKernel kernel;
  private final boolean integers;
  private final String label;

  Binary(BinaryKernel kernel, boolean integers) {
    this.kernel = kernel;
    this.integers = integers;
    this.label = Labels.of(this);
  }

  /** The tangent that comes through the first argument; null where it is zero for all. */
  abstract Tensor left(Tensor x, Tensor y, Tensor z, Tensor tangent);

  /** The tangent that comes through the second argument; null where it is zero for all. */
  abstract Tensor right(Tensor x, Tensor y, Tensor z, Tensor tangent);

  /** The cotangent of a linear first argument, in the shape of the result. */
  Tensor leftTransposed(Tensor y, Tensor cotangent) {
    throw Linear.notLinear(this, 0);
  }

  /** The cotangent of a linear second argument, in the shape of the result. */
  Tensor rightTransposed(Tensor x, Tensor cotangent) {
    throw Linear.notLinear(this, 1);
  }

  /** Whether both arguments may be linear at once. */
  boolean jointlyLinear() {
    return false;
  }

  /** 1 where x is larger, 1/2 where they tie, 0 elsewhere. */
  private static Tensor share(Tensor x, Tensor y) {
    DType dtype = x.dtype();
    return add(Shapes.astype(gt(x, y), dtype), mul(Shapes.astype(eq(x, y), dtype), 0.5));
  }

  /** x / y, and 0 where both are 0. */
  private static Tensor ratio(Tensor x, Tensor y) {
    return div(x, where(logicalAnd(eq(x, 0), eq(y, 0)), 1, y));
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
