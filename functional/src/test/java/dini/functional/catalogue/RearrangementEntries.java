package dini.functional.catalogue;

import static dini.functional.catalogue.Domain.BOOLS;
import static dini.functional.catalogue.Domain.REAL;

import dini.core.Diagonals;
import dini.core.GridOrder;
import dini.core.PadMode;
import dini.core.Rearrangements;
import dini.core.Reductions;
import dini.core.Shapes;
import dini.core.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Cutting, repeating, turning, shifting, padding; diagonals and triangles. */
final class RearrangementEntries {
  private RearrangementEntries() {}

  private static Entry one(String name, UnaryOperator<Tensor> f, UnaryOperator<Plain> g) {
    return Entry.of(name, x -> f.apply(x[0]), x -> g.apply(x[0]), REAL).linear().alsoIntegers();
  }

  /** An operation that reads some positions of an axis, by these positions. */
  private static Entry along(String name, int axis, UnaryOperator<Tensor> f, int... positions) {
    return one(name, f, x -> taken(x, axis, positions));
  }

  private static Plain taken(Plain x, int axis, int... positions) {
    return Plain.each(
        Plain.with(x.shape, axis, positions.length),
        i -> x.at(Plain.with(i, axis, positions[i[axis]])));
  }

  private static Entry split(String name, int axis, Entry.Operation f, int[]... parts) {
    return Entry.several(
            name,
            f,
            x -> Arrays.stream(parts).map(p -> taken(x[0], axis, p)).toArray(Plain[]::new),
            REAL)
        .linear()
        .alsoIntegers();
  }

  private static Tensor[] array(List<Tensor> tensors) {
    return tensors.toArray(Tensor[]::new);
  }

  private static int[] of(int... values) {
    return values;
  }

  /** Widths of the last axis. */
  private static Entry padded(PadMode mode, int before, int after, int... positions) {
    return one(
        "pad by " + mode + " " + before + ", " + after,
        x -> {
          int[] first = new int[x.rank()];
          int[] last = new int[x.rank()];
          first[x.rank() - 1] = before;
          last[x.rank() - 1] = after;
          return Rearrangements.pad(x, first, last, mode);
        },
        x -> taken(x, x.rank() - 1, positions));
  }

  private static Entry triangle(String name, boolean lower, int offset, UnaryOperator<Tensor> f) {
    return one(
            name,
            f,
            x ->
                Plain.each(
                    x.shape,
                    i -> {
                      int right = i[i.length - 1] - i[i.length - 2];
                      return (lower ? right <= offset : right >= offset) ? x.at(i) : 0;
                    }))
        .at("[3,3]", "[1,1]", "[2,4]", "[4,2]", "[0,2]", "[2,0]", "[2,3,2]");
  }

  /** The axes of rows and columns last. */
  private static Plain diagonal(Plain x, int offset) {
    int m = x.extent(-2);
    int n = x.extent(-1);
    int count = 0;
    while (place(0, offset) + count < n && place(0, -offset) + count < m) {
      count++;
    }
    int[] lead = Arrays.copyOf(x.shape, x.rank() - 2);
    return Plain.each(
        Plain.insert(lead, lead.length, count),
        i -> {
          int k = i[i.length - 1];
          int[] from = Arrays.copyOf(i, i.length + 1);
          from[i.length - 1] = place(k, -offset);
          from[i.length] = place(k, offset);
          return x.at(from);
        });
  }

  private static int place(int k, int offset) {
    return k + Math.max(0, offset);
  }

  private static Plain matrix(Plain x, int offset) {
    int order = x.data.length + Math.abs(offset);
    return Plain.each(
        of(order, order), i -> i[1] - i[0] == offset ? x.data[Math.min(i[0], i[1])] : 0);
  }

