package dini.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Times of calls. */
final class Stopwatch {
  private static final double WARM_UP_SECONDS = 4;
  private static final int REPETITIONS = 15;

  /** All repetitions together last at least this long, by calling often enough in each. */
  private static final double LEAST_SECONDS = 1;

  private static final double MOST_SECONDS = 20;
  private static final double LINUX_TICKS_PER_SECOND = 100;

  /** Where results go, so that no call is optimized away. */
  private static volatile Object sink;

  private Stopwatch() {}

  /**
   * Times of a call.
   *
   * @param median the median of the repetitions in seconds
   * @param best the least of the repetitions in seconds
   */
  record Times(double median, double best) {}

  /** Seconds since the start of this process. */
  static double sinceStart() {
    try {
      // ProcessHandle would add up to a second here: Linux tells it when it booted in whole seconds
      String status = Files.readString(Path.of("/proc/self/stat"));
      String[] afterName = status.substring(status.lastIndexOf(')') + 2).split(" ");
      double start = Double.parseDouble(afterName[19]) / LINUX_TICKS_PER_SECOND;
      return Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]) - start;
    } catch (IOException e) {
      Instant start = ProcessHandle.current().info().startInstant().orElseThrow();
      return Duration.between(start, Instant.now()).toNanos() / 1e9;
    }
  }

  /** Times of a call after a warm-up. */
  static Times time(Supplier<?> call) {
    double one = warmUp(call);
    int calls = (int) Math.max(1, LEAST_SECONDS / REPETITIONS / one);
    List<Double> times = new ArrayList<>();
    long start = System.nanoTime();
    do {
      times.add(secondsPerCall(call, calls));
    } while (times.size() < REPETITIONS && seconds(start) < MOST_SECONDS);
    times.sort(null);
    return new Times(times.get(times.size() / 2), times.getFirst());
  }

  /** Calls until the compilers are done with it; gives the seconds of the fastest call. */
  private static double warmUp(Supplier<?> call) {
    long start = System.nanoTime();
    double fastest = Double.MAX_VALUE;
    do {
      fastest = Math.min(fastest, secondsPerCall(call, 1));
    } while (seconds(start) < WARM_UP_SECONDS);
    return fastest;
  }

  private static double secondsPerCall(Supplier<?> call, int calls) {
    long start = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      sink = call.get();
    }
    return seconds(start) / calls;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
