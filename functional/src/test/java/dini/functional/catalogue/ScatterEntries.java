package dini.functional.catalogue;

import static dini.functional.catalogue.Domain.DISTINCT;
import static dini.functional.catalogue.Domain.REAL;
import static dini.functional.catalogue.Domain.floating;
import static dini.functional.catalogue.Domain.index;

import dini.core.At;
import dini.core.DType;
import dini.core.Index;
import dini.core.Indexing;
import dini.core.Indexing.Mode;
import dini.core.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/** Writing at positions, update after update. */
final class ScatterEntries {
  private ScatterEntries() {}

  /** How an element and an update are combined, by either library. */
  private enum Kind {
    SET((x, u) -> u),
    ADD((x, u) -> x + u),
    MUL((x, u) -> x * u),
    MAX(Math::max),
    MIN(Math::min);

    private final DoubleBinaryOperator op;

    Kind(DoubleBinaryOperator op) {
      this.op = op;
    }

    Tensor apply(At at, Tensor updates) {
      return switch (this) {
        case SET -> at.set(updates);
        case ADD -> at.add(updates);
        case MUL -> at.mul(updates);
        case MAX -> at.max(updates);
        case MIN -> at.min(updates);
      };
    }

    boolean isLinear() {
      return this == SET || this == ADD;
    }

    /** Where extrema of elements and updates do not tie. */
    Domain elements() {
      return this == MAX || this == MIN
          ? floating(random -> random.nextInt(-6, 6) * 0.05 + 0.025)
          : REAL;
    }

    Domain updates() {
      return this == MAX || this == MIN ? DISTINCT : REAL;
    }
  }

  /** The place that an index means, -1 for none. */
  private static int place(double index, int extent, Mode mode) {
    int at = (int) index;
    return switch (mode) {
      case THROW -> at < 0 ? at + extent : at;
      case FILL -> at >= -extent && at < extent ? Math.floorMod(at, extent) : -1;
      case CLAMP -> Math.clamp(at, 0, extent - 1);
      case WRAP -> Math.floorMod(at, extent);
    };
  }

  /** Where an element of the result of indexing comes from; its index is -1 where it is nowhere. */
  private static int[] source(Plain x, int axis, Plain[] indices, int[] i, Mode mode) {
    int rank = Plain.broadcast(indices).length;
    int[] which = Arrays.copyOfRange(i, axis, axis + rank);
    int[] from = new int[x.rank()];
    System.arraycopy(i, 0, from, 0, axis);
    for (int k = 0; k < indices.length; k++) {
      from[axis + k] = place(indices[k].at(which), x.shape[axis + k], mode);
    }
    int rest = axis + indices.length;
    System.arraycopy(i, axis + rank, from, rest, x.rank() - rest);
    return from;
  }

  private static boolean isNowhere(int[] index) {
    return Arrays.stream(index).anyMatch(at -> at < 0);
  }

  private static int offset(Plain x, int... index) {
    int offset = 0;
    for (int k = 0; k < index.length; k++) {
      offset = offset * x.shape[k] + index[k];
    }
    return offset;
  }

  private static Plain put(
      Kind kind, Plain x, int axis, Mode mode, Plain updates, Plain... indices) {
    Plain out = x.map(v -> v);
    Plain.each(
        updates.shape,
        i -> {
          int[] to = source(x, axis, indices, i, mode);
          if (!isNowhere(to)) {
            int at = offset(x, to);
            out.data[at] = kind.op.applyAsDouble(out.data[at], updates.at(i));
          }
          return 0;
        });
    return out;
  }

  private static Plain gather(Plain x, int axis, Mode mode, Plain... indices) {
    int[] lines = Plain.broadcast(indices);
    int[] shape = x.shape;
    for (int k = 0; k < indices.length; k++) {
      shape = Plain.remove(shape, axis);
    }
    for (int k = 0; k < lines.length; k++) {
      shape = Plain.insert(shape, axis + k, lines[k]);
    }
    return Plain.each(
        shape,
        i -> {
          int[] from = source(x, axis, indices, i, mode);
          return isNowhere(from) ? Double.NaN : x.at(from);
        });
  }

  private static Plain putAlong(Plain x, Plain indices, Plain updates, int axis) {
    Plain out = x.map(v -> v);
    Plain.each(
        indices.shape,
        i -> {
          int at = place(indices.at(i), x.shape[axis], Mode.THROW);
          return out.data[offset(x, Plain.with(i, axis, at))] = updates.at(i);
        });
    return out;
  }

  /** {@code x[1:, ::-2]} of three columns. */
  private static Plain putRange(Kind kind, Plain x, Plain updates) {
    Plain out = x.map(v -> v);
    Plain.each(
        updates.shape,
        i -> {
          int at = offset(x, i[0] + 1, x.shape[1] - 1 - 2 * i[1]);
          return out.data[at] = kind.op.applyAsDouble(out.data[at], updates.at(i));
        });
    return out;
  }

  private static Plain segments(Kind kind, Plain data, Plain ids, int count, double start) {
    Plain out = Plain.each(Plain.with(data.shape, 0, count), i -> start);
    return put(kind, out, 0, Mode.THROW, data, ids);
  }

  /** Every segment of three has elements when there are at least three. */
  private static final Domain SEGMENTS =
      new Domain(
          DType.INT64,
          (random, shape) ->
              IntStream.range(0, Plain.size(shape))
                  .mapToDouble(i -> i % 3 - (random.nextBoolean() ? 3 : 0))
                  .toArray());

