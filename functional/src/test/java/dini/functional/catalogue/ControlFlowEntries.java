package dini.functional.catalogue;

import static dini.core.Elementwise.add;
import static dini.core.Elementwise.mul;
import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.tanh;
import static dini.functional.catalogue.Domain.BOOLS;
import static dini.functional.catalogue.Domain.REAL;

import dini.core.Comparisons;
import dini.core.Elementwise;
import dini.core.Tensor;
import dini.core.trace.Captures;
import dini.functional.ControlFlow;
import dini.functional.Scan;
import dini.functional.ScanOptions;
import dini.functional.primitive.KnownBranch;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Choices and loops whose bodies capture an argument. */
final class ControlFlowEntries {
  private ControlFlowEntries() {}

  /** Values of a dozen steps, each off by some ulp and magnified by up to 3. */
  private static final Entry.Tolerance STEPS = new Entry.Tolerance(1e-12, true);

  private static Tensor cond(Tensor pred, Tensor x, Tensor w) {
    return ControlFlow.cond(pred, x, z -> sin(z).mul(w), z -> z.mul(w).mul(w));
  }

  private static Tensor switchCase(Tensor index, Tensor x, Tensor w) {
    List<Function<Tensor, Tensor>> branches =
        List.of(z -> sin(z).mul(w), z -> z.mul(w).mul(w), z -> add(z, w));
    return ControlFlow.switchCase(index, x, branches);
  }

  /** What a choice that is known is while something is differentiated. */
  private static Tensor knownBranch(Tensor x, Tensor w) {
    Tensor[] inputs = {x};
    Captures captures = Captures.of(z -> new Tensor[] {sin(z[0]).mul(w)}, inputs);
    return KnownBranch.of(captures, inputs)[0];
  }

  private static double branch(double which, double x, double w) {
    return which == 0 ? Math.sin(x) * w : which == 1 ? x * w * w : x + w;
  }

  private static Tensor[] scan(ScanOptions options, Tensor init, Tensor xs, Tensor w) {
    Scan<Tensor, Tensor> result =
        ControlFlow.scan(
            options,
            (c, x) -> new Scan<>(tanh(mul(c, w)).add(x.mul(c).mul(0.25)), sin(c).mul(x)),
            init,
            xs);
    return new Tensor[] {result.carry(), result.ys()};
  }

  private static Plain[] scan(boolean reverse, Plain init, Plain xs, Plain w) {
    double[] carry = init.data.clone();
    double[] ys = new double[xs.data.length];
    int n = xs.shape[0];
    int size = carry.length;
    for (int step = 0; step < n; step++) {
      int at = reverse ? n - 1 - step : step;
      for (int i = 0; i < size; i++) {
        double x = xs.data[at * size + i];
        ys[at * size + i] = Math.sin(carry[i]) * x;
        carry[i] = Math.tanh(carry[i] * w.data[i]) + 0.25 * x * carry[i];
      }
    }
    return new Plain[] {new Plain(init.shape, carry), new Plain(xs.shape, ys)};
  }

  /** Doubles until the sum of all elements exceeds 20, so that lanes stop at different steps. */
  private static Tensor doubled(Tensor x, Tensor w) {
    return ControlFlow.whileLoop(
        x,
        c -> Comparisons.lt(Elementwise.abs(c).sum(), 20),
        c -> add(c, c.mul(Elementwise.abs(w))));
  }

  private static Plain doubled(Plain x, Plain w) {
    double[] carry = x.data.clone();
    while (Plain.sum(Arrays.stream(carry).map(Math::abs).toArray()) < 20) {
      for (int i = 0; i < carry.length; i++) {
        carry[i] += carry[i] * Math.abs(w.data[i]);
      }
    }
    return new Plain(x.shape, carry);
  }

  static List<Entry> all() {
    return List.of(
        Entry.of(
                "cond",
                x -> cond(x[0], x[1], x[2]),
                x ->
                    Plain.each(
                        x[1].shape, i -> branch(x[0].data[0] != 0 ? 0 : 1, x[1].at(i), x[2].at(i))),
                BOOLS,
                REAL,
                REAL)
            .at(
                "[] [] []",
                "[] [1] [1]",
                "[] [3] [3]",
                "[] [2,3] [2,3]",
                "[] [0] [0]",
                "[] [17] [17]")
            .within(Entry.Tolerance.ULPS),
        Entry.of(
                "branch that is known",
                x -> knownBranch(x[0], x[1]),
                x -> Plain.each(x[0].shape, i -> branch(0, x[0].at(i), x[1].at(i))),
                REAL,
                REAL)
            .at("[] []", "[1] [1]", "[3] [3]", "[2,3] [2,3]", "[0] [0]", "[17] [17]")
            .within(Entry.Tolerance.ULPS),
        Entry.of(
                "switchCase",
                x -> switchCase(x[0], x[1], x[2]),
                x -> Plain.each(x[1].shape, i -> branch(x[0].data[0], x[1].at(i), x[2].at(i))),
                Domain.index(0, 3),
                REAL,
                REAL)
            .at("[] [] []", "[] [3] [3]", "[] [0] [0]")
            .within(Entry.Tolerance.ULPS),
        Entry.several(
                "scan",
                x -> scan(ScanOptions.forward(), x[0], x[1], x[2]),
                x -> scan(false, x[0], x[1], x[2]),
                REAL,
                REAL,
                REAL)
            .at(
                "[] [4] []",
                "[3] [5,3] [3]",
                "[3] [1,3] [3]",
                "[3] [0,3] [3]",
                "[0] [2,0] [0]",
                "[1] [2,1] [1]",
                "[3] [7,3] [3]")
            .within(STEPS),
        Entry.several(
                "scan, reverse",
                x -> scan(ScanOptions.backward(), x[0], x[1], x[2]),
                x -> scan(true, x[0], x[1], x[2]),
                REAL,
                REAL,
                REAL)
            .at("[3] [4,3] [3]")
            .within(STEPS),
        Entry.several(
                "scan, snapshots",
                x -> scan(ScanOptions.forward().withSnapshots(2), x[0], x[1], x[2]),
                x -> scan(false, x[0], x[1], x[2]),
                REAL,
                REAL,
                REAL)
            .at("[3] [5,3] [3]", "[3] [1,3] [3]")
            .within(STEPS),
        Entry.of(
                "whileLoop",
                x -> doubled(x[0], x[1]),
                x -> doubled(x[0], x[1]),
                Domain.POSITIVE,
                Domain.POSITIVE)
            .at("[] []", "[1] [1]", "[3] [3]", "[2,2] [2,2]")
            .large("[17] [17]")
            .within(STEPS)
            .kind(Entry.Kind.VALUE),
        Entry.of(
                "foriLoop",
                x -> ControlFlow.foriLoop(0, 3, x[0], (i, c) -> sin(c.mul(x[1]))),
                x -> Plain.each(x[0].shape, i -> sines(x[0].at(i), x[1].at(i), 3)),
                REAL,
                REAL)
            .at("[] []", "[3] [3]", "[0] [0]")
            .within(STEPS));
  }

  private static double sines(double x, double w, int steps) {
    return steps == 0 ? x : sines(Math.sin(x * w), w, steps - 1);
  }
}
