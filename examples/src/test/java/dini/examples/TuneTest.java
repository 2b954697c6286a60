package dini.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TuneTest {
  @TempDir private Path folder;

  @Test
  void printsTheTablesAndDrawsThePicture() throws IOException {
    Path picture = folder.resolve("picture.png");
    Program run = Program.run("tune", "--steps", 3, "--out", picture);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out().lines())
        .anyMatch(line -> line.matches("ordinary least squares( +[0-9.]+){3}"))
        .anyMatch(line -> line.matches("best single penalty( +[0-9.]+){3}"))
        .anyMatch(line -> line.matches("tuned penalties( +[0-9.]+){3}"))
        .anyMatch(line -> line.matches("rows +265 +88 +89"))
        .anyMatch(line -> line.matches("bmi( +[0-9.]+){2}"))
        .anyMatch(line -> line.matches("hypergradient: .* against central differences"));
    String last = run.out().lines().toList().getLast();
    if (last.startsWith("picture skipped")) {
      assertThat(picture).doesNotExist();
    } else {
      assertThat(last).isEqualTo("picture: " + picture);
      assertThat(ImageIO.read(picture.toFile()).getWidth()).isEqualTo(1280);
    }
  }

  @Test
  void takesAnotherTable() throws IOException {
    String rows =
        IntStream.range(0, 40)
            .mapToObj(i -> i + "," + (i * i) % 13 + "," + (3 * i + (i * 7) % 5))
            .collect(Collectors.joining("\n"));
    Path file = Files.writeString(folder.resolve("own.csv"), "a,price,b\n" + rows);
    Path picture = folder.resolve("picture.png");
    Program run =
        Program.run("tune", "--data", file, "--target", "price", "--steps", 2, "--out", picture);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out()).containsPattern("(?m)^rows +24 +8 +8$").contains("\na ", "\nb ");
  }

  static Stream<Arguments> refusals() {
    String rows = "1,2\n".repeat(10);
    return Stream.of(
        Arguments.of("", "csv: %s: the file is empty, expected a header and at least one row"),
        Arguments.of("a,y\n", "csv: %s: there are no rows after the header, expected at least one"),
        Arguments.of("a,y\n1,x\n", "csv: %s, line 2: column \"y\": \"x\" came, expected a number"),
        Arguments.of("a,b\n" + rows, "tune: %s: no column \"y\", only [a, b]"),
        Arguments.of("y\n1\n2\n", "tune: %s: no column beside the target \"y\""),
        Arguments.of("a,y\n1,2\n3,4\n", "tune: %s: 2 rows came, expected at least 10"),
        Arguments.of(
            "a,y\n" + "1e200,1\n-1e200,2\n".repeat(10),
            "tune: %s: column \"a\" is from -1.0E200 to 1.0E200: use another unit"),
        Arguments.of(
            "a,y\n" + "0,1\n1e-200,2\n".repeat(10),
            "tune: %s: column \"a\" is from 0.0 to 1.0E-200: use another unit"),
        Arguments.of("a,y\n" + rows + "nan,3\n", "tune: %s: column \"a\", row 11: NaN came"),
        Arguments.of(
            "a,y\n" + rows, "tune: %s: column \"a\" is constant: 1.0 in all 6 rows to fit to"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesATableInOneLine(String text, String line) throws IOException {
    Path file = Files.writeString(folder.resolve("own.csv"), text);
    Program run = Program.run("tune", "--data", file, "--target", "y");
    assertThat(run.err()).isEqualTo(line.formatted(file) + System.lineSeparator());
    assertThat(run.out()).isEmpty();
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void refusesAMissingFileInOneLine() {
    Path file = folder.resolve("none.csv");
    Program run = Program.run("tune", "--data", file);
    assertThat(run.err()).isEqualTo("csv: " + file + ": no such file" + System.lineSeparator());
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void refusesAPictureWithoutFolderBeforeAnyWork() {
    Path picture = folder.resolve("none").resolve("picture.png");
    Program run = Program.run("tune", "--out", picture);
    assertThat(run.err())
        .isEqualTo("tune: --out " + picture + ": there is no such folder" + System.lineSeparator());
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void refusesNoSteps() {
    Program run = Program.run("tune", "--steps", 0);
    assertThat(run.err())
        .isEqualTo("tune: --steps 0 came, expected at least 1" + System.lineSeparator());
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void explainsItself() {
    Program run = Program.run("tune", "--help");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("--data", "--target", "--out", "--steps");
  }
}
