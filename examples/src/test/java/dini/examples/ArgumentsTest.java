package dini.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  @Test
  void takesOptionsFromAnywhere() {
    Arguments arguments = arguments("--fast", "first", "--out", "a b.png", "--n=7", "second");
    assertThat(arguments.flag("--fast")).isTrue();
    assertThat(arguments.flag("--fast")).isFalse();
    assertThat(arguments.option("--out")).contains("a b.png");
    assertThat(arguments.option("--n", 3)).isEqualTo(7);
    assertThat(arguments.option("--m", 3)).isEqualTo(3);
    assertThat(arguments.next()).contains("first");
    assertThat(arguments.next()).contains("second");
    assertThat(arguments.next()).isEmpty();
    assertThatCode(arguments::end).doesNotThrowAnyException();
  }

  @Test
  void takesTheLastValue() {
    assertThat(arguments("--n", "1", "--n=2").option("--n")).contains("2");
    assertThat(arguments("--n=").option("--n")).contains("");
  }

  @Test
  void leavesLongerNamesAlone() {
    Arguments arguments = arguments("--name=1");
    assertThat(arguments.option("--n")).isEmpty();
    assertThat(arguments.option("--name")).contains("1");
  }

  @Test
  void refusesWhatIsNotThereOrNoNumber() {
    assertThatThrownBy(() -> arguments("--n").option("--n"))
        .isInstanceOf(BadInputException.class)
        .hasMessage("try: --n came without a value");
    assertThatThrownBy(() -> arguments("--n", "1.5").option("--n", 3))
        .isInstanceOf(BadInputException.class)
        .hasMessage("try: --n 1.5 came, expected a whole number");
    assertThatThrownBy(() -> arguments("1e3").nextWhole("K"))
        .isInstanceOf(BadInputException.class)
        .hasMessage("try: K 1e3 came, expected a whole number");
  }

  @Test
  void refusesWhatNobodyTook() {
    assertThatThrownBy(() -> arguments("--n", "1").next())
        .isInstanceOf(BadInputException.class)
        .hasMessage("try: --n is none of its arguments; see dini try --help");
    assertThatThrownBy(() -> arguments("more").end())
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("try: more is none");
  }

  private static Arguments arguments(String... arguments) {
    return new Arguments(Stream.concat(Stream.of("try"), Stream.of(arguments)).toList());
  }
}
