package dini.jmh.report;

import com.google.gson.Gson;
import dini.core.kernel.Kernels;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jdk.incubator.vector.DoubleVector;

/**
 * What results were measured on; no names of hosts, users or folders.
 *
 * @param cpu the model of the processor, as the system tells it
 * @param processors how many of them the JVM sees; benchmarks use one
 * @param vectorBits the width of the vectors that the JVM prefers
 * @param kernels the name of our kernels
 * @param jdk the JVM
 * @param collector its garbage collector
 * @param system the operating system
 */
record Machine(
    String cpu,
    int processors,
    int vectorBits,
    String kernels,
    String jdk,
    String collector,
    String system) {

  /** Prints this machine as JSON, from a JVM that runs as those of the benchmarks do. */
  public static void main(String[] args) {
    System.out.println(new Gson().toJson(here()));
  }

  /** This machine, seen from a JVM of its own: this one may lack the vector module. */
  static Machine ask() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                Machine.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String json = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("a JVM with the vector module does not start");
    }
    return new Gson().fromJson(json, Machine.class);
  }

  private static Machine here() {
    // "G1 Young Generation", "G1 Old Generation": the first word tells them apart
    String collectors =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(collector -> collector.getName().split(" ")[0])
            .distinct()
            .collect(Collectors.joining(", "));
    return new Machine(
        processor(),
        Runtime.getRuntime().availableProcessors(),
        DoubleVector.SPECIES_PREFERRED.vectorBitSize(),
        Kernels.chosen().name(),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        collectors,
        System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }

  private static String processor() {
    Path linux = Path.of("/proc/cpuinfo");
    try {
      if (Files.isReadable(linux)) {
        return processor(Files.readAllLines(linux));
      }
      if (System.getProperty("os.name").startsWith("Mac")) {
        Process process = new ProcessBuilder("sysctl", "-n", "machdep.cpu.brand_string").start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      }
    } catch (IOException e) {
      // the architecture must do
    }
    String windows = System.getenv("PROCESSOR_IDENTIFIER");
    return windows == null ? System.getProperty("os.arch") : windows;
  }

  /** The first processor of Linux's list. Clouds hide the model's name, so family and model too. */
  static String processor(List<String> lines) {
    Map<String, String> first = new TreeMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon >= 0) {
        first.putIfAbsent(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
    String name = first.getOrDefault("model name", System.getProperty("os.arch"));
    return first.containsKey("cpu family")
        ? name + " (family " + first.get("cpu family") + ", model " + first.get("model") + ")"
        : name;
  }
}
