package dini.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every name that docs/from-jax.md promises exists. */
class FromJaxTest {
  private static final Pattern NAME = Pattern.compile("`(\\w+)\\.(\\w+)`");

  private static final List<String> PACKAGES =
      List.of(
          "dini.core.",
          "dini.linalg.",
          "dini.functional.",
          "dini.functional.optim.",
          "dini.functional.random.");

  @Test
  void namesExist() throws IOException {
    TreeSet<String> missing = new TreeSet<>();
    int found = 0;
    for (String line : Files.readAllLines(ClassPathTest.root().resolve("docs/from-jax.md"))) {
      String[] cells = line.split("\\|");
      if (cells.length < 3) {
        continue;
      }
      Matcher names = NAME.matcher(cells[2]);
      while (names.find()) {
        found++;
        if (!exists(names.group(1), names.group(2))) {
          missing.add(names.group());
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(found).isGreaterThan(90);
  }

  private static boolean exists(String type, String method) {
    for (String prefix : PACKAGES) {
      try {
        Class<?> found = Class.forName(prefix + type);
        return Arrays.stream(found.getMethods())
            .filter(each -> Modifier.isStatic(each.getModifiers()))
            .map(Method::getName)
            .anyMatch(method::equals);
      } catch (ClassNotFoundException _) {
        // the next package
      }
    }
    return false;
  }
}
