package dini.functional.catalogue;

import static dini.core.Index.at;
import static dini.core.Index.from;
import static dini.core.Index.range;
import static dini.core.Index.to;
import static dini.functional.catalogue.Domain.BOOLS;
import static dini.functional.catalogue.Domain.INTS;
import static dini.functional.catalogue.Domain.LONGS;
import static dini.functional.catalogue.Domain.REAL;
import static dini.functional.catalogue.Domain.near;
import static dini.functional.catalogue.Entry.Kind.ROUNDING;
import static dini.functional.catalogue.Entry.Kind.SMOOTH;

import dini.core.DType;
import dini.core.Index;
import dini.core.Shape;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.primitive.Ints;
import dini.core.primitive.Shift;
import dini.core.trace.Bind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Rearrangements of elements, and conversions of dtypes. */
final class ShapeEntries {
  private ShapeEntries() {}

  private static Entry one(String name, UnaryOperator<Tensor> f, UnaryOperator<Plain> g) {
    return Entry.of(name, x -> f.apply(x[0]), x -> g.apply(x[0]), REAL).linear().alsoIntegers();
  }

  private static Entry reshaped(String name, UnaryOperator<Tensor> f, int... extents) {
    return one(name, f, x -> new Plain(extents, x.data));
  }

  private static Entry permuted(String name, UnaryOperator<Tensor> f, int... axes) {
    return one(
        name,
        f,
        x -> {
          int[] shape = Arrays.stream(axes).map(axis -> x.shape[axis]).toArray();
          return Plain.each(
              shape,
              i -> {
                int[] from = new int[i.length];
                for (int axis = 0; axis < i.length; axis++) {
                  from[axes[axis]] = i[axis];
                }
                return x.at(from);
              });
        });
  }

  private static Entry repeated(int... shape) {
    return one(
        "broadcastTo " + Arrays.toString(shape),
        x -> Shapes.broadcastTo(x, shape),
        x -> Plain.each(shape, x::at));
  }

  /** A slice, by the positions that it reads of each axis; one of null is kept whole. */
  private static Entry sliced(String name, Index[] indices, int[][] positions, int... dropped) {
    return one(
        "slice " + name,
        x -> Shapes.slice(x, indices),
        x -> {
          int[] shape = x.shape.clone();
          for (int axis = 0; axis < positions.length; axis++) {
            shape[axis] = positions[axis] == null ? shape[axis] : positions[axis].length;
          }
          Plain taken =
              Plain.each(
                  shape,
                  i -> {
                    int[] from = i.clone();
                    for (int axis = 0; axis < positions.length; axis++) {
                      from[axis] = positions[axis] == null ? i[axis] : positions[axis][i[axis]];
                    }
                    return x.at(from);
                  });
          int[] kept = shape;
          for (int k = dropped.length - 1; k >= 0; k--) {
            kept = Plain.remove(kept, dropped[k]);
          }
          return new Plain(kept, taken.data);
        });
  }

  private static Index[] index(Index... indices) {
    return indices;
  }

  private static Index.Range whole() {
    return Index.all();
  }

  private static int[][] positions(int[]... positions) {
    return positions;
  }

  private static int[] of(int... values) {
    return values;
  }

  private static Entry padded(String name, int[] before, int[] after, double value) {
    return one(
            name,
            x -> Shapes.pad(x, before, after, value),
            x -> {
              int[] shape = new int[x.rank()];
              Arrays.setAll(shape, axis -> before[axis] + x.shape[axis] + after[axis]);
              return Plain.each(
                  shape,
                  i -> {
                    int[] from = i.clone();
                    Arrays.setAll(from, axis -> i[axis] - before[axis]);
                    boolean inside =
                        IntStream.range(0, from.length)
                            .allMatch(axis -> from[axis] >= 0 && from[axis] < x.shape[axis]);
                    return inside ? x.at(from) : value;
                  });
            })
        .kind(value == 0 ? Entry.Kind.LINEAR : SMOOTH);
  }

