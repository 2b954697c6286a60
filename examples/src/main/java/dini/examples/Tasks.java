package dini.examples;

import dini.core.DType;
import dini.core.Dini;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code dini tasks}. */
@Command(
    name = "tasks",
    description = "Measures tasks that other systems do too, one JSON line for each.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "TASK")
final class Tasks implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--jit",
      scope = ScopeType.INHERIT,
      description = "Compile the task's function before it is measured.")
  private boolean jit;

  @Option(
      names = "--memory",
      scope = ScopeType.INHERIT,
      description = "Also print the peak of the heap, in megabytes: what is live and garbage.")
  private boolean memory;

  @Option(
      names = "--threads",
      scope = ScopeType.INHERIT,
      defaultValue = "1",
      description = "How many threads big operations may take; by default ${DEFAULT-VALUE}.")
  private int threads;

  private Tasks() {}

  /** There is nothing to do without a task. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing task");
  }

  @Command(
      name = "T0",
      description = "Value and gradient of small functions.",
      mixinStandardHelpOptions = true)
  void small() {
    SmallFunction.all().forEach(function -> print(() -> function.measure(mode())));
  }

  @Command(
      name = "T1",
      description = "The gradient of a validation loss through the fit of a ridge regression.",
      mixinStandardHelpOptions = true)
  void ridge(
      @Parameters(
              arity = "0..2",
              paramLabel = "ROWS FEATURES",
              description = "The size; by default 1024x10, 1000x100 and 2000x500 in turn.")
          int[] size) {
    int[][] sizes =
        size == null ? new int[][] {{1024, 10}, {1000, 100}, {2000, 500}} : new int[][] {size};
    for (int[] each : sizes) {
      if (each.length != 2 || each[0] < 1 || each[1] < 1) {
        throw new BadInputException("tasks: T1 expects the numbers of rows and of features");
      }
      print(() -> RidgeTask.of(each[0], each[1]).measure(mode()));
    }
  }

  @Command(
      name = "T5",
      description = "The meta-gradient of implicit MAML on 25 sine waves at once.",
      mixinStandardHelpOptions = true)
  void sinusoids() {
    print(() -> SinusoidTask.create().measure(mode()));
  }

  @Command(
      name = "T6",
      description = "The gradient through K steps of Adam of a network.",
      mixinStandardHelpOptions = true)
  void metaLearning(
      @Parameters(paramLabel = "K", description = "The number of steps.") int steps,
      @Parameters(
              arity = "0..1",
              paramLabel = "f32|f64",
              description = "The precision; by default ${DEFAULT-VALUE}.",
              defaultValue = "f32")
          String precision) {
    if (steps < 0) {
      throw new BadInputException("tasks: T6 expects a number of steps, got " + steps);
    }
    DType dtype =
        switch (precision) {
          case "f32" -> DType.FLOAT32;
          case "f64" -> DType.FLOAT64;
          default -> throw new BadInputException("tasks: T6 expects f32 or f64, got " + precision);
        };
    print(() -> MetaLearningTask.of(steps, dtype).measure(mode()));
  }

  private Mode mode() {
    return jit ? Mode.JIT : Mode.EAGER;
  }

  private void print(Supplier<TaskResult> task) {
    if (threads < 1) {
      throw new BadInputException("tasks: --threads expects 1 or more, got " + threads);
    }
    TaskResult result = Dini.withThreads(threads, task);
    spec.commandLine().getOut().println(result.json());
    if (memory) {
      spec.commandLine().getOut().println(PeakHeap.json(result.task(), result.size()));
    }
    spec.commandLine().getOut().flush();
  }
}
