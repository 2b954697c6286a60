package dini.jmh.report;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code report}. */
@Command(
    name = "report",
    description = "Measures, keeps the times as JSON and writes the page of them.",
    mixinStandardHelpOptions = true)
public final class Report implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--full",
      description = "All sizes, three rounds, longer iterations: a matter of hours.")
  private boolean full;

  @Option(
      names = "--trial",
      description = "Everything for a moment, to see that it works; the numbers mean nothing.")
  private boolean trial;

  @Option(names = "--rounds", description = "How often everything is measured; 1, --full 3.")
  private Integer rounds;

  @Option(
      names = "--only",
      paramLabel = "REGEX",
      description =
          "Only subjects whose name is found by this, such as kernel.Gemm; the rest stays as in"
              + " the last run.",
      defaultValue = "")
  private Pattern only;

  @Option(
      names = "--render",
      paramLabel = "FILE",
      description = "Measure nothing, make the page of these results.")
  private Path render;

  @Option(
      names = "--results",
      paramLabel = "FOLDER",
      description = "Where the times go; by default ${DEFAULT-VALUE}.",
      defaultValue = "jmh/results")
  private Path resultsFolder;

  @Option(
      names = "--docs",
      paramLabel = "FOLDER",
      description = "Where the page goes; by default ${DEFAULT-VALUE}.",
      defaultValue = "docs")
  private Path docs;

  /** Made by picocli. */
  public Report() {}

  @Override
  public Integer call() throws IOException, RunnerException, InterruptedException {
    System.setProperty("java.awt.headless", "true");
    check(docs);
    Results results = render == null ? measured() : Results.read(render);
    new Page(results, docs).write();
    spec.commandLine().getOut().println("page: " + docs.resolve("performance.md"));
    spec.commandLine().getOut().flush();
    return 0;
  }

  private Results measured() throws IOException, RunnerException, InterruptedException {
    check(resultsFolder.toAbsolutePath().getParent());
    Files.createDirectories(resultsFolder);
    Path file = resultsFolder.resolve(trial ? "trial.json" : full ? "full.json" : "quick.json");
    boolean part = !only.pattern().isEmpty() && Files.exists(file);
    Optional<Results> earlier = part ? Optional.of(Results.read(file)) : Optional.empty();
    PrintStream progress = new PrintStream(System.out, true);
    Results results = runs().run(Machine.ask(), progress, part(earlier, file));
    spec.commandLine().getOut().println("times: " + file);
    return earlier.map(known -> known.updated(results)).orElse(results);
  }

  /** Keeps what a run has so far, beside an earlier run that it is a part of. */
  private static Consumer<Results> part(Optional<Results> earlier, Path file) {
    return results -> {
      try {
        earlier.map(known -> known.updated(results)).orElse(results).write(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private Runs runs() {
    if (trial) {
      return new Runs(full, 1, 0.03, 1, 0.02, only);
    }
    return full
        ? new Runs(true, rounds == null ? 3 : rounds, 3, 5, 0.4, only)
        : new Runs(false, rounds == null ? 1 : rounds, 1.5, 5, 0.2, only);
  }

  private void check(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new ParameterException(
          spec.commandLine(),
          "report: there is no folder " + folder + "; start it in the folder of the project");
    }
  }
}
