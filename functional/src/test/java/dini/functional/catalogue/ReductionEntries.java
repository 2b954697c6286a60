package dini.functional.catalogue;

import static dini.functional.catalogue.Domain.BOOLS;
import static dini.functional.catalogue.Domain.DISTINCT;
import static dini.functional.catalogue.Domain.INTS;
import static dini.functional.catalogue.Domain.LATTICE;
import static dini.functional.catalogue.Domain.LONGS;
import static dini.functional.catalogue.Domain.NONZERO;
import static dini.functional.catalogue.Domain.REAL;
import static dini.functional.catalogue.Entry.Kind.VALUE;
import static dini.functional.catalogue.Entry.Tolerance.EXACT;
import static dini.functional.catalogue.Entry.Tolerance.SUMS;

import dini.core.Norms;
import dini.core.Reductions;
import dini.core.Searching;
import dini.core.Statistics;
import dini.core.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Reductions over all axes, each, some and none. */
final class ReductionEntries {
  private ReductionEntries() {}

  private interface Reduction {
    Tensor of(Tensor x, int[] axes, boolean keepDims);
  }

  private static final String[] VECTORS = {"[1]", "[3]", "[17]", "[33]"};
  private static final String[] MATRICES = {"[1,1]", "[2,3]", "[7,5]"};
  private static final String[] CUBES = {"[2,3,2]", "[1,4,3]"};

  private static int[] all(int rank) {
    return IntStream.range(0, rank).toArray();
  }

  /** One operation over different axes: the table of all reductions. */
  private static void over(
      List<Entry> entries,
      String name,
      Domain domain,
      Reduction f,
      ToDoubleFunction<double[]> g,
      String... empty) {
    entries.add(
        Entry.of(
                name,
                x -> f.of(x[0], all(x[0].rank()), false),
                x -> x[0].reduce(all(x[0].rank()), g),
                domain)
            .at(join(empty, "[]", VECTORS, MATRICES))
            .large("[2053]", "[41,67]"));
    entries.add(on(name, domain, f, g, false, 0).at(join(VECTORS, "[3,0]", MATRICES, CUBES)));
    entries.add(
        on(name, domain, f, g, false, -1)
            .at(join(VECTORS, MATRICES, CUBES))
            .large("[3,1031]", "[67,41]"));
    entries.add(on(name, domain, f, g, false, 0, 2).at(CUBES));
    entries.add(on(name, domain, f, g, false, 1).at(join(MATRICES, CUBES)).large("[3,67,35]"));
    entries.add(
        Entry.of(
                name + " keeping axis 1",
                x -> f.of(x[0], new int[] {1}, true),
                x -> {
                  Plain reduced = x[0].reduce(new int[] {1}, g);
                  return new Plain(Plain.with(x[0].shape, 1, 1), reduced.data);
                },
                domain)
            .at(join(MATRICES, CUBES)));
    entries.add(on(name, domain, f, g, false).at(join("[]", VECTORS, MATRICES)));
  }

  private static Entry on(
      String name,
      Domain domain,
      Reduction f,
      ToDoubleFunction<double[]> g,
      boolean keepDims,
      int... axes) {
    return Entry.of(
        name + " over " + Arrays.toString(axes),
        x -> f.of(x[0], axes, keepDims),
        x -> x[0].reduce(axes, g),
        domain);
  }

  private static String[] join(Object... cases) {
    List<String> joined = new ArrayList<>();
    for (Object part : cases) {
      joined.addAll(part instanceof String[] several ? List.of(several) : List.of((String) part));
    }
    return joined.toArray(String[]::new);
  }

  static double logSumExp(double... x) {
    double max = Arrays.stream(x).max().orElse(Double.NEGATIVE_INFINITY);
    return x.length == 0
        ? max
        : max
            + StrictMath.log(
                Plain.sum(Arrays.stream(x).map(v -> StrictMath.exp(v - max)).toArray()));
  }

  /** Every element of x along an axis, less the logSumExp of the axis. */
  private static Plain logSoftmax(Plain x, int axis) {
    Plain shift = x.reduce(new int[] {axis}, ReductionEntries::logSumExp);
    return Plain.each(
        x.shape, i -> x.at(i) - shift.at(Plain.remove(i, axis < 0 ? axis + i.length : axis)));
  }

