package dini.functional.catalogue;

import static dini.functional.catalogue.Domain.DISTINCT;
import static dini.functional.catalogue.Domain.LATTICE;
import static dini.functional.catalogue.Domain.floating;

import dini.core.Sorting;
import dini.core.Sorting.Side;
import dini.core.Tensor;
import dini.core.TopK;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Order among elements, against boxed numbers sorted by the JDK. */
final class SortingEntries {
  private SortingEntries() {}

  /** Numbers with ties, zeros of both signs, NaN and infinities. */
  private static final Domain EDGES =
      floating(
          random ->
              new double[] {
                    -1, -0.0, 0.0, 1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
                  }
                  [random.nextInt(7)]);

  /** Ascending numbers with ties. */
  private static final Domain ASCENDING =
      new Domain(
          null,
          (random, shape) ->
              IntStream.range(0, Plain.size(shape)).mapToDouble(i -> i / 2 - 1.0).toArray());

  private static final Comparator<Double> NAN_LAST =
      (a, b) -> a.isNaN() || b.isNaN() ? Boolean.compare(a.isNaN(), b.isNaN()) : order(a, b);

  private static int order(double a, double b) {
    return a < b ? -1 : a > b ? 1 : 0;
  }

  private static Comparator<Double> comparator(boolean descending) {
    return descending
        ? (a, b) -> a.isNaN() || b.isNaN() ? NAN_LAST.compare(a, b) : order(b, a)
        : NAN_LAST;
  }

