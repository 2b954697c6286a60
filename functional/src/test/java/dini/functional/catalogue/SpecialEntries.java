package dini.functional.catalogue;

import static dini.functional.catalogue.Domain.NONZERO;
import static dini.functional.catalogue.Domain.POSITIVE;
import static dini.functional.catalogue.Domain.REAL;
import static dini.functional.catalogue.ElementwiseEntries.one;
import static dini.functional.catalogue.ElementwiseEntries.two;
import static dini.functional.catalogue.Entry.Tolerance.EXACT;
import static dini.functional.catalogue.Entry.Tolerance.ULPS;

import dini.core.Activations;
import dini.core.Elementwise;
import dini.core.Powers;
import dini.core.Special;
import dini.core.Trigonometric;
import java.util.List;

/** Functions of elements beyond arithmetic, against textbook formulas. */
final class SpecialEntries {
  private SpecialEntries() {}

  /** Inside of the domain of inverse functions. */
  private static final Domain INSIDE = Domain.floating(random -> random.nextDouble(-0.8, 0.8));

  private static final Domain ABOVE_ONE = Domain.floating(random -> random.nextDouble(1.5, 4));

  /** Halves, so that no quotient by a divisor near 1 is near an integer. */
  private static final Domain HALVES = Domain.near(0.5, 0.3);

  private static final Domain NEAR_ONE =
      Domain.floating(random -> random.nextDouble(0.98, 1.02) * (random.nextBoolean() ? 1 : -1));

  /** The oracle's formula cancels near a zero of the function. */
  private static final Entry.Tolerance TO_LARGEST = new Entry.Tolerance(0x1p-50, true);

  /** Sixty terms of recurrence in the oracle, of magnitudes up to 200. */
  private static final Entry.Tolerance RECURRENCE = new Entry.Tolerance(1e-13, true);

  private static double atanh(double v) {
    return 0.5 * (StrictMath.log1p(v) - StrictMath.log1p(-v));
  }

  private static double asinh(double v) {
    return StrictMath.log(v + Math.sqrt(v * v + 1));
  }

  /** {@code 2 / sqrt(pi) exp(-v^2) (v + 2 v^3 / 3 + 4 v^5 / 15 + ...)}: no terms cancel. */
  private static double erf(double v) {
    double term = v;
    double sum = v;
    for (int k = 1; k < 60; k++) {
      term *= 2 * v * v / (2 * k + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-v * v) * sum;
  }

  private static double erfInv(double v) {
    double y = 0;
    for (int i = 0; i < 30; i++) {
      y -= (erf(y) - v) * Math.sqrt(Math.PI) / 2 * StrictMath.exp(y * y);
    }
    return y;
  }

  /** Stirling's series beyond 60. */
  private static double lgamma(double v) {
    double sum = 0;
    double z = v;
    for (; z < 60; z++) {
      sum -= StrictMath.log(z);
    }
    sum += (z - 0.5) * StrictMath.log(z) - z + 0.5 * StrictMath.log(2 * Math.PI);
    return sum + 1 / (12 * z) - 1 / (360 * z * z * z) + 1 / (1260 * StrictMath.pow(z, 5));
  }

  private static double digamma(double v) {
    double sum = 0;
    double z = v;
    for (; z < 60; z++) {
      sum -= 1 / z;
    }
    double s = 1 / (z * z);
    return sum + StrictMath.log(z) - 0.5 / z - s / 12 + s * s / 120 - s * s * s / 252;
  }

  /** The third derivative of lgamma. */
  private static double tetragamma(double v) {
    double sum = 0;
    double z = v;
    for (; z < 40; z++) {
      sum -= 2 / (z * z * z);
    }
    double s = 1 / (z * z);
    return sum - s - s / z - s * s / 2 + s * s * s / 6 - s * s * s * s / 6;
  }

  private static double gelu(double v) {
    return 0.5 * v * (1 + erf(v * Math.sqrt(0.5)));
  }

  private static double geluTanh(double v) {
    double u = Math.sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v);
    return 0.5 * v * (1 + StrictMath.tanh(u));
  }

  private static double logSigmoid(double v) {
    return -StrictMath.log1p(StrictMath.exp(-v));
  }

