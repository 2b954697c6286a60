package dini.core;

import dini.core.primitive.Binary;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A tensor whose axes have labels, none twice: the operand of a contraction. */
final class Labelled {
  private final String operation;
  private final Tensor tensor;
  private final int[] labels;

  /**
   * A tensor with one label for each axis.
   *
   * @param operation the name in messages
   */
  Labelled(String operation, Tensor tensor, int... labels) {
    this.operation = operation;
    this.tensor = tensor;
    this.labels = labels;
  }

  IntStream labels() {
    return IntStream.of(labels);
  }

  boolean has(int label) {
    return contains(labels, label);
  }

  int extent(int label) {
    return tensor.shape().extent(axis(label));
  }

  private int axis(int label) {
    for (int axis = 0; axis < labels.length; axis++) {
      if (labels[axis] == label) {
        return axis;
      }
    }
    throw new IllegalArgumentException(operation + ": no label " + label);
  }

  private static boolean contains(int[] labels, int label) {
    return Arrays.stream(labels).anyMatch(each -> each == label);
  }

  private static int[] join(int[]... parts) {
    return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
  }

  /** Summed over the labels that are not among the kept ones. */
  Labelled summed(int... kept) {
    int[] own = IntStream.of(labels).filter(label -> contains(kept, label)).toArray();
    if (own.length == labels.length) {
      return this;
    }
    int[] axes =
        IntStream.range(0, labels.length).filter(axis -> !contains(kept, labels[axis])).toArray();
    return new Labelled(operation, Reductions.sum(tensor, axes), own);
  }

  /** The tensor with its axes in an order of labels. */
  Tensor ordered(int... order) {
    return Shapes.transpose(tensor, IntStream.of(order).map(this::axis).toArray());
  }

  /**
   * The product, summed over the labels of both that are not among the kept ones. A label of one
   * operand only must be kept.
   */
  Labelled times(Labelled other, int... kept) {
    int[] batch =
        IntStream.of(labels).filter(each -> other.has(each) && contains(kept, each)).toArray();
    int[] inner =
        IntStream.of(labels).filter(each -> other.has(each) && !contains(kept, each)).toArray();
    int[] rows = IntStream.of(labels).filter(each -> !other.has(each)).toArray();
    int[] columns = IntStream.of(other.labels).filter(each -> !has(each)).toArray();
    int[] result = join(batch, rows, columns);
    Tensor product;
    Binary.MUL.check(operation, tensor.type(), other.tensor.type());
    if (inner.length == 0) {
      product = Elementwise.mul(aligned(result), other.aligned(result));
    } else if (tensor.dtype().isFloating()) {
      product = product(other, batch, rows, inner, columns);
    } else {
      int[] all = join(result, inner);
      int[] axes = IntStream.range(result.length, all.length).toArray();
      product = Reductions.sum(Elementwise.mul(aligned(all), other.aligned(all)), axes);
    }
    return new Labelled(operation, product, result);
  }

  /** The tensor with an axis for each label, of extent 1 for those that it has not. */
  private Tensor aligned(int... all) {
    int[] own = IntStream.of(all).filter(this::has).toArray();
    int[] extents = IntStream.of(all).map(label -> has(label) ? extent(label) : 1).toArray();
    return Shapes.reshape(ordered(own), Shape.of(extents));
  }

  /** By matmul; an operand that is a stack of transposed matrices already is read as such. */
  private Tensor product(Labelled other, int[] batch, int[] rows, int[] inner, int[] columns) {
    boolean left = Arrays.equals(labels, join(batch, inner, rows)) && rows.length > 0;
    boolean right = Arrays.equals(other.labels, join(batch, columns, inner)) && columns.length > 0;
    Tensor x = left ? merged(batch, inner, rows) : merged(batch, rows, inner);
    Tensor y = right ? other.merged(batch, columns, inner) : other.merged(batch, inner, columns);
    Tensor product = Products.matmul(x, y, left, right);
    int[] extents =
        IntStream.concat(
                IntStream.concat(IntStream.of(batch), IntStream.of(rows)).map(this::extent),
                IntStream.of(columns).map(other::extent))
            .toArray();
    return Shapes.reshape(product, Shape.of(extents));
  }

  /**
   * As a stack of matrices, each group of labels one axis; as a vector where there is no stack and
   * one group is empty.
   */
  private Tensor merged(int[] batch, int[] first, int[] second) {
    Tensor ordered = ordered(join(batch, first, second));
    int m = size(first);
    int n = size(second);
    if (batch.length > 0) {
      return Shapes.reshape(ordered, size(batch), m, n);
    }
    return first.length == 0 || second.length == 0
        ? Shapes.reshape(ordered, m * n)
        : Shapes.reshape(ordered, m, n);
  }

  private int size(int... group) {
    return IntStream.of(group).map(this::extent).reduce(1, (a, b) -> a * b);
  }
}
