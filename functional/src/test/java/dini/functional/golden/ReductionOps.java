package dini.functional.golden;

import com.google.gson.JsonObject;
import dini.core.Elementwise;
import dini.core.Reductions;
import dini.core.Tensor;
import java.util.stream.IntStream;

/** Reductions over axes. */
final class ReductionOps {
  private ReductionOps() {}

  /** A reduction as the library offers it. */
  private interface Reduction {
    Tensor apply(Tensor x, int[] axes, boolean keepDims);
  }

  static void addTo(OpTable table) {
    reduction(table, "sum", Reductions::sum);
    reduction(table, "mean", Reductions::mean);
    reduction(table, "max", Reductions::max);
    reduction(table, "min", Reductions::min);
    reduction(table, "logSumExp", Reductions::logSumExp);
    reduction(table, "norm:2", Reductions::norm);
    reduction(table, "norm:1", (x, axes, keep) -> Reductions.sum(Elementwise.abs(x), axes, keep));
    reduction(table, "norm:inf", (x, axes, keep) -> Reductions.max(Elementwise.abs(x), axes, keep));
    table.withParams("softmax", (in, params) -> Reductions.softmax(in.get(0), axis(params)));
    table.withParams("logSoftmax", (in, params) -> Reductions.logSoftmax(in.get(0), axis(params)));
  }

  private static void reduction(OpTable table, String name, Reduction f) {
    table.withParams(
        name,
        (inputs, params) -> {
          Tensor x = inputs.get(0);
          int[] axes =
              Golden.has(params, "axes")
                  ? Golden.ints(params.get("axes"))
                  : IntStream.range(0, x.rank()).toArray();
          boolean keep = params.has("keepDims") && params.get("keepDims").getAsBoolean();
          return f.apply(x, axes, keep);
        });
  }

  private static int axis(JsonObject params) {
    return params.has("axis") ? params.get("axis").getAsInt() : -1;
  }
}
