package dini.linalg.primitive;

import dini.core.LinearMap.Tag;
import dini.core.Shapes;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.trace.Batching;
import dini.linalg.solver.Operator;
import dini.linalg.solver.Ravel;
import java.util.List;
import java.util.Set;

/**
 * The square map of a recorded program as one of vectors.
 *
 * @param ravel the arrangement of the leaves
 * @param map the program at some captured values
 * @param transposed whether its transpose is meant
 * @param tags what is known of the map
 */
record RecordedOperator(Ravel ravel, RecordedMap.At map, boolean transposed, Set<Tag> tags)
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
    return map.apply(transposed, x);
  }

  @Override
  public Image image(DenseTensor x, DenseTensor storage) {
    return map.imageAndForm(transposed, x, storage)
        .orElseGet(() -> Operator.super.image(x, storage));
  }

  @Override
  public DenseTensor applyTransposed(DenseTensor y) {
    return map.apply(!transposed, y);
  }

  @Override
  public DenseTensor matrix() {
    TensorType[] types = ravel.types().toArray(TensorType[]::new);
    return (DenseTensor)
        Shapes.transpose(Batching.images("linearSolve", x -> map.apply(transposed, x), types));
  }
}
