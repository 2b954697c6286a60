package dini.functional.catalogue;

import dini.core.DType;
import dini.core.Shape;
import dini.core.Tensor;
import dini.core.Tensors;
import java.util.SplittableRandom;

/**
 * Where an argument comes from. Points at which an operation is not smooth are kept out here, by a
 * margin wider than the steps of the finite differences.
 *
 * @param dtype the dtype, null for the floating one of the run
 * @param draw the elements
 */
record Domain(DType dtype, Draw draw) {

  /** Draws all elements of an argument. */
  interface Draw {
    double[] values(SplittableRandom random, int[] shape);
  }

  /** Draws one element. */
  interface Element {
    double value(SplittableRandom random);
  }

  /** [-2, 2]. */
  static final Domain REAL = floating(random -> random.nextDouble(-2, 2));

  /** [0.5, 3]. */
  static final Domain POSITIVE = floating(random -> random.nextDouble(0.5, 3));

  /** [0.5, 2] with either sign. */
  static final Domain NONZERO =
      floating(random -> random.nextDouble(0.5, 2) * (random.nextBoolean() ? 1 : -1));

  /** -1, 0 and 1, so that ties are frequent; for results without derivative. */
  static final Domain LATTICE = floating(random -> random.nextInt(-1, 2));

  /** All elements different, by at least 0.03; in random order. */
  static final Domain DISTINCT =
      new Domain(
          null,
          (random, shape) -> {
            double[] values = new double[Plain.size(shape)];
            for (int i = 0; i < values.length; i++) {
              int j = random.nextInt(i + 1);
              values[i] = values[j];
              values[j] = (i - values.length / 2) * 0.05 + random.nextDouble(-0.01, 0.01);
            }
            return values;
          });

  /** Square matrices with a dominant diagonal. */
  static final Domain DOMINANT =
      matrices((x, i, j) -> x.at(i, j) + (i == j ? x.extent(0) + 1.5 : 0));

  /** Matrices of any extents with a dominant counter-diagonal, so that pivots change rows. */
  static final Domain SWAPPED =
      matrices(
          (x, i, j) -> {
            int k = Math.min(x.extent(0), x.extent(1));
            return x.at(i, j) + (i + j == k - 1 ? x.extent(0) + 1.5 : 0);
          });

  /** Symmetric positive definite matrices. */
  static final Domain DEFINITE =
      matrices((x, i, j) -> (x.at(i, j) + x.at(j, i)) / 2 + (i == j ? x.extent(0) + 1.5 : 0));

  /**
   * Matrices with singular values, and eigenvalues of the symmetric part, near 2, 4, 6, …, and a
   * first row that keeps the first components of vectors away from 0, where their sign would turn.
   */
  static final Domain SEPARATED =
      matrices(
          (x, i, j) -> {
            if (i == j) {
              return 2 * (i + 1) + x.at(i, j) / 4;
            }
            double first = Math.copySign(0.4 + Math.abs(x.at(i, j)) / 10, x.at(i, j));
            return i == 0 ? first : x.at(i, j) / 20;
          });

  static final Domain BOOLS = of(DType.BOOL, random -> random.nextInt(2));
  static final Domain INTS = of(DType.INT32, random -> random.nextInt(-5, 6));
  static final Domain LONGS = of(DType.INT64, random -> random.nextInt(-5, 6));

  /** Integers within {@code radius} of {@code offset}: everything else is a margin. */
  static Domain near(double offset, double radius) {
    return floating(random -> random.nextInt(-3, 4) + offset + random.nextDouble(-radius, radius));
  }

  /** Indices from {@code low} to before {@code high}. */
  static Domain index(int low, int high) {
    return of(DType.INT64, random -> random.nextInt(low, high));
  }

  static Domain floating(Element element) {
    return of(null, element);
  }

  static Domain of(DType dtype, Element element) {
    return new Domain(dtype, each(element));
  }

  private static Draw each(Element element) {
    return (random, shape) -> {
      double[] values = new double[Plain.size(shape)];
      for (int i = 0; i < values.length; i++) {
        values[i] = element.value(random);
      }
      return values;
    };
  }

  private interface Cell {
    double value(Plain noise, int row, int column);
  }

  /** Stacks of matrices, each made of noise in [-1, 1]. */
  private static Domain matrices(Cell cell) {
    return new Domain(
        null,
        (random, shape) -> {
          int m = shape[shape.length - 2];
          int n = shape[shape.length - 1];
          double[] values = new double[Plain.size(shape)];
          for (int at = 0; at < values.length; at += m * n) {
            Plain noise =
                new Plain(new int[] {m, n}, random.doubles((long) m * n, -1, 1).toArray());
            Plain matrix = Plain.each(noise.shape, i -> cell.value(noise, i[0], i[1]));
            System.arraycopy(matrix.data, 0, values, at, m * n);
          }
          return values;
        });
  }

  boolean floating() {
    return dtype == null;
  }

  Tensor draw(SplittableRandom random, int[] shape, DType run) {
    Domain domain = floating() && !run.isFloating() ? INTS : this;
    DType to = floating() ? run : dtype;
    return Tensors.tensor(Shape.of(shape), domain.draw.values(random, shape)).astype(to);
  }
}
