package dini.core;

import dini.core.Indexing.Mode;
import dini.core.primitive.Ints;
import dini.core.primitive.Ravel;
import dini.core.primitive.Scatter;
import dini.core.primitive.Scatter.Kind;
import dini.core.primitive.Take;
import dini.core.trace.Bind;
import java.util.Arrays;
import java.util.List;

/**
 * The elements that integer tensors name: as many tensors as axes, which broadcast. See {@link At}.
 */
public final class AtPoints extends At {
  private final int axis;
  private final List<Tensor> indices;
  private final Mode mode;
  private final String operation;

  AtPoints(String operation, Tensor x, int axis, List<Tensor> indices, Mode mode) {
    super(operation, x);
    this.operation = operation;
    this.axis = axis;
    this.indices = indices;
    this.mode = mode;
    if (indices.isEmpty() || axis + indices.size() > x.rank()) {
      throw new IndexException(
          operation
              + ": "
              + indices.size()
              + " index tensors from axis "
              + axis
              + " on for "
              + x.type()
              + ": expected one for each axis that is indexed");
    }
    for (Tensor index : indices) {
      if (!index.dtype().isInteger()) {
        throw new DTypeException(operation + ": expected integer indices, got " + index.type());
      }
    }
  }

  /**
   * The same elements with a choice for indices outside their axis.
   *
   * @param outside what an index outside its axis means; with {@link Mode#FILL} it reads NaN (0 for
   *     integers, false for BOOL), and its update is dropped
   * @return the elements
   */
  public AtPoints mode(Mode outside) {
    return new AtPoints(operation, x, axis, indices, outside);
  }

  /** x with the indexed axes as one. */
  private Tensor merged() {
    return Shapes.reshape(x, replaced(Shape.of(indexed().size())));
  }

  /** The extents of the indexed axes. */
  private Shape indexed() {
    return Shape.of(Arrays.copyOfRange(x.shape().toArray(), axis, axis + indices.size()));
  }

  /** The shape of x with other axes in the place of the indexed ones. */
  private Shape replaced(Shape axes) {
    int[] own = x.shape().toArray();
    int[] extents = new int[own.length - indices.size() + axes.rank()];
    System.arraycopy(own, 0, extents, 0, axis);
    System.arraycopy(axes.toArray(), 0, extents, axis, axes.rank());
    int rest = own.length - axis - indices.size();
    System.arraycopy(own, axis + indices.size(), extents, axis + axes.rank(), rest);
    return Shape.of(extents);
  }

  /** One index for each element, along the merged axis. */
  private Tensor places() {
    return indices.size() == 1
        ? indices.getFirst()
        : new Ravel(axis, Ints.of(indexed().toArray()), mode, operation)
            .bind(indices.toArray(Tensor[]::new));
  }

  @Override
  public Tensor get() {
    return Bind.bind(new Take(axis, false, mode, operation), merged(), places());
  }

  @Override
  Tensor combined(Kind kind, Tensor updates) {
    Tensor places = places();
    Tensor fitted = broadcast(kind, updates, replaced(places.shape()));
    Scatter scatter = new Scatter(kind, axis, false, mode, name(kind));
    return Shapes.reshape(scatter.bind(merged(), places, fitted), x.shape());
  }
}
