package dini.linalg.dense;

import java.util.Arrays;

/**
 * Divided differences {@code f[x0, …, xk]} of a smooth function at all choices of k + 1 of some
 * points, repeated ones included: where all are equal that is {@code f^(k)(x) / k!}.
 *
 * <p>Each comes with an estimate of its error, and is the better of two. The recursion {@code
 * (f[x1, …, xk] - f[x0, …, x(k-1)]) / (xk - x0)} loses digits where the points are close. The
 * integral of {@code f^(k)} over the simplex of {@code x0 + t1 (x1 - x0) + … + tk (xk - x(k-1))},
 * {@code 1 >= t1 >= … >= tk >= 0} (Hermite and Genocchi), by Gauss's rules of 8 nodes for each t,
 * loses them where the points are far apart for f; those of 7 nodes tell how many. It asks f for
 * nothing outside of the points' hull.
 *
 * <p>Sources: de Boor, Divided Differences (2005), sections 2 and 9; Higham, Functions of Matrices
 * (2008), appendix B.16.
 */
public final class DividedDifferences {

  /** Derivatives of a function of one variable. */
  @FunctionalInterface
  public interface Derivatives {
    /** The derivatives of an order, 0 for the values, at some points. */
    double[] at(int order, double[] points);
  }

  /** Nodes and weights on [0, 1]. */
  private record Rule(double[] nodes, double[] weights) {}

  private static final Rule EIGHT =
      new Rule(
          new double[] {
            0.019855071751231884,
            0.10166676129318664,
            0.2372337950418355,
            0.4082826787521751,
            0.591717321247825,
            0.7627662049581645,
            0.8983332387068134,
            0.9801449282487681
          },
          new double[] {
            0.05061426814518813,
            0.11119051722668724,
            0.15685332293894363,
            0.181341891689181,
            0.181341891689181,
            0.15685332293894363,
            0.11119051722668724,
            0.05061426814518813
          });

  private static final Rule SEVEN =
      new Rule(
          new double[] {
            0.025446043828620736,
            0.12923440720030277,
            0.2970774243113014,
            0.5,
            0.7029225756886985,
            0.8707655927996972,
            0.9745539561713793
          },
          new double[] {
            0.06474248308443485,
            0.13985269574463832,
            0.19091502525255946,
            0.2089795918367347,
            0.19091502525255946,
            0.13985269574463832,
            0.06474248308443485
          });

  /**
   * As many roundings of the result as the recursion may lose, in each order four times as many,
   * before the integral is computed to compare.
   */
  private static final double SETTLED = 2;

  /**
   * An integral which is so many times the estimated error of the recursion away from it overlooked
   * something between its nodes, as a jump; a function may be wrong by as many roundings.
   */
  private static final double OVERLOOKED = 1000;

  /** How many points of one evaluation: enough for its fixed costs, few enough for a cache. */
  private static final int POINTS = 1 << 15;

  private final double[] x;
  private final int n;
  private final double epsilon;
  private final Derivatives f;

  /** Of the present order and that below it, by the digits of ascending indices in base n. */
  private double[] values;

  private double[] errors;
  private double[] lower;
  private double[] lowerErrors;

  /** The places of those that wait for derivatives of f, in the order in which they were met. */
  private int[] waiting;

  private int waitingCount;

  private DividedDifferences(double[] x, Derivatives f, double epsilon) {
    this.x = x;
    this.n = x.length;
    this.f = f;
    this.epsilon = epsilon;
  }

  /**
   * The divided differences at n points, (n, …, n) with order + 1 axes: symmetric in all of them.
   *
   * @param order k
   * @param x finite points, ascending
   * @param f the function
   * @param epsilon the distance from 1 to the next number that f computes with
   */
  public static double[] of(int order, double[] x, Derivatives f, double epsilon) {
    return new DividedDifferences(x, f, epsilon).of(order);
  }

  private double[] of(int order) {
    values = f.at(0, x);
    errors = new double[n];
    for (int k = 1; k <= order; k++) {
      lower = values;
      lowerErrors = errors;
      values = new double[size(n, k + 1)];
      errors = new double[values.length];
      waiting = new int[16];
      waitingCount = 0;
      recur(new int[k + 1], 0, 0);
      integrate(k);
    }
    return everywhere(order + 1);
  }

  private static int size(int n, int axes) {
    long size = 1;
    for (int i = 0; i < axes; i++) {
      size *= n;
      if (size > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException(
            "funm: the derivative of order "
                + (axes - 1)
                + " at matrices of extent "
                + n
                + " needs more divided differences than an array holds");
      }
    }
    return (int) size;
  }

  // ---- the recursion ----

  /** Goes through all ascending indices that continue those before a place. */
  private void recur(int[] indices, int place, int code) {
    if (place == indices.length) {
      recur(indices, code);
      return;
    }
    for (int i = place == 0 ? 0 : indices[place - 1]; i < n; i++) {
      indices[place] = i;
      recur(indices, place + 1, code * n + i);
    }
  }