  private static Entry grid(GridOrder order, Entry.Operation f) {
    return Entry.several(
            "meshgrid " + order,
            f,
            x -> {
              boolean crossed = order == GridOrder.XY;
              int[] shape = {x[0].data.length, x[1].data.length, x[2].data.length};
              int[] own = crossed ? of(shape[1], shape[0], shape[2]) : shape;
              return new Plain[] {
                Plain.each(own, i -> x[0].data[i[crossed ? 1 : 0]]),
                Plain.each(own, i -> x[1].data[i[crossed ? 0 : 1]]),
                Plain.each(own, i -> x[2].data[i[2]])
              };
            },
            REAL,
            REAL,
            REAL)
        .linear()
        .alsoIntegers()
        .at("[2] [3] [1]", "[1] [0] [2]", "[] [2] [3]");
  }

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    entries.addAll(parts());
    entries.addAll(repeated());
    entries.addAll(turned());
    entries.addAll(diagonals());
    entries.addAll(ofTruths());
    return entries;
  }

  private static List<Entry> parts() {
    return List.of(
        split("split in 2", 0, x -> array(Rearrangements.split(x[0], 2, 0)), of(0, 1), of(2, 3))
            .at("[4]", "[4,3]", "[4,0]"),
        split(
                "split before 1, 1, 3",
                1,
                x -> array(Rearrangements.split(x[0], of(1, 1, 3), 1)),
                of(0),
                of(),
                of(1, 2),
                of(3))
            .at("[2,4]", "[2,4,3]"),
        Entry.several(
                "unstack",
                x -> array(Rearrangements.unstack(x[0], -1)),
                x -> {
                  int last = x[0].rank() - 1;
                  Plain[] parts = new Plain[2];
                  Arrays.setAll(
                      parts,
                      k -> {
                        Plain part = taken(x[0], last, k);
                        return new Plain(Plain.remove(part.shape, last), part.data);
                      });
                  return parts;
                },
                REAL)
            .linear()
            .alsoIntegers()
            .at("[2]", "[3,2]", "[0,2]"),
        grid(GridOrder.XY, x -> array(Rearrangements.meshgrid(x))),
        grid(GridOrder.IJ, x -> array(Rearrangements.meshgrid(GridOrder.IJ, x))));
  }

  private static List<Entry> repeated() {
    return List.of(
        one(
                "tile",
                x -> Rearrangements.tile(x, 2, 1, 3),
                x -> {
                  int[] own = {1, 1, 1};
                  System.arraycopy(x.shape, 0, own, 3 - x.rank(), x.rank());
                  Plain whole = new Plain(own, x.data);
                  return Plain.each(
                      of(2 * own[0], own[1], 3 * own[2]),
                      i -> whole.at(i[0] % own[0], i[1], i[2] % own[2]));
                })
            .at("[]", "[2]", "[2,3]", "[0]", "[3,2,2]"),
        along("tile no times", 0, x -> Rearrangements.tile(x, 0)).at("[2]"),
        along("repeat", 0, x -> Rearrangements.repeat(x, 2, 0), 0, 0, 1, 1, 2, 2)
            .at("[3]", "[3,2]", "[3,0]"),
        along("repeat no times", 0, x -> Rearrangements.repeat(x, 0, 0)).at("[3]", "[3,2]"),
        along("repeat each", 1, x -> Rearrangements.repeat(x, of(2, 0, 1), -1), 0, 0, 2)
            .at("[2,3]", "[0,3]"),
        one(
                "repeat of all",
                x -> Rearrangements.repeat(x, 2),
                x -> Plain.each(of(2 * x.data.length), i -> x.data[i[0] / 2]))
            .at("[]", "[3]", "[2,3]", "[0]"),
        padded(PadMode.EDGE, 2, 1, 0, 0, 0, 1, 2, 2).at("[3]", "[2,3]"),
        padded(PadMode.REFLECT, 2, 1, 2, 1, 0, 1, 2, 1).at("[3]", "[2,3]"),
        padded(PadMode.SYMMETRIC, 2, 1, 1, 0, 0, 1, 2, 2).at("[3]", "[2,3]"),
        padded(PadMode.WRAP, 2, 1, 1, 2, 0, 1, 2, 0).at("[3]", "[2,3]"),
        padded(PadMode.REFLECT, 3, 4, 1, 0, 1, 0, 1, 0, 1, 0, 1).at("[2]"),
        padded(PadMode.SYMMETRIC, 5, 3, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0).at("[2]"),
        padded(PadMode.WRAP, 3, 4, 1, 0, 1, 0, 1, 0, 1, 0, 1).at("[2]"),
        padded(PadMode.REFLECT, 1, 2, 0, 0, 0, 0).at("[1]", "[2,1]"),
        padded(PadMode.WRAP, 0, 0).at("[0]"),
        one(
                "pad of both axes",
                x -> Rearrangements.pad(x, of(1, 0), of(0, 2), PadMode.EDGE),
                x -> taken(taken(x, 0, 0, 0, 1), 1, 0, 1, 2, 2, 2))
            .at("[2,3]"));
  }

  private static List<Entry> turned() {
    return List.of(
        along("flip", 0, x -> Rearrangements.flip(x, 0), 2, 1, 0).at("[3]", "[3,2]", "[3,0]"),
        one(
                "flip of all",
                Rearrangements::flip,
                x -> {
                  double[] turned = new double[x.data.length];
                  Arrays.setAll(turned, i -> x.data[turned.length - 1 - i]);
                  return new Plain(x.shape, turned);
                })
            .at("[]", "[5]", "[2,3]", "[0,2]"),
        along("roll", 0, x -> Rearrangements.roll(x, 1, 0), 2, 0, 1).at("[3]", "[3,2]"),
        along("roll back around", 1, x -> Rearrangements.roll(x, -4, -1), 1, 2, 0).at("[2,3]"),
        one("roll of nothing", x -> Rearrangements.roll(x, 2, 0), x -> x).at("[0]", "[1]", "[2]"),
        one(
                "roll of all",
                x -> Rearrangements.roll(x, 1),
                x -> {
                  int n = x.data.length;
                  double[] shifted = new double[n];
                  Arrays.setAll(shifted, i -> x.data[(i + n - 1) % n]);
                  return new Plain(x.shape, shifted);
                })
            .at("[]", "[3]", "[2,3]"),
        one(
                "roll of two axes",
                x -> Rearrangements.roll(x, of(1, -1), of(0, 1)),
                x -> taken(taken(x, 0, 1, 0), 1, 1, 2, 0))
            .at("[2,3]"),
        one(
                "swapAxes",
                x -> Shapes.swapAxes(x, 0, -1),
                x ->
                    Plain.each(of(x.shape[2], x.shape[1], x.shape[0]), i -> x.at(i[2], i[1], i[0])))
            .at("[2,3,4]", "[2,0,1]"),
        one(
                "moveAxis of two",
                x -> Shapes.moveAxis(x, of(2, 0), of(0, 1)),
                x ->
                    Plain.each(of(x.shape[2], x.shape[0], x.shape[1]), i -> x.at(i[1], i[2], i[0])))
            .at("[2,3,4]", "[2,0,1]"),
        one("ravel", Shapes::ravel, x -> new Plain(of(x.data.length), x.data))
            .at("[]", "[3]", "[2,3]", "[0,2]"));
  }

  private static List<Entry> diagonals() {
    List<Entry> entries = new ArrayList<>();
    for (int offset : new int[] {0, 1, -2, 5}) {
      String name = " " + offset;
      entries.add(triangle("tril" + name, true, offset, x -> Diagonals.tril(x, offset)));
      entries.add(triangle("triu" + name, false, offset, x -> Diagonals.triu(x, offset)));
      entries.add(
          one("diag of a vector" + name, x -> Diagonals.diag(x, offset), x -> matrix(x, offset))
              .at("[3]", "[1]", "[0]"));
      entries.add(
          one("diag" + name, x -> Diagonals.diag(x, offset), x -> diagonal(x, offset))
              .at("[3,3]", "[1,1]", "[2,4]", "[4,2]", "[0,2]", "[2,0]"));
      entries.add(
          one(
                  "diagonal" + name,
                  x -> Diagonals.diagonal(x, offset, -2, -1),
                  x -> diagonal(x, offset))
              .at("[3,3]", "[2,2,4]", "[2,0,2]"));
      entries.add(
          one(
                  "trace" + name,
                  x -> Diagonals.trace(x, offset, -2, -1),
                  x -> {
                    Plain d = diagonal(x, offset);
                    return d.reduce(of(-1), Plain::sum);
                  })
              .within(Entry.Tolerance.SUMS)
              .at("[3,3]", "[2,2,4]", "[2,0,2]"));
    }
    entries.add(
        one(
                "diagonal of axes 2 and 0",
                x -> Diagonals.diagonal(x, 1, 2, 0),
                x ->
                    diagonal(
                        Plain.each(
                            of(x.shape[1], x.shape[2], x.shape[0]), i -> x.at(i[2], i[0], i[1])),
                        1))
            .at("[3,2,3]", "[4,1,2]"));
    return entries;
  }

  /** An operation on truth values. */
  private static Entry truths(String name, UnaryOperator<Tensor> f, UnaryOperator<Plain> g) {
    return Entry.of(name + " of truths", x -> f.apply(x[0]), x -> g.apply(x[0]), BOOLS).at("[3,4]");
  }

  private static List<Entry> ofTruths() {
    return List.of(
        truths("transpose", Shapes::transpose, x -> Plain.each(of(4, 3), i -> x.at(i[1], i[0]))),
        truths(
            "broadcastTo",
            x -> Shapes.broadcastTo(x, 2, 3, 4),
            x -> Plain.each(of(2, 3, 4), x::at)),
        truths("sum", x -> Reductions.sum(x, 0), x -> x.reduce(of(0), Plain::sum)),
        truths("sum of columns", x -> Reductions.sum(x, 1), x -> x.reduce(of(1), Plain::sum)),
        truths("no sum", x -> Reductions.sum(x, new int[0]), x -> x),
        truths("concatenate", x -> Shapes.concatenate(0, x, x), x -> taken(x, 0, 0, 1, 2, 0, 1, 2)),
        truths(
            "pad",
            x -> Shapes.pad(x, of(0, 1), of(0, 0), 1),
            x -> Plain.each(of(3, 5), i -> i[1] == 0 ? 1 : x.at(i[0], i[1] - 1))),
        truths("flip", x -> Rearrangements.flip(x, 0), x -> taken(x, 0, 2, 1, 0)),
        truths("roll", x -> Rearrangements.roll(x, 1, 0), x -> taken(x, 0, 2, 0, 1)),
        truths("repeat", x -> Rearrangements.repeat(x, of(0, 2, 1), 0), x -> taken(x, 0, 1, 1, 2)),
        truths("tile", x -> Rearrangements.tile(x, 2, 1), x -> taken(x, 0, 0, 1, 2, 0, 1, 2)),
        truths(
            "pad by WRAP",
            x -> Rearrangements.pad(x, of(1, 0), of(0, 0), PadMode.WRAP),
            x -> taken(x, 0, 2, 0, 1, 2)),
        truths("tril", Diagonals::tril, x -> Plain.each(x.shape, i -> i[1] <= i[0] ? x.at(i) : 0)),
        truths("diagonal", Diagonals::diagonal, x -> diagonal(x, 0)),
        truths("trace", Diagonals::trace, x -> diagonal(x, 0).reduce(of(0), Plain::sum)));
  }
}
