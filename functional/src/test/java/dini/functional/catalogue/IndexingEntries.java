package dini.functional.catalogue;

import static dini.functional.catalogue.Domain.REAL;
import static dini.functional.catalogue.Domain.index;

import dini.core.DType;
import dini.core.Indexing;
import dini.core.Indexing.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reading and adding at positions that are data; every axis indexed has extent 4. */
final class IndexingEntries {
  private IndexingEntries() {}

  private static final int EXTENT = 4;

  /** The place that an index means, -1 for none. */
  private static int place(double index, Mode mode) {
    int at = (int) index;
    return switch (mode) {
      case THROW -> at < 0 ? at + EXTENT : at;
      case FILL -> at >= -EXTENT && at < EXTENT ? Math.floorMod(at, EXTENT) : -1;
      case CLAMP -> Math.clamp(at, 0, EXTENT - 1);
      case WRAP -> Math.floorMod(at, EXTENT);
    };
  }

  private static Plain take(Plain x, Plain indices, int axis, Mode mode) {
    int[] shape = Plain.remove(x.shape, axis);
    for (int i = 0; i < indices.rank(); i++) {
      shape = Plain.insert(shape, axis + i, indices.shape[i]);
    }
    return Plain.each(
        shape,
        i -> {
          int place = place(indices.at(Arrays.copyOfRange(i, axis, axis + indices.rank())), mode);
          int[] from = i.clone();
          for (int k = 0; k < indices.rank(); k++) {
            from = Plain.remove(from, axis);
          }
          return place < 0 ? Double.NaN : x.at(Plain.insert(from, axis, place));
        });
  }

  private static Plain takeAlong(Plain x, Plain indices, int axis, Mode mode) {
    return Plain.each(
        indices.shape,
        i -> {
          int place = place(indices.at(i), mode);
          return place < 0 ? Double.NaN : x.at(Plain.with(i, axis, place));
        });
  }

  /** In the order in which updates stand, so to the last bit. */
  private static Plain scatterAdd(Plain x, Plain indices, Plain updates, int axis) {
    Plain sums = x.map(v -> v);
    Plain.each(
        updates.shape,
        i -> {
          int place =
              place(indices.at(Arrays.copyOfRange(i, axis, axis + indices.rank())), Mode.THROW);
          int[] to = i.clone();
          for (int k = 0; k < indices.rank(); k++) {
            to = Plain.remove(to, axis);
          }
          to = Plain.insert(to, axis, place);
          int offset = 0;
          for (int k = 0; k < to.length; k++) {
            offset = offset * x.shape[k] + to[k];
          }
          return sums.data[offset] += updates.at(i);
        });
    return sums;
  }

  private static Domain indices(Mode mode) {
    return mode == Mode.THROW ? index(-EXTENT, EXTENT) : index(-3 * EXTENT, 3 * EXTENT);
  }

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    for (Mode mode : Mode.values()) {
      String suffix = mode == Mode.THROW ? "" : ", " + mode.name().toLowerCase(Locale.ROOT);
      entries.add(
          Entry.of(
                  "take along 0" + suffix,
                  x -> Indexing.take(x[0], x[1], 0, mode),
                  x -> take(x[0], x[1], 0, mode),
                  REAL,
                  indices(mode))
              .at("[4] []", "[4] [7]", "[4] [2,3]", "[4,3] [5]", "[4,3] [0]", "[4,0] [2]")
              .kind(mode == Mode.FILL ? Entry.Kind.SMOOTH : Entry.Kind.LINEAR));
      entries.add(
          Entry.of(
                  "take along -1" + suffix,
                  x -> Indexing.take(x[0], x[1], -1, mode),
                  x -> take(x[0], x[1], x[0].rank() - 1, mode),
                  REAL,
                  indices(mode))
              .at("[3,4] []", "[3,4] [7]", "[2,3,4] [2,3]")
              .kind(mode == Mode.FILL ? Entry.Kind.SMOOTH : Entry.Kind.LINEAR));
      entries.add(
          Entry.of(
                  "takeAlongAxis" + suffix,
                  x -> Indexing.takeAlongAxis(x[0], x[1], 1, mode),
                  x -> takeAlong(x[0], x[1], 1, mode),
                  REAL,
                  indices(mode))
              .at("[3,4] [3,7]", "[2,4,3] [2,2,3]", "[3,4] [3,0]")
              .kind(mode == Mode.FILL ? Entry.Kind.SMOOTH : Entry.Kind.LINEAR));
    }
    for (int axis : new int[] {0, 1}) {
      entries.add(
          Entry.of(
                  "scatterAdd along " + axis,
                  x -> Indexing.scatterAdd(x[0], x[1], x[2], axis),
                  x -> scatterAdd(x[0], x[1], x[2], axis),
                  REAL,
                  index(-EXTENT, EXTENT),
                  REAL)
              .at(
                  axis == 0
                      ? new String[] {"[4] [] []", "[4] [17] [17]", "[4,2] [2,3] [2,3,2]"}
                      : new String[] {"[3,4] [5] [3,5]", "[2,4] [0] [2,0]", "[2,4,3] [] [2,3]"})
              .linear()
              .alsoIntegers());
    }
    entries.add(
        Entry.of(
                "oneHot",
                x -> Indexing.oneHot(x[0], 5, DType.FLOAT32),
                x ->
                    Plain.each(
                        Plain.insert(x[0].shape, x[0].rank(), 5),
                        i -> x[0].at(Arrays.copyOf(i, i.length - 1)) == i[i.length - 1] ? 1 : 0),
                index(-2, 7))
            .at("[]", "[7]", "[2,3]", "[0]"));
    return entries;
  }
}
