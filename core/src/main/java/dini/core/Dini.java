package dini.core;

import dini.core.kernel.Kernels;
import dini.core.kernel.Threads;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * How this process computes: what serves it, and how many threads it may take.
 *
 * <pre>{@code
 * System.out.println(Dini.info());
 * Tensor product = Dini.withThreads(1, () -> matmul(a, b));
 * }</pre>
 */
public final class Dini {
  private static final String VERSION = "version.txt";

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private Dini() {}

  /**
   * What computes here. {@code toString} gives one line for each, for reports of faults.
   *
   * @param version the version of this library
   * @param kernels the arithmetic in use: {@code "vector"}, which uses the Vector API of the JDK,
   *     or {@code "portable"}, which gives the same bits, slower
   * @param why why the portable kernels serve; empty if they do not
   * @param vectorBits the width of the vectors in bits; empty for portable kernels
   * @param threads how many threads big operations of the calling thread may take, itself included
   * @param java the Java runtime and its virtual machine
   * @param system the operating system and the architecture
   * @param processor the processor's name where the system tells it at once, else the architecture
   */
  public record Info(
      String version,
      String kernels,
      Optional<String> why,
      OptionalInt vectorBits,
      int threads,
      String java,
      String system,
      String processor) {

    /**
     * How many elements of a dtype are computed at once: those of a vector, and 1 with portable
     * kernels.
     *
     * @param dtype the dtype
     * @return the number of elements; 1 for {@code BOOL}, which has no vectors
     */
    public int lanes(DType dtype) {
      int bits = vectorBits.orElse(0);
      return switch (dtype) {
        case FLOAT64, INT64 -> Math.max(1, bits / Long.SIZE);
        case FLOAT32, INT32 -> Math.max(1, bits / Integer.SIZE);
        case BOOL -> 1;
      };
    }

    @Override
    public String toString() {
      String width =
          vectorBits.isEmpty()
              ? why.map(reason -> ": " + reason).orElse("")
              : ", %d bits: %d lanes of FLOAT64, %d of FLOAT32"
                  .formatted(vectorBits.getAsInt(), lanes(DType.FLOAT64), lanes(DType.FLOAT32));
      return String.join(
          System.lineSeparator(),
          "Dini       " + version,
          "kernels    " + kernels + width,
          "threads    " + threads,
          "Java       " + java,
          "system     " + system,
          "processor  " + processor);
    }
  }

  /**
   * What computes here: version, kernels, vectors, threads, Java, machine.
   *
   * @return the facts
   */
  public static Info info() {
    OptionalInt bits = Kernels.vectorBits();
    return new Info(
        version(),
        bits.isPresent() ? "vector" : "portable",
        Kernels.whyScalar(),
        bits,
        Threads.count(),
        System.getProperty("java.runtime.version") + " " + System.getProperty("java.vm.name"),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        processor());
  }

  /**
   * Runs a computation whose operations take at most some number of threads. By default big
   * operations are spread over all processors, or over as many threads as the system property
   * {@code dini.threads} says; this can only lower that number, and of nested calls the inner
   * counts. The results are the same bits for every number. It holds for what this thread runs, not
   * for threads that the computation starts; nor for the one, for a moment each, on which the
   * library prepares the loops of compiled programs.
   *
   * @param threads the largest number of threads, the calling one included: 1 or more
   * @param computation what to run
   * @param <T> what it gives
   * @return what it gave
   * @throws IllegalArgumentException if the number is below 1
   */
  public static <T> T withThreads(int threads, Supplier<? extends T> computation) {
    if (threads < 1) {
      throw new IllegalArgumentException("withThreads: expected 1 or more, got " + threads);
    }
    return Threads.limited(threads, computation);
  }

  /** The build writes it into a file beside this class, which is there on every kind of path. */
  private static String version() {
    try (InputStream file = Dini.class.getResourceAsStream(VERSION)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String processor() {
    if (Files.isReadable(PROCESSORS)) {
      try (Stream<String> lines = Files.lines(PROCESSORS)) {
        Optional<String> name =
            lines
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
        if (name.isPresent()) {
          return name.get();
        }
      } catch (IOException | UncheckedIOException _) {
        // then the architecture has to do
      }
    }
    return System.getProperty("os.arch");
  }
}
