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

  /** Square matrices with a dominant diagonal, in the last two axes. */
  static final Domain DOMINANT = matrix((at, other) -> at, 1.5);

  /** Symmetric positive definite matrices in the last two axes. */
  static final Domain DEFINITE = matrix((at, other) -> (at + other) / 2, 1.5);

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

  private interface Mix {
    double of(double at, double mirrored);
  }

  private static Domain matrix(Mix mix, double margin) {
    return new Domain(
        null,
        (random, shape) -> {
          double[] raw = each(r -> r.nextDouble(-1, 1)).values(random, shape);
          Plain plain = new Plain(shape, raw);
          int rank = shape.length;
          int n = shape[rank - 1];
          return Plain.each(
                  shape,
                  at -> {
                    int[] mirrored = at.clone();
                    mirrored[rank - 1] = at[rank - 2];
                    mirrored[rank - 2] = at[rank - 1];
                    double value = mix.of(plain.at(at), plain.at(mirrored));
                    return value + (at[rank - 1] == at[rank - 2] ? n + margin : 0);
                  })
              .data;
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
