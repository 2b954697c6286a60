package dini.core.primitive;

import dini.core.Comparisons;
import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Shape;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.dense.Broadcast;
import dini.core.dense.DenseTensor;
import dini.core.kernel.Comparison;

/** {@code condition ? x : y}, elementwise with broadcasting; linear in x and y. */
public enum Select implements Pointwise {
  SELECT;

  @Override
  public String label() {
    return "where";
  }

  @Override
  public TensorType type(TensorType... arguments) {
    TensorType condition = arguments[0];
    TensorType x = arguments[1];
    TensorType y = arguments[2];
    if (condition.dtype() != DType.BOOL) {
      throw new DTypeException("where: the condition must be BOOL, got " + condition);
    }
    if (x.dtype() != y.dtype()) {
      throw Mismatch.of("where", x, y);
    }
    Shape values = Broadcast.shape("where", x.shape(), y.shape());
    return new TensorType(Broadcast.shape("where", condition.shape(), values), x.dtype());
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor out =
        DenseTensor.allocate(type(arguments[0].type(), arguments[1].type(), arguments[2].type()));
    write(arguments, out);
    return out;
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
    boolean[] c = (boolean[]) x;
    int xs = 1 - (uniform & 1);
    int ys = 1 - (uniform >> 1 & 1);
    int zs = 1 - (uniform >> 2);
    switch (out) {
      case double[] r -> {
        double[] a = (double[]) y;
        double[] b = (double[]) z;
        if (uniform == 0) {
          Comparison.select(c, xo, a, yo, b, zo, r, at, n);
          return;
        }
        for (int i = 0; i < n; i++) {
          r[at + i] = c[xo + i * xs] ? a[yo + i * ys] : b[zo + i * zs];
        }
      }
      case float[] r -> {
        float[] a = (float[]) y;
        float[] b = (float[]) z;
        if (uniform == 0) {
          Comparison.select(c, xo, a, yo, b, zo, r, at, n);
          return;
        }
        for (int i = 0; i < n; i++) {
          r[at + i] = c[xo + i * xs] ? a[yo + i * ys] : b[zo + i * zs];
        }
      }
      case int[] r -> {
        int[] a = (int[]) y;
        int[] b = (int[]) z;
        if (uniform == 0) {
          Comparison.select(c, xo, a, yo, b, zo, r, at, n);
          return;
        }
        for (int i = 0; i < n; i++) {
          r[at + i] = c[xo + i * xs] ? a[yo + i * ys] : b[zo + i * zs];
        }
      }
      case long[] r -> {
        long[] a = (long[]) y;
        long[] b = (long[]) z;
        if (uniform == 0) {
          Comparison.select(c, xo, a, yo, b, zo, r, at, n);
          return;
        }
        for (int i = 0; i < n; i++) {
          r[at + i] = c[xo + i * xs] ? a[yo + i * ys] : b[zo + i * zs];
        }
      }
      case boolean[] r -> {
        boolean[] a = (boolean[]) y;
        boolean[] b = (boolean[]) z;
        if (uniform == 0) {
          Comparison.select(c, xo, a, yo, b, zo, r, at, n);
          return;
        }
        for (int i = 0; i < n; i++) {
          r[at + i] = c[xo + i * xs] ? a[yo + i * ys] : b[zo + i * zs];
        }
      }
      default -> throw new AssertionError(this);
    }
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    Tensor x = tangents[1] == null ? zero(primals[1]) : tangents[1];
    Tensor y = tangents[2] == null ? zero(primals[2]) : tangents[2];
    return Shapes.broadcastTo(Comparisons.where(primals[0], x, y), result.shape());
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    Tensor condition = operands[0];
    Tensor zero = zero(cotangent);
    return new Tensor[] {
      null,
      Linear.is(operands[1])
          ? Broadcasting.sumTo(Comparisons.where(condition, cotangent, zero), operands[1].shape())
          : null,
      Linear.is(operands[2])
          ? Broadcasting.sumTo(Comparisons.where(condition, zero, cotangent), operands[2].shape())
          : null
    };
  }

  private static Tensor zero(Tensor like) {
    return Tensors.full(0, like.dtype());
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    return bind(Broadcasting.align(arguments, batched));
  }
}
