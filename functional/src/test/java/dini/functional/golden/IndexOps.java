package dini.functional.golden;

import com.google.gson.JsonObject;
import dini.core.At;
import dini.core.DType;
import dini.core.Indexing;
import dini.core.Shape;
import dini.core.Shapes;
import dini.core.Tensor;
import java.util.List;

/** Operations with integer positions. */
final class IndexOps {
  private IndexOps() {}

  static void addTo(OpTable table) {
    table.withParams("take", (in, params) -> take(in.get(0), in.get(1), params));
    table.withParams(
        "takeAlongAxis",
        (in, params) -> takeAlongAxis(in.get(0), in.get(1), params.get("axis").getAsInt()));
    for (String kind : List.of("atSet", "atAdd")) {
      table.withParams(
          kind + ":axis",
          (in, params) ->
              updated(kind, Indexing.at(in.get(0), params.get("axis").getAsInt(), in.get(1)), in));
      table.withParams(
          kind + ":points",
          (in, params) -> {
            Tensor[] indices = in.subList(1, in.size() - 1).toArray(Tensor[]::new);
            return updated(kind, Indexing.at(in.get(0), indices), in);
          });
      table.withParams(
          kind + ":slice",
          (in, params) -> updated(kind, Indexing.at(in.get(0), ShapeOps.slices(params)), in));
    }
    table.withParams(
        "oneHot",
        (in, params) -> {
          int count = params.get("numClasses").getAsInt();
          Tensor last = Indexing.oneHot(in.get(0), count, DType.FLOAT64);
          return Shapes.moveAxis(last, -1, params.get("axis").getAsInt());
        });
  }

  /** Without an axis the positions are those of the flattened tensor. */
  private static Tensor take(Tensor x, Tensor indices, JsonObject params) {
    return Golden.has(params, "axis")
        ? Indexing.take(x, indices, params.get("axis").getAsInt())
        : Indexing.take(Shapes.reshape(x, x.size()), indices, 0);
  }

  /** Indices broadcast but along the axis. */
  private static Tensor takeAlongAxis(Tensor x, Tensor indices, int axis) {
    int at = Math.floorMod(axis, x.rank());
    Shape shape = x.shape().with(at, indices.shape().extent(at));
    return Indexing.takeAlongAxis(x, Shapes.broadcastTo(indices, shape), axis);
  }

  /** The updates are the last input. */
  private static Tensor updated(String kind, At elements, List<Tensor> in) {
    return kind.equals("atSet") ? elements.set(in.getLast()) : elements.add(in.getLast());
  }
}
