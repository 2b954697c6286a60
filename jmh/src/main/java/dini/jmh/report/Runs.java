package dini.jmh.report;

import dini.jmh.peer.Peers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs subjects by JMH. All methods of a subject at one size run directly after each other, each in
 * a JVM of its own, and rounds go over everything: so a machine that others disturb for a while
 * disturbs all of them, and a median over the rounds leaves it out.
 *
 * @param full whether all values of parameters are taken
 * @param rounds how often everything is measured
 * @param warmUp seconds before a measurement
 * @param iterations of a measurement
 * @param seconds of an iteration
 * @param only which subjects
 */
record Runs(boolean full, int rounds, double warmUp, int iterations, double seconds, Pattern only) {

  /** Seconds that a JVM takes to start and to make the operands. */
  private static final double START = 0.8;

  /** A kernel that C2 has not compiled yet gives numbers that scatter by orders of magnitude. */
  private static final int ATTEMPTS = 3;

  /**
   * Measures.
   *
   * @param keep gets what there is after every step, since a long run may be ended
   */
  Results run(Machine machine, PrintStream progress, Consumer<Results> keep)
      throws RunnerException {
    List<Step> steps = steps();
    double each = START + warmUp + iterations * seconds;
    double minutes =
        rounds * steps.stream().mapToInt(step -> step.names().size()).sum() * each / 60;
    progress.printf("about %.0f minutes%s%n", Math.ceil(minutes), peers());
    Map<String, Score> scores = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      int done = 0;
      for (Step step : steps) {
        progress.printf("round %d, %d of %d: %s%n", round + 1, ++done, steps.size(), step);
        for (Score score : steady(step, progress)) {
          scores.merge(score.benchmark() + score.params(), score, Runs::joined);
        }
        keep.accept(new Results(machine, plan(), List.copyOf(scores.values())));
      }
    }
    return new Results(machine, plan(), List.copyOf(scores.values()));
  }

  /** The scores of a step; those that scatter are measured again after a longer warm-up. */
  private List<Score> steady(Step step, PrintStream progress) throws RunnerException {
    Map<String, Score> scores = new LinkedHashMap<>();
    List<String> methods = step.names();
    double wait = warmUp;
    for (int attempt = 1; !methods.isEmpty() && attempt <= ATTEMPTS; attempt++) {
      if (attempt > 1) {
        progress.printf("  again after %s s: %s%n", Quantity.number(wait), methods);
      }
      List<String> scattered = new ArrayList<>();
      for (RunResult result : quietly(options(step, methods, wait), progress)) {
        Score score = score(step, result);
        scores.put(score.benchmark(), score);
        if (score.scattered()) {
          scattered.add(score.method());
        }
      }
      methods = scattered;
      wait *= 2;
    }
    return List.copyOf(scores.values());
  }

  /** What forks print is shown where they fail; every one has the VM's remark on incubators. */
  private static Collection<RunResult> quietly(Options options, PrintStream progress)
      throws RunnerException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    OutputFormat format =
        OutputFormatFactory.createFormatInstance(
            new PrintStream(printed, true, StandardCharsets.UTF_8), VerboseMode.SILENT);
    try {
      return new Runner(options, format).run();
    } catch (RunnerException e) {
      progress.println(printed.toString(StandardCharsets.UTF_8));
      throw e;
    }
  }

  private static String peers() {
    List<String> absent = Peers.absent();
    return absent.isEmpty() ? "" : "; without " + String.join(" and ", absent);
  }

  private String plan() {
    return String.format(
        Locale.ROOT,
        "%s; %d round%s of %d iterations of %s s, each after %s s of warm-up in a new JVM",
        full ? "all sizes" : "selected sizes",
        rounds,
        rounds == 1 ? "" : "s",
        iterations,
        Quantity.number(seconds),
        Quantity.number(warmUp));
  }

  /** A subject at one combination of parameters. */
  private record Step(Subject subject, Map<String, String> params) {
    List<String> names() {
      return subject.columns().keySet().stream().filter(Peers::areThereFor).toList();
    }

    @Override
    public String toString() {
      return subject.name() + " " + String.join(" ", params.values());
    }
  }

  private List<Step> steps() {
    return Subjects.all().stream()
        .filter(subject -> only.matcher(subject.name()).find())
        .flatMap(
            subject -> subject.combinations(full).stream().map(params -> new Step(subject, params)))
        .toList();
  }

  private Options options(Step step, List<String> methods, double wait) {
    int warmUps = 3;
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(
                "^dini\\.jmh\\."
                    + Pattern.quote(step.subject().name())
                    + "\\.("
                    + String.join("|", methods)
                    + ")$")
            .forks(1)
            .warmupIterations(warmUps)
            .warmupTime(time(wait / warmUps))
            .measurementIterations(iterations)
            .measurementTime(time(seconds))
            .timeUnit(TimeUnit.NANOSECONDS)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true);
    step.params().forEach((name, value) -> options.param(name, value));
    return options.build();
  }

  private static TimeValue time(double seconds) {
    return TimeValue.milliseconds(Math.max(1, Math.round(seconds * 1000)));
  }

  private static Score score(Step step, RunResult result) {
    List<Double> nanoseconds = new ArrayList<>();
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        nanoseconds.add(iteration.getPrimaryResult().getScore());
      }
    }
    String benchmark = result.getParams().getBenchmark().substring("dini.jmh.".length());
    return new Score(benchmark, step.params(), nanoseconds);
  }

  private static Score joined(Score a, Score b) {
    List<Double> nanoseconds = new ArrayList<>(a.nanoseconds());
    nanoseconds.addAll(b.nanoseconds());
    return new Score(a.benchmark(), a.params(), nanoseconds);
  }
}
