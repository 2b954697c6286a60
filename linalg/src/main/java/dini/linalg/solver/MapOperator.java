package dini.linalg.solver;

import dini.core.LinearMap;
import dini.core.Shape;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.TracerException;
import dini.core.dense.DenseTensor;
import dini.core.dense.Storage;
import java.util.List;
import java.util.Set;

/** A {@link LinearMap} of values as an operator on vectors. */
public final class MapOperator<X, Y> implements Operator {
  private final LinearMap<X, Y> map;
  private final Packing domain;
  private final Packing codomain;

  /** The operator of a map, for the operation of some name. */
  public MapOperator(String operation, LinearMap<X, Y> map) {
    this.map = map;
    this.domain = Packing.of(operation, map.zeroArgument());
    this.codomain = Packing.of(operation, map.transpose().zeroArgument());
  }

  /** The arrangement of arguments. */
  public Packing arguments() {
    return domain;
  }

  /** The arrangement of results. */
  public Packing results() {
    return codomain;
  }

  @Override
  public TensorType domain() {
    return domain.flat();
  }

  @Override
  public TensorType codomain() {
    return codomain.flat();
  }

  @Override
  public List<TensorType> argumentTypes() {
    return map.domainTypes();
  }

  @Override
  public List<TensorType> resultTypes() {
    return map.codomainTypes();
  }

  @Override
  @SuppressWarnings("unchecked")
  public DenseTensor apply(DenseTensor x) {
    return codomain.pack(map.apply((X) domain.unpack(x)));
  }

  @Override
  @SuppressWarnings("unchecked")
  public DenseTensor applyTransposed(DenseTensor y) {
    return domain.pack(map.transpose().apply((Y) codomain.unpack(y)));
  }

  @Override
  public DenseTensor matrix() {
    Tensor matrix;
    try {
      matrix = map.materialize();
    } catch (TracerException reads) {
      // a function that reads values cannot be applied to all unit vectors at once
      return columnByColumn();
    }
    return codomain.read(matrix);
  }

  private DenseTensor columnByColumn() {
    int m = codomain().shape().size();
    int n = domain().shape().size();
    DenseTensor matrix = DenseTensor.allocate(new TensorType(Shape.of(m, n), codomain().dtype()));
    for (int j = 0; j < n; j++) {
      DenseTensor unit = DenseTensor.allocate(domain());
      switch (unit.data()) {
        case double[] x -> x[j] = 1;
        case float[] x -> x[j] = 1;
        default -> throw new AssertionError(unit.type());
      }
      Storage.copy(apply(unit).data(), 0, 1, matrix.data(), j, n, m);
    }
    return matrix;
  }

  @Override
  public Set<LinearMap.Tag> tags() {
    return map.tags();
  }
}
