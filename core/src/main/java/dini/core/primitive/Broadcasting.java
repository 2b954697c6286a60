package dini.core.primitive;

import dini.core.Shape;
import dini.core.Shapes;
import dini.core.Tensor;
import java.util.Arrays;

/** Broadcasting inside rules: its transpose, and its meaning under a batch axis. */
final class Broadcasting {
  private Broadcasting() {}

  /** The transpose of broadcasting: sums over the axes along which {@code shape} was repeated. */
  static Tensor sumTo(Tensor x, Shape shape) {
    Shape from = x.shape();
    if (from.equals(shape)) {
      return x;
    }
    int lead = from.rank() - shape.rank();
    long axes = 0;
    for (int axis = 0; axis < from.rank(); axis++) {
      if (axis < lead || shape.extent(axis - lead) == 1 && from.extent(axis) != 1) {
        axes |= 1L << axis;
      }
    }
    return Shapes.reshape(new Reduce(Reduce.Kind.SUM, axes).bind(x), shape);
  }

  /**
   * Batched arguments with their leading axis followed by as many axes of extent 1 as make them
   * broadcast with the others as they did without it.
   */
  static Tensor[] align(Tensor[] arguments, boolean[] batched) {
    int rank = 0;
    for (int i = 0; i < arguments.length; i++) {
      rank = Math.max(rank, arguments[i].rank() - (batched[i] ? 1 : 0));
    }
    Tensor[] aligned = arguments.clone();
    for (int i = 0; i < arguments.length; i++) {
      if (batched[i] && arguments[i].rank() <= rank) {
        int[] own = arguments[i].shape().toArray();
        int[] extents = new int[rank + 1];
        Arrays.fill(extents, 1);
        extents[0] = own[0];
        System.arraycopy(own, 1, extents, rank + 2 - own.length, own.length - 1);
        aligned[i] = Shapes.reshape(arguments[i], Shape.of(extents));
      }
    }
    return aligned;
  }

  /** An argument with a leading axis of extent {@code size}, repeated if it is not batched. */
  static Tensor lead(Tensor argument, boolean batched, int size) {
    return batched ? argument : Shapes.broadcastTo(argument, argument.shape().insert(0, size));
  }
}
