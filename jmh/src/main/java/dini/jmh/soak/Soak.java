package dini.jmh.soak;

import dini.core.Dini;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code soak}. */
@Command(
    name = "soak",
    description = {
      "Works for a long time and looks at what the process holds after collections.",
      "Ends with 1 where heap, metaspace, classes or threads still grow in the last quarter."
    },
    mixinStandardHelpOptions = true)
public final class Soak implements Callable<Integer> {
  private static final int SAMPLES = 60;

  @Spec private CommandSpec spec;

  @Option(names = "--minutes", description = "How long; by default ${DEFAULT-VALUE}.")
  private double minutes = 60;

  /** Made by picocli. */
  public Soak() {}

  @Override
  public Integer call() {
    if (!(minutes > 0)) {
      throw new ParameterException(spec.commandLine(), "--minutes: " + minutes + " is not above 0");
    }
    PrintWriter out = spec.commandLine().getOut();
    List<Growth> growths = Growth.of(samples(out));
    growths.forEach(out::println);
    out.flush();
    return growths.stream().anyMatch(Growth::grew) ? 1 : 0;
  }

  private List<Sample> samples(PrintWriter out) {
    Workload workload = new Workload();
    List<Sample> samples = new ArrayList<>();
    out.println(Dini.info());
    out.println(Sample.header());
    long start = System.nanoTime();
    long rounds = 0;
    while (samples.size() < SAMPLES) {
      workload.round();
      rounds++;
      double seconds = (System.nanoTime() - start) * 1e-9;
      if (seconds >= minutes * 60 * (samples.size() + 1) / SAMPLES) {
        samples.add(Sample.now(seconds, rounds));
        out.println(samples.getLast());
        out.flush();
      }
    }
    out.println("sum of all results: " + workload.total());
    return samples;
  }
}
