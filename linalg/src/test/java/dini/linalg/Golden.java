package dini.linalg;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dini.core.Shape;
import dini.core.Tensor;
import dini.core.Tensors;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/** Reads the files of golden values. */
final class Golden {
  private Golden() {}

  static JsonObject read(String name) {
    try (Reader reader =
        new InputStreamReader(
            Golden.class.getResourceAsStream("/golden/" + name), StandardCharsets.UTF_8)) {
      return JsonParser.parseReader(reader).getAsJsonObject();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static Tensor tensor(JsonElement element) {
    JsonArray shape = element.getAsJsonObject().getAsJsonArray("shape");
    JsonArray data = element.getAsJsonObject().getAsJsonArray("data");
    int[] extents = new int[shape.size()];
    for (int i = 0; i < extents.length; i++) {
      extents[i] = shape.get(i).getAsInt();
    }
    double[] values = new double[data.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Double.parseDouble(data.get(i).getAsString());
    }
    return Tensors.tensor(Shape.of(extents), values);
  }
}
