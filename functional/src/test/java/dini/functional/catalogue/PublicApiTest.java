package dini.functional.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The public API is that of docs/api.txt. After a change, and a line about it in CHANGELOG.md, the
 * command below writes the file; it refuses while CHANGELOG.md is as it was when the file was
 * written last.
 */
class PublicApiTest {
  private static final String COMMAND =
      "mvn test -pl core,linalg,functional -am -Dtest=PublicApiTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Ddini.write=true";

  private static final String HEAD = "# written beside CHANGELOG.md of SHA-256 ";

  private static final Set<String> EXPORTED =
      Set.of(
          "dini.core",
          "dini.linalg",
          "dini.functional",
          "dini.functional.nn",
          "dini.functional.optim",
          "dini.functional.random");

  @Test
  void apiIsTheWrittenOne() throws IOException {
    Path file = root().resolve(Path.of("docs", "api.txt"));
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of("");
    List<String> written = lines.subList(1, lines.size());
    List<String> api = signatures();
    if (Boolean.getBoolean("dini.write") && !written.equals(api)) {
      String head = HEAD + digest();
      assertThat(lines.getFirst())
          .as("a change of the public API needs a line in CHANGELOG.md")
          .isNotEqualTo(head);
      List<String> text = new ArrayList<>(List.of(head));
      text.addAll(api);
      Files.write(file, text);
      return;
    }
    assertThat(api).as("public API; after a line in CHANGELOG.md: " + COMMAND).isEqualTo(written);
  }

  private static String digest() throws IOException {
    try {
      byte[] changelog = Files.readAllBytes(root().resolve("CHANGELOG.md"));
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(changelog);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(StandardCharsets.UTF_8.name(), e);
    }
  }

  /** The folder of all modules. */
  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("functional")) ? here : here.getParent();
  }

  private static List<String> signatures() {
    return LibraryClasses.in(EXPORTED)
        .filter(PublicApiTest::isPublic)
        .flatMap(
            type ->
                Stream.concat(Stream.of(type.toGenericString()), members(type).map(m -> "  " + m)))
        .toList();
  }

  private static boolean isPublic(Class<?> type) {
    return Modifier.isPublic(type.getModifiers())
        && (type.getDeclaringClass() == null || isPublic(type.getDeclaringClass()));
  }

  private static Stream<String> members(Class<?> type) {
    Stream<String> fields =
        Arrays.stream(type.getDeclaredFields())
            .filter(field -> isSeen(field.getModifiers()))
            .map(Field::toGenericString);
    Stream<String> executables =
        Stream.<Executable[]>of(type.getDeclaredConstructors(), type.getDeclaredMethods())
            .flatMap(Arrays::stream)
            .filter(member -> isSeen(member.getModifiers()) && !member.isSynthetic())
            .map(Executable::toGenericString);
    return Stream.concat(fields, executables).sorted();
  }

  private static boolean isSeen(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }
}
