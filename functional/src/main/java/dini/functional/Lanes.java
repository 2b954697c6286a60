package dini.functional;

import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TreeException;
import dini.core.trace.Batching;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Mapping over axes of trees. */
final class Lanes {
  private Lanes() {}

  static <X, Y> Y map(Axes axes, Function<? super X, ? extends Y> f, X xs) {
    Tree<X> tree = Tree.of(xs);
    Tensor[] leaves = tree.leaves().clone();
    boolean[] batched = new boolean[leaves.length];
    requireCount(axes.in(), leaves.length, "argument");
    int size = -1;
    for (int i = 0; i < leaves.length; i++) {
      int axis = axis(axes.in(), i);
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
    requireCount(axes.out(), results.length, "result");
    for (int i = 0; i < results.length; i++) {
      int out = results[i].shape().axis("vmap", axis(axes.out(), i));
      results[i] = Shapes.moveAxis(results[i], 0, out);
    }
    return result.tree(results).with(results);
  }

  private static void requireCount(List<Integer> axes, int leaves, String what) {
    if (axes.size() != 1 && axes.size() != leaves) {
      throw new TreeException(
          "vmap: "
              + axes.size()
              + " axes for the "
              + leaves
              + " tensors of the "
              + what
              + "; expected one for each, or a single one for all");
    }
  }

  private static int axis(List<Integer> axes, int leaf) {
    return axes.get(axes.size() == 1 ? 0 : leaf);
  }

  /** A function of two arguments as one of both; safe, as a tree is rebuilt in its own classes. */
  @SuppressWarnings("unchecked")
  static <X, A, Y> Y map(Axes axes, BiFunction<? super X, ? super A, ? extends Y> f, X xs, A as) {
    Function<List<Object>, Y> packed = both -> f.apply((X) both.get(0), (A) both.get(1));
    return map(axes, packed, List.<Object>of(xs, as));
  }
}