  private void recur(int[] indices, int code) {
    int k = indices.length - 1;
    double gap = x[indices[k]] - x[indices[0]];
    if (isOnePoint(x[indices[0]], x[indices[k]])) {
      await(code);
      return;
    }
    int first = code / n;
    int last = code % size(n, k);
    double a = lower[last];
    double b = lower[first];
    double error = lowerErrors[last] + lowerErrors[first] + epsilon * (Math.abs(a) + Math.abs(b));
    values[code] = (a - b) / gap;
    errors[code] = error / gap;
    double settled = Math.scalb(SETTLED, 2 * k) * epsilon;
    if (!(errors[code] <= settled * Math.abs(values[code]))) {
      await(code);
    }
  }

  /** Whether the points of an interval are the same up to some roundings. */
  private boolean isOnePoint(double low, double high) {
    return high - low <= 4 * epsilon * Math.max(Math.abs(low), Math.abs(high));
  }

  private void await(int code) {
    if (waitingCount == waiting.length) {
      waiting = Arrays.copyOf(waiting, 2 * waitingCount);
    }
    waiting[waitingCount++] = code;
  }

  // ---- the integral ----

  private void integrate(int k) {
    int most = power(EIGHT, k) + power(SEVEN, k);
    int atOnce = Math.max(1, POINTS / most);
    for (int from = 0; from < waitingCount; from += atOnce) {
      int to = Math.min(waitingCount, from + atOnce);
      Nodes nodes = new Nodes(k, (to - from) * most);
      for (int i = from; i < to; i++) {
        place(nodes, points(waiting[i], k));
      }
      double[] derivatives = f.at(k, Arrays.copyOf(nodes.points, nodes.count));
      int at = 0;
      for (int i = from; i < to; i++) {
        at = settle(waiting[i], k, nodes, derivatives, at);
      }
    }
  }

  private static int power(Rule rule, int k) {
    int power = 1;
    for (int i = 0; i < k; i++) {
      power *= rule.nodes.length;
    }
    return power;
  }

  private double[] points(int code, int k) {
    double[] points = new double[k + 1];
    for (int i = k, rest = code; i >= 0; i--, rest /= n) {
      points[i] = x[rest % n];
    }
    return points;
  }

  private void place(Nodes nodes, double[] points) {
    if (isOnePoint(points[0], points[points.length - 1])) {
      nodes.addMean(points);
    } else {
      nodes.add(EIGHT, points);
      nodes.add(SEVEN, points);
    }
  }

  /** Decides one of those that waited, and returns where the derivatives of the next one begin. */
  private int settle(int code, int k, Nodes nodes, double[] derivatives, int at) {
    double[] points = points(code, k);
    if (isOnePoint(points[0], points[k])) {
      values[code] = nodes.weights[at] * derivatives[at];
      errors[code] = epsilon * Math.abs(values[code]);
      return at + 1;
    }
    int middle = at + power(EIGHT, k);
    int end = middle + power(SEVEN, k);
    double integral = 0;
    double magnitude = 0;
    for (int i = at; i < middle; i++) {
      double term = nodes.weights[i] * derivatives[i];
      integral += term;
      magnitude += Math.abs(term);
    }
    double coarse = 0;
    for (int i = middle; i < end; i++) {
      coarse += nodes.weights[i] * derivatives[i];
    }
    double error = Math.abs(integral - coarse) + epsilon * magnitude;
    boolean overlooked = Math.abs(integral - values[code]) > OVERLOOKED * errors[code];
    // a recursion of infinities is NaN, and then no reason to keep it
    if (!Double.isNaN(error) && !(errors[code] <= error) && !overlooked) {
      values[code] = integral;
      errors[code] = error;
    }
    return end;
  }

  /** The points where derivatives of an order are asked for, with the weights they get. */
  private static final class Nodes {
    final double[] points;
    final double[] weights;
    final int order;
    int count;

    Nodes(int order, int most) {
      this.order = order;
      this.points = new double[most];
      this.weights = new double[most];
    }

    /** The mean of points that are nearly one, with the volume of the simplex. */
    void addMean(double[] x) {
      double mean = 0;
      double volume = 1;
      for (int i = 1; i <= order; i++) {
        mean += (x[i] - x[0]) / (order + 1);
        volume /= i;
      }
      add(x[0] + mean, volume);
    }

    void add(Rule rule, double[] x) {
      add(rule, x, 1, 1, 1, x[0]);
    }

    /** The nodes with the coordinates before a place as they are. */
    private void add(Rule rule, double[] x, int place, double bound, double weight, double at) {
      if (place > order) {
        add(Math.min(at, x[order]), weight);
        return;
      }
      for (int i = 0; i < rule.nodes.length; i++) {
        double t = bound * rule.nodes[i];
        double next = at + t * (x[place] - x[place - 1]);
        add(rule, x, place + 1, t, weight * bound * rule.weights[i], next);
      }
    }

    private void add(double point, double weight) {
      points[count] = point;
      weights[count++] = weight;
    }
  }

  // ---- all orders of the indices ----

  /** The values at indices in any order, from those at ascending ones. */
  private double[] everywhere(int axes) {
    double[] all = new double[values.length];
    int[] indices = new int[axes];
    for (int code = 0; code < all.length; code++) {
      for (int i = 0, rest = code; i < axes; i++, rest /= n) {
        indices[i] = rest % n;
      }
      Arrays.sort(indices);
      int ascending = 0;
      for (int index : indices) {
        ascending = ascending * n + index;
      }
      all[code] = values[ascending];
    }
    return all;
  }
}
