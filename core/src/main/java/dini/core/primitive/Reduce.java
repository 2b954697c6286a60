package dini.core.primitive;

import dini.core.Comparisons;
import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Elementwise;
import dini.core.Reductions;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.dense.Storage;
import dini.core.kernel.BinaryKernel;
import dini.core.kernel.IntegerKernels;
import dini.core.kernel.Kernels;
import java.util.stream.IntStream;

/**
 * Sums, maxima and minima over axes.
 *
 * @param kind what is computed
 * @param axes bit i is set when axis i is reduced
 */
public record Reduce(Kind kind, long axes) implements Writing {
  /** What a reduction computes. */
  public enum Kind {
    SUM(BinaryKernel.ADD),
    MAX(BinaryKernel.MAX),
    MIN(BinaryKernel.MIN);

    private final BinaryKernel kernel;
    private final String label = Labels.of(this);

    Kind(BinaryKernel kernel) {
      this.kernel = kernel;
    }

    /** The name of the operation. */
    public String label() {
      return label;
    }
  }

  @Override
  public String label() {
    return kind.label;
  }

  @Override
  public String parameters() {
    return "axes=" + axisList();
  }

  private Ints axisList() {
    return Ints.of(IntStream.range(0, 64).filter(this::reduced).toArray());
  }

  private boolean reduced(int axis) {
    return (axes >>> axis & 1) != 0;
  }

  @Override
  public TensorType type(TensorType... arguments) {
    TensorType x = arguments[0];
    if (kind != Kind.SUM) {
      if (x.dtype() == DType.BOOL) {
        throw new DTypeException(label() + ": truth values have no order, got " + x);
      }
      for (int axis = 0; axis < x.shape().rank(); axis++) {
        if (reduced(axis) && x.shape().extent(axis) == 0) {
          throw new ShapeException(label() + ": axis " + axis + " of " + x + " is empty");
        }
      }
    }
    return new TensorType(shape(x.shape()), x.dtype() == DType.BOOL ? DType.INT64 : x.dtype());
  }

  private Shape shape(Shape from) {
    if (Long.bitCount(axes) == from.rank()) {
      return Shape.SCALAR;
    }
    int[] kept = new int[from.rank() - Long.bitCount(axes)];
    int count = 0;
    for (int axis = 0; axis < from.rank(); axis++) {
      if (!reduced(axis)) {
        kept[count++] = from.extent(axis);
      }
    }
    return Shape.of(kept);
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    return value(arguments[0]);
  }

  @Override
  public DenseTensor value(DenseTensor argument) {
    DenseTensor out = DenseTensor.allocate(type(argument.type()));
    write(argument, out);
    return out;
  }

  @Override
  public void write(DenseTensor[] arguments, DenseTensor out) {
    write(arguments[0], out);
  }

  /** Runs of neighbouring axes are reduced one after the other, the last run first. */
  private void write(DenseTensor argument, DenseTensor out) {
    DenseTensor x =
        argument.dtype() == DType.BOOL ? new Convert(DType.INT64).value(argument) : argument;
    if (axes == 0) {
      System.arraycopy(x.data(), 0, out.data(), 0, x.shape().size());
      return;
    }
    long left = axes;
    Object data = x.data();
    int[] extents = x.shape().toArray();
    int inner = 1;
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      if (!reduced(axis)) {
        inner *= extents[axis];
        continue;
      }
      int n = extents[axis];
      left &= ~(1L << axis);
      while (axis > 0 && reduced(axis - 1)) {
        n *= extents[--axis];
        left &= ~(1L << axis);
      }
      int outer = 1;
      for (int i = 0; i < axis; i++) {
        outer *= extents[i];
      }
      Object to = left == 0 ? out.data() : Storage.allocate(out.dtype(), outer * inner);
      reduce(data, outer, n, inner, to);
      data = to;
    }
  }

  private void reduce(Object data, int outer, int n, int inner, Object out) {
    switch (data) {
      case double[] x -> Kernels.chosen().reduce(kind.kernel, x, outer, n, inner, (double[]) out);
      case float[] x -> Kernels.chosen().reduce(kind.kernel, x, outer, n, inner, (float[]) out);
      case int[] x -> IntegerKernels.reduce(kind.kernel, x, outer, n, inner, (int[]) out);
      default -> IntegerKernels.reduce(kind.kernel, (long[]) data, outer, n, inner, (long[]) out);
    }
  }

  /** Ties among the largest or smallest elements share equally. */
  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    if (kind == Kind.SUM) {
      return bind(tangents[0]);
    }
    Tensor chosen =
        Shapes.astype(Comparisons.eq(primals[0], spread(result, primals[0])), result.dtype());
    Tensor sum = new Reduce(Kind.SUM, axes).bind(Elementwise.mul(chosen, tangents[0]));
    return Elementwise.div(sum, new Reduce(Kind.SUM, axes).bind(chosen));
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    if (kind != Kind.SUM) {
      throw Linear.notLinear(this, 0);
    }
    Tensor spread = cotangent.rank() == 0 ? cotangent : spread(cotangent, operands[0]);
    return new Tensor[] {Shapes.broadcastTo(spread, operands[0].shape())};
  }

  /** The result with the reduced axes back, with extent 1. */
  private Tensor spread(Tensor result, Tensor like) {
    return Shapes.reshape(result, Reductions.kept(like.shape(), axes));
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    return new Reduce(kind, axes << 1).bind(arguments[0]);
  }
}