  static List<Entry> all() {
    List<Entry> sums = new ArrayList<>();
    over(sums, "sum", REAL, Reductions::sum, Plain::sum, "[0]", "[0,3]");
    sums.replaceAll(entry -> entry.linear().alsoIntegers());
    List<Entry> means = new ArrayList<>();
    over(means, "mean", REAL, Reductions::mean, v -> Plain.sum(v) / v.length);
    means.replaceAll(Entry::linear);
    List<Entry> entries = new ArrayList<>(sums);
    entries.addAll(means);
    over(entries, "logSumExp", REAL, Reductions::logSumExp, ReductionEntries::logSumExp);
    over(
        entries,
        "norm",
        NONZERO,
        Reductions::norm,
        v -> Math.sqrt(Plain.dot(v, v)),
        "[0]",
        "[0,3]");
    entries.replaceAll(entry -> entry.within(SUMS));
    List<Entry> extrema = new ArrayList<>();
    over(extrema, "max", DISTINCT, Reductions::max, v -> Arrays.stream(v).max().orElseThrow());
    over(extrema, "min", DISTINCT, Reductions::min, v -> Arrays.stream(v).min().orElseThrow());
    extrema.replaceAll(entry -> entry.within(EXACT).alsoIntegers());
    entries.addAll(extrema);
    for (int axis : new int[] {0, -1}) {
      entries.add(
          Entry.of(
                  "softmax along " + axis,
                  x -> Reductions.softmax(x[0], axis),
                  x -> logSoftmax(x[0], axis).map(StrictMath::exp),
                  REAL)
              .at(join(VECTORS, "[0]", MATRICES, CUBES))
              .within(SUMS));
      entries.add(
          Entry.of(
                  "logSoftmax along " + axis,
                  x -> Reductions.logSoftmax(x[0], axis),
                  x -> logSoftmax(x[0], axis),
                  REAL)
              .at(join(VECTORS, MATRICES, CUBES))
              .within(SUMS));
    }
    entries.add(
        Entry.of(
                "sum of truths",
                x -> Reductions.sum(x[0]),
                x -> x[0].reduce(all(x[0].rank()), Plain::sum),
                BOOLS)
            .at("[]", "[0]", "[17]", "[2,3]"));
    entries.add(
        Entry.of(
                "mean of nothing",
                x -> Reductions.mean(x[0]),
                x -> new Plain(new int[0], new double[] {Double.NaN}),
                REAL)
            .at("[0]", "[0,3]")
            .kind(VALUE));
    entries.add(
        Entry.of(
                "logSumExp of nothing",
                x -> Reductions.logSumExp(x[0], 0),
                x -> x[0].reduce(new int[] {0}, ReductionEntries::logSumExp),
                REAL)
            .at("[0]", "[0,3]")
            .kind(VALUE));
    entries.addAll(products());
    entries.addAll(spreads());
    entries.addAll(truths());
    entries.addAll(positions());
    return entries;
  }

  private static double product(double... x) {
    return Arrays.stream(x).reduce(1, (a, b) -> a * b);
  }

  /** Also where elements are 0: a product is smooth there. */
  private static List<Entry> products() {
    List<Entry> entries = new ArrayList<>();
    Reduction prod = Reductions::prod;
    over(entries, "prod", REAL, prod, ReductionEntries::product, "[0]", "[0,3]");
    entries.add(
        on("prod with zeros", LATTICE, prod, ReductionEntries::product, false, 0)
            .at("[2]", "[3]", "[5]", "[5,4]", "[2,3,2]"));
    entries.add(
        on("prod with zeros", LATTICE, prod, ReductionEntries::product, false, 0, -1)
            .at("[2,2]", "[3,4]", "[2,3,2]"));
    for (Domain integers : List.of(INTS, LONGS, BOOLS)) {
      entries.add(
          on("prod of " + integers.dtype(), integers, prod, ReductionEntries::product, false, 0)
              .at("[0]", "[7]", "[3,5]", "[2,3,2]"));
      entries.add(
          on("prod of " + integers.dtype(), integers, prod, ReductionEntries::product, false)
              .at("[]", "[7]"));
    }
    entries.replaceAll(entry -> entry.within(SUMS));
    return entries;
  }

  /** The variance with n - ddof as divisor; the deviations are exact up to one rounding. */
  private static double var(int ddof, double... x) {
    double mean = Plain.sum(x) / x.length;
    double[] deviations = Arrays.stream(x).map(v -> v - mean).toArray();
    return Plain.dot(deviations, deviations) / (x.length - ddof);
  }

  private static double power(double order, double... x) {
    double sum = Plain.sum(Arrays.stream(x).map(v -> StrictMath.pow(Math.abs(v), order)).toArray());
    return StrictMath.pow(sum, 1 / order);
  }

