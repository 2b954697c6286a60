package dini.core.primitive;

import static dini.core.Elementwise.mul;
import static dini.core.Shapes.expandDims;
import static dini.core.Shapes.reshape;
import static dini.core.Shapes.squeeze;

import dini.core.DTypeException;
import dini.core.Elementwise;
import dini.core.Reductions;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.Broadcast;
import dini.core.dense.DenseTensor;
import dini.core.kernel.Threads;
import dini.core.trace.Bind;
import java.util.Arrays;

/**
 * Products of vectors, matrices and stacks of matrices, as NumPy's {@code matmul}: an operand of
 * rank 1 is a vector, leading axes of the others broadcast.
 *
 * @param tx whether the first operand's matrices are read transposed
 * @param ty whether the second operand's matrices are read transposed
 */
public record MatMul(boolean tx, boolean ty) implements Writing {
  private static final MatMul[] ALL = {
    new MatMul(false, false),
    new MatMul(false, true),
    new MatMul(true, false),
    new MatMul(true, true)
  };

  /** The product with the given operands read transposed; a vector has no transpose. */
  public static Tensor matmul(Tensor x, Tensor y, boolean tx, boolean ty) {
    int index = (tx && x.rank() > 1 ? 2 : 0) + (ty && y.rank() > 1 ? 1 : 0);
    return Bind.bind(ALL[index], x, y);
  }

  @Override
  public String label() {
    return "matmul";
  }

  @Override
  public String parameters() {
    return tx || ty ? "transposed=" + (tx ? "x" : "") + (ty ? "y" : "") : "";
  }

  @Override
  public TensorType type(TensorType... arguments) {
    TensorType x = arguments[0];
    TensorType y = arguments[1];
    Shape xs = x.shape();
    Shape ys = y.shape();
    Shape shape = check("matmul", x, y);
    if (xs.rank() > 1) {
      shape = shape.insert(shape.rank(), xs.extent(tx ? -1 : -2));
    }
    if (ys.rank() > 1) {
      shape = shape.insert(shape.rank(), ys.extent(ty ? -2 : -1));
    }
    return new TensorType(shape, x.dtype());
  }

  /** Refuses operands in the name of an operation that is made of a plain product. */
  public static void check(String operation, Tensor x, Tensor y) {
    check(operation, x, y, false);
  }

  /** The same for a product whose first operand is read transposed. */
  public static void check(String operation, Tensor x, Tensor y, boolean transposeX) {
    ALL[transposeX ? 2 : 0].check(operation, x.type(), y.type());
  }

  /** The leading axes of the product. */
  private Shape check(String operation, TensorType x, TensorType y) {
    if (x.dtype() != y.dtype()) {
      throw Mismatch.of(operation, x, y);
    }
    if (!x.dtype().isFloating()) {
      throw new DTypeException(operation + ": needs a floating dtype, got " + x + " and " + y);
    }
    Shape xs = x.shape();
    Shape ys = y.shape();
    if (xs.rank() == 0 || ys.rank() == 0) {
      throw new ShapeException(operation + ": " + xs + " @ " + ys + ": a scalar; use mul");
    }
    int xInner = xs.extent(tx ? -2 : -1);
    int yInner = ys.extent(ty || ys.rank() == 1 ? -1 : -2);
    if (xInner != yInner) {
      throw new ShapeException(
          operation
              + ": "
              + named(xs, tx)
              + " @ "
              + named(ys, ty)
              + ": inner extents "
              + xInner
              + " and "
              + yInner
              + " differ");
    }
    return Broadcast.shape(operation, lead(xs), lead(ys));
  }

  private static String named(Shape shape, boolean transposed) {
    return transposed ? shape + "'" : shape.toString();
  }

  private static Shape lead(Shape shape) {
    return shape.rank() <= 2
        ? Shape.SCALAR
        : Shape.of(Arrays.copyOf(shape.toArray(), shape.rank() - 2));
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    return value(arguments[0], arguments[1]);
  }

  @Override
  public DenseTensor value(DenseTensor x, DenseTensor y) {
    DenseTensor out = DenseTensor.allocate(type(x.type(), y.type()));
    write(x, y, out);
    return out;
  }

  @Override
  public void write(DenseTensor[] arguments, DenseTensor out) {
    write(arguments[0], arguments[1], out);
  }

