package dini.examples;

import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A progress bar on the standard error stream; nothing where no console would show it. */
final class Progress implements AutoCloseable {
  private static final int WIDTH = 80;

  private final Optional<ProgressBar> bar;

  Progress(String task, int steps) {
    bar = hasConsole() ? Optional.of(bar(task, steps)) : Optional.empty();
  }

  void step() {
    bar.ifPresent(ProgressBar::step);
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }

  private static boolean hasConsole() {
    return System.console() != null && System.console().isTerminal();
  }

  private static ProgressBar bar(String task, int steps) {
    // the default consumer would load native code of a console library
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(steps)
        .setUpdateIntervalMillis(50)
        .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
        .build();
  }
}
