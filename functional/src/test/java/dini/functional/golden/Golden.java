package dini.functional.golden;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dini.core.DType;
import dini.core.Shape;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads files of golden values; their form is described next to them. */
final class Golden {
  private Golden() {}

  static JsonObject read(String name) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name + ".json")) {
      if (in == null) {
        throw new IllegalArgumentException("no golden file " + name);
      }
      Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
      return JsonParser.parseReader(reader).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The records of one section by their names: the operation, a mark, and a number from 0. */
  static Map<String, JsonObject> named(JsonObject file, String section, char mark) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    Map<String, JsonObject> records = new LinkedHashMap<>();
    if (file.has(section)) {
      for (JsonElement element : file.getAsJsonArray(section)) {
        JsonObject object = element.getAsJsonObject();
        String op = object.get("op").getAsString();
        records.put(op + mark + (counts.merge(op, 1, Integer::sum) - 1), object);
      }
    }
    return records;
  }

  static boolean has(JsonObject object, String key) {
    return object.has(key) && !object.get(key).isJsonNull();
  }

  /** An array, or a number as a scalar. */
  static Tensor tensor(JsonElement element) {
    if (element.isJsonPrimitive()) {
      return Tensors.scalar(element.getAsDouble());
    }
    JsonObject array = element.getAsJsonObject();
    Shape shape = Shape.of(ints(array.get("shape")));
    JsonArray data = array.getAsJsonArray("data");
    String dtype = array.has("dtype") ? array.get("dtype").getAsString() : "float64";
    return switch (dtype) {
      case "float64" -> Tensors.tensor(shape, doubles(data));
      case "int64" -> Shapes.reshape(Tensors.longs(longs(data)), shape);
      case "bool" -> Shapes.astype(Tensors.tensor(shape, doubles(data)), DType.BOOL);
      default -> throw new IllegalArgumentException("dtype " + dtype);
    };
  }

  /** One array or a list of arrays, where null stands for what has no derivative. */
  static List<JsonElement> list(JsonElement element) {
    return element.isJsonArray() ? element.getAsJsonArray().asList() : List.of(element);
  }

  static List<Tensor> tensors(JsonElement element) {
    List<Tensor> tensors = new ArrayList<>();
    for (JsonElement item : list(element)) {
      if (!item.isJsonNull()) {
        tensors.add(tensor(item));
      }
    }
    return List.copyOf(tensors);
  }

  /** An object of arrays as a tree. */
  static Map<String, Tensor> map(JsonElement element) {
    Map<String, Tensor> tree = new TreeMap<>();
    element.getAsJsonObject().asMap().forEach((name, array) -> tree.put(name, tensor(array)));
    return tree;
  }

  static int[] ints(JsonElement element) {
    return list(element).stream().mapToInt(JsonElement::getAsInt).toArray();
  }

  private static double[] doubles(JsonArray data) {
    return data.asList().stream().mapToDouble(Golden::number).toArray();
  }

  private static double number(JsonElement element) {
    return element.getAsJsonPrimitive().isBoolean()
        ? (element.getAsBoolean() ? 1 : 0)
        : element.getAsDouble();
  }

  private static long[] longs(JsonArray data) {
    return data.asList().stream().mapToLong(JsonElement::getAsLong).toArray();
  }
}
