package dini.functional.catalogue;

import static dini.functional.catalogue.Domain.REAL;
import static dini.functional.catalogue.Entry.Tolerance.EXACT;
import static dini.functional.catalogue.Entry.Tolerance.SUMS;

import dini.core.Products;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Products of vectors, matrices and stacks of matrices, each operand read both ways. */
final class ProductEntries {
  private ProductEntries() {}

  private static final String[] RANKS = {
    "[3] [3]",
    "[2,3] [3]",
    "[3] [3,2]",
    "[2,3] [3,5]",
    "[1,1] [1,1]",
    "[0,3] [3,2]",
    "[2,0] [0,3]",
    "[7,17] [17,3]",
    "[2,3,4] [4,2]",
    "[3,2] [4,2,3]",
    "[2,2,3] [2,3,2]",
    "[2,1,2,3] [3,3,1]",
    "[2,2,3] [3]",
    "[3] [2,3,2]",
    "[0,2,3] [3,2]"
  };

  private static final String[] LARGE = {"[67,129] [129,35]", "[67,129] [129]", "[67] [67,45]"};

  /** The extents of an operand that is read transposed. */
  private static String swapped(String extents, boolean swap) {
    String[] parts = extents.substring(1, extents.length() - 1).split(",");
    if (swap && parts.length > 1) {
      String last = parts[parts.length - 1];
      parts[parts.length - 1] = parts[parts.length - 2];
      parts[parts.length - 2] = last;
    }
    return "[" + String.join(",", parts) + "]";
  }

  private static String[] swapped(String[] cases, boolean first, boolean second) {
    return Arrays.stream(cases)
        .map(text -> text.split(" "))
        .map(operands -> swapped(operands[0], first) + " " + swapped(operands[1], second))
        .toArray(String[]::new);
  }

  private static Plain transposed(Plain x, boolean transpose) {
    if (!transpose || x.rank() < 2) {
      return x;
    }
    int last = x.rank() - 1;
    int[] shape = swap(x.shape, last);
    return Plain.each(shape, i -> x.at(swap(i, last)));
  }

  private static Plain times(Plain x, Plain y) {
    return Plain.each(x.shape, i -> x.at(i) * y.at(i));
  }

  private static int[] swap(int[] values, int last) {
    int[] swapped = values.clone();
    swapped[last] = values[last - 1];
    swapped[last - 1] = values[last];
    return swapped;
  }

  private static Plain matmul(Plain x, Plain y) {
    if (x.rank() == 1) {
      Plain product = matmul(new Plain(new int[] {1, x.shape[0]}, x.data), y);
      int axis = product.rank() - (y.rank() == 1 ? 1 : 2);
      return new Plain(Plain.remove(product.shape, axis), product.data);
    }
    if (y.rank() == 1) {
      Plain product = matmul(x, new Plain(new int[] {y.shape[0], 1}, y.data));
      return new Plain(Plain.remove(product.shape, product.rank() - 1), product.data);
    }
    int k = x.extent(-1);
    Plain lead = new Plain(Arrays.copyOf(x.shape, x.rank() - 2), new double[0]);
    int[] stack =
        Plain.broadcast(lead, new Plain(Arrays.copyOf(y.shape, y.rank() - 2), new double[0]));
    int rows = stack.length;
    int[] shape = Plain.insert(Plain.insert(stack, rows, x.extent(-2)), rows + 1, y.extent(-1));
    double[] left = new double[k];
    double[] right = new double[k];
    return Plain.each(
        shape,
        i -> {
          for (int j = 0; j < k; j++) {
            left[j] = x.at(Plain.with(i, rows + 1, j));
            right[j] = y.at(Plain.with(i, rows, j));
          }
          return Plain.dot(left, right);
        });
  }

  private static Plain scalar(double value) {
    return new Plain(new int[0], new double[] {value});
  }

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    for (int flags = 0; flags < 4; flags++) {
      boolean first = (flags & 1) != 0;
      boolean second = (flags & 2) != 0;
      entries.add(
          Entry.of(
                  "matmul" + (first ? ", x transposed" : "") + (second ? ", y transposed" : ""),
                  x -> Products.matmul(x[0], x[1], first, second),
                  x -> matmul(transposed(x[0], first), transposed(x[1], second)),
                  REAL,
                  REAL)
              .at(swapped(RANKS, first, second))
              .large(swapped(LARGE, first, second))
              .within(SUMS));
    }
    entries.addAll(
        List.of(
            Entry.of(
                    "dot",
                    x -> Products.dot(x[0], x[1]),
                    x -> scalar(Plain.dot(x[0].data, x[1].data)),
                    REAL,
                    REAL)
                .at("[0] [0]", "[1] [1]", "[33] [33]")
                .large("[2053] [2053]")
                .within(SUMS),
            Entry.of(
                    "vdot",
                    x -> Products.vdot(x[0], x[1]),
                    x -> scalar(Plain.dot(x[0].data, x[1].data)),
                    REAL,
                    REAL)
                .at("[] []", "[3] [3]", "[2,3] [2,3]", "[2,0] [2,0]")
                .within(SUMS),
            Entry.of(
                    "outer",
                    x -> Products.outer(x[0], x[1]),
                    x ->
                        Plain.each(
                            new int[] {x[0].shape[0], x[1].shape[0]},
                            i -> x[0].data[i[0]] * x[1].data[i[1]]),
                    REAL,
                    REAL)
                .at("[3] [2]", "[0] [2]", "[1] [17]")
                .within(EXACT),
            Entry.of(
                    "gram",
                    x -> Products.gram(x[0], x[1]),
                    x -> matmul(transposed(x[0], true), matmul(x[0], x[1])),
                    REAL,
                    REAL)
                .at("[5,3] [3]", "[1,1] [1]", "[3,17] [17]", "[0,3] [3]", "[2,0] [0]")
                .large("[67,129] [129]")
                .within(new Entry.Tolerance(1e-11, true)), // two sums, one of sums
            Entry.of(
                    "weighted gram",
                    x -> Products.gram(x[0], x[1], x[2]),
                    x -> matmul(transposed(x[0], true), times(x[1], matmul(x[0], x[2]))),
                    REAL,
                    REAL,
                    REAL)
                .at("[5,3] [5] [3]", "[1,1] [1] [1]", "[3,17] [3] [17]", "[0,3] [0] [3]")
                .large("[67,129] [67] [129]")
                .within(new Entry.Tolerance(1e-11, true))));
    return entries;
  }
}
