package dini.linalg.primitive;

import dini.core.LinearMap.Tag;
import dini.core.Shapes;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.trace.Batching;
import dini.core.trace.Leaves;
import dini.linalg.solver.Operator;
import dini.linalg.solver.Ravel;
import java.util.List;
import java.util.Set;

/**
 * A square map of leaves as one of vectors.
 *
 * @param ravel the arrangement of the leaves
 * @param forward the map
 * @param backward its transpose
 * @param tags what is known of the map
 */
public record ProgramOperator(Ravel ravel, Leaves forward, Leaves backward, Set<Tag> tags)
    implements Operator {

  @Override
  public TensorType domain() {
    return ravel.vector();
  }

  @Override
  public TensorType codomain() {
    return ravel.vector();
  }

  @Override
  public List<TensorType> argumentTypes() {
    return ravel.types();
  }

  @Override
  public List<TensorType> resultTypes() {
    return ravel.types();
  }

  @Override
  public DenseTensor apply(DenseTensor x) {
    return ravel.join(forward.apply(ravel.split(x)));
  }

  @Override
  public DenseTensor applyTransposed(DenseTensor y) {
    return ravel.join(backward.apply(ravel.split(y)));
  }

  @Override
  public DenseTensor matrix() {
    TensorType[] types = ravel.types().toArray(TensorType[]::new);
    return (DenseTensor) Shapes.transpose(Batching.images("linearSolve", forward, types));
  }
}
