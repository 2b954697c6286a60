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
public enum Compare implements Single {
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
    Broadcast.forEachRun(
        x.shape(),
        y.shape(),
        out.shape(),
        (xo, xStep, yo, yStep, oo, n) -> run(x, xo, xStep, y, yo, yStep, out.booleans(), oo, n));
    return out;
  }

  private void run(
      DenseTensor x,
      int xo,
      int xStep,
      DenseTensor y,
      int yo,
      int yStep,
      boolean[] out,
      int oo,
      int n) {
    switch (x.data()) {
      case double[] a -> {
        double[] b = y.doubles();
        if (yStep == 0) {
          Comparison.compare(kernel, a, xo, b[yo], out, oo, n);
        } else if (xStep == 0) {
          Comparison.compare(kernel, a[xo], b, yo, out, oo, n);
        } else {
          Comparison.compare(kernel, a, xo, b, yo, out, oo, n);
        }
      }
      case float[] a -> {
        float[] b = y.floats();
        if (yStep == 0) {
          Comparison.compare(kernel, a, xo, b[yo], out, oo, n);
        } else if (xStep == 0) {
          Comparison.compare(kernel, a[xo], b, yo, out, oo, n);
        } else {
          Comparison.compare(kernel, a, xo, b, yo, out, oo, n);
        }
      }
      case int[] a -> {
        int[] b = y.ints();
        if (yStep == 0) {
          Comparison.compare(kernel, a, xo, b[yo], out, oo, n);
        } else if (xStep == 0) {
          Comparison.compare(kernel, a[xo], b, yo, out, oo, n);
        } else {
          Comparison.compare(kernel, a, xo, b, yo, out, oo, n);
        }
      }
      case long[] a -> {
        long[] b = y.longs();
        if (yStep == 0) {
          Comparison.compare(kernel, a, xo, b[yo], out, oo, n);
        } else if (xStep == 0) {
          Comparison.compare(kernel, a[xo], b, yo, out, oo, n);
        } else {
          Comparison.compare(kernel, a, xo, b, yo, out, oo, n);
        }
      }
      default -> {
        boolean[] a = x.booleans();
        boolean[] b = y.booleans();
        if (yStep == 0) {
          Comparison.compare(kernel, a, xo, b[yo], out, oo, n);
        } else if (xStep == 0) {
          Comparison.compare(kernel, a[xo], b, yo, out, oo, n);
        } else {
          Comparison.compare(kernel, a, xo, b, yo, out, oo, n);
        }
      }
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
