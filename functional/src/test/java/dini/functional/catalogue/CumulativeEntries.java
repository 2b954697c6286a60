package dini.functional.catalogue;

import static dini.functional.catalogue.Domain.BOOLS;
import static dini.functional.catalogue.Domain.DISTINCT;
import static dini.functional.catalogue.Domain.INTS;
import static dini.functional.catalogue.Domain.LATTICE;
import static dini.functional.catalogue.Domain.LONGS;
import static dini.functional.catalogue.Domain.REAL;
import static dini.functional.catalogue.Entry.Tolerance.EXACT;
import static dini.functional.catalogue.Entry.Tolerance.SUMS;

import dini.core.Cumulative;
import dini.core.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Scans along each axis, in both directions. */
final class CumulativeEntries {
  private CumulativeEntries() {}

  private interface Scan {
    Tensor of(Tensor x, int axis, boolean reverse);
  }

  /** What a function says of the elements of each prefix, or suffix. */
  private static Plain prefixes(
      Plain x, int axis, boolean reverse, ToDoubleFunction<double[]> prefix) {
    int at = axis < 0 ? axis + x.rank() : axis;
    return Plain.each(
        x.shape,
        i -> {
          int length = reverse ? x.shape[at] - i[at] : i[at] + 1;
          double[] met = new double[length];
          Arrays.setAll(met, k -> x.at(Plain.with(i, at, reverse ? x.shape[at] - 1 - k : k)));
          return prefix.applyAsDouble(met);
        });
  }

  /** Axis 0 has neighbours beside it in the shapes of rank 2, the last has none. */
  private static List<Entry> scans(
      String name, Domain domain, Scan scan, ToDoubleFunction<double[]> prefix) {
    List<Entry> entries = new ArrayList<>();
    for (int axis : new int[] {0, -1}) {
      for (boolean reverse : new boolean[] {false, true}) {
        entries.add(
            Entry.of(
                    name + " along " + axis + (reverse ? ", reverse" : ""),
                    x -> scan.of(x[0], axis, reverse),
                    x -> prefixes(x[0], axis, reverse, prefix),
                    domain)
                .at("[1]", "[0]", "[2]", "[5]", "[2,3]", "[7,5]", "[0,3]", "[3,0]", "[2,3,2]")
                .large("[33]", "[9,17]"));
      }
    }
    entries.add(
        Entry.of(
                name + " along 1",
                x -> scan.of(x[0], 1, false),
                x -> prefixes(x[0], 1, false, prefix),
                domain)
            .at("[2,3,2]", "[3,4,1]"));
    return entries;
  }

  private static double product(double... x) {
    return Arrays.stream(x).reduce((a, b) -> a * b).orElseThrow();
  }

  private static double max(double... x) {
    return Arrays.stream(x).max().orElseThrow();
  }

  private static double min(double... x) {
    return Arrays.stream(x).min().orElseThrow();
  }

  static List<Entry> all() {
    List<Entry> sums = scans("cumSum", REAL, Cumulative::cumSum, Plain::sum);
    sums.replaceAll(entry -> entry.linear().alsoIntegers());
    sums.addAll(scans("cumProd", REAL, Cumulative::cumProd, CumulativeEntries::product));
    sums.addAll(
        scans("cumProd with zeros", LATTICE, Cumulative::cumProd, CumulativeEntries::product));
    sums.addAll(scans("cumLogSumExp", REAL, Cumulative::cumLogSumExp, ReductionEntries::logSumExp));
    sums.replaceAll(entry -> entry.within(SUMS));
    List<Entry> entries = new ArrayList<>(sums);
    for (Domain integers : List.of(INTS, LONGS, BOOLS)) {
      String of = " of " + integers.dtype();
      entries.add(scans("cumSum" + of, integers, Cumulative::cumSum, Plain::sum).getFirst());
      entries.add(
          Entry.of(
                  "cumProd" + of,
                  x -> Cumulative.cumProd(x[0], 0),
                  x -> prefixes(x[0], 0, false, CumulativeEntries::product),
                  integers)
              .at("[0]", "[7]", "[7,3]"));
    }
    List<Entry> extremes = scans("cumMax", DISTINCT, Cumulative::cumMax, CumulativeEntries::max);
    extremes.addAll(scans("cumMin", DISTINCT, Cumulative::cumMin, CumulativeEntries::min));
    extremes.replaceAll(entry -> entry.within(EXACT).alsoIntegers());
    entries.addAll(extremes);
    return entries;
  }
}
