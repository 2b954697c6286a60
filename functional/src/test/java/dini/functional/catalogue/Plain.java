package dini.functional.catalogue;

import dini.core.Tensor;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/** An array with extents, for oracles: plain loops, and sums that are exact. */
final class Plain {
  final int[] shape;
  final double[] data;

  Plain(int[] shape, double[] data) {
    this.shape = shape;
    this.data = data;
  }

  static Plain of(Tensor x) {
    return new Plain(x.shape().toArray(), x.toArray());
  }

  static Plain[] of(Tensor... tensors) {
    return Arrays.stream(tensors).map(Plain::of).toArray(Plain[]::new);
  }

  /** The array whose element at every index is what the function says. */
  static Plain each(int[] shape, ToDoubleFunction<int[]> element) {
    double[] data = new double[size(shape)];
    int[] at = new int[shape.length];
    for (int k = 0; k < data.length; k++) {
      data[k] = element.applyAsDouble(at);
      for (int axis = at.length - 1; axis >= 0 && ++at[axis] == shape[axis]; axis--) {
        at[axis] = 0;
      }
    }
    return new Plain(shape, data);
  }

  static int size(int... shape) {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  int rank() {
    return shape.length;
  }

  /** An extent, from the end if negative. */
  int extent(int axis) {
    return shape[axis < 0 ? axis + shape.length : axis];
  }

  Plain map(DoubleUnaryOperator f) {
    return new Plain(shape, Arrays.stream(data).map(f).toArray());
  }

  /** The element at an index, which is aligned from the last axis; extents of 1 repeat. */
  double at(int... index) {
    int offset = 0;
    int skip = index.length - shape.length;
    for (int axis = 0; axis < shape.length; axis++) {
      offset = offset * shape[axis] + (shape[axis] == 1 ? 0 : index[skip + axis]);
    }
    return data[offset];
  }

  static int[] broadcast(Plain... arrays) {
    int rank = Arrays.stream(arrays).mapToInt(Plain::rank).max().orElse(0);
    int[] shape = new int[rank];
    Arrays.fill(shape, 1);
    for (Plain x : arrays) {
      for (int axis = 0; axis < x.rank(); axis++) {
        int to = axis + rank - x.rank();
        shape[to] = shape[to] == 1 ? x.shape[axis] : shape[to];
      }
    }
    return shape;
  }

  /** The elements along the reduced axes, for every index of the kept ones. */
  Plain reduce(int[] axes, ToDoubleFunction<double[]> f) {
    boolean[] reduced = new boolean[rank()];
    for (int axis : axes) {
      reduced[axis < 0 ? axis + rank() : axis] = true;
    }
    int[] kept = new int[rank() - axes.length];
    int[] over = new int[axes.length];
    for (int axis = 0, i = 0, j = 0; axis < rank(); axis++) {
      if (reduced[axis]) {
        over[j++] = shape[axis];
      } else {
        kept[i++] = shape[axis];
      }
    }
    return each(
        kept,
        outer -> {
          int[] at = new int[rank()];
          return f.applyAsDouble(
              each(
                      over,
                      inner -> {
                        for (int axis = 0, i = 0, j = 0; axis < rank(); axis++) {
                          at[axis] = reduced[axis] ? inner[j++] : outer[i++];
                        }
                        return at(at);
                      })
                  .data);
        });
  }

  /** The sum, rounded once. */
  static double sum(double... terms) {
    double[] ones = new double[terms.length];
    Arrays.fill(ones, 1);
    return dot(terms, ones);
  }

  /** The inner product, rounded once. */
  static double dot(double[] x, double[] y) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < x.length; i++) {
      sum = sum.add(new BigDecimal(x[i]).multiply(new BigDecimal(y[i])));
    }
    return sum.doubleValue();
  }

  static int[] remove(int[] values, int at) {
    int[] rest = new int[values.length - 1];
    System.arraycopy(values, 0, rest, 0, at);
    System.arraycopy(values, at + 1, rest, at, rest.length - at);
    return rest;
  }

  static int[] insert(int[] values, int at, int value) {
    int[] more = new int[values.length + 1];
    System.arraycopy(values, 0, more, 0, at);
    System.arraycopy(values, at, more, at + 1, values.length - at);
    more[at] = value;
    return more;
  }

  static int[] with(int[] values, int at, int value) {
    int[] changed = values.clone();
    changed[at] = value;
    return changed;
  }
}
