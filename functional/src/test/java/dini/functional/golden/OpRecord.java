package dini.functional.golden;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dini.core.Tensor;
import dini.functional.Jvp;
import dini.functional.Transforms;
import dini.functional.Vjp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** One golden record of an operation, and what the library makes of its inputs. */
final class OpRecord {
  private final Op op;
  private final JsonObject entry;
  private final List<Tensor> inputs;
  private final List<JsonElement> tangents;
  private final List<JsonElement> outputTangents;

  OpRecord(Op op, JsonObject entry) {
    this.op = op;
    this.entry = entry;
    inputs = Golden.tensors(entry.get("inputs"));
    tangents = entry.has("tangents") ? Golden.list(entry.get("tangents")) : List.of();
    outputTangents = entry.has("jvp") ? Golden.list(entry.get("jvp")) : List.of(JsonNull.INSTANCE);
  }

  List<Tensor> value() {
    return op.apply(inputs, entry.getAsJsonObject("params"));
  }

  Jvp<List<Tensor>> jvp() {
    return Transforms.jvp(function(), point(), directions());
  }

  Vjp<List<Tensor>, List<Tensor>> vjp() {
    return Transforms.vjp(function(), point());
  }

  /** The second derivative along the tangents. */
  List<Tensor> second() {
    Function<List<Tensor>, List<Tensor>> first =
        x -> Transforms.jvp(function(), x, directions()).tangent();
    return Transforms.jvp(first, point(), directions()).tangent();
  }

  /** The operation as a function of the inputs with derivatives to the outputs with derivatives. */
  private Function<List<Tensor>, List<Tensor>> function() {
    return x -> {
      List<Tensor> arguments = new ArrayList<>();
      int next = 0;
      for (int i = 0; i < inputs.size(); i++) {
        arguments.add(varies(i) ? x.get(next++) : inputs.get(i));
      }
      List<Tensor> outputs = op.apply(arguments, entry.getAsJsonObject("params"));
      List<Tensor> varying = new ArrayList<>();
      for (int i = 0; i < outputs.size(); i++) {
        if (i >= outputTangents.size() || !outputTangents.get(i).isJsonNull()) {
          varying.add(outputs.get(i));
        }
      }
      return varying;
    };
  }

  private boolean varies(int input) {
    return !tangents.get(input).isJsonNull();
  }

  private List<Tensor> point() {
    List<Tensor> point = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      if (varies(i)) {
        point.add(inputs.get(i));
      }
    }
    return point;
  }

  private List<Tensor> directions() {
    return Golden.tensors(entry.get("tangents"));
  }
}
