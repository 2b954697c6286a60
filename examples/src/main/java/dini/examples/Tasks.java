package dini.examples;

import dini.core.DType;
import java.io.PrintWriter;
import java.util.Optional;

/** The command {@code dini tasks}. */
final class Tasks implements Command {

  @Override
  public String help() {
    return """
    Usage: dini tasks [--jit] [--once] [--memory] TASK
    Measures tasks that other systems do too, one JSON line for each:

      T0                  Value and gradient of small functions.
      T1 [ROWS FEATURES]  The gradient of a validation loss through the fit of a
                          ridge regression; by default of 1024x10, 1000x100 and
                          2000x500 in turn.
      T5                  The meta-gradient of implicit MAML on 25 sine waves.
      T6 K [f32|f64]      The gradient through K steps of Adam of a network, by
                          default in f32.

      --jit     Compile the task's function before it is measured.
      --memory  Also print the peak of the heap, in megabytes: what is live and
                garbage.
    """;
  }

  @Override
  public void run(Arguments arguments, PrintWriter out) {
    Mode mode = new Mode(arguments.flag("--jit"), arguments.flag("--once"));
    Report report = new Report(arguments.flag("--memory"), out);
    String task = arguments.next().orElse("nothing");
    switch (task) {
      case "T0" -> small(arguments, mode, report);
      case "T1" -> ridge(arguments, mode, report);
      case "T5" -> sinusoids(arguments, mode, report);
      case "T6" -> metaLearning(arguments, mode, report);
      default -> throw new BadInputException("tasks: " + task + " came, expected T0, T1, T5 or T6");
    }
  }

  private static void small(Arguments arguments, Mode mode, Report report) {
    arguments.end();
    for (SmallFunction function : SmallFunction.all()) {
      report.print(function.measure(mode));
    }
  }

  private static void ridge(Arguments arguments, Mode mode, Report report) {
    Optional<Integer> rows = arguments.nextWhole("ROWS");
    Optional<Integer> features = arguments.nextWhole("FEATURES");
    arguments.end();
    int[][] sizes =
        rows.isEmpty()
            ? new int[][] {{1024, 10}, {1000, 100}, {2000, 500}}
            : new int[][] {{rows.get(), features.orElse(0)}};
    for (int[] size : sizes) {
      if (size[0] < 1 || size[1] < 1) {
        throw new BadInputException("tasks: T1 expects the numbers of rows and of features");
      }
      report.print(RidgeTask.of(size[0], size[1]).measure(mode));
    }
  }

  private static void sinusoids(Arguments arguments, Mode mode, Report report) {
    arguments.end();
    report.print(SinusoidTask.create().measure(mode));
  }

  private static void metaLearning(Arguments arguments, Mode mode, Report report) {
    int steps = arguments.nextWhole("K").orElse(-1);
    String precision = arguments.next().orElse("f32");
    arguments.end();
    if (steps < 0) {
      throw new BadInputException("tasks: T6 expects a number of steps");
    }
    DType dtype =
        switch (precision) {
          case "f32" -> DType.FLOAT32;
          case "f64" -> DType.FLOAT64;
          default -> throw new BadInputException("tasks: T6 expects f32 or f64, got " + precision);
        };
    report.print(MetaLearningTask.of(steps, dtype).measure(mode));
  }

  /**
   * Where results go, each as soon as it is known.
   *
   * @param memory whether the peak of the heap goes there too
   * @param out what prints
   */
  private record Report(boolean memory, PrintWriter out) {

    void print(TaskResult result) {
      out.println(result.json());
      if (memory) {
        out.println(PeakHeap.json(result.task(), result.size()));
      }
      out.flush();
    }
  }
}
