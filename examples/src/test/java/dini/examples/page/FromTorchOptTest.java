package dini.examples.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/from-torchopt.md: its code is that of the examples, and what it names exists. */
class FromTorchOptTest {
  private static final Path ROOT = root();
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([\\w./-]+)\\)");

  private final String page = Files.readString(ROOT.resolve("docs/from-torchopt.md"));

  FromTorchOptTest() throws IOException {}

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!folder.resolve("docs").toFile().exists()) {
      folder = folder.getParent();
    }
    return folder;
  }

  @Test
  void everyBlockOfJavaIsPartOfAnExample() throws IOException {
    List<List<String>> sources = new ArrayList<>();
    for (Path file : files("examples/src/main/java/dini/examples/page")) {
      sources.add(Files.readAllLines(file));
    }
    List<List<String>> blocks = blocks();
    assertThat(blocks).hasSizeGreaterThan(5);
    for (List<String> block : blocks) {
      assertThat(sources).as(String.join("\n", block)).anyMatch(source -> quotes(source, block));
    }
  }

  /** Whether the block is some lines of the source in a row, moved to the left margin. */
  private static boolean quotes(List<String> source, List<String> block) {
    String text = String.join("\n", block);
    for (int from = 0; from + block.size() <= source.size(); from++) {
      String lines = String.join("\n", source.subList(from, from + block.size()));
      if (lines.stripIndent().equals(text)) {
        return true;
      }
    }
    return false;
  }

  private List<List<String>> blocks() {
    List<List<String>> blocks = new ArrayList<>();
    List<String> lines = page.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).equals("```java")) {
        int length = lines.subList(i + 1, lines.size()).indexOf("```");
        blocks.add(lines.subList(i + 1, i + 1 + length));
      }
    }
    return blocks;
  }

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    List<Path> tests = files("functional/src/test/java");
    List<MatchResult> names = TEST.matcher(page).results().toList();
    assertThat(names).hasSizeGreaterThan(10);
    for (MatchResult name : names) {
      List<String> sources = new ArrayList<>();
      for (Path test : tests) {
        if (test.endsWith(name.group(1) + ".java")) {
          sources.add(Files.readString(test));
        }
      }
      assertThat(sources)
          .as(name.group())
          .anyMatch(source -> source.contains("void " + name.group(2) + "("));
    }
  }

  @Test
  void everyLinkLeadsSomewhere() {
    List<MatchResult> links = LINK.matcher(page).results().toList();
    assertThat(links).hasSizeGreaterThan(4);
    for (MatchResult link : links) {
      assertThat(ROOT.resolve("docs").resolve(link.group(1))).exists();
    }
  }

  private static List<Path> files(String folder) throws IOException {
    try (Stream<Path> all = Files.walk(ROOT.resolve(folder))) {
      return all.filter(path -> path.toString().endsWith(".java")).toList();
    }
  }
}
