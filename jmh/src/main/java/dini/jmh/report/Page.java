package dini.jmh.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The page of a run, with its pictures beside it.
 *
 * @param results what was measured
 * @param folder where the page goes; pictures go to {@code images} below
 */
record Page(Results results, Path folder) {

  /** What draws a picture into a file. */
  @FunctionalInterface
  private interface Drawing {
    void draw(Path file) throws IOException;
  }

  void write() throws IOException {
    Files.createDirectories(folder.resolve("images"));
    Files.writeString(folder.resolve("performance.md"), text());
  }

  private String text() {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Performance

        <!-- Written by java -jar jmh/target/benchmarks.jar report; see the end of the page. -->

        How fast the kernels are, beside others on equal arrays, and beside what the machine can do.
        Every benchmark compares its results with those of the others before it measures.

        """);
    Machine machine = results.machine();
    page.append(
        Tables.row(List.of("measured on", ""))
            + Tables.row(List.of("---", "---"))
            + Tables.row(
                List.of("processor", machine.cpu() + ", one thread of " + machine.processors()))
            + Tables.row(
                List.of("vectors", machine.vectorBits() + " bits; kernels " + machine.kernels()))
            + Tables.row(List.of("JVM", machine.jdk() + "; " + machine.collector()))
            + Tables.row(List.of("system", machine.system()))
            + Tables.row(List.of("plan", results.plan())));
    page.append(
        """

        Numbers are medians of the iterations. In brackets: the time over that of the first column,
        so above 1 the first column is faster. A `~` stands before numbers whose middle half
        scatters by more than a tenth. Results are in storage that is there already, unless a text
        says otherwise. OpenBLAS runs on one thread and on the same arrays of the heap, called
        without copies; PyTorch on one thread, with its own tensors and without gradients, by the
        `out` forms of its operations, called in its library without Python (what it
        does before an operation reaches its kernel counts, and is most of its time at 512 elements);
        ojAlgo on one thread, with its own matrices.

        """);
    Roofline.of(results).ifPresent(roofline -> roofs(page, roofline));
    for (Subject subject : Subjects.all().subList(2, Subjects.all().size())) {
      if (!results.params(subject).isEmpty()) {
        section(page, subject);
      }
    }
    slower(page);
    page.append(
        """
        ## Again

        ```
        mvn -Ppeers,torch -DskipTests package         # OpenBLAS, 20 MB; PyTorch, 110 MB
        java -jar jmh/target/benchmarks.jar report    # selected sizes; --full for all
        ```

        The times go to `jmh/results`, and this page is made from them. Leave the machine alone
        meanwhile. `--only Gemm` measures a part again; `--render FILE` makes the page of an earlier run.
        """);
    return page.toString();
  }

  private void roofs(StringBuilder page, Roofline roofline) {
    page.append("## The machine and its roofs\n\n");
    page.append(
        "Measured in the same run, the fastest iterations: "
            + Quantity.number(roofline.float64())
            + " GFLOPS in FLOAT64 and "
            + Quantity.number(roofline.float32())
            + " in FLOAT32 by multiply-adds in registers; "
            + Quantity.number(roofline.cache())
            + " GB/s from the nearest cache and "
            + Quantity.number(roofline.memory())
            + " GB/s from memory, the better of reading and STREAM's triad.\n"
            + "Bytes are those that must be read and written once; an fma counts as two operations,"
            + " and `exp` as the "
            + Subjects.EXP_FLOPS
            + " that ours needs. Caches and memory are shared with whatever"
            + " else the machine runs: a kernel at a better moment than the roofs passes 100"
            + " %.\n\n");
    picture(
        page, "performance-roofline.png", "Roofline", file -> Pictures.roofline(roofline, file));
    page.append(Tables.row(List.of("kernel", "flops per byte", "GFLOPS", "GB/s", "reached")));
    page.append(Tables.row(List.of("---", "---", "---", "---", "---")));
    for (Roofline.Point point : roofline.points()) {
      page.append(
          Tables.row(
              List.of(
                  point.label(),
                  Quantity.number(point.intensity()),
                  Quantity.number(point.gflops()),
                  Quantity.number(point.bandwidth()),
                  roofline.limit(point))));
    }
    page.append("\n");
  }

  private void section(StringBuilder page, Subject subject) {
    page.append("## " + subject.title() + "\n\n");
    page.append(subject.text() + subject.quantity().note() + "\n\n");
    if (subject == Subjects.FUNCTIONS) {
      picture(
          page,
          "performance-functions.png",
          subject.title(),
          file -> Pictures.functions(results, file));
    } else if (subject == Subjects.GEMM || subject == Subjects.GEMM_32) {
      boolean single = subject == Subjects.GEMM_32;
      double peak = Roofline.of(results).map(r -> single ? r.float32() : r.float64()).orElse(0.0);
      picture(
          page,
          single ? "performance-gemm32.png" : "performance-gemm.png",
          subject.title(),
          file -> Pictures.products(results, subject, peak, file));
    }
    page.append(Tables.table(results, subject)).append("\n");
  }

  private void picture(StringBuilder page, String name, String title, Drawing drawing) {
    try {
      drawing.draw(folder.resolve("images").resolve(name));
      page.append("![" + title + "](images/" + name + ")\n\n");
    } catch (IOException | RuntimeException | LinkageError e) {
      // Java2D without fonts: the tables say it all
      System.err.println("picture " + name + " skipped: " + e);
    }
  }

  private void slower(StringBuilder page) {
    List<String> slower = Tables.slower(results);
    if (!slower.isEmpty()) {
      page.append("## Where others are faster\n\n");
      slower.forEach(line -> page.append("- " + line + "\n"));
      page.append("\n");
    }
  }
}
