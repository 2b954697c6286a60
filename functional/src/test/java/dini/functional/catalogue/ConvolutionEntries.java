package dini.functional.catalogue;

import static dini.functional.catalogue.Domain.DISTINCT;
import static dini.functional.catalogue.Domain.REAL;
import static dini.functional.catalogue.Entry.Tolerance.SUMS;

import dini.core.Convolutions;
import dini.core.Window;
import dini.core.Window.Padding;
import java.util.ArrayList;
import java.util.List;

/** Windows that move over images, one element after the other. */
final class ConvolutionEntries {
  private ConvolutionEntries() {}

  /** A window along one axis: the padding is written out. */
  private record Line(int stride, int dilation, int before, int behind) {
    int outputs(int extent, int size) {
      int outputs = 0;
      while (outputs * stride + (size - 1) * dilation < extent + before + behind) {
        outputs++;
      }
      return outputs;
    }

    int at(int output, int element) {
      return output * stride + element * dilation - before;
    }
  }

  /** The same window along both axes, for the library and for the loops. */
  private record Case(String name, Window window, Line rows, Line columns, int groups) {}

  private static final Case PLAIN =
      new Case("", Window.VALID, new Line(1, 1, 0, 0), new Line(1, 1, 0, 0), 1);

  private static final Case GROUPS =
      new Case(
          ", groups",
          Window.VALID.strides(2, 1).padding(1, 2).dilation(1, 2),
          new Line(2, 1, 1, 1),
          new Line(1, 2, 2, 2),
          2);

  private static final Case UNEVEN =
      new Case(
          ", uneven padding",
          Window.VALID.padding(new Padding.Explicit(0, 2, 1, 0)).strides(1, 3),
          new Line(1, 1, 0, 2),
          new Line(3, 1, 1, 0),
          1);

  /** Of extent 5 with a window of 3 by 2, 3 outputs in each direction. */
  private static final Case SAME =
      new Case(", same", Window.SAME.strides(2), new Line(2, 1, 1, 1), new Line(2, 1, 0, 1), 1);

  private static double inside(Plain x, int n, int c, int row, int column) {
    boolean in = row >= 0 && row < x.shape[2] && column >= 0 && column < x.shape[3];
    return in ? x.at(n, c, row, column) : 0;
  }

  private static Plain conv(Plain x, Plain w, Case by) {
    int each = w.shape[0] / by.groups;
    return Plain.each(
        new int[] {
          x.shape[0],
          w.shape[0],
          by.rows.outputs(x.shape[2], w.shape[2]),
          by.columns.outputs(x.shape[3], w.shape[3])
        },
        i -> {
          double sum = 0;
          for (int c = 0; c < w.shape[1]; c++) {
            int channel = i[1] / each * w.shape[1] + c;
            for (int kr = 0; kr < w.shape[2]; kr++) {
              for (int kc = 0; kc < w.shape[3]; kc++) {
                int row = by.rows.at(i[2], kr);
                int column = by.columns.at(i[3], kc);
                sum += inside(x, i[0], channel, row, column) * w.at(i[1], c, kr, kc);
              }
            }
          }
          return sum;
        });
  }

  private static Plain transposed(Plain y, Plain w, Case by, int height, int width) {
    int each = w.shape[0] / by.groups;
    Plain x = Plain.each(new int[] {y.shape[0], by.groups * w.shape[1], height, width}, i -> 0);
    Plain.each(
        y.shape,
        i -> {
          for (int c = 0; c < w.shape[1]; c++) {
            int channel = i[1] / each * w.shape[1] + c;
            for (int kr = 0; kr < w.shape[2]; kr++) {
              for (int kc = 0; kc < w.shape[3]; kc++) {
                int row = by.rows.at(i[2], kr);
                int column = by.columns.at(i[3], kc);
                if (row >= 0 && row < height && column >= 0 && column < width) {
                  int at = ((i[0] * x.shape[1] + channel) * height + row) * width + column;
                  x.data[at] += y.at(i) * w.at(i[1], c, kr, kc);
                }
              }
            }
          }
          return 0;
        });
    return x;
  }

  /** The elements of the window of every output, as what is made of them. */
  private interface Pool {
    double of(List<Double> elements);
  }

