package dini.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The page of results that are checked in: no time is measured. */
class PageTest {
  private static final Path RESULTS = Path.of("src/test/resources/dini/jmh/report/results.json");

  @TempDir private static Path folder;
  private static String page;

  @BeforeAll
  static void render() throws IOException {
    int code =
        new CommandLine(new Report())
            .setOut(new PrintWriter(Writer.nullWriter()))
            .execute("--render", RESULTS.toString(), "--docs", folder.toString());
    assertThat(code).isZero();
    page = Files.readString(folder.resolve("performance.md"));
  }

  @Test
  void namesTheMachine() {
    assertThat(page)
        .contains("| processor | Imaginary 8000 (family 1, model 2), one thread of 4 |")
        .contains("| vectors | 256 bits; kernels vector-256 |")
        .contains("| JVM | Some VM 25; G1 |");
  }

  @Test
  void tablesHaveMediansAndRatiosToTheFirstColumn() {
    // 2 n^3 flops: 2000 in 100 ns, 2 million in 50 microseconds; the scattered one is marked
    assertThat(page)
        .contains("| size | Dini | OpenBLAS | EJML | ojAlgo |")
        .contains("| 10 | 20.0 | 25.0 (0.80x) | 4.00 (5.00x) | 8.00 (2.50x) |")
        .contains("| 100 | 40.0 | 40.8 (0.98x) | 5.00 (8.00x) | ~5.00 (8.00x) |");
    // nanoseconds per element
    assertThat(page)
        .contains("| function | size | Dini | Math | StrictMath | Vector API |")
        .contains("| EXP | 4096 | 1.00 | 4.00 (4.00x) | 10.0 (10.0x) | 1.00 (1.00x) |")
        .contains("| 10,000,000 | 0.500 | 0.500 (1.00x) |");
    // times with units; a row without a size
    assertThat(page)
        .contains("| LU | 1000 | 20.0 ms | 1.20 s (60.0x) |")
        .contains("| 20.0 ns | 90.0 ns (4.50x) |");
  }

  @Test
  void columnsAndSectionsWithoutResultsAreLeftOut() {
    assertThat(page)
        .contains("| size | Dini | EJML |\n")
        .contains("| dtype | size | one pass | additions |")
        .doesNotContain("## Inner product")
        .doesNotContain("null");
  }

  @Test
  void kernelsStandBelowTheRoofsThatTheRunMeasured() {
    assertThat(page)
        .contains("50.0 GFLOPS in FLOAT64 and 100 in FLOAT32")
        .contains("100 GB/s from the nearest cache and 20.0 GB/s from memory");
    // 512 flops in 51.2 ns, 8 bytes each; 10 million flops in 5 ms
    assertThat(page)
        .contains("| sum 512 | 0.125 | 10.0 | 80.0 | 80 % of cache bandwidth |")
        .contains("| sum 10M | 0.125 | 2.00 | 16.0 | 80 % of memory bandwidth |")
        .contains("| adam f32 1M | 0.500 | 6.00 | 12.0 | in farther caches |")
        .contains("| gemm 100 | 8.33 | 40.0 | 4.80 | 80 % of peak arithmetic |");
  }

  @Test
  void saysWherePeersAreFasterAndNotWhereControlsAre() {
    assertThat(page)
        .contains(
            "## Where others are faster\n\n"
                + "- Products of matrices, FLOAT64, 10: 1.25x the time of OpenBLAS\n\n");
  }

  @Test
  void picturesShowSomething() throws IOException {
    for (String name : List.of("roofline", "gemm", "functions")) {
      String file = "images/performance-" + name + ".png";
      assertThat(page).contains("(" + file + ")");
      BufferedImage picture = ImageIO.read(folder.resolve(file).toFile());
      int width = picture.getWidth();
      int height = picture.getHeight();
      long colors =
          Arrays.stream(picture.getRGB(0, 0, width, height, null, 0, width)).distinct().count();
      assertThat(width).isEqualTo(960);
      assertThat(colors).as(name).isGreaterThan(10);
    }
    assertThat(page).doesNotContain("gemm32");
  }

  @Test
  void resultsAreReadAsTheyWereWritten() throws IOException {
    Results results = Results.read(RESULTS);
    Path copy = folder.resolve("copy.json");
    results.write(copy);
    assertThat(Results.read(copy)).isEqualTo(results);
    assertThat(Files.readString(copy)).contains("\"nanoseconds\": [ 100.0, 99.0, 102.0 ]");
  }

  @Test
  void aPartMeasuredAgainReplacesItselfOnTheSameMachineOnly() throws IOException {
    Results known = Results.read(RESULTS);
    Score again = new Score("kernel.Sum.dini", Map.of("size", "512"), List.of(64.0));
    Score more = new Score("kernel.Sum.dini", Map.of("size", "8"), List.of(4.0));
    Results part = new Results(known.machine(), "again", List.of(again, more));
    Results updated = known.updated(part);
    assertThat(updated.scores()).hasSize(known.scores().size() + 1).contains(again, more);
    assertThat(updated.find(Subjects.SUM, "dini", Map.of("size", "512"))).contains(again);
    Machine other = new Machine("other", 1, 128, "scalar", "VM", "G1", "Linux");
    Results elsewhere = new Results(other, "elsewhere", List.of(again));
    assertThat(known.updated(elsewhere)).isEqualTo(elsewhere);
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Path other = folder.resolve("other.json");
    for (String text : List.of("", "{}", "[]", "not JSON")) {
      Files.writeString(other, text);
      assertThatThrownBy(() -> Results.read(other))
          .isInstanceOf(IOException.class)
          .hasMessage("other.json is not a file of results");
    }
  }

  @Test
  void aProcessorHasItsNameFamilyAndModel() {
    List<String> lines =
        List.of(
            "processor\t: 0",
            "cpu family\t: 25",
            "model\t\t: 17",
            "model name\t: AMD EPYC",
            "model name\t: other");
    assertThat(Machine.processor(lines)).isEqualTo("AMD EPYC (family 25, model 17)");
    assertThat(Machine.processor(List.of("model name : Neoverse"))).isEqualTo("Neoverse");
  }
}
