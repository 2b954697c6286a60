package dini.linalg.primitive;

import dini.core.Shape;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import java.util.List;

/** The leaves of a tree of unknowns as one vector, and back. */
record Ravel(List<TensorType> types) {

  int size() {
    return types.stream().mapToInt(type -> type.shape().size()).sum();
  }

  TensorType vector() {
    return new TensorType(Shape.of(size()), types.getFirst().dtype());
  }

  DenseTensor join(Tensor[] leaves) {
    if (leaves.length == 1) {
      return ((DenseTensor) leaves[0]).withShape(Shape.of(size()));
    }
    DenseTensor joined = DenseTensor.allocate(vector());
    int at = 0;
    for (Tensor leaf : leaves) {
      System.arraycopy(((DenseTensor) leaf).data(), 0, joined.data(), at, leaf.size());
      at += leaf.size();
    }
    return joined;
  }

  DenseTensor[] split(DenseTensor vector) {
    if (types.size() == 1) {
      return new DenseTensor[] {vector.withShape(types.getFirst().shape())};
    }
    DenseTensor[] leaves = new DenseTensor[types.size()];
    int at = 0;
    for (int i = 0; i < leaves.length; i++) {
      leaves[i] = DenseTensor.allocate(types.get(i));
      System.arraycopy(vector.data(), at, leaves[i].data(), 0, leaves[i].size());
      at += leaves[i].size();
    }
    return leaves;
  }
}
