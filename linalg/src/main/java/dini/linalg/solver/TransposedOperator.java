package dini.linalg.solver;

import dini.core.LinearMap.Tag;
import dini.core.Shapes;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import java.util.List;
import java.util.Set;

/** An operator whose transpose is known. */
record TransposedOperator(Operator transpose) implements Operator {
  @Override
  public TensorType domain() {
    return transpose.codomain();
  }

  @Override
  public TensorType codomain() {
    return transpose.domain();
  }

  @Override
  public List<TensorType> argumentTypes() {
    return transpose.resultTypes();
  }

  @Override
  public List<TensorType> resultTypes() {
    return transpose.argumentTypes();
  }

  @Override
  public DenseTensor apply(DenseTensor x) {
    return transpose.applyTransposed(x);
  }

  @Override
  public DenseTensor applyTransposed(DenseTensor y) {
    return transpose.apply(y);
  }

  @Override
  public DenseTensor matrix() {
    return (DenseTensor) Shapes.transpose(transpose.matrix());
  }

  /** Tags that hold for a map and its transpose; no solver looks at others. */
  @Override
  public Set<Tag> tags() {
    Set<Tag> tags = transpose.tags();
    return tags.contains(Tag.SYMMETRIC) ? tags : Set.of();
  }
}
