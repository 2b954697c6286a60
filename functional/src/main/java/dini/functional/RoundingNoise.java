package dini.functional;

import dini.functional.JointPoint.Joint;
import java.util.Arrays;

/**
 * How far rounding moves the values of a {@link JointPoint}'s equations and of its derivative, for
 * each element. It is measured: all arguments are moved in small equal steps; the eighth
 * differences of a smooth function would then vanish, and what is left is rounding (Moré and Wild,
 * Estimating computational noise, SIAM J. Sci. Comput. 33, 2011, section 3).
 *
 * @param residual of F
 * @param linearResidual of the second equation
 * @param derivative of the derivative
 */
record RoundingNoise(double[] residual, double[] linearResidual, double[] derivative) {
  /** The coefficients of an eighth difference. */
  private static final double[] DIFFERENCE = {1, -8, 28, -56, 70, -56, 28, -8, 1};

  /** The variance of such a difference in units of that of its terms: the sum of the squares. */
  private static final double VARIANCE = 12870;

  private static final int SAMPLES = 5;
  private static final int STEPS = SAMPLES + DIFFERENCE.length - 1;

  /** Errors are that many standard deviations at most; five samples tell those roughly. */
  private static final double DEVIATIONS = 4;

  /** The values at one step. */
  private record Sample(double[] residual, double[] linearResidual, double[] derivative) {}

  static <X, A, D> RoundingNoise at(JointPoint<X, A, D> point) {
    Joint<X, A, D> joint = point.joint();
    double roundoff = joint.unknowns().roundoff();
    Sample[] samples = new Sample[STEPS];
    for (int i = 0; i < STEPS; i++) {
      samples[i] = sample(point, (i - STEPS / 2) * spacing(roundoff));
    }
    double[] x = joint.unknowns().read("x", point.x());
    double[] v = joint.unknowns().read("v", point.v());
    boolean transposed = joint.sensitivity().transposed();
    return new RoundingNoise(
        noise(samples, Sample::residual, roundoff, point.inverse().magnitude(false, x)),
        noise(samples, Sample::linearResidual, roundoff, point.inverse().magnitude(transposed, v)),
        noise(samples, Sample::derivative, roundoff, point.results()));
  }

  /**
   * Relative steps whose eighth power is far below the roundoff, even times a thousand, and which
   * show the rounding of sums 1e10 times as large as the argument too.
   */
  private static double spacing(double roundoff) {
    return roundoff < 1e-10 ? 0x1p-16 : 0x1p-8;
  }

  private static <X, A, D> Sample sample(JointPoint<X, A, D> point, double step) {
    Joint<X, A, D> joint = point.joint();
    X x = moved(joint.unknowns(), point.x(), step, 1);
    X v = moved(joint.unknowns(), point.v(), step, 2);
    A theta = moved(joint.parameters(), joint.theta(), step, 3);
    X residual = joint.stationary().apply(x, theta);
    X linear = joint.sensitivity().residual(x, theta, v);
    D derivative = joint.sensitivity().derivative(x, theta, v);
    Coordinates<D> results = Coordinates.of(joint.unknowns().operation(), derivative);
    return new Sample(
        joint.unknowns().read("the stationarity condition", residual),
        joint.unknowns().read("the linear residual", linear),
        results.vector());
  }

  /** Each element is moved in proportion to itself, so that none leaves its domain. */
  private static <T> T moved(Coordinates<T> arrangement, T tree, double step, int seed) {
    double[] values = arrangement.read("a tree", tree);
    Arrays.setAll(values, i -> values[i] * (1 + step * Scatter.real(seed, i)));
    return arrangement.tree(values);
  }

  private interface Part {
    double[] of(Sample sample);
  }

  private static double[] noise(Sample[] samples, Part part, double roundoff, double[] magnitude) {
    double[] noise = new double[magnitude.length];
    for (int i = 0; i < noise.length; i++) {
      double squares = 0;
      for (int k = 0; k < SAMPLES; k++) {
        double difference = 0;
        for (int j = 0; j < DIFFERENCE.length; j++) {
          difference += DIFFERENCE[j] * part.of(samples[k + j])[i];
        }
        squares += difference * difference;
      }
      double measured = Math.sqrt(squares / (SAMPLES * VARIANCE));
      noise[i] = DEVIATIONS * (measured + roundoff * Math.abs(magnitude[i]));
    }
    return noise;
  }
}
