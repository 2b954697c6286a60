package dini.functional.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every result of the catalogue has the same bits with portable kernels and with the Vector API of
 * any width, each in a JVM of its own, on the class path.
 */
class KernelTest {
  /** The hashes that a child printed, and the kernels that it chose. */
  private record Child(String kernels, Map<String, Long> hashes) {}

  private static final Map<String, Long> HERE = Fingerprint.ofAll();

  private static String classPath() throws Exception {
    String own = Fingerprint.class.getSimpleName() + ".class";
    URL place = Fingerprint.class.getResource(own);
    int depth = Fingerprint.class.getName().split("\\.").length;
    Path classes = Path.of(new URI(place.toString()));
    for (int i = 0; i < depth; i++) {
      classes = classes.getParent();
    }
    return Stream.of(
            classes.toString(),
            System.getProperty("jdk.module.path", ""),
            System.getProperty("java.class.path", ""))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Child run(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classPath(), Fingerprint.class.getName()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      Child child = parse(process);
      assertTrue(process.waitFor(10, TimeUnit.SECONDS), command::toString);
      assertEquals(0, process.exitValue(), command::toString);
      return child;
    } finally {
      process.destroyForcibly();
    }
  }

  private static Child parse(Process process) throws IOException {
    String kernels = null;
    Map<String, Long> hashes = new TreeMap<>();
    for (String line : process.inputReader().lines().toList()) {
      int at = line.lastIndexOf(" = ");
      if (line.startsWith(Fingerprint.KERNELS)) {
        kernels = line.substring(Fingerprint.KERNELS.length());
      } else if (at > 0) {
        hashes.put(line.substring(0, at), Long.valueOf(line.substring(at + 3)));
      }
    }
    return new Child(kernels, hashes);
  }

  @Test
  @Timeout(300)
  void scalarKernelsGiveTheBitsOfThisJvm() throws Exception {
    Child scalar = run("-Ddini.kernels=scalar");
    assertEquals("scalar", scalar.kernels());
    assertFalse(scalar.hashes().isEmpty());
    assertEquals(HERE, scalar.hashes());
  }

  @Test
  @Timeout(300)
  void vectorKernelsOfAnyWidthGiveTheBitsOfThisJvm() throws Exception {
    String module = "--add-modules=jdk.incubator.vector";
    Child widest = run(module);
    assertEquals(HERE, widest.hashes(), widest.kernels());
    for (int bytes : new int[] {32, 16}) {
      Child narrower = run(module, "-XX:MaxVectorSize=" + bytes);
      assertEquals(HERE, narrower.hashes(), narrower.kernels());
    }
  }
}
