package dini.functional;

import dini.core.DType;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.TracerException;
import dini.core.dense.DenseTensor;
import dini.core.dense.Reading;
import dini.core.trace.Bind;
import dini.core.trace.Tracer;
import dini.core.tree.Structure;
import java.util.Arrays;
import java.util.List;

/**
 * The elements of a tree's floating leaves as one vector of doubles, and back. Its other leaves
 * stay what they are.
 */
record Coordinates<X>(String operation, Tree<X> tree, int size) {

  static <X> Coordinates<X> of(String operation, X tree) {
    Tree<X> parts = Tree.of(tree).differentiable(operation);
    int size =
        Arrays.stream(parts.leaves())
            .filter(leaf -> leaf.dtype().isFloating())
            .mapToInt(Tensor::size)
            .sum();
    return new Coordinates<>(operation, parts, size);
  }

  /** The types of the floating leaves. */
  List<TensorType> types() {
    return Arrays.stream(floating()).map(Tensor::type).toList();
  }

  /** The leaves that have derivatives. */
  Tensor[] floating() {
    return floating(tree.leaves());
  }

  private static Tensor[] floating(Tensor[] leaves) {
    return Arrays.stream(leaves).filter(leaf -> leaf.dtype().isFloating()).toArray(Tensor[]::new);
  }

  /** Half the distance from 1 to the next number of the least precise leaf. */
  double roundoff() {
    boolean single = Arrays.stream(tree.leaves()).anyMatch(leaf -> leaf.dtype() == DType.FLOAT32);
    return (single ? Math.ulp(1f) : Math.ulp(1.0)) / 2;
  }

  /** The floating leaves of another tree of this kind, which must have the same types. */
  Tensor[] floating(String what, X other) {
    Structure.Flat flat = Structure.flatten(other);
    tree.structure().requireSame(operation + ": " + what, flat.structure());
    Tensor[] leaves = flat.leaves();
    for (int i = 0; i < leaves.length; i++) {
      if (!leaves[i].type().equals(tree.leaves()[i].type())) {
        throw new ShapeException(
            operation
                + ": "
                + what
                + " has "
                + leaves[i].type()
                + " where "
                + tree.leaves()[i].type()
                + " was expected");
      }
    }
    return floating(leaves);
  }

  /** The vector of another tree of this kind. */
  double[] read(String what, X other) {
    return join(floating(what, other));
  }

  private double[] join(Tensor[] leaves) {
    double[] joined = new double[size];
    int at = 0;
    for (Tensor leaf : leaves) {
      double[] values = Reading.doubles(value(leaf));
      System.arraycopy(values, 0, joined, at, values.length);
      at += values.length;
    }
    return joined;
  }

  /** The values of a leaf, which must not be watched by a derivative that they would escape. */
  private DenseTensor value(Tensor leaf) {
    Tensor resolved = Bind.resolve(leaf);
    DenseTensor value = Bind.read(resolved);
    if (resolved instanceof Tracer) {
      throw new TracerException(
          operation
              + ": works on values, and the derivative of "
              + leaf.type()
              + " would be lost: call it outside the function that is differentiated, or pass"
              + " stopGradient values");
    }
    return value;
  }

  /** The vector of this tree. */
  double[] vector() {
    return join(floating());
  }

  /** The tree with other values in its floating leaves, rounded to their dtypes. */
  X tree(double[] values) {
    Tensor[] parts = floating();
    int at = 0;
    for (int i = 0; i < parts.length; i++) {
      double[] own = Arrays.copyOfRange(values, at, at + parts[i].size());
      at += own.length;
      Tensor wide = DenseTensor.adopt(parts[i].shape(), own);
      parts[i] = wide.astype(parts[i].dtype());
    }
    return tree(parts);
  }

  /** The tree with other floating leaves. */
  X tree(Tensor[] floating) {
    Tensor[] leaves = tree.leaves().clone();
    int at = 0;
    for (int i = 0; i < leaves.length; i++) {
      leaves[i] = leaves[i].dtype().isFloating() ? floating[at++] : leaves[i];
    }
    return tree.with(leaves);
  }
}
