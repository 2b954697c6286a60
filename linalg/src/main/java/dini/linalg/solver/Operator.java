package dini.linalg.solver;

import dini.core.LinearMap;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import java.util.List;
import java.util.Set;

/** A linear map between vectors, as the algorithms see it. */
public interface Operator {

  /** The type of arguments, a vector of a floating dtype. */
  TensorType domain();

  /** The type of results, a vector of the same dtype. */
  TensorType codomain();

  /** The types of the leaves that arguments are ravelled from. */
  List<TensorType> argumentTypes();

  /** The types of the leaves that results are ravelled from. */
  List<TensorType> resultTypes();

  /**
   * {@code A x}. The argument's storage belongs to the caller, who will write to it again: it must
   * not be kept. The result may share that storage.
   */
  DenseTensor apply(DenseTensor x);

  /**
   * A vector's image.
   *
   * @param vector {@code A x}
   * @param form {@code dot(x, A x)}
   */
  record Image(DenseTensor vector, double form) {}

  /**
   * {@code A x} and {@code dot(x, A x)} of a square map. The image may be written to some storage
   * of the caller's, other than the argument's.
   */
  default Image image(DenseTensor x, DenseTensor storage) {
    DenseTensor image = apply(x);
    return new Image(image, Vectors.dot(x, image));
  }

  /** {@code A' y}, with the same terms as {@link #apply}. */
  DenseTensor applyTransposed(DenseTensor y);

  /** The matrix (codomain, domain). */
  DenseTensor matrix();

  /** What is known of the map. */
  Set<LinearMap.Tag> tags();

  /** A', which shares everything with A. */
  default Operator transpose() {
    return new TransposedOperator(this);
  }
}