  private void write(DenseTensor x, DenseTensor y, DenseTensor out) {
    DenseProduct product = DenseProduct.of(x.shape(), tx, y.shape(), ty);
    Shape xs = lead(x.shape());
    Shape ys = lead(y.shape());
    if (ys.rank() == 0 && !tx) {
      product.stacked(xs.size()).run(x, 0, y, 0, out, 0);
      return;
    }
    Shape common = Broadcast.shape("matmul", xs, ys);
    int[] xSteps = Broadcast.strides(xs, common);
    int[] ySteps = Broadcast.strides(ys, common);
    int xSize = product.m() * product.k();
    int ySize = product.k() * product.n();
    int size = product.m() * product.n();
    int[] extents = common.toArray();
    Threads.Ranges products =
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int xo = xSize * offset(i, extents, xSteps);
            product.run(x, xo, y, ySize * offset(i, extents, ySteps), out, i * size);
          }
        };
    int count = common.size();
    if (!product.isBig() && Threads.pays(count, product.picoseconds())) {
      Threads.split(count, product.picoseconds(), 1, products);
    } else {
      products.run(0, count);
    }
  }

  /** Where element i of the common shape is, in an operand that has other steps. */
  private static int offset(int i, int[] extents, int[] steps) {
    int offset = 0;
    int rest = i;
    for (int axis = extents.length - 1; axis > 0; axis--) {
      offset += rest % extents[axis] * steps[axis];
      rest /= extents[axis];
    }
    // a stack of one axis needs no division: some 5 ns less for a product of 60 ns
    return extents.length == 0 ? 0 : offset + rest * steps[0];
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    Tensor left = tangents[0] == null ? null : Bind.bind(this, tangents[0], primals[1]);
    Tensor right = tangents[1] == null ? null : Bind.bind(this, primals[0], tangents[1]);
    return left == null ? right : right == null ? left : Elementwise.add(left, right);
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    boolean first = Linear.is(operands[0]);
    boolean second = Linear.is(operands[1]);
    if (first && second) {
      throw Linear.notLinear(this, 1);
    }
    return new Tensor[] {
      first ? ofFirst(operands[0].shape(), operands[1], cotangent) : null,
      second ? ofSecond(operands[0], operands[1].shape(), cotangent) : null
    };
  }

  private Tensor ofFirst(Shape x, Tensor y, Tensor cotangent) {
    if (x.rank() == 1) {
      return y.rank() == 1 ? mul(cotangent, y) : rowOf(x, y, cotangent);
    }
    if (y.rank() == 1) {
      return tx
          ? mul(expandDims(y, 1), expandDims(cotangent, -2))
          : mul(expandDims(cotangent, -1), y);
    }
    Tensor sum = tx ? matmul(y, cotangent, ty, true) : matmul(cotangent, y, false, !ty);
    return Broadcasting.sumTo(sum, x);
  }

  /** op(y) cotangent, summed over leading axes. */
  private Tensor rowOf(Shape x, Tensor y, Tensor cotangent) {
    if (y.rank() == 2) {
      return matmul(y, cotangent, ty, false);
    }
    Tensor columns = matmul(y, expandDims(cotangent, -1), ty, false);
    return Broadcasting.sumTo(squeeze(columns, -1), x);
  }

  private Tensor ofSecond(Tensor x, Shape y, Tensor cotangent) {
    if (y.rank() == 1) {
      return x.rank() == 1 ? mul(x, cotangent) : columnOf(x, y, cotangent);
    }
    if (x.rank() == 1) {
      return ty
          ? mul(expandDims(cotangent, -1), x)
          : mul(expandDims(x, 1), expandDims(cotangent, -2));
    }
    if (y.rank() == 2 && x.rank() > 2 && !tx) {
      return new MatMul(false, ty).ofSecond(flat(x, 2), y, flat(cotangent, 2));
    }
    Tensor sum = ty ? matmul(cotangent, x, true, tx) : matmul(x, cotangent, !tx, false);
    return Broadcasting.sumTo(sum, y);
  }

  /** op(x)' cotangent, summed over leading axes. */
  private Tensor columnOf(Tensor x, Shape y, Tensor cotangent) {
    if (!tx) {
      return matmul(flat(cotangent, 1), flat(x, 2), false, false);
    }
    if (x.rank() == 2) {
      return matmul(x, cotangent, false, false);
    }
    Tensor columns = matmul(x, expandDims(cotangent, -1), !tx, false);
    return Broadcasting.sumTo(squeeze(columns, -1), y);
  }

  /** The leading axes merged into the first of the last {@code rank} ones. */
  private static Tensor flat(Tensor x, int rank) {
    if (rank == 1) {
      return reshape(x, x.size());
    }
    // not reshape(x, -1, …): no extent can be told from the others when one of them is 0
    Shape lead = x.shape().remove(x.rank() - 1);
    return reshape(x, lead.size(), x.shape().extent(-1));
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    Tensor x = arguments[0];
    Tensor y = arguments[1];
    int xRank = x.rank() - (batched[0] ? 1 : 0);
    int yRank = y.rank() - (batched[1] ? 1 : 0);
    if (!batched[1] && (yRank == 1 || xRank == 1 && yRank == 2)) {
      return matmul(x, y, tx, ty);
    }
    if (!batched[0]) {
      if (xRank == 1) {
        return yRank == 1 ? matmul(y, x, false, false) : matmul(x, y, false, ty);
      }
      if (xRank == 2 && yRank == 1) {
        return matmul(y, x, false, !tx);
      }
    }
    if (xRank == 1 && yRank == 1) {
      return Reductions.sum(mul(x, y), 1);
    }
    Tensor rows = xRank == 1 ? expandDims(x, -2) : x;
    Tensor columns = yRank == 1 ? expandDims(y, -1) : y;
    Tensor[] aligned = Broadcasting.align(new Tensor[] {rows, columns}, batched);
    Tensor product = matmul(aligned[0], aligned[1], tx, ty);
    return xRank == 1 ? squeeze(product, -2) : yRank == 1 ? squeeze(product, -1) : product;
  }
}
