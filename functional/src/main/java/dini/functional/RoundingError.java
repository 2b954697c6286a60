package dini.functional;

import dini.linalg.solver.Inverse;
import dini.linalg.solver.OneNorm;

/**
 * What rounding in the equations of a {@link JointPoint} does to the solution and its derivative.
 *
 * @param derivative the norm of the error of the derivative
 * @param solution the error of x where it is largest
 * @param linear the norm of the error of v
 */
record RoundingError(double derivative, double[] solution, double linear) {
  private static final int PROBES = 3;

  /**
   * Sends errors of the size of the noise through the equations: one with the signs that A⁻¹
   * amplifies most, and some with signs without pattern.
   */
  static RoundingError at(JointPoint<?, ?, ?> point) {
    RoundingNoise noise = RoundingNoise.at(point);
    RoundingError first = new RoundingError(0, new double[noise.residual().length], 0);
    RoundingError ofSolution = first;
    RoundingError ofLinear = first;
    boolean transposed = point.joint().sensitivity().transposed();
    for (int probe = 0; probe <= PROBES; probe++) {
      double[] r = errors(point, noise.residual(), false, probe);
      ofSolution = ofSolution.larger(fromResidual(point, r));
      double[] s = errors(point, noise.linearResidual(), transposed, probe);
      ofLinear = ofLinear.larger(fromLinearResidual(point, s));
    }
    return new RoundingError(
        Vector.norm(noise.derivative()) + ofSolution.derivative + ofLinear.derivative,
        ofSolution.solution,
        ofSolution.linear + ofLinear.linear);
  }

  private static double[] errors(
      JointPoint<?, ?, ?> point, double[] noise, boolean transposed, int probe) {
    double[] signs =
        probe == 0
            ? worst(point.inverse(), transposed, noise)
            : Scatter.signs(3 + probe + (transposed ? PROBES : 0), noise.length);
    return Vector.times(signs, noise);
  }

  /** The signs s for which an element of {@code A⁻¹ (noise s)} is largest. */
  private static double[] worst(Inverse inverse, boolean transposed, double[] noise) {
    return OneNorm.of(
            noise.length,
            y -> Vector.times(noise, inverse.solve(!transposed, y)),
            z -> inverse.solve(transposed, Vector.times(noise, z)))
        .signs();
  }

  private static RoundingError fromResidual(JointPoint<?, ?, ?> point, double[] r) {
    double[] dx = point.solutionStep(r);
    double[] dv = point.linearStep(dx, new double[dx.length]);
    return new RoundingError(Vector.norm(point.effect(dx, dv)), dx, Vector.norm(dv));
  }

  private static RoundingError fromLinearResidual(JointPoint<?, ?, ?> point, double[] s) {
    double[] dv = point.inverse().solve(point.joint().sensitivity().transposed(), s);
    return new RoundingError(
        Vector.norm(point.linearEffect(dv)), new double[s.length], Vector.norm(dv));
  }

  /** The larger of each; NaN counts as largest. */
  private RoundingError larger(RoundingError other) {
    return new RoundingError(
        Math.max(derivative, other.derivative),
        Vector.norm(solution) >= Vector.norm(other.solution) ? solution : other.solution,
        Math.max(linear, other.linear));
  }
}