  private static Plain pool(Plain x, int height, int width, Case by, Pool pool) {
    int rank = x.rank();
    int[] shape = Plain.with(x.shape, rank - 2, by.rows.outputs(x.extent(-2), height));
    return Plain.each(
        Plain.with(shape, rank - 1, by.columns.outputs(x.extent(-1), width)),
        i -> {
          List<Double> elements = new ArrayList<>();
          for (int kr = 0; kr < height; kr++) {
            for (int kc = 0; kc < width; kc++) {
              int row = by.rows.at(i[rank - 2], kr);
              int column = by.columns.at(i[rank - 1], kc);
              if (row >= 0 && row < x.extent(-2) && column >= 0 && column < x.extent(-1)) {
                elements.add(x.at(Plain.with(Plain.with(i, rank - 2, row), rank - 1, column)));
              }
            }
          }
          return pool.of(elements);
        });
  }

  private static double sum(List<Double> elements) {
    return elements.stream().reduce(0.0, Double::sum);
  }

  private static Entry conv(Case by, String... shapes) {
    return Entry.of(
            "conv2d" + by.name,
            x -> Convolutions.conv2d(x[0], x[1], by.window, by.groups),
            x -> conv(x[0], x[1], by),
            REAL,
            REAL)
        .at(shapes)
        .within(SUMS);
  }

  private static Entry transposed(Case by, int height, int width, String shapes) {
    return Entry.of(
            "convTranspose2d" + by.name,
            x -> Convolutions.convTranspose2d(x[0], x[1], by.window, by.groups),
            x -> transposed(x[0], x[1], by, height, width),
            REAL,
            REAL)
        .at(shapes)
        .within(SUMS);
  }

  private static Entry avgPool(Case by, boolean countPadding, String... shapes) {
    return Entry.of(
            "avgPool2d" + by.name + (countPadding ? "" : ", padding left out"),
            x -> Convolutions.avgPool2d(x[0], 3, 2, by.window, countPadding),
            x -> pool(x[0], 3, 2, by, list -> sum(list) / (countPadding ? 6 : list.size())),
            REAL)
        .at(shapes)
        .linear();
  }

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    entries.add(
        conv(
                PLAIN,
                "[2,3,4,5] [2,3,2,3]",
                "[1,1,1,1] [1,1,1,1]",
                "[2,2,8,9] [3,2,1,1]",
                "[0,2,3,3] [2,2,2,2]",
                "[2,0,3,3] [2,0,2,2]",
                "[1,1,2,3] [0,1,2,2]")
            .large("[2,16,40,40] [3,16,3,3]", "[70,2,4,4] [3,2,3,3]", "[3,17,9,10] [5,17,1,1]"));
    entries.add(conv(GROUPS, "[2,4,4,3] [2,2,3,2]", "[1,2,3,2] [4,1,2,2]"));
    entries.add(conv(UNEVEN, "[2,2,3,4] [2,2,3,2]"));
    entries.add(conv(SAME, "[2,1,5,5] [2,1,3,2]"));
    entries.add(transposed(PLAIN, 4, 5, "[2,2,3,4] [2,3,2,2]"));
    entries.add(transposed(GROUPS, 3, 3, "[1,4,2,5] [4,1,3,2]"));
    Case doubled =
        new Case(", same", Window.SAME.strides(2), new Line(2, 1, 0, 1), new Line(2, 1, 0, 0), 1);
    entries.add(transposed(doubled, 4, 6, "[1,2,2,3] [2,1,3,2]"));
    for (Case by : List.of(PLAIN, UNEVEN)) {
      entries.add(
          Entry.of(
                  "maxPool2d" + by.name,
                  x -> Convolutions.maxPool2d(x[0], 3, 2, by.window),
                  x ->
                      pool(x[0], 3, 2, by, list -> list.stream().reduce(Double::max).orElseThrow()),
                  DISTINCT)
              .at("[3,2]", "[4,5]", "[2,2,3,4]", "[0,3,4]", "[7,5]"));
      entries.add(avgPool(by, true, "[3,2]", "[4,5]", "[2,2,3,4]", "[0,3,4]", "[7,5]"));
      entries.add(avgPool(by, false, "[2,3,4]"));
    }
    return entries;
  }
}
