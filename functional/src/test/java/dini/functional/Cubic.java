package dini.functional;

import static dini.core.Tensors.scalar;

import dini.core.Tensor;

/** The root of {@code x^3 + t x - t^2} near t: derivatives of three orders in closed form. */
record Cubic(double t) {

  static Tensor condition(Tensor x, Tensor t) {
    return x.mul(x).mul(x).add(t.mul(x)).sub(t.mul(t));
  }

  /** Newton's method on numbers: it reads, branches and loops until it stands still. */
  static Tensor newton(Tensor init, Tensor theta) {
    return scalar(solve(init.toDouble(), theta.toDouble()));
  }

  /** Newton's method on tensors that cannot be read. */
  static Tensor steps(Tensor init, Tensor t) {
    Tensor x = init;
    for (int i = 0; i < 40; i++) {
      x = x.sub(condition(x, t).div(x.mul(x).mul(3).add(t)));
    }
    return x;
  }

  private static double solve(double init, double t) {
    double x = init;
    for (int i = 0; i < 100; i++) {
      double next = x - (x * x * x + t * x - t * t) / (3 * x * x + t);
      if (Math.abs(next - x) <= Math.ulp(x)) {
        return next;
      }
      x = next;
    }
    return x;
  }

  double x() {
    return solve(1, t);
  }

  double first() {
    return (2 * t - x()) / slope();
  }

  double second() {
    return (2 - 2 * first() - 6 * x() * first() * first()) / slope();
  }

  double third() {
    double d = first();
    return -(6 * d * d * d + 18 * x() * d * second() + 3 * second()) / slope();
  }

  private double slope() {
    return 3 * x() * x() + t;
  }
}