  static List<Entry> all() {
    return List.of(
        one("rsqrt", POSITIVE, Powers::rsqrt, v -> StrictMath.pow(v, -0.5)),
        one(
            "cbrt",
            NONZERO,
            Powers::cbrt,
            v -> Math.copySign(StrictMath.pow(Math.abs(v), 1.0 / 3), v)),
        one("exp2", REAL, Powers::exp2, v -> StrictMath.pow(2, v)),
        one("log2", POSITIVE, Powers::log2, v -> StrictMath.log(v) / StrictMath.log(2)),
        one("log10", POSITIVE, Powers::log10, v -> StrictMath.log(v) / StrictMath.log(10)),
        one("tan", INSIDE, Trigonometric::tan, v -> StrictMath.sin(v) / StrictMath.cos(v)),
        one(
            "asin",
            INSIDE,
            Trigonometric::asin,
            v -> StrictMath.atan(v / Math.sqrt((1 - v) * (1 + v)))),
        one(
            "acos",
            INSIDE,
            Trigonometric::acos,
            v -> Math.PI / 2 - StrictMath.atan(v / Math.sqrt((1 - v) * (1 + v)))),
        one("atan", REAL, Trigonometric::atan, v -> StrictMath.asin(v / Math.sqrt(1 + v * v))),
        one(
            "sinh",
            REAL,
            Trigonometric::sinh,
            v -> (StrictMath.expm1(v) - StrictMath.expm1(-v)) / 2),
        one("cosh", REAL, Trigonometric::cosh, v -> (StrictMath.exp(v) + StrictMath.exp(-v)) / 2),
        one("asinh", REAL, Trigonometric::asinh, SpecialEntries::asinh).within(TO_LARGEST),
        one(
            "acosh",
            ABOVE_ONE,
            Trigonometric::acosh,
            v -> StrictMath.log(v + Math.sqrt(v * v - 1))),
        one("atanh", INSIDE, Trigonometric::atanh, SpecialEntries::atanh),
        one("erf", REAL, Special::erf, SpecialEntries::erf)
            .within(new Entry.Tolerance(0x1p-48, false)), // 60 additions in the oracle
        one("erfc", REAL, Special::erfc, v -> 1 - erf(v)).within(TO_LARGEST),
        one("erfInv", INSIDE, Special::erfInv, SpecialEntries::erfInv).within(TO_LARGEST),
        one("lgamma", POSITIVE, Special::lgamma, SpecialEntries::lgamma).within(RECURRENCE),
        one("digamma", POSITIVE, Special::digamma, SpecialEntries::digamma).within(RECURRENCE),
        one("polygamma", POSITIVE, x -> Special.polygamma(2, x), SpecialEntries::tetragamma)
            .within(RECURRENCE),
        one("gelu", REAL, Activations::gelu, SpecialEntries::gelu).within(TO_LARGEST),
        one("geluTanh", REAL, Activations::geluTanh, SpecialEntries::geluTanh).within(TO_LARGEST),
        one("silu", REAL, Activations::silu, v -> v / (1 + StrictMath.exp(-v))),
        one("logSigmoid", REAL, Activations::logSigmoid, SpecialEntries::logSigmoid),
        two(
                "atan2",
                NONZERO,
                NONZERO,
                Trigonometric::atan2,
                (y, x) -> 2 * StrictMath.atan(y / (Math.sqrt(x * x + y * y) + x)))
            .within(TO_LARGEST),
        two("hypot", NONZERO, NONZERO, Trigonometric::hypot, (x, y) -> Math.sqrt(x * x + y * y))
            .within(ULPS),
        two("mod", HALVES, NEAR_ONE, Elementwise::mod, (x, y) -> x - Math.floor(x / y) * y)
            .within(TO_LARGEST),
        two("floorDiv", HALVES, NEAR_ONE, Elementwise::floorDiv, (x, y) -> Math.floor(x / y)),
        one("mod literal", HALVES, x -> Elementwise.mod(x, 2), v -> v - 2 * Math.floor(v / 2))
            .alsoIntegers()
            .within(EXACT),
        one("floorDiv literal", HALVES, x -> Elementwise.floorDiv(x, -2), v -> Math.floor(v / -2))
            .alsoIntegers()
            .within(EXACT),
        two("copySign", NONZERO, NONZERO, Elementwise::copySign, Math::copySign),
        two("xlogy", REAL, POSITIVE, Special::xlogy, (x, y) -> x * StrictMath.log(y)).within(ULPS),
        two("xlog1py", REAL, POSITIVE, Special::xlog1py, (x, y) -> x * StrictMath.log1p(y))
            .within(ULPS),
        two(
                "logAddExp",
                REAL,
                REAL,
                Special::logAddExp,
                (x, y) -> StrictMath.log(StrictMath.exp(x) + StrictMath.exp(y)))
            .within(TO_LARGEST),
        one("square by exponent", REAL, x -> Elementwise.pow(x, 2), v -> v * v)
            .alsoIntegers()
            .within(ULPS));
  }
}