  private static List<Entry> spreads() {
    List<Entry> entries = new ArrayList<>();
    over(entries, "var", REAL, Statistics::var, v -> var(0, v));
    over(entries, "std", REAL, Statistics::std, v -> Math.sqrt(var(0, v)));
    Reduction sample = (x, axes, keepDims) -> Statistics.var(x, axes, keepDims, 1);
    Reduction deviation = (x, axes, keepDims) -> Statistics.std(x, axes, keepDims, 1);
    entries.add(on("var of a sample", REAL, sample, v -> var(1, v), false, 0).at("[3]", "[7,5]"));
    entries.add(
        on("std of a sample", REAL, deviation, v -> Math.sqrt(var(1, v)), false, -1)
            .at("[3]", "[2,7]"));
    for (double order : new double[] {1, 3, 2.5, 0.5}) {
      Reduction norm = (x, axes, keepDims) -> Norms.vectorNorm(x, order, axes, keepDims);
      String name = "vectorNorm of order " + order;
      over(entries, name, NONZERO, norm, v -> power(order, v), "[0]", "[0,3]");
    }
    Reduction largest =
        (x, axes, keepDims) -> Norms.vectorNorm(x, Double.POSITIVE_INFINITY, axes, keepDims);
    entries.add(
        on(
                "vectorNorm of order infinity",
                Domain.DISTINCT,
                largest,
                v -> Arrays.stream(v).map(Math::abs).max().orElse(0),
                false,
                0)
            .at("[1]", "[0]", "[0,3]", "[2,0]"));
    entries.replaceAll(entry -> entry.within(SUMS));
    return entries;
  }

  private static List<Entry> truths() {
    List<Entry> entries = new ArrayList<>();
    ToDoubleFunction<double[]> all = v -> Arrays.stream(v).allMatch(e -> e != 0) ? 1 : 0;
    ToDoubleFunction<double[]> any = v -> Arrays.stream(v).anyMatch(e -> e != 0) ? 1 : 0;
    ToDoubleFunction<double[]> count = v -> Arrays.stream(v).filter(e -> e != 0).count();
    for (Domain domain : List.of(BOOLS, LATTICE)) {
      String of = domain == BOOLS ? " of truths" : "";
      over(entries, "all" + of, domain, Reductions::all, all, "[0]", "[0,3]");
      over(entries, "any" + of, domain, Reductions::any, any, "[0]", "[0,3]");
      over(entries, "countNonZero" + of, domain, Reductions::countNonZero, count, "[0]", "[0,3]");
    }
    entries.replaceAll(entry -> entry.kind(VALUE).alsoIntegers());
    return entries;
  }

  private static double first(double best, double... x) {
    return IntStream.range(0, x.length).filter(i -> x[i] == best).findFirst().orElseThrow();
  }

  /** Ties are frequent, so that the first of them is seen to be chosen. */
  private static List<Entry> positions() {
    List<Entry> entries = new ArrayList<>();
    ToDoubleFunction<double[]> largest = v -> first(Arrays.stream(v).max().orElseThrow(), v);
    ToDoubleFunction<double[]> smallest = v -> first(Arrays.stream(v).min().orElseThrow(), v);
    for (Domain domain : List.of(LATTICE, BOOLS)) {
      for (int axis : new int[] {0, -1}) {
        String suffix = " along " + axis + (domain == BOOLS ? " of truths" : "");
        int[] axes = {axis};
        entries.add(
            Entry.of(
                    "argmax" + suffix,
                    x -> Searching.argmax(x[0], axis),
                    x -> x[0].reduce(axes, largest),
                    domain)
                .at(join(VECTORS, MATRICES, CUBES))
                .large("[2053]", "[41,67]"));
        entries.add(
            Entry.of(
                    "argmin" + suffix,
                    x -> Searching.argmin(x[0], axis),
                    x -> x[0].reduce(axes, smallest),
                    domain)
                .at(join(VECTORS, MATRICES, CUBES))
                .large("[2053]", "[41,67]"));
      }
      entries.add(
          Entry.of(
                  "argmax keeping axis 1" + (domain == BOOLS ? " of truths" : ""),
                  x -> Searching.argmax(x[0], 1, true),
                  x ->
                      new Plain(
                          Plain.with(x[0].shape, 1, 1), x[0].reduce(new int[] {1}, largest).data),
                  domain)
              .at(join(MATRICES, CUBES, "[0,3]")));
      entries.add(
          Entry.of(
                  "argmin" + (domain == BOOLS ? " of truths" : ""),
                  x -> Searching.argmin(x[0]),
                  x -> x[0].reduce(all(x[0].rank()), smallest),
                  domain)
              .at(join("[]", VECTORS, MATRICES)));
    }
    entries.replaceAll(entry -> entry.kind(VALUE).alsoIntegers());
    return entries;
  }
}
