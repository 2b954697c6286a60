package dini.functional.golden;

import com.google.gson.JsonObject;
import dini.core.Tensor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** The operations of the library under the names that golden records use. */
final class OpTable {
  private final Map<String, Op> ops = new TreeMap<>();

  static OpTable all() {
    OpTable table = new OpTable();
    ElementwiseOps.addTo(table);
    SpecialOps.addTo(table);
    ReductionOps.addTo(table);
    ShapeOps.addTo(table);
    IndexOps.addTo(table);
    SortingOps.addTo(table);
    LinearAlgebraOps.addTo(table);
    return table;
  }

  boolean has(String key) {
    return ops.containsKey(key);
  }

  Op get(String key) {
    return ops.get(key);
  }

  void unary(String name, UnaryOperator<Tensor> f) {
    ops.put(name, (inputs, params) -> List.of(f.apply(inputs.get(0))));
  }

  void binary(String name, BinaryOperator<Tensor> f) {
    ops.put(name, (inputs, params) -> List.of(f.apply(inputs.get(0), inputs.get(1))));
  }

  void withParams(String name, BiFunction<List<Tensor>, JsonObject, Tensor> f) {
    ops.put(name, (inputs, params) -> List.of(f.apply(inputs, params)));
  }

  void several(String name, Op f) {
    ops.put(name, f);
  }

  /**
   * What a record is dispatched on: its operation, and where the library has only some variants of
   * what the golden files call by one name, the variant.
   */
  static String key(JsonObject entry) {
    String op = entry.get("op").getAsString();
    JsonObject params = entry.getAsJsonObject("params");
    return switch (op) {
      case "pad", "atAdd", "atSet" -> op + ":" + params.get("mode").getAsString();
      case "norm" -> op + ":" + (params.has("ord") ? params.get("ord").getAsString() : "2");
      case "moveAxis" -> params.getAsJsonArray("source").size() == 1 ? op : op + ":axes";
      case "svd", "eigh", "qr" ->
          params.has("composite") ? op + ":" + params.get("composite").getAsString() : op;
      default -> op;
    };
  }
}
