package dini.functional.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dini.core.Dini;
import dini.functional.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The same input gives the same bits: in this JVM, in others with other options, and on every
 * machine, since the hashes stand in a file. A change of any bit on purpose is written by {@code
 * mvn test -pl core,linalg,functional -am -Dtest=BitsTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Ddini.write=true}. With {@code -Ddini.bits=all} more JVMs are asked.
 */
class BitsTest {
  private static final String COMMAND =
      "mvn test -pl core,linalg,functional -am -Dtest=BitsTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Ddini.write=true";

  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  /** Vector code from the first call on, instead of portable code while it is cold. */
  private static final String WARM = "-Ddini.warm=true";

  /** Options of other processors are no error. */
  private static final String LENIENT = "-XX:+IgnoreUnrecognizedVMOptions";

  private static SortedMap<String, String> here;

  /** Before any child is compared with the file. */
  @BeforeAll
  static void write() throws IOException {
    here = Bits.small();
    here.putAll(Bits.large());
    if (Boolean.getBoolean("dini.write")) {
      List<String> lines = new ArrayList<>();
      here.forEach((operation, hash) -> lines.add(operation + " " + hash));
      Files.createDirectories(file().getParent());
      Files.write(file(), lines);
    }
  }

  private static SortedMap<String, String> written() throws IOException {
    SortedMap<String, String> hashes = new TreeMap<>();
    Files.readAllLines(file()).forEach(line -> put(hashes, line));
    return hashes;
  }

  private static void put(Map<String, String> hashes, String line) {
    int at = line.lastIndexOf(' ');
    hashes.put(line.substring(0, at), line.substring(at + 1));
  }

  private static Path file() {
    Path here = Path.of("").toAbsolutePath();
    Path functional = here.endsWith("functional") ? here : here.resolve("functional");
    return functional.resolve(
        Path.of("src", "test", "resources", "dini", "functional", "catalogue", "bits.txt"));
  }

  /** The operations whose hashes are others than those written. */
  private static List<String> different(Map<String, String> hashes) throws IOException {
    List<String> names = new ArrayList<>();
    SortedMap<String, String> written = written();
    hashes.forEach(
        (operation, hash) -> {
          if (!hash.equals(written.get(operation))) {
            names.add(operation);
          }
        });
    return names;
  }

  /** Asks a JVM on the class path, of which {@code about} is expected. */
  private static void asks(String about, String... options) throws IOException {
    compare(Child.java(Bits.class, options), about, written().size());
  }

  /** Likewise, for small tensors only. */
  private static void asksForSmall(String about, String... options) throws IOException {
    compare(Child.java(List.of("small"), Bits.class, options), about, Bits.small().size());
  }

  private static void compare(Child child, String about, int count) throws IOException {
    assertThat(child.status()).as(child.err()).isZero();
    SortedMap<String, String> hashes = new TreeMap<>();
    for (String line : child.out().lines().toList()) {
      if (line.startsWith(Bits.ABOUT)) {
        assertThat(line).contains(about).contains(Dini.info().version());
      } else {
        put(hashes, line);
      }
    }
    assertThat(hashes).hasSize(count);
    assertThat(different(hashes)).as("operations with other bits in a JVM of " + about).isEmpty();
  }

  @Test
  void thisJvm() throws IOException {
    assertThat(different(here))
        .as("operations with other bits; if on purpose: " + COMMAND)
        .isEmpty();
    assertThat(written().keySet()).as(COMMAND).isEqualTo(here.keySet());
  }

  @Test
  void withoutTheVectorModule() throws IOException {
    asks("scalar, threads 3", "-XX:TieredStopAtLevel=1", "-Ddini.threads=3");
  }

  @Test
  void vectorsOfThisMachine() throws IOException {
    asks("threads 2", MODULE, WARM, "-Ddini.threads=2");
  }

  /** On a processor without vectors of 512 bits this is as above, with one thread. */
  @Test
  void narrowerVectors() throws IOException {
    asks("threads 1", LENIENT, MODULE, WARM, "-Ddini.threads=1", "-XX:UseAVX=2");
  }

  @Test
  void interpreted() throws IOException {
    asksForSmall("threads 2", "-Xint", "-Ddini.threads=2");
  }

  @Test
  @EnabledIfSystemProperty(named = "dini.bits", matches = "all")
  void narrowestVectors() throws IOException {
    asks("scalar", LENIENT, MODULE, WARM, "-XX:MaxVectorSize=16");
  }

  @Test
  @EnabledIfSystemProperty(named = "dini.bits", matches = "all")
  void bothCompilers() throws IOException {
    asks("scalar");
  }

  @Test
  @EnabledIfSystemProperty(named = "dini.bits", matches = "all")
  void compiledAtOnce() throws IOException {
    asksForSmall("threads 2", MODULE, WARM, "-XX:-TieredCompilation", "-Ddini.threads=2");
  }

  @Test
  @EnabledIfSystemProperty(named = "dini.bits", matches = "all")
  void withoutFusedInstructions() throws IOException {
    asksForSmall("threads 2", LENIENT, MODULE, "-XX:-UseFMA", "-Ddini.threads=2");
  }

  /** Vector code that the second compiler never sees, and parts of the work of many threads. */
  @Test
  @EnabledIfSystemProperty(named = "dini.bits", matches = "all")
  void oneCompiler() throws IOException {
    asks("threads 8", MODULE, WARM, "-XX:TieredStopAtLevel=1", "-Ddini.threads=8");
  }
}
