package dini.jmh.report;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run of the benchmarks gave.
 *
 * @param machine what it ran on
 * @param plan how it ran, for readers
 * @param scores the times
 */
record Results(Machine machine, String plan, List<Score> scores) {

  /** Reads what {@link #write} wrote. */
  static Results read(Path file) throws IOException {
    try {
      Results results = new GsonBuilder().create().fromJson(Files.readString(file), Results.class);
      if (results == null || results.machine == null || results.scores == null) {
        throw new IOException(file.getFileName() + " is not a file of results");
      }
      return results;
    } catch (JsonParseException e) {
      throw new IOException(file.getFileName() + " is not a file of results", e);
    }
  }

  void write(Path file) throws IOException {
    String json = new GsonBuilder().setPrettyPrinting().create().toJson(this);
    // an iteration is a number, not a line
    Files.writeString(file, json.replaceAll("(?<=[0-9\\[],?)\\s*\\n\\s+(?=[0-9\\]])", " ") + "\n");
  }

  /** These with newer ones in their place or beside them; the newer alone from another machine. */
  Results updated(Results newer) {
    if (!machine.equals(newer.machine)) {
      return newer;
    }
    Map<String, Score> all = new LinkedHashMap<>();
    scores.forEach(score -> all.put(score.benchmark() + score.params(), score));
    newer.scores.forEach(score -> all.put(score.benchmark() + score.params(), score));
    String both = plan.equals(newer.plan) ? plan : plan + "; some again: " + newer.plan;
    return new Results(machine, both, List.copyOf(all.values()));
  }

  /** The time of a method of a subject, if it was measured. */
  Optional<Score> find(Subject subject, String method, Map<String, String> params) {
    String benchmark = subject.name() + "." + method;
    return scores.stream()
        .filter(score -> score.benchmark().equals(benchmark) && score.params().equals(params))
        .findFirst();
  }

  /** The parameters at which a subject was measured, in the order of measurement. */
  List<Map<String, String>> params(Subject subject) {
    return scores.stream()
        .filter(score -> score.benchmark().startsWith(subject.name() + "."))
        .map(Score::params)
        .distinct()
        .toList();
  }
}
