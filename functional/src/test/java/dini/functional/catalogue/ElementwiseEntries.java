package dini.functional.catalogue;

import static dini.functional.catalogue.Domain.BOOLS;
import static dini.functional.catalogue.Domain.LATTICE;
import static dini.functional.catalogue.Domain.NONZERO;
import static dini.functional.catalogue.Domain.POSITIVE;
import static dini.functional.catalogue.Domain.REAL;
import static dini.functional.catalogue.Domain.near;
import static dini.functional.catalogue.Entry.Kind.FROZEN;
import static dini.functional.catalogue.Entry.Tolerance.EXACT;
import static dini.functional.catalogue.Entry.Tolerance.ULPS;

import dini.core.Comparisons;
import dini.core.Elementwise;
import dini.core.Tensor;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/** Operations on corresponding elements. */
final class ElementwiseEntries {
  private ElementwiseEntries() {}

  static final String[] ONE = {"[]", "[0]", "[1]", "[3]", "[17]", "[2,0]", "[3,11]"};
  private static final String[] TWO = {
    "[] []",
    "[0] [0]",
    "[0] []",
    "[1] [7]",
    "[3] [3]",
    "[33] []",
    "[] [17]",
    "[2,3] [3]",
    "[2,1] [1,3]",
    "[2,1,3] [2,1]",
    "[1] [0]"
  };
  private static final String[] THREE = {
    "[] [] []", "[3] [3] [3]", "[2,3] [3] []", "[] [2,1] [3]", "[17] [] [17]", "[0] [1] [0]"
  };

  static Entry one(String name, Domain domain, UnaryOperator<Tensor> f, DoubleUnaryOperator g) {
    return Entry.of(name, x -> f.apply(x[0]), x -> x[0].map(g), domain)
        .at(ONE)
        .large("[2053]", "[41,67]")
        .within(ULPS);
  }

  static Entry two(
      String name, Domain x, Domain y, BinaryOperator<Tensor> f, DoubleBinaryOperator g) {
    return Entry.of(
            name,
            v -> f.apply(v[0], v[1]),
            v -> Plain.each(Plain.broadcast(v), i -> g.applyAsDouble(v[0].at(i), v[1].at(i))),
            x,
            y)
        .at(TWO)
        .large("[2053] [2053]", "[41,67] [67]", "[41,67] []", "[] [2053]", "[41,1] [67]");
  }

  private static double truth(boolean condition) {
    return condition ? 1 : 0;
  }

  private static double sigmoid(double v) {
    double e = StrictMath.exp(-Math.abs(v));
    return v < 0 ? e / (1 + e) : 1 / (1 + e);
  }

