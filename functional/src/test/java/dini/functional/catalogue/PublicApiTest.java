package dini.functional.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The public API is that of docs/api.txt. After a change, and a line about it in CHANGELOG.md, the
 * command below writes the file; it refuses while CHANGELOG.md is as it was when the file was
 * written last. Its head has digests of both, so that a file edited by hand fails.
 */
class PublicApiTest {
  private static final String COMMAND =
      "mvn test -pl core,linalg,functional -am -Dtest=PublicApiTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Ddini.write=true";

  private static final String HEAD = "# written beside CHANGELOG.md of SHA-256 ";

  /** A file edited by hand has another one, so that no change goes around CHANGELOG.md. */
  private static final String BODY = ", what follows is of ";

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
    List<String> api = signatures();
    if (Boolean.getBoolean("dini.write") && !isWritten(lines, api)) {
      String beside = HEAD + digest(Files.readString(root().resolve("CHANGELOG.md")));
      assertThat(lines.getFirst())
          .as("a change of the public API needs a line in CHANGELOG.md")
          .doesNotStartWith(beside);
      Files.write(file, lines(beside, api));
      return;
    }
    assertThat(api)
        .as("public API; after a line in CHANGELOG.md: " + COMMAND)
        .isEqualTo(lines.subList(1, lines.size()));
    assertThat(isWritten(lines, api)).as("edited by hand, not by " + COMMAND).isTrue();
  }

  private static List<String> lines(String beside, List<String> api) {
    List<String> lines = new ArrayList<>(List.of(beside + BODY + digest(String.join("\n", api))));
    lines.addAll(api);
    return lines;
  }

  private static boolean isWritten(List<String> lines, List<String> api) {
    String beside = lines.getFirst().split(BODY, 2)[0];
    return lines.equals(lines(beside, api));
  }

  @Test
  void editsByHandAreSeen() {
    List<String> written = lines(HEAD + "0", List.of("a", "b"));
    assertThat(isWritten(written, List.of("a", "b"))).isTrue();
    assertThat(isWritten(written, List.of("a", "c"))).isFalse();
    assertThat(isWritten(List.of(written.getFirst(), "a", "c"), List.of("a", "c"))).isFalse();
  }

  @Test
  void tellsWhatATypeIsAndHolds() {
    assertThat(describe(Sample.class))
        .containsExactly(
            "public abstract static sealed class " + Sample.class.getName() + "<T>",
            "  extends java.util.AbstractList<T>",
            "  implements java.util.function.Supplier<T>",
            "  permits " + Only.class.getName(),
            "  protected " + Sample.class.getName() + "()",
            "  public static final int " + Sample.class.getName() + ".LIMIT = 3",
            "  public static final java.lang.String " + Sample.class.getName() + ".NAME = \"a\"",
            "  public static final java.util.List<java.lang.String> "
                + Sample.class.getName()
                + ".NAMES");
  }

  /** Has everything that a line can tell. */
  public abstract static sealed class Sample<T> extends AbstractList<T> implements Supplier<T>
      permits Only {
    public static final int LIMIT = 3;
    public static final String NAME = "a";
    public static final List<String> NAMES = List.of();

    protected Sample() {}
  }

  /** The only one of its kind. */
  public abstract static non-sealed class Only extends Sample<String> {}

  private static String digest(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JVM has SHA-256", e);
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
        .flatMap(type -> describe(type).stream())
        .toList();
  }

  private static List<String> describe(Class<?> type) {
    List<String> lines = new ArrayList<>(List.of(type.toGenericString()));
    Type parent = type.getGenericSuperclass();
    if (parent != null && parent != Object.class && !type.isRecord() && !type.isEnum()) {
      lines.add("  extends " + parent.getTypeName());
    }
    for (Type implemented : type.getGenericInterfaces()) {
      lines.add("  implements " + implemented.getTypeName());
    }
    if (type.isSealed() && !type.isEnum()) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        lines.add("  permits " + permitted.getName());
      }
    }
    members(type).forEach(member -> lines.add("  " + member));
    return lines;
  }

  private static boolean isPublic(Class<?> type) {
    return Modifier.isPublic(type.getModifiers())
        && (type.getDeclaringClass() == null || isPublic(type.getDeclaringClass()));
  }

  private static Stream<String> members(Class<?> type) {
    Stream<String> fields =
        Arrays.stream(type.getDeclaredFields())
            .filter(field -> isSeen(field.getModifiers()))
            .map(PublicApiTest::describe);
    Stream<String> executables =
        Stream.<Executable[]>of(type.getDeclaredConstructors(), type.getDeclaredMethods())
            .flatMap(Arrays::stream)
            .filter(member -> isSeen(member.getModifiers()) && !member.isSynthetic())
            .map(Executable::toGenericString);
    return Stream.concat(fields, executables).sorted();
  }

  /** A constant with its value, which callers have compiled into their classes. */
  private static String describe(Field field) {
    int modifiers = field.getModifiers();
    Class<?> type = field.getType();
    boolean isText = type == String.class;
    if (!Modifier.isStatic(modifiers)
        || !Modifier.isFinal(modifiers)
        || !(isText || type.isPrimitive())) {
      return field.toGenericString();
    }
    try {
      field.setAccessible(true);
      Object value = field.get(null);
      return field.toGenericString() + " = " + (isText ? "\"" + value + "\"" : value);
    } catch (IllegalAccessException e) {
      throw new AssertionError(field.toGenericString(), e);
    }
  }

  private static boolean isSeen(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }
}
