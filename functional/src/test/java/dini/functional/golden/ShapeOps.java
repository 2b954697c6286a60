package dini.functional.golden;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dini.core.Diagonals;
import dini.core.Index;
import dini.core.PadMode;
import dini.core.Rearrangements;
import dini.core.Shapes;
import dini.core.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

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
    table.withParams(
        "moveAxis:axes",
        (in, params) ->
            Shapes.moveAxis(in.get(0), ints(params, "source"), ints(params, "destination")));
    table.withParams("expandDims", (in, params) -> expandDims(in.get(0), ints(params, "axes")));
    table.withParams(
        "concatenate", (in, params) -> Shapes.concatenate(params.get("axis").getAsInt(), in));
    table.withParams("stack", (in, params) -> Shapes.stack(params.get("axis").getAsInt(), in));
    table.withParams("slice", (in, params) -> Shapes.slice(in.get(0), slices(params)));
    table.withParams("flip", (in, params) -> flip(in.get(0), params));
    table.withParams(
        "pad:constant",
        (in, params) ->
            Shapes.pad(
                in.get(0),
                widths(params, 0),
                widths(params, 1),
                params.get("value").getAsDouble()));
    for (PadMode mode : PadMode.values()) {
      table.withParams(
          "pad:" + mode.name().toLowerCase(Locale.ROOT),
          (in, params) ->
              Rearrangements.pad(in.get(0), widths(params, 0), widths(params, 1), mode));
    }
    table.several("split", (in, params) -> split(in.get(0), params));
    table.withParams("tile", (in, params) -> Rearrangements.tile(in.get(0), ints(params, "reps")));
    table.withParams("repeat", (in, params) -> repeat(in.get(0), params));
    table.withParams("roll", (in, params) -> roll(in.get(0), params));
    table.withParams("tril", (in, params) -> Diagonals.tril(in.get(0), offset(params, "k")));
    table.withParams("triu", (in, params) -> Diagonals.triu(in.get(0), offset(params, "k")));
    table.withParams("diag", (in, params) -> Diagonals.diag(in.get(0), offset(params, "k")));
    table.withParams(
        "diagonal",
        (in, params) ->
            Diagonals.diagonal(
                in.get(0),
                offset(params, "offset"),
                params.get("axis1").getAsInt(),
                params.get("axis2").getAsInt()));
    table.withParams(
        "trace",
        (in, params) ->
            Diagonals.trace(
                in.get(0),
                offset(params, "offset"),
                params.get("axis1").getAsInt(),
                params.get("axis2").getAsInt()));
  }

  private static int offset(JsonObject params, String key) {
    return params.get(key).getAsInt();
  }

  private static List<Tensor> split(Tensor x, JsonObject params) {
    int axis = params.get("axis").getAsInt();
    return params.has("sections")
        ? Rearrangements.split(x, params.get("sections").getAsInt(), axis)
        : Rearrangements.split(x, ints(params, "indices"), axis);
  }

  /** Without an axis the elements are those of the flattened tensor. */
  private static Tensor repeat(Tensor x, JsonObject params) {
    JsonElement repeats = params.get("repeats");
    if (!Golden.has(params, "axis")) {
      return Rearrangements.repeat(x, repeats.getAsInt());
    }
    int axis = params.get("axis").getAsInt();
    return repeats.isJsonArray()
        ? Rearrangements.repeat(x, Golden.ints(repeats), axis)
        : Rearrangements.repeat(x, repeats.getAsInt(), axis);
  }

  private static Tensor roll(Tensor x, JsonObject params) {
    int[] shifts = ints(params, "shift");
    return Golden.has(params, "axes")
        ? Rearrangements.roll(x, shifts, ints(params, "axes"))
        : Rearrangements.roll(x, shifts[0]);
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

  private static Tensor flip(Tensor x, JsonObject params) {
    return Golden.has(params, "axes")
        ? Rearrangements.flip(x, Golden.ints(params.get("axes")))
        : Rearrangements.flip(x);
  }

  /** The widths before (0) or after (1) each axis. */
  private static int[] widths(JsonObject params, int side) {
    return params.getAsJsonArray("pads").asList().stream()
        .mapToInt(pair -> Golden.ints(pair)[side])
        .toArray();
  }
}