  /** What compiled programs have for padding and slices of it; negative paddings cut. */
  private static Entry shifted(String name, int... padding) {
    return one(
        name,
        x -> {
          int[] start = new int[x.rank()];
          int[] shape = x.shape().toArray();
          for (int axis = 0; axis < start.length; axis++) {
            start[axis] = -padding[2 * axis];
            shape[axis] += padding[2 * axis] + padding[2 * axis + 1];
          }
          return Bind.bind(new Shift(Ints.of(start), Shape.of(shape)), x);
        },
        x -> {
          int[] shape = x.shape.clone();
          Arrays.setAll(shape, axis -> shape[axis] + padding[2 * axis] + padding[2 * axis + 1]);
          return Plain.each(
              shape,
              i -> {
                int[] from = i.clone();
                Arrays.setAll(from, axis -> i[axis] - padding[2 * axis]);
                boolean inside =
                    IntStream.range(0, from.length)
                        .allMatch(axis -> from[axis] >= 0 && from[axis] < x.shape[axis]);
                return inside ? x.at(from) : 0;
              });
        });
  }

  /** The parts one after the other along an axis. */
  static Plain joined(int axis, Plain... parts) {
    int total = Arrays.stream(parts).mapToInt(part -> part.shape[axis]).sum();
    return Plain.each(
        Plain.with(parts[0].shape, axis, total),
        i -> {
          int[] from = i.clone();
          for (Plain part : parts) {
            if (from[axis] < part.shape[axis]) {
              return part.at(from);
            }
            from[axis] -= part.shape[axis];
          }
          throw new AssertionError();
        });
  }

  private static Plain stacked(int axis, Plain... parts) {
    Plain[] expanded =
        Arrays.stream(parts)
            .map(part -> new Plain(Plain.insert(part.shape, axis, 1), part.data))
            .toArray(Plain[]::new);
    return joined(axis, expanded);
  }

  private static Entry several(String name, Entry.Single f, Entry.SingleOracle g, int count) {
    Domain[] domains = new Domain[count];
    Arrays.fill(domains, REAL);
    return Entry.of(name, f, g, domains).linear().alsoIntegers();
  }

  private static Entry converted(Domain from, DType to, DoubleUnaryOperator g) {
    String source = from.floating() ? "floats" : from.dtype().shortName();
    return Entry.of(
            "astype " + source + " to " + to.shortName(),
            x -> Shapes.astype(x[0], to),
            x -> x[0].map(g),
            from)
        .at(ElementwiseEntries.ONE);
  }

