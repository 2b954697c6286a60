package dini.examples;

import dini.core.DType;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Runs a little of what the program can do, once. The launcher keeps the classes that this loads in
 * an archive, from which later starts take them.
 */
final class Rehearsal {
  private Rehearsal() {}

  /** Runs some tasks, and tells nobody. */
  public static void main(String[] args) {
    Tasks.Report nobody = new Tasks.Report(1, false, new PrintWriter(PrintWriter.nullWriter()));
    for (boolean compiled : List.of(true, false)) {
      Mode mode = new Mode(compiled, true);
      SmallFunction.all().forEach(function -> nobody.print(() -> function.measure(mode)));
      nobody.print(() -> RidgeTask.of(64, 5).measure(mode));
      nobody.print(() -> MetaLearningTask.of(1, DType.FLOAT32).measure(mode));
    }
    load(Main.class, "dini/examples/");
    load(CommandLine.class, "picocli/CommandLine");
  }

  /**
   * Loads the classes of a module whose files begin so, and does not link them. Java archives those
   * of an old format, as picocli's are, only as long as they are not linked: so nothing here reads
   * a command line.
   */
  private static void load(Class<?> one, String prefix) {
    Module module = one.getModule();
    ModuleReference files =
        module.getLayer().configuration().findModule(module.getName()).orElseThrow().reference();
    try (ModuleReader reader = files.open();
        Stream<String> names = reader.list()) {
      names
          .filter(name -> name.startsWith(prefix) && name.endsWith(".class"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .forEach(name -> Class.forName(module, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
