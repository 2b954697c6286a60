package dini.functional.golden;

import com.google.gson.JsonObject;
import dini.core.Sorting;
import dini.core.TopK;
import java.util.List;

/** Operations that put elements in order. */
final class SortingOps {
  private SortingOps() {}

  static void addTo(OpTable table) {
    table.withParams(
        "sort", (in, params) -> Sorting.sort(in.get(0), axis(params), descending(params)));
    table.withParams(
        "argSort", (in, params) -> Sorting.argSort(in.get(0), axis(params), descending(params)));
    table.several(
        "topK",
        (in, params) -> {
          TopK best = Sorting.topK(in.get(0), params.get("k").getAsInt());
          return List.of(best.values(), best.indices());
        });
  }

  private static int axis(JsonObject params) {
    return params.get("axis").getAsInt();
  }

  private static boolean descending(JsonObject params) {
    return params.has("descending") && params.get("descending").getAsBoolean();
  }
}
