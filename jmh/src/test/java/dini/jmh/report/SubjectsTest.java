package dini.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The report knows every class of benchmarks, and names none that does not exist. */
class SubjectsTest {
  private static final Set<String> BENCHMARKS =
      BenchmarkList.defaultList()
          .getAll(
              OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
          .stream()
          .map(BenchmarkListEntry::getUsername)
          .map(name -> name.substring("dini.jmh.".length()))
          .collect(Collectors.toSet());

  @Test
  void everyColumnIsABenchmark() {
    for (Subject subject : Subjects.all()) {
      for (String method : subject.columns().keySet()) {
        assertThat(BENCHMARKS).contains(subject.name() + "." + method);
      }
    }
  }

  @Test
  void everyClassIsASubject() {
    Set<String> classes =
        BENCHMARKS.stream()
            .map(name -> name.substring(0, name.lastIndexOf('.')))
            .collect(Collectors.toSet());
    assertThat(Subjects.all().stream().map(Subject::name))
        .containsExactlyInAnyOrderElementsOf(classes);
  }

  @Test
  void aQuickRunTakesSomeOfTheParametersOfAFullOne() {
    for (Subject subject : Subjects.all()) {
      List<Map<String, String>> full = subject.combinations(true);
      assertThat(full).as(subject.name()).containsAll(subject.combinations(false));
      full.forEach(params -> assertThat(subject.work().apply(params).elements()).isPositive());
    }
    assertThat(Subjects.GEMV.combinations(false))
        .containsExactly(
            Map.of("transposed", "false", "size", "512"),
            Map.of("transposed", "false", "size", "4096"),
            Map.of("transposed", "true", "size", "512"),
            Map.of("transposed", "true", "size", "4096"));
  }
}
