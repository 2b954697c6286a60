package dini.jmh.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A class of benchmarks as the report sees it.
 *
 * @param name its name without {@code dini.jmh}
 * @param title a heading
 * @param text what a reader should know, in a sentence or two
 * @param columns its methods and what tables call them, ours first
 * @param quantity what tables show
 * @param work what a call does, by parameters
 * @param quick the values of parameters that a quick run takes; those not named take all
 */
record Subject(
    String name,
    String title,
    String text,
    Map<String, String> columns,
    Quantity quantity,
    Function<Map<String, String>, Work> work,
    Map<String, List<String>> quick) {

  /** The method that the others are compared with. */
  String first() {
    return columns.keySet().iterator().next();
  }

  /** The parameters of one call each: all, or those of a quick run. */
  List<Map<String, String>> combinations(boolean full) {
    List<Map<String, String>> combinations = List.of(Map.of());
    for (Map.Entry<String, List<String>> parameter : parameters().entrySet()) {
      String key = parameter.getKey();
      List<String> all = parameter.getValue();
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> combination : combinations) {
        for (String value : full ? all : quick.getOrDefault(key, all)) {
          Map<String, String> with = new LinkedHashMap<>(combination);
          with.put(key, value);
          longer.add(with);
        }
      }
      combinations = longer;
    }
    return combinations;
  }

  /**
   * What varies, the size last. From JMH's list: classes of vectors cannot be loaded everywhere.
   */
  private Map<String, List<String>> parameters() {
    OutputFormat silent = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
    String benchmark = "dini.jmh." + name + "." + first();
    Map<String, String[]> values =
        BenchmarkList.defaultList().getAll(silent, List.of()).stream()
            .filter(entry -> entry.getUsername().equals(benchmark))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("there is no benchmark " + benchmark))
            .getParams()
            .orElse(Map.of());
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    values.keySet().stream()
        .sorted(Comparator.comparing((String key) -> key.equals("size")).thenComparing(key -> key))
        .forEach(key -> parameters.put(key, List.of(values.get(key))));
    return parameters;
  }
}
