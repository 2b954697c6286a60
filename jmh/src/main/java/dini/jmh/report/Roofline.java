package dini.jmh.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Kernels against what the machine can do: no kernel computes faster than the multiply-adds in
 * registers, nor moves bytes faster than a loop that does nothing else.
 *
 * <p>Source: Williams, Waterman and Patterson, Roofline: An Insightful Visual Performance Model
 * (2009).
 *
 * @param float64 the most GFLOPS in FLOAT64
 * @param float32 the most GFLOPS in FLOAT32
 * @param cache the most GB/s from the nearest cache
 * @param memory the most GB/s from memory
 * @param points the kernels
 */
record Roofline(double float64, double float32, double cache, double memory, List<Point> points) {
  /** Up to here the nearest cache of about every machine holds what a kernel touches. */
  private static final double NEAR = 24 << 10;

  /** From here on it does not fit in the caches of most machines. */
  private static final double FAR = 64 << 20;

  /**
   * A kernel.
   *
   * @param label its name and size
   * @param intensity operations for each byte that must move
   * @param gflops what it reached
   * @param bytes what must move in one call
   * @param single whether it is FLOAT32
   */
  record Point(String label, double intensity, double gflops, double bytes, boolean single) {

    double bandwidth() {
      return gflops / intensity;
    }
  }

  /** The roofs and kernels of a run, if it measured the machine. */
  static Optional<Roofline> of(Results results) {
    OptionalDouble float64 = flops(results, "float64");
    OptionalDouble float32 = flops(results, "float32");
    OptionalDouble cache = bandwidth(results, "1024");
    OptionalDouble memory = bandwidth(results, "16777216");
    if (float64.isEmpty() || float32.isEmpty() || cache.isEmpty() || memory.isEmpty()) {
      return Optional.empty();
    }
    List<Point> points = new ArrayList<>();
    add(points, results, Subjects.SUM, "sum");
    add(points, results, Subjects.DOT, "dot");
    add(points, results, Subjects.AXPY, "axpy");
    add(points, results, Subjects.ELEMENTWISE, "");
    add(points, results, Subjects.ADAM, "adam");
    add(points, results, Subjects.GEMV, "gemv");
    add(points, results, Subjects.FUNCTIONS, "");
    add(points, results, Subjects.GEMM, "gemm");
    add(points, results, Subjects.GEMM_32, "gemm f32");
    return Optional.of(
        new Roofline(
            float64.getAsDouble(),
            float32.getAsDouble(),
            cache.getAsDouble(),
            memory.getAsDouble(),
            List.copyOf(points)));
  }

  /** Of the fastest iteration, as below: whoever disturbs a machine does not raise its roofs. */
  private static OptionalDouble flops(Results results, String method) {
    return results.params(Subjects.ARITHMETIC).stream()
        .flatMap(params -> results.find(Subjects.ARITHMETIC, method, params).stream())
        .mapToDouble(
            score -> Subjects.ARITHMETIC.work().apply(score.params()).flops() / score.best())
        .max();
  }

  private static OptionalDouble bandwidth(Results results, String size) {
    Map<String, String> params = Map.of("size", size);
    double bytes = Subjects.MEMORY.work().apply(params).bytes();
    return OptionalDouble.of(
            Math.max(
                results
                    .find(Subjects.MEMORY, "read", params)
                    .map(s -> bytes / s.best())
                    .orElse(0.0),
                results
                    .find(Subjects.MEMORY, "triad", params)
                    .map(s -> 3 * bytes / s.best())
                    .orElse(0.0)))
        .stream()
        .filter(found -> found > 0)
        .findFirst();
  }

  private static void add(List<Point> points, Results results, Subject subject, String name) {
    for (Map<String, String> params : results.params(subject)) {
      Work work = subject.work().apply(params);
      Optional<Score> score = results.find(subject, subject.first(), params);
      if (score.isPresent() && work.flops() > 0) {
        points.add(
            new Point(
                label(name, params),
                work.flops() / work.bytes(),
                work.flops() / score.get().median(),
                work.bytes(),
                name.endsWith("f32") || "f32".equals(params.get("dtype"))));
      }
    }
  }

  private static String label(String name, Map<String, String> params) {
    StringBuilder label = new StringBuilder(name);
    params.forEach(
        (parameter, value) ->
            label.append(
                switch (parameter) {
                  case "transposed" -> value.equals("true") ? "'" : "";
                  case "size" -> " " + shortened(value);
                  default -> " " + value.toLowerCase(Locale.ROOT);
                }));
    return label.toString().strip();
  }

  private static String shortened(String size) {
    return size.endsWith("000000") ? size.substring(0, size.length() - 6) + "M" : size;
  }

  private double peak(Point point) {
    return point.single() ? float32 : float64;
  }

  /** What limits a kernel, in words, with the share of it that the kernel reaches. */
  String limit(Point point) {
    double bandwidth = point.bytes() <= NEAR ? cache : point.bytes() >= FAR ? memory : 0;
    String where = point.bytes() <= NEAR ? "cache" : "memory";
    double peak = peak(point);
    if (bandwidth > 0 && point.intensity() * bandwidth < peak) {
      return percent(point.bandwidth() / bandwidth) + " of " + where + " bandwidth";
    }
    return bandwidth > 0 || point.intensity() * memory > peak
        ? percent(point.gflops() / peak) + " of peak arithmetic"
        : "in farther caches";
  }

  private static String percent(double share) {
    return Math.round(100 * share) + " %";
  }
}
