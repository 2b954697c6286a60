package dini.functional.golden;

import com.google.gson.JsonObject;
import dini.core.DType;
import dini.core.Indexing;
import dini.core.Shape;
import dini.core.Shapes;
import dini.core.Tensor;

/** Operations with integer positions. */
final class IndexOps {
  private IndexOps() {}

  static void addTo(OpTable table) {
    table.withParams("take", (in, params) -> take(in.get(0), in.get(1), params));
    table.withParams(
        "takeAlongAxis",
        (in, params) -> takeAlongAxis(in.get(0), in.get(1), params.get("axis").getAsInt()));
    table.withParams(
        "atAdd:axis",
        (in, params) -> scatterAdd(in.get(0), in.get(1), in.get(2), params.get("axis").getAsInt()));
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

  /** Updates broadcast to the part that they are added to. */
  private static Tensor scatterAdd(Tensor x, Tensor indices, Tensor updates, int axis) {
    int at = Math.floorMod(axis, x.rank());
    Shape part = x.shape().remove(at);
    for (int i = 0; i < indices.rank(); i++) {
      part = part.insert(at + i, indices.shape().extent(i));
    }
    return Indexing.scatterAdd(x, indices, Shapes.broadcastTo(updates, part), axis);
  }
}