  private static double softplus(double v) {
    return Math.max(v, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(v)));
  }

  private static double sechSquared(double v) {
    double e = StrictMath.exp(-2 * Math.abs(v));
    return 4 * e / ((1 + e) * (1 + e));
  }

  static List<Entry> all() {
    return List.of(
        one("neg", REAL, Elementwise::neg, v -> -v).linear().alsoIntegers().within(EXACT),
        one("abs", NONZERO, Elementwise::abs, Math::abs).alsoIntegers().within(EXACT),
        one("sign", NONZERO, Elementwise::sign, Math::signum).alsoIntegers().within(EXACT),
        one("square", REAL, Elementwise::square, v -> v * v).alsoIntegers().within(EXACT),
        one("reciprocal", NONZERO, Elementwise::reciprocal, v -> 1 / v).within(EXACT),
        one("sqrt", POSITIVE, Elementwise::sqrt, Math::sqrt).within(EXACT),
        one("exp", REAL, Elementwise::exp, StrictMath::exp),
        one("expm1", REAL, Elementwise::expm1, StrictMath::expm1),
        one("log", POSITIVE, Elementwise::log, StrictMath::log),
        one("log1p", POSITIVE, Elementwise::log1p, StrictMath::log1p),
        one("sin", REAL, Elementwise::sin, StrictMath::sin),
        one("cos", REAL, Elementwise::cos, StrictMath::cos),
        one("tanh", REAL, Elementwise::tanh, StrictMath::tanh),
        one("sechSquared", REAL, Elementwise::sechSquared, ElementwiseEntries::sechSquared)
            .within(new Entry.Tolerance(0x1p-49, false)), // five roundings in the oracle
        one("sigmoid", REAL, Elementwise::sigmoid, ElementwiseEntries::sigmoid),
        one("softplus", REAL, Elementwise::softplus, ElementwiseEntries::softplus),
        one("relu", NONZERO, Elementwise::relu, v -> Math.max(v, 0)).alsoIntegers().within(EXACT),
        one("floor", near(0.5, 0.3), Elementwise::floor, Math::floor).within(EXACT),
        one("ceil", near(0.5, 0.3), Elementwise::ceil, Math::ceil).within(EXACT),
        one("round", near(0, 0.3), Elementwise::round, Math::rint).within(EXACT),
        one("stopGradient", REAL, Elementwise::stopGradient, v -> v).kind(FROZEN).within(EXACT),
        two("add", REAL, REAL, Elementwise::add, Double::sum).linear().alsoIntegers(),
        two("sub", REAL, REAL, Elementwise::sub, (x, y) -> x - y).linear().alsoIntegers(),
        two("mul", REAL, REAL, Elementwise::mul, (x, y) -> x * y).alsoIntegers(),
        two("div", REAL, NONZERO, Elementwise::div, (x, y) -> x / y),
        two("maximum", near(0, 0.2), near(0.5, 0.2), Elementwise::maximum, Math::max)
            .alsoIntegers(),
        two("minimum", near(0, 0.2), near(0.5, 0.2), Elementwise::minimum, Math::min)
            .alsoIntegers(),
        two("pow", POSITIVE, REAL, Elementwise::pow, StrictMath::pow).within(ULPS),
        two("eq", LATTICE, LATTICE, Comparisons::eq, (x, y) -> truth(x == y)).alsoIntegers(),
        two("ne", LATTICE, LATTICE, Comparisons::ne, (x, y) -> truth(x != y)).alsoIntegers(),
        two("lt", LATTICE, LATTICE, Comparisons::lt, (x, y) -> truth(x < y)).alsoIntegers(),
        two("le", LATTICE, LATTICE, Comparisons::le, (x, y) -> truth(x <= y)).alsoIntegers(),
        two("gt", LATTICE, LATTICE, Comparisons::gt, (x, y) -> truth(x > y)).alsoIntegers(),
        two("ge", LATTICE, LATTICE, Comparisons::ge, (x, y) -> truth(x >= y)).alsoIntegers(),
        two("eq of truths", BOOLS, BOOLS, Comparisons::eq, (x, y) -> truth(x == y)),
        two("ne of truths", BOOLS, BOOLS, Comparisons::ne, (x, y) -> truth(x != y)),
        one("add literal", REAL, x -> Elementwise.add(x, 2), v -> v + 2).alsoIntegers(),
        one("literal sub", REAL, x -> Elementwise.sub(1, x), v -> 1 - v).alsoIntegers(),
        one("mul literal", REAL, x -> Elementwise.mul(3, x), v -> 3 * v).linear().alsoIntegers(),
        one("div literal", REAL, x -> Elementwise.div(x, 3), v -> v / 3).linear(),
        one("literal div", NONZERO, x -> Elementwise.div(3, x), v -> 3 / v),
        one(
            "maximum literal",
            near(0, 0.2),
            x -> Elementwise.maximum(x, 0.5),
            v -> Math.max(v, 0.5)),
        one("cube", NONZERO, x -> Elementwise.pow(x, 3), v -> StrictMath.pow(v, 3)),
        one("inverse cube", NONZERO, x -> Elementwise.pow(x, -3), v -> StrictMath.pow(v, -3)),
        one("pow zero", NONZERO, x -> Elementwise.pow(x, 0), v -> 1),
        one("exponential", REAL, x -> Elementwise.pow(1.5, x), v -> StrictMath.pow(1.5, v)),
        one(
                "clip",
                near(0, 0.3),
                x -> Elementwise.clip(x, -1.5, 1.5),
                v -> Math.clamp(v, -1.5, 1.5))
            .within(EXACT),
        one(
            "safeWhere",
            NONZERO,
            x -> Comparisons.safeWhere(x.gt(0), x, Elementwise::log, 0),
            v -> v > 0 ? StrictMath.log(v) : 0),
        Entry.of(
                "where",
                x -> Comparisons.where(x[0], x[1], x[2]),
                x -> Plain.each(Plain.broadcast(x), i -> x[0].at(i) != 0 ? x[1].at(i) : x[2].at(i)),
                BOOLS,
                REAL,
                REAL)
            .at(THREE)
            .large("[41,67] [67] []")
            .linear()
            .alsoIntegers(),
        Entry.of(
                "where of truths",
                x -> Comparisons.where(x[0], x[1], x[2]),
                x -> Plain.each(Plain.broadcast(x), i -> x[0].at(i) != 0 ? x[1].at(i) : x[2].at(i)),
                BOOLS,
                BOOLS,
                BOOLS)
            .at(THREE));
  }
}
