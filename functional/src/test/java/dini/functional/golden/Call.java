package dini.functional.golden;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A transformation as golden files write it where it is an argument: {@code trace(0.9,
 * nesterov=True)}.
 *
 * @param name the name
 * @param arguments its arguments, positional ones under their names
 */
record Call(String name, JsonObject arguments) {
  private static final Map<String, List<String>> POSITIONS =
      Map.ofEntries(
          Map.entry("adam", List.of("lr")),
          Map.entry("sgd", List.of("lr")),
          Map.entry("add_decayed_weights", List.of("weight_decay")),
          Map.entry("clip", List.of("max_delta")),
          Map.entry("clip_by_global_norm", List.of("max_norm")),
          Map.entry("clip_grad_norm", List.of("max_norm")),
          Map.entry("nan_to_num", List.of("nan", "posinf", "neginf")),
          Map.entry("scale", List.of("step_size")),
          Map.entry("trace", List.of("decay")));

  static Call parse(String text) {
    int open = text.indexOf('(');
    String name = text.substring(0, open);
    String inside = text.substring(open + 1, text.length() - 1).strip();
    List<String> parts = inside.isEmpty() ? List.of() : List.of(inside.split("\\s*,\\s*"));
    List<String> positions = new ArrayList<>(POSITIONS.getOrDefault(name, List.of()));
    JsonObject arguments = new JsonObject();
    for (String part : parts) {
      int equals = part.indexOf('=');
      String key = equals < 0 ? positions.removeFirst() : part.substring(0, equals);
      arguments.add(key, value(part.substring(equals + 1)));
    }
    return new Call(name, arguments);
  }

  private static JsonPrimitive value(String text) {
    return switch (text) {
      case "True" -> new JsonPrimitive(true);
      case "False" -> new JsonPrimitive(false);
      default -> new JsonPrimitive(Double.valueOf(text));
    };
  }
}
