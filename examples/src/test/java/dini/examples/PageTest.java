package dini.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTest {
  @ParameterizedTest
  @CsvSource({
    "custom-solvers, by deep copy",
    "linear-systems, NOT_POSITIVE_DEFINITE",
    "module-api, bias:",
    "functional-api, with respect to the meta-parameters",
    "chained-steps, after three steps"
  })
  void printsTheResultOfABlock(String block, String part) {
    Program run = Program.run("page", block);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains(part).endsWith(System.lineSeparator());
    assertThat(run.code()).isZero();
  }

  @Test
  void asksForABlock() {
    Program run = Program.run("page");
    assertThat(run.err()).startsWith("page: Missing required parameter: 'BLOCK'");
    assertThat(run.err()).contains("linear-systems");
    assertThat(run.code()).isEqualTo(2);
    Program other = Program.run("page", "linear");
    assertThat(other.err())
        .startsWith("page: linear came, expected custom-solvers, ")
        .hasLineCount(1);
    assertThat(other.code()).isEqualTo(2);
  }
}
