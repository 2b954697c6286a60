package dini.functional;

import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TreeException;
import dini.core.trace.Batching;
import java.util.function.Function;

/** Mapping over axes of trees. */
final class Lanes {
  private Lanes() {}

  static <X, Y> Y map(Axes axes, Function<? super X, ? extends Y> f, X xs) {
    Tree<X> tree = Tree.of(xs);
    Tensor[] leaves = tree.leaves().clone();
    boolean[] batched = new boolean[leaves.length];
    if (axes.in().size() != 1 && axes.in().size() != leaves.length) {
      throw new TreeException(
          "vmap: " + axes.in().size() + " axes for " + leaves.length + " tensors");
    }
    int size = -1;
    for (int i = 0; i < leaves.length; i++) {
      int axis = axes.in().get(axes.in().size() == 1 ? 0 : i);
      if (axis == Axes.NONE) {
        continue;
      }
      batched[i] = true;
      leaves[i] = Shapes.moveAxis(leaves[i], leaves[i].shape().axis("vmap", axis), 0);
      int extent = leaves[i].shape().extent(0);
      if (size >= 0 && extent != size) {
        throw new ShapeException(
            "vmap: "
                + size
                + " lanes, but "
                + tree.leaves()[i].type()
                + " has extent "
                + extent
                + " on axis "
                + axis);
      }
      size = extent;
    }
    if (size < 0) {
      throw new ShapeException("vmap: no tensor to map over");
    }
    Result<X, Y> result = new Result<>(f, tree);
    Tensor[] results = Batching.map(result, size, leaves, batched);
    for (int i = 0; i < results.length; i++) {
      int out = results[i].shape().axis("vmap", axes.out());
      results[i] = Shapes.moveAxis(results[i], 0, out);
    }
    return result.tree(results).with(results);
  }
}
