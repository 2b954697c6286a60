package dini.jmh.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Results as tables of Markdown. */
final class Tables {
  /** What others do; the rest are forms of our own, and what a task cannot do without. */
  private static final Set<String> PEERS =
      Set.of(
          "openBlas",
          "pyTorch",
          "ejml",
          "ojAlgo",
          "loop",
          "arrays",
          "math",
          "strictMath",
          "vectorApi");

  private Tables() {}

  /**
   * The table of a subject: a row for each combination of parameters, in each column the number
   * and, in brackets, its time over that of the first column.
   */
  static String table(Results results, Subject subject) {
    List<Map<String, String>> params = results.params(subject);
    List<String> methods =
        subject.columns().keySet().stream()
            .filter(
                method ->
                    params.stream().anyMatch(p -> results.find(subject, method, p).isPresent()))
            .toList();
    List<String> head = new ArrayList<>(params.getFirst().keySet());
    methods.forEach(method -> head.add(subject.columns().get(method)));
    StringBuilder table =
        new StringBuilder(row(head)).append(row(head.stream().map(h -> "---").toList()));
    for (Map<String, String> at : params) {
      List<String> cells = new ArrayList<>();
      at.values().forEach(value -> cells.add(parameter(value)));
      methods.forEach(method -> cells.add(cell(results, subject, method, at)));
      table.append(row(cells));
    }
    return table.toString();
  }

  private static String parameter(String value) {
    return value.matches("[0-9]{5,}")
        ? String.format(Locale.ROOT, "%,d", Long.parseLong(value))
        : value;
  }

  static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String cell(
      Results results, Subject subject, String method, Map<String, String> params) {
    Optional<Score> score = results.find(subject, method, params);
    if (score.isEmpty()) {
      return "";
    }
    String text =
        (score.get().scattered() ? "~" : "")
            + subject.quantity().text(score.get().median(), subject.work().apply(params));
    return results
        .find(subject, subject.first(), params)
        .filter(first -> !method.equals(subject.first()))
        .map(first -> text + " (" + ratio(score.get().median() / first.median()) + ")")
        .orElse(text);
  }

  private static String ratio(double ratio) {
    return (ratio < 10 ? String.format(Locale.ROOT, "%.2f", ratio) : Quantity.number(ratio)) + "x";
  }

  /** A peer that was faster than we were. */
  private record Faster(String text, double ratio) {}

  /** Where a peer took less than 95 % of our time, the largest difference first. */
  static List<String> slower(Results results) {
    List<Faster> slower = new ArrayList<>();
    for (Subject subject : Subjects.all()) {
      for (Map<String, String> params : results.params(subject)) {
        Optional<Score> ours = results.find(subject, subject.first(), params);
        for (String method : subject.columns().keySet()) {
          Optional<Score> theirs = results.find(subject, method, params);
          if (ours.isPresent() && theirs.isPresent() && PEERS.contains(method)) {
            double ratio = ours.get().median() / theirs.get().median();
            if (ratio > 1 / 0.95) {
              String text =
                  subject.title()
                      + ", "
                      + params.values().stream()
                          .map(Tables::parameter)
                          .collect(Collectors.joining(" "))
                      + ": "
                      + ratio(ratio)
                      + " the time of "
                      + subject.columns().get(method);
              slower.add(new Faster(text, ratio));
            }
          }
        }
      }
    }
    slower.sort((a, b) -> Double.compare(b.ratio, a.ratio));
    return slower.stream().map(Faster::text).toList();
  }
}
