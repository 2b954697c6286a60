package dini.functional.primitive;

import static dini.core.Comparisons.eq;
import static dini.core.Comparisons.ne;
import static dini.core.Comparisons.safeWhere;
import static dini.core.Comparisons.where;
import static dini.core.Elementwise.add;
import static dini.core.Elementwise.div;
import static dini.core.Elementwise.mul;
import static dini.core.Elementwise.square;
import static dini.core.Elementwise.sub;

import dini.core.Elementwise;
import dini.core.Tensor;

/**
 * The passes of {@link dini.core.kernel.AdamKernel} in public operations, to the bit: for what the
 * kernels do not do, which is derivatives with respect to constants and at second order, and
 * constants that vary from lane to lane.
 */
final class ComposedAdam {
  private ComposedAdam() {}

  /** The constants among operands, with the root and what it is added to. */
  private record Scale(
      Tensor b1,
      Tensor b2,
      Tensor rest1,
      Tensor rest2,
      Tensor c1,
      Tensor c2,
      Tensor root,
      Tensor d) {

    static Scale of(Tensor v, Tensor[] operands) {
      Tensor b1 = operands[3];
      Tensor b2 = operands[4];
      Tensor c2 = operands[8];
      Tensor radicand = add(div(v, c2), operands[6]);
      // the root of 0 counts as a constant, in every order
      Tensor root = safeWhere(ne(radicand, 0), radicand, Elementwise::sqrt, 0);
      return new Scale(
          b1, b2, sub(1, b1), sub(1, b2), operands[7], c2, root, add(root, operands[5]));
    }

    /** {@code x / (2 c2 root)}, and 0 where the root is. */
    Tensor perTwoRoots(Tensor x) {
      Tensor zero = eq(root, 0);
      return where(zero, 0, div(x, mul(mul(c2, 2), where(zero, 1, root))));
    }
  }

  static Tensor[] update(Tensor[] operands) {
    Tensor g = operands[0];
    Tensor b1 = operands[3];
    Tensor b2 = operands[4];
    Tensor m = add(mul(b1, operands[1]), mul(sub(1, b1), g));
    Tensor v = add(mul(b2, operands[2]), mul(sub(1, b2), square(g)));
    Scale scale = Scale.of(v, operands);
    return new Tensor[] {m, v, div(m, mul(scale.c1, scale.d))};
  }

  static Tensor[] tangent(Tensor[] operands) {
    Tensor g = operands[0];
    Tensor m = operands[1];
    Scale scale = Scale.of(operands[2], operands);
    Tensor slope = operands[9];
    Tensor dm = add(mul(scale.b1, operands[10]), mul(scale.rest1, slope));
    Tensor dv = add(mul(scale.b2, operands[11]), mul(mul(scale.rest2, 2), mul(g, slope)));
    Tensor ds = scale.perTwoRoots(dv);
    Tensor direction = div(sub(dm, mul(div(m, scale.d), ds)), mul(scale.c1, scale.d));
    return new Tensor[] {dm, dv, direction};
  }

  static Tensor[] cotangent(Tensor[] operands) {
    Tensor g = operands[0];
    Tensor m = operands[1];
    Scale scale = Scale.of(operands[2], operands);
    Tensor u = div(operands[11], mul(scale.c1, scale.d));
    Tensor w = scale.perTwoRoots(mul(u, div(m, scale.d)));
    Tensor a = add(operands[9], u);
    Tensor b = sub(operands[10], w);
    Tensor ofG = add(mul(scale.rest1, a), mul(mul(scale.rest2, 2), mul(g, b)));
    return new Tensor[] {ofG, mul(scale.b1, a), mul(scale.b2, b)};
  }
}
