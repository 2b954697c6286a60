package dini.functional.golden;

import java.util.Map;

/**
 * Where the library differs from the source of the golden values on purpose.
 *
 * @param kind how
 * @param reason why
 */
record Difference(Kind kind, String reason) {
  enum Kind {
    /** The numbers are the same up to the sign of zeros. */
    SIGN_OF_ZERO,
    /** The library throws. */
    REFUSED,
    /** Infinities or NaN in a system: the library throws or answers NaN. */
    UNDEFINED,
    /** The golden number is wrong; the right one is tested elsewhere. */
    BETTER
  }

  private static final Difference POSITIVE_ZERO =
      new Difference(Kind.SIGN_OF_ZERO, "max of 0 and -0 is +0, min is -0, in any order");
  private static final Difference ODD_SIGN = new Difference(Kind.SIGN_OF_ZERO, "sign(-0) is -0");
  private static final Difference OUT_OF_RANGE =
      new Difference(Kind.REFUSED, "an index outside its axis is an error");
  private static final Difference LIMIT =
      new Difference(Kind.BETTER, "0 at -infinity, and subnormal results are kept");
  private static final Difference INFINITE_LOSS =
      new Difference(Kind.BETTER, "infinitely wrong costs infinity, not infinity less infinity");
  private static final Difference OVERFLOW =
      new Difference(Kind.BETTER, "the sum of squares overflows or underflows, the norm does not");
  private static final Difference CONSTANT =
      new Difference(Kind.BETTER, "the sum of the elements overflows, but a constant has spread 0");
  private static final Difference SUBNORMAL =
      new Difference(Kind.BETTER, "1e-310 is not 0: no flush to zero");
  private static final Difference FIRST_OF_SCAN =
      new Difference(Kind.SIGN_OF_ZERO, "a scan begins with its first element, -0 too");

  private static final Difference EQUAL_ZEROS =
      new Difference(Kind.SIGN_OF_ZERO, "0 and -0 are equal and keep their order, descending too");
  private static final Difference NAN_LAST =
      new Difference(Kind.BETTER, "NaN comes last, descending too; see SortingTest");

  private static final Difference INDEFINITE =
      new Difference(Kind.REFUSED, "a matrix without a Cholesky factor is an error");
  private static final Difference SINGULAR =
      new Difference(Kind.REFUSED, "a system with a singular matrix is an error");
  private static final Difference NOT_FINITE =
      new Difference(Kind.UNDEFINED, "which elements are NaN depends on the algorithm");

  /** By record, in `cases` (#) or `special` (!), counted from 0 for each operation. */
  static final Map<String, Difference> KNOWN =
      Map.ofEntries(
          Map.entry("silu!0", LIMIT),
          Map.entry("gelu!0", LIMIT),
          Map.entry("lgamma!0", new Difference(Kind.BETTER, "lgamma(1e-310) is 713.8: no flush")),
          Map.entry("copySign!6", new Difference(Kind.BETTER, "NaN is written without its sign")),
          Map.entry("binaryLogistic!0", INFINITE_LOSS),
          Map.entry("binaryLogistic!2", INFINITE_LOSS),
          Map.entry("crossEntropy!6", OUT_OF_RANGE),
          Map.entry("sign!0", ODD_SIGN),
          Map.entry("sign!2", ODD_SIGN),
          Map.entry("clip!1", POSITIVE_ZERO),
          Map.entry("clip!5", new Difference(Kind.REFUSED, "the low bound is above the high one")),
          Map.entry("maximum!0", POSITIVE_ZERO),
          Map.entry("minimum!0", POSITIVE_ZERO),
          Map.entry("max!0", POSITIVE_ZERO),
          Map.entry("min!1", POSITIVE_ZERO),
          Map.entry("norm!34", OVERFLOW),
          Map.entry("norm!35", OVERFLOW),
          Map.entry("norm!36", OVERFLOW),
          Map.entry("norm!37", OVERFLOW),
          Map.entry("var!15", CONSTANT),
          Map.entry("var!43", CONSTANT),
          Map.entry("std!18", OVERFLOW),
          Map.entry("std!19", CONSTANT),
          Map.entry("std!46", OVERFLOW),
          Map.entry("std!47", CONSTANT),
          Map.entry("cumMax!0", POSITIVE_ZERO),
          Map.entry("cumMax!34", SUBNORMAL),
          Map.entry("cumSum!21", FIRST_OF_SCAN),
          Map.entry("cumSum!23", FIRST_OF_SCAN),
          Map.entry("cumSum!34", SUBNORMAL),
          Map.entry("cumProd!34", SUBNORMAL),
          Map.entry(
              "atAdd!0", new Difference(Kind.BETTER, "1e-310 + 1e-310 is not 0: no flush to zero")),
          Map.entry("atAdd!1", OUT_OF_RANGE),
          Map.entry("atSet!1", OUT_OF_RANGE),
          Map.entry("sort!21", EQUAL_ZEROS),
          Map.entry("sort!22", EQUAL_ZEROS),
          Map.entry("sort!24", NAN_LAST),
          Map.entry("sort!30", NAN_LAST),
          Map.entry("sort!41", NAN_LAST),
          Map.entry("argSort!21", NAN_LAST),
          Map.entry("argSort!27", NAN_LAST),
          Map.entry("take!1", OUT_OF_RANGE),
          Map.entry("takeAlongAxis!1", OUT_OF_RANGE),
          Map.entry("cholesky!0", INDEFINITE),
          Map.entry("cholesky!1", INDEFINITE),
          Map.entry("cholesky!2", INDEFINITE),
          Map.entry("cholesky!3", NOT_FINITE),
          Map.entry("cholesky!4", INDEFINITE),
          Map.entry("cholesky!5", new Difference(Kind.BETTER, "1e-310 is not 0: no flush to zero")),
          Map.entry("solve!0", SINGULAR),
          Map.entry("solve!1", SINGULAR),
          Map.entry("inv!0", SINGULAR),
          Map.entry("inv!1", SINGULAR),
          Map.entry("matrixPower!2", SINGULAR),
          Map.entry("matrixPower!5", SINGULAR),
          Map.entry("triangularSolve!0", SINGULAR),
          Map.entry("triangularSolve!2", SINGULAR),
          Map.entry("qr!2", NOT_FINITE),
          Map.entry("qr!3", NOT_FINITE));
}
