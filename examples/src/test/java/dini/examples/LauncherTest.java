package dini.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code dini} with a JDK that only tells how it was called. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  /** Writes its arguments to a file, and an archive where it is asked for one. */
  private static final String JAVA =
      """
      #!/bin/sh
      echo "$*" >>"$LOG"
      case $1 in
        -XX:ArchiveClassesAtExit=*) echo classes >"${1#*=}" ;;
      esac
      """;

  private static final String JAVA_WITHOUT_ARCHIVES =
      """
      #!/bin/sh
      echo "$*" >>"$LOG"
      """;

  @TempDir private Path folder;
  private Path jar;
  private Path archive;

  @BeforeEach
  void builtProgram() throws IOException {
    Path root = Files.createDirectories(folder.resolve("a project"));
    Files.copy(Path.of("..", "dini"), root.resolve("dini"));
    Path modules = Files.createDirectories(root.resolve("examples/target/modules"));
    archive = modules.resolveSibling("dini.jsa");
    jar = Files.createFile(modules.resolve("dini-examples-1.jar"));
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(60)));
    executable("java", JAVA);
    executable("javac", "");
    Path release = folder.resolve("jdk/release");
    Files.writeString(release, "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25.0.3\"\n");
    Files.setLastModifiedTime(release, FileTime.from(Instant.now().minusSeconds(60)));
  }

  @Test
  void passesArgumentsOn() throws Exception {
    assertThat(start("tune", "--out", "a b.png")).isEmpty();
    assertThat(calls().getLast())
        .startsWith("-XX:SharedArchiveFile=" + archive + " ")
        .endsWith("-p " + jar.getParent() + " -m dini.examples tune --out a b.png");
  }

  @Test
  void makesTheArchiveOnce() throws Exception {
    start("--version");
    assertThat(calls()).hasSize(2);
    assertThat(calls().getFirst()).endsWith("-m dini.examples/dini.examples.Rehearsal");
    assertThat(archive).hasContent("classes");
    start("--version");
    assertThat(calls()).hasSize(3);
    assertThat(archive.getParent()).isDirectoryNotContaining("glob:**.jsa.*");
  }

  @Test
  void makesItAgainForNewJars() throws Exception {
    start("--version");
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
    start("--version");
    assertThat(calls()).hasSize(4);
  }

  @Test
  void makesItAgainForANewJdk() throws Exception {
    start("--version");
    Files.setLastModifiedTime(
        folder.resolve("jdk/release"), FileTime.from(Instant.now().plusSeconds(60)));
    start("--version");
    assertThat(calls()).hasSize(4);
  }

  @Test
  void triesOnceWhereThereCanBeNone() throws Exception {
    executable("java", JAVA_WITHOUT_ARCHIVES);
    assertThat(start("--version")).isEmpty();
    assertThat(start("--version")).isEmpty();
    assertThat(calls()).hasSize(3);
    assertThat(archive).isEmptyFile();
  }

  @Test
  void startsTwiceAtOnce() throws Exception {
    List<Process> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      both.add(process("--version").start());
    }
    for (Process one : both) {
      assertThat(one.inputReader().readAllAsString()).isEmpty();
      assertThat(one.waitFor()).isZero();
    }
    assertThat(archive).hasContent("classes");
  }

  @Test
  void whatItArchivesRuns() {
    assertThatCode(() -> Rehearsal.main(new String[0])).doesNotThrowAnyException();
  }

  private void executable(String name, String text) throws IOException {
    Path file = Files.createDirectories(folder.resolve("jdk/bin")).resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private String start(String... arguments) throws Exception {
    Process process = process(arguments).start();
    String printed = process.inputReader().readAllAsString();
    assertThat(process.waitFor()).isZero();
    return printed;
  }

  private ProcessBuilder process(String... arguments) {
    List<String> command = new ArrayList<>(List.of(folder.resolve("a project/dini").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().put("LOG", folder.resolve("log").toString());
    return builder;
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("log"));
  }
}
