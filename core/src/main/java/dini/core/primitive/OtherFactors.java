package dini.core.primitive;

import static dini.core.Comparisons.eq;
import static dini.core.Comparisons.where;
import static dini.core.Elementwise.mul;

import dini.core.Index;
import dini.core.Indexing;
import dini.core.Indexing.Mode;
import dini.core.Shape;
import dini.core.Shapes;
import dini.core.Sorting;
import dini.core.Tensor;
import dini.core.Tensors;
import java.util.Arrays;

/**
 * For every factor of a scattered product, the product of the other factors at its position. Only
 * products are taken, so that it and its derivatives of every order are right where factors are
 * zero: factors are ordered by position, and running products of each position's factors are taken
 * from both sides, in as many steps as the number of factors has binary digits.
 */
final class OtherFactors {
  private final Tensor places;
  private final int axis;
  private final int count;

  private OtherFactors(Tensor places, int axis) {
    this.places = places;
    this.axis = axis;
    this.count = places.shape().extent(axis);
  }

  static Tensor of(Scatter scatter, int extent, Tensor indices, Tensor factors) {
    int axis = scatter.axis();
    Tensor positions =
        new Ravel(axis, Ints.of(extent), scatter.mode(), scatter.operation()).bind(indices);
    Tensor lines = factors;
    if (!scatter.along()) {
      lines = Shapes.reshape(factors, Positions.merged(factors.shape(), axis, indices.rank()));
      positions = Positions.line(positions, axis, lines.shape());
    }
    if (scatter.mode() == Mode.FILL) {
      // what is dropped must not reach the others that are, not even as 0 times infinity
      lines = where(eq(positions, extent), 1, lines);
    }
    Tensor order = Sorting.argSort(positions, axis);
    OtherFactors sorted = new OtherFactors(Indexing.takeAlongAxis(positions, order, axis), axis);
    Tensor others = sorted.others(Indexing.takeAlongAxis(lines, order, axis));
    Tensor back = Indexing.takeAlongAxis(others, Sorting.argSort(order, axis), axis);
    return Shapes.reshape(back, factors.shape());
  }

  private Tensor others(Tensor factors) {
    OtherFactors reversed = new OtherFactors(reverse(places), axis);
    return mul(before(factors), reverse(reversed.before(reverse(factors))));
  }

  /** The product of the factors before each one at its position. */
  private Tensor before(Tensor factors) {
    Tensor running = preceding(factors, 1);
    for (int step = 1; step < count; step *= 2) {
      running = mul(running, preceding(running, step));
    }
    return running;
  }

  /** What stands some steps before, if it is at the same position, else 1. */
  private Tensor preceding(Tensor x, int steps) {
    if (steps >= count) {
      return Tensors.onesLike(x);
    }
    Tensor before = Shapes.slice(x, range(Index.to(-steps)));
    Tensor same =
        eq(
            Shapes.slice(places, range(Index.to(-steps))),
            Shapes.slice(places, range(Index.from(steps))));
    Shape none = x.shape().with(axis, steps);
    Tensor ones = Tensors.full(none, 1, x.dtype());
    return Shapes.concatenate(axis, ones, where(same, before, 1));
  }

  private Tensor reverse(Tensor x) {
    return Shapes.slice(x, range(Index.all().step(-1)));
  }

  private Index[] range(Index range) {
    Index[] indices = new Index[axis + 1];
    Arrays.fill(indices, Index.all());
    indices[axis] = range;
    return indices;
  }
}
