package dini.functional.golden;

import dini.core.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Compares results with golden values and collects what differs. */
final class Comparison {
  /**
   * How far a number may be off: {@code absolute + relative * scale}, where the scale is the
   * largest finite number of the expected array, or for {@code elementwise} the expected number
   * itself.
   */
  record Tolerance(double absolute, double relative, boolean elementwise, boolean signedZeros) {
    Tolerance unsigned() {
      return new Tolerance(absolute, relative, elementwise, false);
    }
  }

  /**
   * For derivatives, and values of what solves systems: the golden derivatives agree with central
   * differences of fourth order to 1e-10 of their largest element, and cancellation leaves 1e-11
   * where that is tiny.
   */
  static final Tolerance DERIVATIVE = new Tolerance(1e-11, 1e-10, false, false);

  /**
   * For values of what is computed element by element or summed: a few hundred roundings of 1.1e-16
   * at most.
   */
  static final Tolerance VALUE = new Tolerance(0, 1e-13, false, false);

  /** The same for each element by itself, whatever the others are. */
  static final Tolerance VALUE_OF_ELEMENT = new Tolerance(0, 1e-13, true, false);

  static final Tolerance DERIVATIVE_OF_ELEMENT = new Tolerance(1e-11, 1e-10, true, false);

  /** For what only moves elements. */
  static final Tolerance EXACT = new Tolerance(0, 0, false, true);

  /**
   * For values at the edges, of any magnitude in one array: the golden file corrects those of its
   * source that are off by more than 1e-12. Subnormal numbers have a few units in the last place.
   */
  static final Tolerance EDGE = new Tolerance(4 * Double.MIN_VALUE, 1e-12, true, true);

  /** The same for linear algebra, where rounding is relative to the largest element. */
  static final Tolerance EDGE_OF_SYSTEM = new Tolerance(0, 1e-12, false, false);

  private final List<String> failures = new ArrayList<>();

  void list(String what, List<Tensor> expected, List<Tensor> actual, Tolerance tolerance) {
    if (expected.size() != actual.size()) {
      failures.add(what + ": expected " + expected.size() + " arrays, got " + actual.size());
      return;
    }
    for (int i = 0; i < expected.size(); i++) {
      String name = expected.size() == 1 ? what : what + "[" + i + "]";
      tensor(name, expected.get(i), actual.get(i), tolerance);
    }
  }

  void tensor(String what, Tensor expected, Tensor actual, Tolerance tolerance) {
    if (!expected.type().equals(actual.type())) {
      failures.add(what + ": expected type " + expected.type() + ", got " + actual.type());
      return;
    }
    elements(what, expected, actual, tolerance);
  }

  /** Compares elements in order, whatever the shapes. */
  void elements(String what, Tensor expected, Tensor actual, Tolerance tolerance) {
    double[] wanted = expected.toArray();
    double[] found = actual.toArray();
    if (wanted.length != found.length) {
      failures.add(what + ": expected " + expected.type() + ", got " + actual.type());
      return;
    }
    double scale = 0;
    for (double value : wanted) {
      scale = Double.isFinite(value) ? Math.max(scale, Math.abs(value)) : scale;
    }
    int wrong = 0;
    int worst = -1;
    double excess = 0;
    for (int i = 0; i < wanted.length; i++) {
      double size = tolerance.elementwise() ? Math.abs(wanted[i]) : scale;
      double bound = tolerance.absolute() + tolerance.relative() * size;
      if (!near(wanted[i], found[i], bound, tolerance.signedZeros())) {
        wrong++;
        double distance = Math.abs(wanted[i] - found[i]);
        if (worst < 0 || !(distance <= excess)) {
          worst = i;
          excess = distance;
        }
      }
    }
    if (wrong > 0) {
      failures.add(
          "%s of %s: %d of %d differ, the worst at %d: expected %s, got %s"
              .formatted(
                  what, actual.type(), wrong, wanted.length, worst, wanted[worst], found[worst]));
    }
  }

  private static boolean near(double expected, double actual, double bound, boolean signedZeros) {
    if (Double.doubleToLongBits(expected) == Double.doubleToLongBits(actual)) {
      return true;
    }
    if (expected == 0 && actual == 0) {
      return !signedZeros;
    }
    return Double.isFinite(expected) && Math.abs(expected - actual) <= bound;
  }

  void fail(String message) {
    failures.add(message);
  }

  void report(String record) {
    if (!failures.isEmpty()) {
      throw new AssertionError(record + "\n  " + String.join("\n  ", failures));
    }
  }
}
