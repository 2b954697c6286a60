package dini.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @ParameterizedTest
  @ValueSource(strings = {"tune", "derivatives", "page", "tasks", "info"})
  void listsEveryCommandWhichExplainsItself(String command) {
    assertThat(Program.run("--help").out()).containsPattern("(?m)^  " + command + " ");
    Program run = Program.run(command, "--help");
    assertThat(run.out()).startsWith("Usage: dini " + command + " ");
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
  }

  @Test
  void tellsItsVersion() {
    assertThat(Program.run("--version").out()).matches("dini \\S+\\R");
  }

  @Test
  void asksForACommandThatExists() {
    Program nothing = Program.run();
    assertThat(nothing.err()).startsWith("dini: Missing command").contains("Usage: dini ");
    assertThat(nothing.code()).isEqualTo(2);
    Program unknown = Program.run("tunes");
    assertThat(unknown.err())
        .startsWith("dini: Unmatched argument at index 0: 'tunes'")
        .contains("Usage: dini ");
    assertThat(unknown.code()).isEqualTo(2);
  }
}
