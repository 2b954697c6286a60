package dini.functional.catalogue;

import static dini.functional.catalogue.Domain.BOOLS;
import static dini.functional.catalogue.Domain.REAL;
import static dini.functional.catalogue.Domain.index;

import dini.core.DynamicSlices;
import dini.core.Reductions;
import java.util.Arrays;
import java.util.List;

/** Windows at starts that are data; every axis has extent 5 and every window size 2 in it. */
final class DynamicSliceEntries {
  private DynamicSliceEntries() {}

  private static final Domain STARTS = index(0, 4);
  private static final Domain FROM_END = index(-5, -1);

  private static int start(Plain starts, int axis) {
    int start = (int) starts.data[axis];
    return start < 0 ? start + 5 : start;
  }

  private static Plain window(Plain x, Plain starts) {
    int[] sizes = x.shape.clone();
    for (int axis = 0; axis < sizes.length; axis++) {
      sizes[axis] = x.shape[axis] == 5 ? 2 : x.shape[axis];
    }
    return Plain.each(
        sizes,
        i -> {
          int[] from = i.clone();
          for (int axis = 0; axis < i.length; axis++) {
            from[axis] += x.shape[axis] == 5 ? start(starts, axis) : 0;
          }
          return x.at(from);
        });
  }

  private static Plain updated(Plain x, Plain update, Plain starts) {
    return Plain.each(
        x.shape,
        i -> {
          int[] from = i.clone();
          boolean inside = true;
          for (int axis = 0; axis < i.length; axis++) {
            from[axis] -= start(starts, axis);
            inside &= from[axis] >= 0 && from[axis] < update.shape[axis];
          }
          return inside ? update.at(from) : x.at(i);
        });
  }

  private static int[] twos(int rank) {
    int[] sizes = new int[rank];
    Arrays.fill(sizes, 2);
    return sizes;
  }

  static List<Entry> all() {
    return List.of(
        sliced("dynamicSlice", REAL, STARTS).linear().alsoIntegers(),
        sliced("dynamicSlice from the end", REAL, FROM_END).linear(),
        sliced("dynamicSlice of truths", BOOLS, STARTS),
        Entry.of(
                "dynamicSlice by scalars",
                x -> DynamicSlices.dynamicSlice(x[0], List.of(x[1], x[2]), 2, 2),
                x ->
                    window(
                        x[0], new Plain(new int[] {2}, new double[] {x[1].data[0], x[2].data[0]})),
                REAL,
                STARTS,
                FROM_END)
            .at("[5,5] [] []")
            .linear(),
        Entry.of(
                "dynamicSliceInDim",
                x -> DynamicSlices.dynamicSliceInDim(x[0], x[1], 2, -1),
                x -> {
                  double[] starts = new double[x[0].rank()];
                  starts[starts.length - 1] = x[1].data[0];
                  return window(x[0], new Plain(new int[] {starts.length}, starts));
                },
                REAL,
                STARTS)
            .at("[5] []", "[3,5] []", "[0,5] []")
            .linear(),
        Entry.of(
                "windows of windows",
                x ->
                    Reductions.sum(
                        DynamicSlices.dynamicSlice(
                            DynamicSlices.dynamicUpdateSlice(x[0], x[1], x[2]), x[3], 2)),
                x -> {
                  Plain window = window(updated(x[0], x[1], x[2]), x[3]);
                  return window.reduce(new int[] {0}, Plain::sum);
                },
                REAL,
                REAL,
                STARTS,
                STARTS)
            .at("[5] [2] [1] [1]")
            .within(Entry.Tolerance.SUMS)
            .linear(),
        replaced("dynamicUpdateSlice", REAL, STARTS).linear().alsoIntegers(),
        replaced("dynamicUpdateSlice from the end", REAL, FROM_END).linear(),
        replaced("dynamicUpdateSlice of truths", BOOLS, STARTS),
        Entry.of(
                "dynamicUpdateSliceInDim",
                x -> DynamicSlices.dynamicUpdateSliceInDim(x[0], x[1], x[2], 0),
                x -> {
                  double[] starts = new double[x[0].rank()];
                  starts[0] = x[2].data[0];
                  return updated(x[0], x[1], new Plain(new int[] {starts.length}, starts));
                },
                REAL,
                REAL,
                STARTS)
            .at("[5] [2] []", "[5,3] [1,3] []", "[5,3] [0,3] []")
            .linear());
  }

  private static Entry sliced(String name, Domain domain, Domain starts) {
    return Entry.of(
            name,
            x -> DynamicSlices.dynamicSlice(x[0], x[1], twos(x[0].rank())),
            x -> window(x[0], x[1]),
            domain,
            starts)
        .at("[5] [1]", "[5,5] [2]", "[5,5,5] [3]");
  }

  private static Entry replaced(String name, Domain domain, Domain starts) {
    return Entry.of(
            name,
            x -> DynamicSlices.dynamicUpdateSlice(x[0], x[1], x[2]),
            x -> updated(x[0], x[1], x[2]),
            domain,
            domain,
            starts)
        .at("[5] [2] [1]", "[5,5] [1,2] [2]", "[5,5] [2,0] [2]");
  }
}
