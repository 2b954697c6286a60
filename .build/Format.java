import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs google-java-format over the sources of all modules, from the root of the project: {@code
 * java .build/Format.java JAR check|write}. The build runs it so, with the JVM of its toolchain.
 */
final class Format {

  private Format() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path jar = Path.of(args[0]);
    List<String> options =
        switch (args[1]) {
          case "check" -> List.of("--dry-run", "--set-exit-if-changed");
          case "write" -> List.of("--replace");
          default -> throw new IllegalArgumentException("format.mode: " + args[1]);
        };
    int exit = format(jar, options, sources(Path.of("")));
    if (exit != 0 && args[1].equals("check")) {
      System.err.println("Not formatted: the files above. To format them:");
      System.err.println("  mvn -q -N process-sources -Dformat.mode=write");
    }
    System.exit(exit);
  }

  /** The Java files of {@code .build} and of every module's {@code src}. */
  private static List<String> sources(Path root) throws IOException {
    try (Stream<Path> children = Files.list(root.toAbsolutePath())) {
      return children
          .map(child -> child.endsWith(".build") ? child : child.resolve("src"))
          .filter(Files::isDirectory)
          .flatMap(Format::javaFiles)
          .map(Path::toString)
          .sorted()
          .toList();
    }
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int format(Path jar, List<String> options, List<String> sources)
      throws IOException, InterruptedException {
    // A file of arguments: the sources may outgrow a command line.
    Path list = Files.createTempFile("sources", ".txt");
    try {
      Files.write(list, sources);
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      List<String> command =
          Stream.of(List.of(java, "-jar", jar.toString()), options, List.of("@" + list))
              .flatMap(List::stream)
              .toList();
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } finally {
      Files.delete(list);
    }
  }
}
