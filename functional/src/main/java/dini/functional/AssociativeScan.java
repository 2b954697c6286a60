package dini.functional;

import dini.core.Index;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TreeException;
import dini.core.tree.Structure;
import java.util.Arrays;
import java.util.function.BinaryOperator;

/**
 * Partial combinations in logarithmic depth: neighbours are combined, half as many combinations are
 * scanned the same way, and give every second result; one more combination gives the others.
 *
 * <p>Source: Blelloch, Prefix sums and their applications, 1990.
 */
final class AssociativeScan<X> {
  private final BinaryOperator<X> operation;
  private final Tree<X> tree;
  private final boolean reverse;
  private final int[] axes;
  private final int count;

  AssociativeScan(BinaryOperator<X> operation, Tree<X> tree, boolean reverse, int axis) {
    this.operation = operation;
    this.tree = tree;
    this.reverse = reverse;
    this.axes = new int[tree.leaves().length];
    if (axes.length == 0) {
      throw new TreeException("associativeScan: no tensor to go through");
    }
    for (int i = 0; i < axes.length; i++) {
      axes[i] = tree.leaves()[i].shape().axis("associativeScan", axis);
    }
    this.count = tree.leaves()[0].shape().extent(axes[0]);
    for (int i = 0; i < axes.length; i++) {
      if (tree.leaves()[i].shape().extent(axes[i]) != count) {
        throw new ShapeException(
            "associativeScan: "
                + tree.structure().path(i)
                + " is "
                + tree.leaves()[i].type()
                + "; expected "
                + count
                + " slices along axis "
                + axis);
      }
    }
  }

  X result() {
    Tensor[] given = tree.leaves();
    return count < 2
        ? tree.with(given.clone())
        : tree.with(reverse ? flipped(scanned(flipped(given), count)) : scanned(given, count));
  }

  private Tensor[] flipped(Tensor[] x) {
    return sliced(x, Index.all().step(-1));
  }

  private Tensor[] sliced(Tensor[] x, Index index) {
    Tensor[] sliced = new Tensor[x.length];
    for (int i = 0; i < x.length; i++) {
      Index[] indices = new Index[axes[i] + 1];
      Arrays.fill(indices, Index.all());
      indices[axes[i]] = index;
      sliced[i] = Shapes.slice(x[i], indices);
    }
    return sliced;
  }

  private Tensor[] combined(Tensor[] x, Tensor[] y) {
    X result = operation.apply(tree.with(x), tree.with(y));
    if (result == null) {
      throw new TreeException("associativeScan: the operation returned null");
    }
    Structure.Flat flat = Structure.flatten(result);
    tree.structure().requireSame("associativeScan: the operation's result", flat.structure());
    Carry.requireTypes(
        "associativeScan: the operation changed its argument",
        tree.structure(),
        ControlFlow.types(x),
        flat.leaves());
    return flat.leaves();
  }

  /** Combinations of two or more slices. */
  private Tensor[] scanned(Tensor[] x, int n) {
    if (n < 2) {
      return x;
    }
    Tensor[] even = sliced(x, Index.range(0, n - 1).step(2));
    Tensor[] odd = sliced(x, Index.from(1).step(2));
    Tensor[] oddResults = scanned(combined(even, odd), n / 2);
    Tensor[] later = sliced(x, Index.from(2).step(2));
    int others = (n - 1) / 2;
    Tensor[] first = sliced(x, Index.to(1));
    if (others == 0) {
      return concatenated(first, oddResults);
    }
    Tensor[] evenResults =
        concatenated(first, combined(sliced(oddResults, Index.to(others)), later));
    return interleaved(evenResults, oddResults, n);
  }

  private Tensor[] concatenated(Tensor[] x, Tensor[] y) {
    Tensor[] all = new Tensor[x.length];
    Arrays.setAll(all, i -> Shapes.concatenate(axes[i], x[i], y[i]));
    return all;
  }

  /** x[0], y[0], x[1], …; x has as many slices as y or one more. */
  private Tensor[] interleaved(Tensor[] x, Tensor[] y, int n) {
    int pairs = n / 2;
    Tensor[] head = sliced(x, Index.to(pairs));
    Tensor[] all = new Tensor[x.length];
    for (int i = 0; i < all.length; i++) {
      Shape shape = head[i].shape().remove(axes[i]).insert(axes[i], 2 * pairs);
      all[i] = Shapes.reshape(Shapes.stack(axes[i] + 1, head[i], y[i]), shape);
    }
    return n % 2 == 0 ? all : concatenated(all, sliced(x, Index.from(pairs)));
  }
}
