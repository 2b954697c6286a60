package dini.linalg;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The checks that the solvers' constructors share. */
final class Tolerances {
  private Tolerances() {}

  static void check(
      String solver, OptionalDouble rtol, double atol, OptionalInt maxSteps, double ridge) {
    checkRtol(solver, rtol);
    checkNotNegative(solver, "atol", atol);
    if (maxSteps.isPresent() && maxSteps.getAsInt() < 0) {
      throw new IllegalArgumentException(
          solver + ": maxSteps " + maxSteps.getAsInt() + " is negative");
    }
    checkFinite(solver, "ridge", ridge);
  }

  static void checkRtol(String solver, OptionalDouble rtol) {
    rtol.ifPresent(value -> checkNotNegative(solver, "rtol", value));
  }

  private static void checkNotNegative(String solver, String name, double value) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException(
          solver + ": " + name + " " + value + " is not a number >= 0");
    }
  }

  static void checkFinite(String solver, String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(solver + ": " + name + " " + value + " is not finite");
    }
  }

  /** The settings that differ from the defaults, as a call would write them. */
  static String text(
      String call,
      OptionalDouble rtol,
      double atol,
      OptionalInt maxSteps,
      double ridge,
      boolean preconditioned,
      boolean guessed,
      boolean observed) {
    StringBuilder text = new StringBuilder(call).append("()");
    rtol.ifPresent(value -> text.append(".withRtol(").append(value).append(')'));
    if (atol != 0) {
      text.append(".withAtol(").append(atol).append(')');
    }
    maxSteps.ifPresent(value -> text.append(".withMaxSteps(").append(value).append(')'));
    if (ridge != 0) {
      text.append(".withRidge(").append(ridge).append(')');
    }
    return text.append(preconditioned ? ".withPreconditioner(…)" : "")
        .append(guessed ? ".withInit(…)" : "")
        .append(observed ? ".withObserver(…)" : "")
        .toString();
  }
}