  /** The positions of a line of numbers in order. */
  private static int[] positions(double[] line, Comparator<Double> order) {
    return IntStream.range(0, line.length)
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> line[i], order))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** What a function makes of every line along an axis. */
  private static Plain lines(Plain x, int axis, int count, Function<double[], double[]> f) {
    int at = axis < 0 ? axis + x.rank() : axis;
    return Plain.each(
        Plain.with(x.shape, at, count),
        i -> {
          double[] line = new double[x.shape[at]];
          Arrays.setAll(line, k -> x.at(Plain.with(i, at, k)));
          return f.apply(line)[i[at]];
        });
  }

  private static Plain argSort(Plain x, int axis, boolean descending) {
    return lines(
        x,
        axis,
        x.extent(axis),
        line -> IntStream.of(positions(line, comparator(descending))).asDoubleStream().toArray());
  }

  private static Plain sort(Plain x, int axis, boolean descending) {
    return lines(
        x,
        axis,
        x.extent(axis),
        line ->
            IntStream.of(positions(line, comparator(descending)))
                .mapToDouble(i -> line[i])
                .toArray());
  }

  /** NaN first, then from the largest, 0 before -0. */
  private static int[] largest(double[] line) {
    return positions(line, Comparator.reverseOrder());
  }

  private static Plain[] topK(Plain x, int k, int axis) {
    return new Plain[] {
      lines(x, axis, k, line -> IntStream.of(largest(line)).mapToDouble(i -> line[i]).toArray()),
      lines(x, axis, k, line -> IntStream.of(largest(line)).asDoubleStream().toArray())
    };
  }

  private static Tensor[] both(TopK best) {
    return new Tensor[] {best.values(), best.indices()};
  }

  private static double median(double... elements) {
    double[] sorted = elements.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return n == 0 || Double.isNaN(sorted[n - 1])
        ? Double.NaN
        : n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }

  private static Plain searchSorted(Plain sorted, Plain values, boolean right) {
    return values.map(
        v ->
            Arrays.stream(sorted.data)
                .filter(s -> NAN_LAST.compare(s, v) < 0 || right && NAN_LAST.compare(s, v) == 0)
                .count());
  }

  private static Plain[] nonzero(Plain x, int size, int fill) {
    List<double[]> found = new ArrayList<>();
    Plain.each(
        x.shape,
        i -> {
          if (x.at(i) != 0) {
            found.add(Arrays.stream(i).asDoubleStream().toArray());
          }
          return 0;
        });
    return IntStream.range(0, x.rank())
        .mapToObj(
            axis ->
                Plain.each(
                    new int[] {size}, i -> i[0] < found.size() ? found.get(i[0])[axis] : fill))
        .toArray(Plain[]::new);
  }

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    for (boolean descending : new boolean[] {false, true}) {
      String suffix = descending ? ", descending" : "";
      for (int axis : new int[] {0, -1}) {
        entries.add(
            Entry.of(
                    "sort along " + axis + suffix,
                    x -> Sorting.sort(x[0], axis, descending),
                    x -> sort(x[0], axis, descending),
                    DISTINCT)
                .at("[1]", "[7]", "[3,4]", "[2,3,2]", "[0]", "[0,3]", "[3,0]")
                .large("[49]", "[300]", "[50,3]", "[3,50]")
                .alsoIntegers());
      }
      entries.add(
          Entry.of(
                  "sort with edges" + suffix,
                  x -> Sorting.sort(x[0], 0, descending),
                  x -> sort(x[0], 0, descending),
                  EDGES)
              .at("[7]", "[9,2]")
              .large("[80]")
              .kind(Entry.Kind.VALUE));
      entries.add(
          Entry.of(
                  "argSort" + suffix,
                  x -> Sorting.argSort(x[0], 0, descending),
                  x -> argSort(x[0], 0, descending),
                  LATTICE)
              .at("[1]", "[7]", "[5,2]", "[0,2]")
              .large("[48]", "[49]", "[1000]", "[70,2]")
              .alsoIntegers());
    }
    entries.add(
        Entry.of(
                "argSort of BOOL",
                x -> Sorting.argSort(x[0]),
                x -> argSort(x[0], -1, false),
                Domain.BOOLS)
            .at("[7]", "[2,60]"));
    entries.add(
        Entry.several("topK", x -> both(Sorting.topK(x[0], 2)), x -> topK(x[0], 2, -1), DISTINCT)
            .at("[2]", "[7]", "[3,4]", "[0,3]")
            .large("[300]", "[37]")
            .alsoIntegers());
    entries.add(
        Entry.several(
                "topK along 0",
                x -> both(Sorting.topK(x[0], 3, 0)),
                x -> topK(x[0], 3, 0),
                DISTINCT)
            .at("[3]", "[5,2]", "[4,2,2]")
            .large("[40,3]"));
    entries.add(
        Entry.several(
                "topK of none", x -> both(Sorting.topK(x[0], 0)), x -> topK(x[0], 0, -1), DISTINCT)
            .at("[3]", "[2,0]", "[1]"));
    entries.add(
        Entry.several(
                "topK with edges", x -> both(Sorting.topK(x[0], 5)), x -> topK(x[0], 5, -1), EDGES)
            .at("[5]", "[2,9]")
            .large("[200]")
            .kind(Entry.Kind.VALUE));
    entries.add(
        Entry.of(
                "median",
                x -> Sorting.median(x[0]),
                x -> x[0].reduce(all(x[0]), SortingEntries::median),
                DISTINCT)
            .at("[]", "[1]", "[6]", "[7]", "[3,4]")
            .large("[99]", "[10,10]"));
    entries.add(
        Entry.of(
                "median over [1]",
                x -> Sorting.median(x[0], 1),
                x -> x[0].reduce(new int[] {1}, SortingEntries::median),
                DISTINCT)
            .at("[2,5]", "[2,4,3]", "[2,0]", "[0,3]"));
    entries.add(
        Entry.of(
                "median over [0, -1]",
                x -> Sorting.median(x[0], 0, -1),
                x -> x[0].reduce(new int[] {0, -1}, SortingEntries::median),
                DISTINCT)
            .at("[2,5]", "[3,4,3]"));
    entries.add(
        Entry.of(
                "median with edges",
                x -> Sorting.median(x[0], 1),
                x -> x[0].reduce(new int[] {1}, SortingEntries::median),
                EDGES)
            .at("[9,4]", "[9,3]")
            .kind(Entry.Kind.VALUE));
    for (Side side : Side.values()) {
      entries.add(
          Entry.of(
                  "searchSorted " + side,
                  x -> Sorting.searchSorted(x[0], x[1], side),
                  x -> searchSorted(x[0], x[1], side == Side.RIGHT),
                  ASCENDING,
                  EDGES)
              .at("[7] []", "[7] [5]", "[8] [2,3]", "[0] [3]", "[4] [0]", "[1] [1]")
              .large("[33] [19]")
              .kind(Entry.Kind.VALUE));
    }
    entries.add(
        Entry.several(
                "nonzero",
                x -> Sorting.nonzero(x[0], 4, -1).toArray(Tensor[]::new),
                x -> nonzero(x[0], 4, -1),
                EDGES)
            .at("[3]", "[9]", "[2,3]", "[2,2,2]", "[0]", "[0,2]", "[1]")
            .large("[33]", "[3,7]")
            .kind(Entry.Kind.VALUE)
            .alsoIntegers());
    return entries;
  }

  private static int[] all(Plain x) {
    return IntStream.range(0, x.rank()).toArray();
  }
}
