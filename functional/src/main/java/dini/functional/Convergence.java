package dini.functional;

import java.util.Arrays;

/**
 * Whether Newton's method converges to a root, judged by two of its steps and for each unknown
 * alone: in a norm of all of them, a large error in one hides what happens to another, and units
 * would matter.
 *
 * <p>For each unknown there is h where the first step starts, where the second one starts, and what
 * the ratio of the steps shows of h. The second h sees what linear errors of any size hide from the
 * first, since one step removes these. On the other hand, the first is large for an unknown that is
 * right already and is moved by the nonlinearity of others alone. So a first h is excused by a
 * second one that is far smaller: from h = 0.4 a quadratic equation of one unknown comes to 0.04.
 */
final class Convergence {
  /** Newton's method converges below 1/2; at a double root, and where no root is, it is 1/2. */
  static final double NEAR = 0.4;

  /** Up to here, a second h excuses the first. */
  private static final double EXCUSING = 0.02;

  /**
   * The second change of a derivative may be that much of its first: a quadratic equation of one
   * unknown comes to 1.44 from h = 0.4, and to 2.5 at a double root.
   */
  static final double GROWTH = 1.5;

  private final double[] before;
  private final double[] after;

  private Convergence(double[] before, double[] after) {
    this.before = before;
    this.after = after;
  }

  /**
   * How much A changes along a step of x, for each unknown: {@code |A⁻¹ F''[d, d]| / (|d| + blur)}.
   */
  static double[] nonlinearity(double[] bend, double[] step, double[] blur) {
    double[] h = new double[bend.length];
    Arrays.setAll(h, i -> quotient(Math.abs(bend[i]), Math.abs(step[i]) + blur[i]));
    return h;
  }

  /**
   * Judges two steps.
   *
   * @param first h where the first step starts
   * @param second h where the second step starts
   * @param steps the two steps
   * @param blur how far rounding moves each unknown
   */
  static Convergence of(double[] first, double[] second, double[][] steps, double[] blur) {
    double[] before = new double[first.length];
    for (int i = 0; i < before.length; i++) {
      double excess = Math.max(0, Math.abs(steps[1][i]) - blur[i]);
      double ratio = quotient(excess, Math.abs(steps[0][i]));
      double shown = ratio > 1e9 ? 1 : 2 * ratio / (1 + 2 * ratio);
      before[i] = Math.max(first[i], shown);
    }
    return new Convergence(before, second);
  }

  /** The largest h that is not excused. */
  double nonlinearity() {
    double largest = 0;
    for (int i = 0; i < before.length; i++) {
      boolean excused = after[i] <= EXCUSING && before[i] > NEAR;
      largest = Math.max(largest, excused ? after[i] : Math.max(before[i], after[i]));
    }
    return largest;
  }

  /**
   * Whether a derivative changes less and less: each of its leaves, up to rounding.
   *
   * @param limit what the second change of a leaf may be in units of the first
   * @param values the derivative before two steps, between them and after
   * @param blur how far rounding moves each of its elements
   * @param sizes the sizes of its leaves
   */
  static boolean settles(double limit, double[][] values, double[] blur, int[] sizes) {
    double[] first = Vector.minus(values[1], values[0]);
    double[] second = Vector.minus(values[2], values[1]);
    int at = 0;
    for (int size : sizes) {
      double allowed = limit * norm(first, at, size) + norm(blur, at, size);
      if (!(norm(second, at, size) <= allowed)) {
        return false;
      }
      at += size;
    }
    return true;
  }

  private static double norm(double[] x, int from, int size) {
    return Vector.norm(Arrays.copyOfRange(x, from, from + size));
  }

  static double largest(double[] x) {
    return Arrays.stream(x).reduce(0, Math::max);
  }

  private static double quotient(double x, double y) {
    return x == 0 ? 0 : x / y;
  }
}
