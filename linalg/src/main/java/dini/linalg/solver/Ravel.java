package dini.linalg.solver;

import dini.core.DType;
import dini.core.Shape;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import java.util.List;

/** The leaves of a tree of unknowns as one vector, and back; all leaves have one dtype. */
public final class Ravel {
  private final List<TensorType> types;
  private final TensorType vector;

  /** The arrangement of leaves of some types; of none, an empty FLOAT64 vector. */
  public Ravel(List<TensorType> types) {
    int size = 0;
    for (TensorType type : types) {
      size += type.shape().size();
    }
    this.types = types;
    DType dtype = types.isEmpty() ? DType.FLOAT64 : types.getFirst().dtype();
    this.vector = new TensorType(Shape.of(size), dtype);
  }

  /** The types of the leaves. */
  public List<TensorType> types() {
    return types;
  }

  /** The type of the vector. */
  public TensorType vector() {
    return vector;
  }

  /** The number of unknowns. */
  public int size() {
    return vector.shape().size();
  }

  /** The vector of some dense leaves; that of one leaf shares its storage. */
  public DenseTensor join(Tensor... leaves) {
    if (leaves.length == 1) {
      return ((DenseTensor) leaves[0]).withShape(vector.shape());
    }
    DenseTensor joined = DenseTensor.allocate(vector);
    int at = 0;
    for (Tensor leaf : leaves) {
      System.arraycopy(((DenseTensor) leaf).data(), 0, joined.data(), at, leaf.size());
      at += leaf.size();
    }
    return joined;
  }

  /** The leaves of a vector; a single leaf shares its storage. */
  public DenseTensor[] split(DenseTensor joined) {
    if (types.size() == 1) {
      return new DenseTensor[] {joined.withShape(types.getFirst().shape())};
    }
    DenseTensor[] leaves = new DenseTensor[types.size()];
    int at = 0;
    for (int i = 0; i < leaves.length; i++) {
      leaves[i] = DenseTensor.allocate(types.get(i));
      System.arraycopy(joined.data(), at, leaves[i].data(), 0, leaves[i].size());
      at += leaves[i].size();
    }
    return leaves;
  }
}
