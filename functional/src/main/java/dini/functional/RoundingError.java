package dini.functional;

import dini.linalg.solver.Inverse;
import dini.linalg.solver.OneNorm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What rounding in the equations of a {@link JointPoint} does to the solution and its derivative.
 *
 * @param derivative the norm of the error of the derivative
 * @param linear the norm of the error of v
 * @param solutions errors of x
 * @param solutionBlur the largest error of each element of x
 * @param derivativeBlur the largest error of each element of the derivative
 */
record RoundingError(
    double derivative,
    double linear,
    List<double[]> solutions,
    double[] solutionBlur,
    double[] derivativeBlur) {
  private static final int PROBES = 3;

  /** What one error of an equation does to x, v and the derivative. */
  private record Effect(double[] solution, double[] linear, double[] derivative) {}

  /**
   * Sends errors of the size of the noise through the equations: one with the signs that A⁻¹
   * amplifies most, and some with signs without pattern.
   */
  static RoundingError at(JointPoint<?, ?, ?> point) {
    RoundingNoise noise = RoundingNoise.at(point);
    boolean transposed = point.joint().sensitivity().transposed();
    List<Effect> ofSolution = new ArrayList<>();
    List<Effect> ofLinear = new ArrayList<>();
    for (int probe = 0; probe <= PROBES; probe++) {
      double[] r = errors(point, noise.residual(), false, probe);
      ofSolution.add(fromResidual(point, r));
      double[] s = errors(point, noise.linearResidual(), transposed, probe);
      ofLinear.add(fromLinearResidual(point, s));
    }
    List<double[]> derivatives = vectors(ofSolution, Effect::derivative);
    List<double[]> others = vectors(ofLinear, Effect::derivative);
    List<double[]> solutions = vectors(ofSolution, Effect::solution);
    return new RoundingError(
        Vector.norm(noise.derivative()) + norm(derivatives) + norm(others),
        norm(vectors(ofSolution, Effect::linear)) + norm(vectors(ofLinear, Effect::linear)),
        solutions,
        largest(solutions),
        Vector.plus(Vector.plus(largest(derivatives), largest(others)), noise.derivative()));
  }

  private interface Part {
    double[] of(Effect effect);
  }

  private static List<double[]> vectors(List<Effect> effects, Part part) {
    return effects.stream().map(part::of).toList();
  }

  /** The largest norm; NaN counts as largest. */
  private static double norm(List<double[]> vectors) {
    return vectors.stream().mapToDouble(Vector::norm).reduce(0, Math::max);
  }

  /** The largest magnitude of each element; NaN counts as largest. */
  private static double[] largest(List<double[]> vectors) {
    double[] largest = new double[vectors.getFirst().length];
    for (double[] vector : vectors) {
      Arrays.setAll(largest, i -> Math.max(largest[i], Math.abs(vector[i])));
    }
    return largest;
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

  private static Effect fromResidual(JointPoint<?, ?, ?> point, double[] r) {
    double[] dx = point.solutionStep(r);
    double[] dv = point.linearStep(dx, new double[dx.length]);
    return new Effect(dx, dv, point.effect(dx, dv));
  }

  private static Effect fromLinearResidual(JointPoint<?, ?, ?> point, double[] s) {
    double[] dv = point.inverse().solve(point.joint().sensitivity().transposed(), s);
    return new Effect(new double[s.length], dv, point.linearEffect(dv));
  }
}