  private static Domain indices(int extent, Mode mode) {
    return mode == Mode.THROW ? index(-extent, extent) : index(-3 * extent, 3 * extent);
  }

  private static Entry along(Kind kind, int axis, Mode mode) {
    String suffix = mode == Mode.THROW ? "" : ", " + mode.name().toLowerCase(Locale.ROOT);
    Entry entry =
        Entry.of(
                "at " + kind + " along " + axis + suffix,
                x -> kind.apply(Indexing.at(x[0], axis, x[1]).mode(mode), x[2]),
                x -> put(kind, x[0], axis, mode, x[2], x[1]),
                kind.elements(),
                indices(4, mode),
                kind.updates())
            .at(
                axis == 0
                    ? new String[] {
                      "[4] [] []", "[4] [7] [7]", "[4,2] [2,3] [2,3,2]", "[4] [0] [0]"
                    }
                    : new String[] {"[3,4] [5] [3,5]", "[2,4,2] [3] [2,3,2]", "[2,4] [] [2]"})
            .alsoIntegers();
    return kind.isLinear() ? entry.linear() : entry;
  }

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      entries.add(along(kind, 0, Mode.THROW));
      entries.add(along(kind, 1, Mode.THROW));
      entries.add(along(kind, 0, Mode.FILL));
      Entry points =
          Entry.of(
                  "at " + kind + " points",
                  x -> kind.apply(Indexing.at(x[0], x[1], x[2]), x[3]),
                  x -> put(kind, x[0], 0, Mode.THROW, x[3], x[1], x[2]),
                  kind.elements(),
                  index(-3, 3),
                  index(-4, 4),
                  kind.updates())
              .at(
                  "[3,4] [5] [5] [5]",
                  "[3,4,2] [2,1] [3] [2,3,2]",
                  "[3,4] [] [] []",
                  "[3,4] [1] [1] [1]",
                  "[3,4] [0] [0] [0]")
              .large("[5,7] [17] [17] [17]");
      entries.add(kind.isLinear() ? points.linear() : points);
      Entry range =
          Entry.of(
                  "at " + kind + " range",
                  x -> kind.apply(Indexing.at(x[0], Index.from(1), Index.all().step(-2)), x[1]),
                  x -> putRange(kind, x[0], x[1]),
                  kind.elements(),
                  kind.updates())
              .at("[3,3] [2,2]", "[1,3] [0,2]", "[2,1] [1,1]")
              .large("[9,5] [8,3]")
              .alsoIntegers();
      entries.add(kind.isLinear() ? range.linear() : range);
    }
    entries.add(along(Kind.SET, 0, Mode.CLAMP));
    entries.add(along(Kind.MUL, 0, Mode.WRAP));
    for (Mode mode : Mode.values()) {
      entries.add(
          Entry.of(
                  "gather points of the last axes, " + mode,
                  x -> Indexing.at(x[0], 1, x[1], x[2]).mode(mode).get(),
                  x -> gather(x[0], 1, mode, x[1], x[2]),
                  REAL,
                  indices(3, mode),
                  indices(4, mode))
              .at("[2,3,4] [5] [5]", "[2,3,4] [2,1] [3]", "[2,3,4] [] [2]", "[0,3,4] [2] [2]")
              .kind(mode == Mode.FILL ? Entry.Kind.SMOOTH : Entry.Kind.LINEAR));
    }
    entries.add(
        Entry.of(
                "gather",
                x -> Indexing.gather(x[0], x[1], x[2]),
                x -> gather(x[0], 0, Mode.THROW, x[1], x[2]),
                REAL,
                index(-3, 3),
                index(-4, 4))
            .at("[3,4,2] [5] [5]", "[3,4] [2,1] [3]")
            .linear()
            .alsoIntegers());
    entries.add(
        Entry.of(
                "putAlongAxis",
                x -> Indexing.putAlongAxis(x[0], x[1], x[2], 1),
                x -> putAlong(x[0], x[1], x[2], 1),
                REAL,
                index(-4, 4),
                REAL)
            .at("[3,4] [3,6] [3,6]", "[2,4,2] [2,3,2] [2,3,2]", "[2,4] [2,0] [2,0]")
            .linear()
            .alsoIntegers());
    entries.add(
        Entry.of(
                "segmentSum",
                x -> Indexing.segmentSum(x[0], x[1], 3),
                x -> segments(Kind.ADD, x[0], x[1], 3, 0),
                REAL,
                index(-3, 3))
            .at("[7] [7]", "[5,2] [5]", "[0,2] [0]")
            .linear()
            .alsoIntegers());
    entries.add(
        Entry.of(
                "segmentMax",
                x -> Indexing.segmentMax(x[0], x[1], 3),
                x -> segments(Kind.MAX, x[0], x[1], 3, Double.NEGATIVE_INFINITY),
                DISTINCT,
                SEGMENTS)
            .at("[7] [7]", "[5,2] [5]", "[3] [3]")
            .alsoIntegers());
    entries.add(
        Entry.of(
                "segmentMin",
                x -> Indexing.segmentMin(x[0], x[1], 3),
                x -> segments(Kind.MIN, x[0], x[1], 3, Double.POSITIVE_INFINITY),
                DISTINCT,
                SEGMENTS)
            .at("[7] [7]", "[5,2] [5]", "[3] [3]")
            .alsoIntegers());
    return entries;
  }
}
