package dini.functional.golden;

import com.google.gson.JsonObject;
import dini.core.Cumulative;
import dini.core.Norms;
import dini.core.Reductions;
import dini.core.Searching;
import dini.core.Shapes;
import dini.core.Statistics;
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
    reduction(table, "norm:1", norm(1));
    reduction(table, "norm:inf", norm(Double.POSITIVE_INFINITY));
    reduction(table, "prod", Reductions::prod);
    reduction(table, "all", Reductions::all);
    reduction(table, "any", Reductions::any);
    for (String name : new String[] {"var", "std"}) {
      table.withParams(name, (in, params) -> spread(name, in.get(0), params));
    }
    table.withParams("argmax", (in, params) -> position(true, in.get(0), params));
    table.withParams("argmin", (in, params) -> position(false, in.get(0), params));
    cumulative(table, "cumSum", Cumulative::cumSum);
    cumulative(table, "cumProd", Cumulative::cumProd);
    cumulative(table, "cumMax", Cumulative::cumMax);
    table.withParams("softmax", (in, params) -> Reductions.softmax(in.get(0), axis(params)));
    table.withParams("logSoftmax", (in, params) -> Reductions.logSoftmax(in.get(0), axis(params)));
  }

  private static Reduction norm(double order) {
    return (x, axes, keep) -> Norms.vectorNorm(x, order, axes, keep);
  }

  private static void reduction(OpTable table, String name, Reduction f) {
    table.withParams(
        name,
        (inputs, params) -> {
          Tensor x = inputs.get(0);
          return f.apply(x, axes(x, params), keep(params));
        });
  }

  private static Tensor spread(String name, Tensor x, JsonObject params) {
    int ddof = params.get("ddof").getAsInt();
    int[] axes = axes(x, params);
    return name.equals("var")
        ? Statistics.var(x, axes, keep(params), ddof)
        : Statistics.std(x, axes, keep(params), ddof);
  }

  /** Without an axis the position is that in the flattened tensor, which may keep its rank. */
  private static Tensor position(boolean largest, Tensor x, JsonObject params) {
    if (!Golden.has(params, "axis")) {
      Tensor at = largest ? Searching.argmax(x) : Searching.argmin(x);
      return keep(params) ? Shapes.reshape(at, Reductions.kept(x.shape(), -1)) : at;
    }
    return largest
        ? Searching.argmax(x, axis(params), keep(params))
        : Searching.argmin(x, axis(params), keep(params));
  }

  /** A scan as the library offers it. */
  private interface Scan {
    Tensor apply(Tensor x, int axis, boolean reverse);
  }

  private static void cumulative(OpTable table, String name, Scan f) {
    table.withParams(
        name,
        (in, params) -> {
          boolean reverse = params.has("reverse") && params.get("reverse").getAsBoolean();
          return f.apply(in.get(0), axis(params), reverse);
        });
  }

  private static int[] axes(Tensor x, JsonObject params) {
    return Golden.has(params, "axes")
        ? Golden.ints(params.get("axes"))
        : IntStream.range(0, x.rank()).toArray();
  }

  private static boolean keep(JsonObject params) {
    return params.has("keepDims") && params.get("keepDims").getAsBoolean();
  }

  private static int axis(JsonObject params) {
    return params.has("axis") ? params.get("axis").getAsInt() : -1;
  }
}
