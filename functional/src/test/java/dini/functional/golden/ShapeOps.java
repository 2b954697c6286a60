package dini.functional.golden;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dini.core.Index;
import dini.core.Shapes;
import dini.core.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Operations that move elements. */
final class ShapeOps {
  private ShapeOps() {}

  static void addTo(OpTable table) {
    table.withParams(
        "reshape", (in, params) -> Shapes.reshape(in.get(0), Golden.ints(params.get("shape"))));
    table.withParams(
        "broadcastTo",
        (in, params) -> Shapes.broadcastTo(in.get(0), Golden.ints(params.get("shape"))));
    table.withParams(
        "transpose", (in, params) -> Shapes.transpose(in.get(0), ints(params, "perm")));
    table.withParams("squeeze", (in, params) -> Shapes.squeeze(in.get(0), ints(params, "axes")));
    table.withParams(
        "moveAxis",
        (in, params) ->
            Shapes.moveAxis(in.get(0), ints(params, "source")[0], ints(params, "destination")[0]));
    table.withParams("expandDims", (in, params) -> expandDims(in.get(0), ints(params, "axes")));
    table.withParams(
        "concatenate", (in, params) -> Shapes.concatenate(params.get("axis").getAsInt(), in));
    table.withParams("stack", (in, params) -> Shapes.stack(params.get("axis").getAsInt(), in));
    table.withParams("slice", (in, params) -> Shapes.slice(in.get(0), slices(params)));
    table.withParams("flip", (in, params) -> flip(in.get(0), params));
    table.withParams("pad:constant", (in, params) -> pad(in.get(0), params));
  }

  private static int[] ints(JsonObject params, String key) {
    return Golden.has(params, key) ? Golden.ints(params.get(key)) : new int[0];
  }

  /** One axis after the other, from the first: positions count in the result. */
  private static Tensor expandDims(Tensor x, int[] axes) {
    int rank = x.rank() + axes.length;
    int[] sorted =
        Arrays.stream(axes).map(axis -> axis < 0 ? axis + rank : axis).sorted().toArray();
    Tensor expanded = x;
    for (int axis : sorted) {
      expanded = Shapes.expandDims(expanded, axis);
    }
    return expanded;
  }

  /** A null bound is an open end. */
  static Index[] slices(JsonObject params) {
    JsonArray start = params.getAsJsonArray("start");
    JsonArray stop = params.getAsJsonArray("stop");
    JsonArray step = params.getAsJsonArray("step");
    Index[] indices = new Index[start.size()];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = new Index.Range(bound(start.get(i)), bound(stop.get(i)), stride(step.get(i)));
    }
    return indices;
  }

  private static int bound(JsonElement bound) {
    return bound.isJsonNull() ? Index.Range.OPEN : bound.getAsInt();
  }

  private static int stride(JsonElement step) {
    return step.isJsonNull() ? 1 : step.getAsInt();
  }

  /** Reversal is a slice with step -1. */
  private static Tensor flip(Tensor x, JsonObject params) {
    int[] axes =
        Golden.has(params, "axes")
            ? Golden.ints(params.get("axes"))
            : IntStream.range(0, x.rank()).toArray();
    Index[] indices = new Index[x.rank()];
    Arrays.fill(indices, Index.all());
    for (int axis : axes) {
      indices[Math.floorMod(axis, x.rank())] =
          new Index.Range(Index.Range.OPEN, Index.Range.OPEN, -1);
    }
    return Shapes.slice(x, indices);
  }

  private static Tensor pad(Tensor x, JsonObject params) {
    JsonArray pads = params.getAsJsonArray("pads");
    int[] before = new int[pads.size()];
    int[] after = new int[pads.size()];
    for (int i = 0; i < before.length; i++) {
      int[] widths = Golden.ints(pads.get(i));
      before[i] = widths[0];
      after[i] = widths[1];
    }
    return Shapes.pad(x, before, after, params.get("value").getAsDouble());
  }
}
