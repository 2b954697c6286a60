package dini.functional.catalogue;

import static dini.functional.catalogue.Domain.BOOLS;
import static dini.functional.catalogue.Domain.REAL;
import static dini.functional.catalogue.ElementwiseEntries.one;
import static dini.functional.catalogue.ElementwiseEntries.two;
import static dini.functional.catalogue.Entry.Tolerance.EXACT;

import dini.core.Comparisons;
import dini.core.DType;
import dini.core.Elementwise;
import java.util.List;

/** Questions about elements, logic, and choices between elements. */
final class ChoiceEntries {
  private ChoiceEntries() {}

  /** NaN and infinities among numbers. */
  private static final Domain ODD =
      Domain.floating(
          random ->
              switch (random.nextInt(5)) {
                case 0 -> Double.NaN;
                case 1 -> Double.POSITIVE_INFINITY;
                case 2 -> Double.NEGATIVE_INFINITY;
                case 3 -> 0;
                default -> random.nextDouble(-2, 2);
              });

  private static final Domain DIVISORS =
      Domain.of(DType.INT64, random -> random.nextInt(1, 5) * (random.nextBoolean() ? 1 : -1));

  private static double truth(boolean condition) {
    return condition ? 1 : 0;
  }

  private static double number(double v) {
    return Double.isNaN(v) ? 0.5 : Double.isInfinite(v) ? (v > 0 ? 7 : -7) : v;
  }

  static List<Entry> all() {
    return List.of(
        one("isNan", ODD, Comparisons::isNan, v -> truth(Double.isNaN(v))).alsoIntegers(),
        one("isInf", ODD, Comparisons::isInf, v -> truth(Double.isInfinite(v))).alsoIntegers(),
        one("isFinite", ODD, Comparisons::isFinite, v -> truth(Double.isFinite(v))).alsoIntegers(),
        one("isNan of truths", BOOLS, Comparisons::isNan, v -> 0),
        one("isFinite of truths", BOOLS, Comparisons::isFinite, v -> 1),
        one("nanToNum", ODD, x -> Comparisons.nanToNum(x, 0.5, 7, -7), ChoiceEntries::number)
            .kind(Entry.Kind.VALUE)
            .alsoIntegers()
            .within(EXACT),
        one("nanToNum of numbers", REAL, Comparisons::nanToNum, v -> v)
            .alsoIntegers()
            .within(EXACT),
        two("logicalAnd", BOOLS, BOOLS, Comparisons::logicalAnd, (x, y) -> truth(x * y != 0)),
        two("logicalOr", BOOLS, BOOLS, Comparisons::logicalOr, (x, y) -> truth(x + y != 0)),
        two("logicalXor", BOOLS, BOOLS, Comparisons::logicalXor, (x, y) -> truth(x != y)),
        one("logicalNot", BOOLS, Comparisons::logicalNot, v -> 1 - v),
        two(
            "integer mod",
            Domain.LONGS,
            DIVISORS,
            Elementwise::mod,
            (x, y) -> Math.floorMod((long) x, (long) y)),
        two(
            "integer floorDiv",
            Domain.LONGS,
            DIVISORS,
            Elementwise::floorDiv,
            (x, y) -> Math.floor(x / y)),
        two(
            "integer pow",
            Domain.LONGS,
            Domain.index(0, 6),
            Elementwise::pow,
            (x, y) -> StrictMath.pow(x, y)),
        Entry.of(
                "clip to tensors",
                x -> Elementwise.clip(x[0], x[1], x[2]),
                x ->
                    Plain.each(
                        Plain.broadcast(x),
                        i -> Math.min(Math.max(x[0].at(i), x[1].at(i)), x[2].at(i))),
                Domain.near(0, 0.2),
                Domain.floating(random -> random.nextDouble(-1.6, -1.4)),
                Domain.floating(random -> random.nextDouble(1.4, 1.6)))
            .at("[] [] []", "[3] [3] [3]", "[2,3] [3] []", "[] [2,1] [3]", "[0] [1] [0]")
            .large("[41,67] [67] []"));
  }
}
