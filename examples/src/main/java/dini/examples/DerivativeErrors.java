package dini.examples;

import static dini.core.Reductions.norm;

import dini.core.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How far the iterate of a descent is from the solution, and each of its derivatives from that of
 * the solution: Frobenius norms, relative to those of the truth.
 *
 * @param steps the steps of the descent
 * @param iterate the error of the iterate
 * @param implicit the error of the implicit derivative
 * @param unrolled the error of the derivative through all steps
 * @param oneStep the error of the derivative through one more step
 */
record DerivativeErrors(
    int steps, double iterate, double implicit, double unrolled, double oneStep) {
  private static final int DOUBLINGS = 12;

  /** The errors after 1, 2, 4, … 4096 steps. */
  static List<DerivativeErrors> measure(PenalizedDescent descent) {
    return IntStream.rangeClosed(0, DOUBLINGS)
        .mapToObj(doubling -> of(descent, 1 << doubling))
        .toList();
  }

  private static DerivativeErrors of(PenalizedDescent descent, int steps) {
    Tensor truth = descent.jacobian();
    return new DerivativeErrors(
        steps,
        relative(descent.iterate(descent.penalties(), steps), descent.solution()),
        relative(descent.implicit(steps), truth),
        relative(descent.unrolled(steps), truth),
        relative(descent.oneStep(steps), truth));
  }

  private static double relative(Tensor x, Tensor truth) {
    return norm(x.sub(truth)).div(norm(truth)).toDouble();
  }

  /** The first line of a table of these. */
  static String header() {
    return String.format("%6s%12s%12s%12s%12s", "t", "iterate", "implicit", "unrolled", "one step");
  }

  /** A line of the table. */
  String row() {
    return String.format(
        Locale.ROOT, "%6d%12.1e%12.1e%12.1e%12.1e", steps, iterate, implicit, unrolled, oneStep);
  }
}
