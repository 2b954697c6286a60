package dini.functional;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Blocks of Java on pages, and the lines of tests that they quote. */
final class Quoted {
  private Quoted() {}

  /** The lines of a test of this package between {@code // [mark} and {@code // mark]}. */
  static String source(Class<?> test, String mark) throws IOException {
    Path folder = Path.of("functional", "src", "test", "java", "dini", "functional");
    List<String> lines =
        Files.readAllLines(
            ClassPathTest.root().resolve(folder).resolve(test.getSimpleName() + ".java"));
    List<String> bare = lines.stream().map(String::strip).toList();
    int from = bare.indexOf("// [" + mark) + 1;
    int to = bare.indexOf("// " + mark + "]");
    return String.join("\n", lines.subList(from, to)).stripTrailing().stripIndent().strip();
  }

  /** The blocks of Java of a page, in order. */
  static List<String> blocks(Path page) throws IOException {
    List<String> blocks = new ArrayList<>();
    List<String> lines = Files.readAllLines(page);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).equals("```java")) {
        int end = i + lines.subList(i, lines.size()).indexOf("```");
        blocks.add(String.join("\n", lines.subList(i + 1, end)));
        i = end;
      }
    }
    return blocks;
  }
}