  static List<Entry> all() {
    DoubleUnaryOperator same = v -> v;
    DoubleUnaryOperator narrow = v -> (float) v;
    DoubleUnaryOperator integer = v -> (int) v;
    DoubleUnaryOperator truth = v -> v == 0 ? 0 : 1;
    Domain fractions = near(0.5, 0.3);
    List<Entry> entries =
        new ArrayList<>(
            List.of(
                reshaped("reshape to (3, -1)", x -> Shapes.reshape(x, 3, -1), 3, 2)
                    .at("[6]", "[2,3]", "[1,3,2]"),
                reshaped("reshape to (0, 4)", x -> Shapes.reshape(x, 0, 4), 0, 4)
                    .at("[0]", "[2,0]"),
                reshaped("reshape to (1, 1)", x -> Shapes.reshape(x, 1, 1), 1, 1).at("[]", "[1]"),
                reshaped("reshape to ()", x -> Shapes.reshape(x, Shape.SCALAR)).at("[1]", "[1,1]"),
                reshaped("expandDims", x -> Shapes.expandDims(x, -2), 2, 1, 3).at("[2,3]"),
                reshaped("squeeze", x -> Shapes.squeeze(x, 1), 2, 3).at("[2,1,3]"),
                repeated(2, 3).at("[]", "[3]", "[1]", "[2,1]", "[2,3]", "[1,3]"),
                repeated(0).at("[]", "[1]"),
                repeated(2, 3, 17).at("[17]", "[3,1]", "[2,1,17]"),
                permuted("transpose", Shapes::transpose, 1, 0)
                    .at("[2,3]", "[0,3]", "[1,7]", "[5,17]")
                    .large("[67,41]"),
                permuted("transpose of a vector", Shapes::transpose, 0).at("[3]", "[0]"),
                permuted("transpose by (2, 0, 1)", x -> Shapes.transpose(x, 2, 0, 1), 2, 0, 1)
                    .at("[2,3,4]", "[1,7,2]", "[2,0,3]")
                    .large("[7,19,33]"),
                permuted("moveAxis", x -> Shapes.moveAxis(x, 0, -1), 1, 2, 0).at("[2,3,4]"),
                sliced("1:", index(from(1)), positions(of(1, 2, 3))).at("[4]", "[4,3]", "[4,0]"),
                sliced(":-1", index(to(-1)), positions(of(0, 1, 2))).at("[4]", "[4,3]"),
                sliced("::-1", index(whole().step(-1)), positions(of(3, 2, 1, 0)))
                    .at("[4]", "[4,3]"),
                sliced("6:0:-2", index(range(6, 0, -2)), positions(of(6, 4, 2))).at("[7]", "[7,2]"),
                sliced("5:2", index(range(5, 2)), positions(of())).at("[7]", "[7,2]"),
                sliced("0:99:3", index(range(0, 99, 3)), positions(of(0, 3, 6))).at("[7]", "[8,2]"),
                sliced("-1", index(at(-1)), positions(of(3)), 0).at("[4]", "[4,2]"),
                sliced(":, 1", index(whole(), at(1)), positions(null, of(1)), 1)
                    .at("[4,2]", "[0,3]", "[17,3]", "[2,3,2]"),
                sliced(
                        "::-1, 1, ::2",
                        index(whole().step(-1), at(1), whole().step(2)),
                        positions(of(2, 1, 0), of(1), of(0, 2, 4)),
                        1)
                    .at("[3,2,5]"),
                padded("pad with zeros", new int[] {1}, new int[] {2}, 0).at("[0]", "[1]", "[17]"),
                padded("pad with 3", new int[] {0, 2}, new int[] {1, 0}, 3).at("[2,3]", "[0,2]"),
                shifted("shift", 2, -1).at("[0]", "[1]", "[4]", "[17]"),
                shifted("shift of rows", -1, 1, 1, -2).at("[3,4]", "[0,4]", "[2,2]"),
                shifted("shift out of sight", 5, -5).at("[4]"),
                shifted("shift of a scalar").at("[]"),
                padded("pad of a scalar", new int[0], new int[0], 0).at("[]"),
                several("concatenate along 0", x -> Shapes.concatenate(0, x), x -> joined(0, x), 3)
                    .at("[3] [0] [17]", "[1,2] [3,2] [2,2]"),
                several(
                        "concatenate along -1",
                        x -> Shapes.concatenate(-1, x),
                        x -> joined(x[0].rank() - 1, x),
                        2)
                    .at("[2,3] [2,1]", "[0,2] [0,3]", "[2,1,3] [2,1,4]"),
                several("stack along 0", x -> Shapes.stack(0, x), x -> stacked(0, x), 2)
                    .at("[] []", "[3] [3]", "[0] [0]"),
                several("stack along 1", x -> Shapes.stack(1, x), x -> stacked(1, x), 3)
                    .at("[3] [3] [3]", "[2,2] [2,2] [2,2]")));
    entries.addAll(
        List.of(
            converted(REAL, DType.FLOAT64, same).linear(),
            converted(REAL, DType.FLOAT32, narrow).kind(ROUNDING),
            converted(fractions, DType.INT32, integer),
            converted(fractions, DType.INT64, integer),
            converted(REAL, DType.BOOL, truth)));
    for (Domain from : List.of(INTS, LONGS, BOOLS)) {
      entries.add(converted(from, DType.FLOAT64, same));
      entries.add(converted(from, DType.FLOAT32, same));
      entries.add(converted(from, DType.INT32, same));
      entries.add(converted(from, DType.INT64, same));
      entries.add(converted(from, DType.BOOL, truth));
    }
    return entries;
  }
}
