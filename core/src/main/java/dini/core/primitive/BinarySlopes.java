package dini.core.primitive;

import static dini.core.Comparisons.eq;
import static dini.core.Comparisons.gt;
import static dini.core.Comparisons.isNan;
import static dini.core.Comparisons.logicalAnd;
import static dini.core.Comparisons.where;
import static dini.core.Elementwise.add;
import static dini.core.Elementwise.div;
import static dini.core.Elementwise.log;
import static dini.core.Elementwise.mul;
import static dini.core.Elementwise.pow;
import static dini.core.Elementwise.sub;
import static dini.core.Trigonometric.hypot;

import dini.core.DType;
import dini.core.Elementwise;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.trace.Tracer;

/** Derivatives of {@link Binary} that are longer than a line. */
final class BinarySlopes {
  private BinarySlopes() {}

  /** 1 where x is larger, 1/2 where they tie, 0 elsewhere. */
  static Tensor share(Tensor x, Tensor y) {
    DType dtype = x.dtype();
    return add(Shapes.astype(gt(x, y), dtype), mul(Shapes.astype(eq(x, y), dtype), 0.5));
  }

  /**
   * y x^(y-1), written so that no order of derivative meets 0 times infinity at y = 0. Where y may
   * vary, it has to have derivatives there too: y x^y / x has those of all orders.
   */
  static Tensor powByBase(Tensor x, Tensor y) {
    Tensor none = eq(y, 0);
    Tensor slope = mul(y, pow(x, sub(where(none, 1, y), 1)));
    if (y instanceof Tracer) {
      Tensor base = where(none, where(eq(x, 0), 1, x), 1);
      Tensor exponent = where(none, y, 0);
      slope = where(none, div(mul(exponent, pow(base, exponent)), base), slope);
    }
    return slope;
  }

  /** z log x with {@code z = x^y}, and 0 at x = 0. */
  static Tensor powByExponent(Tensor x, Tensor z) {
    return mul(z, log(where(eq(x, 0), Tensors.onesLike(x), x)));
  }

  /** {@code top / (x^2 + y^2)}, where the squares would overflow too. */
  static Tensor perSquare(Tensor top, Tensor x, Tensor y) {
    Tensor h = hypot(x, y);
    return div(div(top, h), h);
  }

  /** x / z, and 0 at the origin in every order. */
  static Tensor cosine(Tensor x, Tensor z) {
    Tensor origin = eq(z, 0);
    return where(origin, 0, div(x, where(origin, 1, z)));
  }

  /** x - y, and 0 where both are the same infinity. */
  static Tensor excess(Tensor x, Tensor y) {
    Tensor difference = sub(x, y);
    return where(logicalAnd(eq(x, y), isNan(difference)), 0, difference);
  }

  /** x / y, and 0 where both are 0. */
  static Tensor ratio(Tensor x, Tensor y) {
    return div(x, where(logicalAnd(eq(x, 0), eq(y, 0)), 1, y));
  }

  /** 1 where the signs agree, -1 where they differ. */
  static Tensor copySign(Tensor x, Tensor y) {
    Tensor one = Tensors.full(1, x.dtype());
    return mul(Elementwise.copySign(one, x), Elementwise.copySign(one, y));
  }
}
