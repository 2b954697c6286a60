package dini.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.kernel.Kernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DiniTest {
  @Test
  void versionIsThatOfTheBuild() throws IOException {
    Matcher version =
        Pattern.compile("<version>(.*?)</version>").matcher(Files.readString(Path.of("pom.xml")));
    assertThat(version.find()).isTrue();
    assertThat(Dini.info().version()).isEqualTo(version.group(1));
  }

  @Test
  void kernelsAreThoseThatServe() {
    Dini.Info info = Dini.info();
    if (Kernels.chosen().name().equals("scalar")) {
      assertThat(info.kernels()).isEqualTo("portable");
      assertThat(info.vectorBits()).isEmpty();
      assertThat(info.why()).isPresent();
    } else {
      assertThat("vector-" + info.vectorBits().getAsInt()).isEqualTo(Kernels.chosen().name());
      assertThat(info.kernels()).isEqualTo("vector");
      assertThat(info.why()).isEmpty();
    }
    assertThat(info.java()).startsWith(System.getProperty("java.runtime.version"));
    assertThat(info.system()).endsWith(System.getProperty("os.arch"));
    assertThat(info.processor()).isNotBlank();
  }

  @Test
  void saysItInLines() {
    Dini.Info vectors =
        new Dini.Info(
            "1.2", "vector", Optional.empty(), OptionalInt.of(512), 8, "25", "Linux", "chip");
    assertThat(vectors.toString().lines())
        .containsExactly(
            "Dini       1.2",
            "kernels    vector, 512 bits: 8 lanes of FLOAT64, 16 of FLOAT32",
            "threads    8",
            "Java       25",
            "system     Linux",
            "processor  chip");
    assertThat(vectors.lanes(DType.INT32)).isEqualTo(16);
    assertThat(vectors.lanes(DType.INT64)).isEqualTo(8);
    assertThat(vectors.lanes(DType.BOOL)).isEqualTo(1);
    Dini.Info portable =
        new Dini.Info(
            "1.2", "portable", Optional.of("because"), OptionalInt.empty(), 1, "25", "L", "chip");
    assertThat(portable.toString())
        .contains("kernels    portable: because" + System.lineSeparator());
    assertThat(portable.lanes(DType.FLOAT64)).isEqualTo(1);
  }

  @Test
  void threadsAreLimitedWithin() {
    int all = Dini.info().threads();
    assertThat(Dini.withThreads(1, Dini::info).threads()).isEqualTo(1);
    assertThat(Dini.withThreads(all, Dini::info).threads()).isEqualTo(all);
    assertThat(Dini.withThreads(1, () -> Dini.withThreads(all + 1, Dini::info)).threads())
        .isEqualTo(all);
    assertThat(Dini.info().threads()).isEqualTo(all);
    assertThatThrownBy(() -> Dini.withThreads(0, Dini::info))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("withThreads: expected 1 or more, got 0");
  }
}
