package dini.core.primitive;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Shape;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.Broadcast;
import dini.core.dense.DenseTensor;
import dini.core.kernel.CompareKernel;
import dini.core.kernel.Comparison;
import dini.core.trace.Bind;

/** Elementwise comparisons of two arguments, which broadcast; the result is BOOL. */
public enum Compare implements Pointwise {
  EQ(CompareKernel.EQ),
  NE(CompareKernel.NE),
  LT(CompareKernel.LT),
  LE(CompareKernel.LE),
  GT(CompareKernel.GT),
  GE(CompareKernel.GE);

  private final CompareKernel kernel;
  private final String label;

  Compare(CompareKernel kernel) {
    this.kernel = kernel;
    this.label = Labels.of(this);
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public TensorType type(TensorType... arguments) {
    TensorType x = arguments[0];
    TensorType y = arguments[1];
    if (x.dtype() != y.dtype()) {
      throw Mismatch.of(label, x, y);
    }
    if (x.dtype() == DType.BOOL && this != EQ && this != NE) {
      throw new DTypeException(label + ": truth values have no order, got " + x + " and " + y);
    }
    Shape shape = Broadcast.shape(label, x.shape(), y.shape());
    return new TensorType(shape, DType.BOOL);
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor x = arguments[0];
    DenseTensor y = arguments[1];
    DenseTensor out = DenseTensor.allocate(type(x.type(), y.type()));
    write(new DenseTensor[] {x, y}, out);
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
    boolean[] c = (boolean[]) out;
    switch (x) {
      case double[] a -> {
        double[] b = (double[]) y;
        if (uniform == 0) {
          Comparison.compare(kernel, a, xo, b, yo, c, at, n);
        } else if (uniform == 1) {
          Comparison.compare(kernel, a[xo], b, yo, c, at, n);
        } else {
          Comparison.compare(kernel, a, xo, b[yo], c, at, n);
        }
      }
      case float[] a -> {
        float[] b = (float[]) y;
        if (uniform == 0) {
          Comparison.compare(kernel, a, xo, b, yo, c, at, n);
        } else if (uniform == 1) {
          Comparison.compare(kernel, a[xo], b, yo, c, at, n);
        } else {
          Comparison.compare(kernel, a, xo, b[yo], c, at, n);
        }
      }
      case int[] a -> {
        int[] b = (int[]) y;
        if (uniform == 0) {
          Comparison.compare(kernel, a, xo, b, yo, c, at, n);
        } else if (uniform == 1) {
          Comparison.compare(kernel, a[xo], b, yo, c, at, n);
        } else {
          Comparison.compare(kernel, a, xo, b[yo], c, at, n);
        }
      }
      case long[] a -> {
        long[] b = (long[]) y;
        if (uniform == 0) {
          Comparison.compare(kernel, a, xo, b, yo, c, at, n);
        } else if (uniform == 1) {
          Comparison.compare(kernel, a[xo], b, yo, c, at, n);
        } else {
          Comparison.compare(kernel, a, xo, b[yo], c, at, n);
        }
      }
      case boolean[] a -> {
        boolean[] b = (boolean[]) y;
        if (uniform == 0) {
          Comparison.compare(kernel, a, xo, b, yo, c, at, n);
        } else if (uniform == 1) {
          Comparison.compare(kernel, a[xo], b, yo, c, at, n);
        } else {
          Comparison.compare(kernel, a, xo, b[yo], c, at, n);
        }
      }
      default -> throw new AssertionError(this);
    }
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    return null;
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    throw Linear.notLinear(this, 0);
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    Tensor[] aligned = Broadcasting.align(arguments, batched);
    return Bind.bind(this, aligned[0], aligned[1]);
  }
}
