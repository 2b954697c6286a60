package dini.linalg.solver;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.TracerException;
import dini.core.dense.DenseTensor;
import dini.core.dense.Storage;
import dini.core.trace.Bind;
import dini.core.trace.Tracer;
import dini.core.tree.Structure;
import java.util.Arrays;
import java.util.List;

/**
 * Trees of values as one vector: the leaves in order, each in row-major order. So a system over
 * several tensors is solved as one coupled system.
 */
public final class Packing {
  private final String operation;
  private final Structure structure;
  private final TensorType[] types;
  private final Ravel ravel;

  private Packing(String operation, Structure structure, TensorType[] types) {
    this.operation = operation;
    this.structure = structure;
    this.types = types;
    DType dtype = null;
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
    }
    this.ravel = new Ravel(List.of(types));
  }

  /** The arrangement of a tree, for the operation of some name. */
  public static Packing of(String operation, Object tree) {
    Structure.Flat flat = Structure.flatten(tree);
    return new Packing(operation, flat.structure(), Bind.types(flat.leaves()));
  }

  /** The type of the vector. */
  public TensorType flat() {
    return ravel.vector();
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
    DenseTensor[] values = new DenseTensor[leaves.length];
    Arrays.setAll(values, i -> read(leaves[i]));
    return ravel.join(values);
  }

  /** The values of a tensor, which must not be watched by a derivative that they would escape. */
  DenseTensor read(Tensor leaf) {
    Tensor resolved = Bind.resolve(leaf);
    if (Bind.isMapped(resolved)) {
      throw new TracerException(
          operation
              + ": works on values, and those of "
              + leaf.type()
              + " inside a vmap are not known: use linearSolve, which solves every lane, or map"
              + " with a plain loop");
    }
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
    DenseTensor own = new DenseTensor(ravel.vector(), Storage.copy(vector.data()));
    return structure.unflatten(ravel.split(own));
  }
}
