package dini.linalg.solver;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.TracerException;
import dini.core.dense.DenseTensor;
import dini.core.trace.Bind;
import dini.core.trace.Tracer;
import dini.core.tree.Structure;

/**
 * Trees of values as one vector: the leaves in order, each in row-major order. So a system over
 * several tensors is solved as one coupled system.
 */
public final class Packing {
  private final String operation;
  private final Structure structure;
  private final TensorType[] types;
  private final TensorType flat;

  private Packing(String operation, Structure structure, TensorType[] types) {
    this.operation = operation;
    this.structure = structure;
    this.types = types;
    DType dtype = null;
    int size = 0;
    for (TensorType type : types) {
      if (!type.dtype().isFloating()) {
        throw new DTypeException(operation + ": needs a floating dtype, got " + type);
      }
      if (dtype != null && type.dtype() != dtype) {
        throw new DTypeException(
            operation
                + ": leaves of dtypes "
                + dtype
                + " and "
                + type.dtype()
                + " in one system; convert with astype");
      }
      dtype = type.dtype();
      size += type.shape().size();
    }
    this.flat = new TensorType(Shape.of(size), dtype == null ? DType.FLOAT64 : dtype);
  }

  /** The arrangement of a tree, for the operation of some name. */
  public static Packing of(String operation, Object tree) {
    Structure.Flat flat = Structure.flatten(tree);
    return new Packing(operation, flat.structure(), Bind.types(flat.leaves()));
  }

  /** The type of the vector. */
  public TensorType flat() {
    return flat;
  }

  /** The vector of a tree of this arrangement. */
  public DenseTensor pack(Object tree) {
    Structure.Flat parts = Structure.flatten(tree);
    structure.requireSame(operation, parts.structure());
    Tensor[] leaves = parts.leaves();
    for (int i = 0; i < leaves.length; i++) {
      if (!leaves[i].type().equals(types[i])) {
        throw new ShapeException(
            operation + ": expected " + types[i] + ", got " + leaves[i].type() + " at leaf " + i);
      }
    }
    if (leaves.length == 1) {
      return read(leaves[0]).withShape(flat.shape());
    }
    DenseTensor vector = DenseTensor.allocate(flat);
    int at = 0;
    for (Tensor leaf : leaves) {
      System.arraycopy(read(leaf).data(), 0, vector.data(), at, leaf.size());
      at += leaf.size();
    }
    return vector;
  }

  /** The values of a leaf, which must not be watched by a derivative that they would escape. */
  private DenseTensor read(Tensor leaf) {
    Tensor resolved = Bind.resolve(leaf);
    DenseTensor values = Bind.read(resolved);
    if (resolved instanceof Tracer) {
      throw new TracerException(
          operation
              + ": works on values, and the derivative of "
              + leaf.type()
              + " would be lost: use linearSolve or customRoot, or pass stopGradient values");
    }
    return values;
  }

  /** The tree of a vector, whose storage is copied. */
  public Object unpack(DenseTensor vector) {
    Tensor[] leaves = new Tensor[types.length];
    int at = 0;
    for (int i = 0; i < leaves.length; i++) {
      DenseTensor leaf = DenseTensor.allocate(types[i]);
      System.arraycopy(vector.data(), at, leaf.data(), 0, types[i].shape().size());
      at += types[i].shape().size();
      leaves[i] = leaf;
    }
    return structure.unflatten(leaves);
  }
}
