package dini.examples;

import dini.core.DType;
import dini.core.Dini;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The command {@code dini tasks}. */
final class Tasks implements Command {

  private final OptionSpec jit =
      flag("--jit", "Compile the task's function before it is measured.");

  private final OptionSpec once =
      flag("--once", "Run it once only, and not again for the times of later calls.");

  private final OptionSpec memory =
      flag("--memory", "Also print the peak of the heap, in megabytes: what is live and garbage.");

  private final OptionSpec threads =
      OptionSpec.builder("--threads")
          .paramLabel("N")
          .type(int.class)
          .defaultValue("1")
          .description("How many threads big operations may take; by default ${DEFAULT-VALUE}.")
          .build();

  private final PositionalParamSpec task =
      PositionalParamSpec.builder()
          .index("0")
          .paramLabel("TASK")
          .type(String.class)
          .required(true)
          .description(
              "T0: Value and gradient of small functions.",
              "T1 [ROWS FEATURES]: The gradient of a validation loss through the fit of a ridge"
                  + " regression; by default of 1024x10, 1000x100 and 2000x500 in turn.",
              "T5: The meta-gradient of implicit MAML on 25 sine waves at once.",
              "T6 K [f32|f64]: The gradient through K steps of Adam of a network, by default in"
                  + " f32.")
          .build();

  private final PositionalParamSpec number =
      PositionalParamSpec.builder()
          .index("1")
          .arity("0..1")
          .paramLabel("ROWS|K")
          .type(Integer.class)
          .description("The rows of T1, or the steps of T6.")
          .build();

  private final PositionalParamSpec detail =
      PositionalParamSpec.builder()
          .index("2")
          .arity("0..1")
          .paramLabel("FEATURES|f32|f64")
          .type(String.class)
          .description("The features of T1, or the precision of T6.")
          .build();

  private static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name)
        .type(boolean.class)
        .defaultValue("false")
        .description(description)
        .build();
  }

  @Override
  public CommandSpec spec() {
    return CommandSpec.create()
        .name("tasks")
        .addOption(jit)
        .addOption(once)
        .addOption(memory)
        .addOption(threads)
        .addPositional(task)
        .addPositional(number)
        .addPositional(detail)
        .usageMessage(
            new UsageMessageSpec()
                .description("Measures tasks that other systems do too, one JSON line for each."));
  }

  @Override
  public void run(PrintWriter out) {
    Mode mode = new Mode(jit.getValue(), once.getValue());
    Report report = new Report(threads.getValue(), memory.getValue(), out);
    String name = task.getValue();
    switch (name) {
      case "T0" -> small(mode, report);
      case "T1" -> ridge(mode, report);
      case "T5" -> sinusoids(mode, report);
      case "T6" -> metaLearning(mode, report);
      default -> throw new BadInputException("tasks: " + name + " came, expected T0, T1, T5 or T6");
    }
  }

  private void small(Mode mode, Report report) {
    takesNothing();
    for (SmallFunction function : SmallFunction.all()) {
      report.print(() -> function.measure(mode));
    }
  }

  private void ridge(Mode mode, Report report) {
    int[][] sizes =
        number.getValue() == null
            ? new int[][] {{1024, 10}, {1000, 100}, {2000, 500}}
            : new int[][] {{number.getValue(), features()}};
    for (int[] size : sizes) {
      if (size[0] < 1 || size[1] < 1) {
        throw new BadInputException("tasks: T1 expects the numbers of rows and of features");
      }
      report.print(() -> RidgeTask.of(size[0], size[1]).measure(mode));
    }
  }

  private void sinusoids(Mode mode, Report report) {
    takesNothing();
    report.print(() -> SinusoidTask.create().measure(mode));
  }

  private void metaLearning(Mode mode, Report report) {
    int steps = Objects.requireNonNullElse(number.getValue(), -1);
    if (steps < 0) {
      throw new BadInputException("tasks: T6 expects a number of steps");
    }
    String precision = Objects.requireNonNullElse(detail.getValue(), "f32");
    DType dtype =
        switch (precision) {
          case "f32" -> DType.FLOAT32;
          case "f64" -> DType.FLOAT64;
          default -> throw new BadInputException("tasks: T6 expects f32 or f64, got " + precision);
        };
    report.print(() -> MetaLearningTask.of(steps, dtype).measure(mode));
  }

  /** The number of features; 0 if none came. */
  private int features() {
    String features = Objects.requireNonNullElse(detail.getValue(), "0");
    try {
      return Integer.parseInt(features);
    } catch (NumberFormatException e) {
      throw new BadInputException("tasks: FEATURES " + features + " came, expected a whole number");
    }
  }

  private void takesNothing() {
    if (number.getValue() != null) {
      throw new BadInputException(
          "tasks: %s takes nothing, got %s".formatted(task.getValue(), number.getValue()));
    }
  }

  /**
   * Measures, and tells each result as soon as it is known.
   *
   * @param threads how many threads big operations may take
   * @param memory whether the peak of the heap is told too
   * @param out what prints
   */
  record Report(int threads, boolean memory, PrintWriter out) {
    Report {
      if (threads < 1) {
        throw new BadInputException("tasks: --threads expects 1 or more, got " + threads);
      }
    }

    void print(Supplier<TaskResult> task) {
      TaskResult result = Dini.withThreads(threads, task);
      out.println(result.json());
      if (memory) {
        out.println(PeakHeap.json(result.task(), result.size()));
      }
      out.flush();
    }
  }
}
