package dini.functional;

import dini.core.Comparisons;
import dini.core.DType;
import dini.core.Elementwise;
import dini.core.LinearMap;
import dini.core.Reductions;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.Trees;
import dini.functional.random.Discrete;
import dini.functional.random.Keys;
import java.util.List;

/**
 * Multipliers and values of inequalities at a point, each with what counts as zero for it; vectors
 * without derivatives. The scales follow the units: f times c gives the same answers as f, and so
 * does an inequality times c.
 *
 * @param lambda the multipliers
 * @param g the values
 * @param zeroLambda what counts as zero among the multipliers
 * @param zeroG what counts as zero among the values
 * @param weak true where a constraint is weakly active
 */
record Complementarity(Tensor lambda, Tensor g, Tensor zeroLambda, Tensor zeroG, Tensor weak) {

  /** Up to as many unknowns the derivatives are taken along each, above along random signs. */
  private static final int PROBES = 32;

  /** How far apart multiplier and value of an interior point are where one of them is zero. */
  private static final double APART = 1e-2;

  /**
   * Looks at a point: along unit steps of the unknowns, how far do the gradient of the Lagrangian
   * and the inequalities move?
   */
  static <X, A> Complementarity of(Kkt<X, A> kkt, KktPoint<X> at, A parameters) {
    KktPoint<X> point = Trees.treeMap(Elementwise::stopGradient, at);
    A theta = Trees.treeMap(Elementwise::stopGradient, parameters);
    Trees.Raveled<X> unknowns = Trees.ravel(point.primal());
    Tensor x = unknowns.vector();
    Linearized<Tensor, List<Tensor>> moved =
        Transforms.linearize(
            z -> {
              X primal = unknowns.unravel().apply(z);
              Tensor g = kkt.inequality().orElseThrow().apply(primal, theta);
              return List.of(
                  Trees.ravel(kkt.stationarity(primal, point, theta)).vector(),
                  Shapes.reshape(g, g.size()));
            },
            x);
    LinearMap<Tensor, List<Tensor>> map = moved.map();
    List<Tensor> rates = Transforms.vmap(map::apply, probes(x.size(), x.dtype()));
    Tensor length = Elementwise.maximum(largest(x), 1);
    Tensor curvature =
        Elementwise.sqrt(Reductions.sum(Elementwise.square(rates.get(0))).div(x.size()));
    Tensor slope = largest(Trees.ravel(kkt.slope(point.primal(), theta)).vector());
    Tensor norms = Elementwise.sqrt(Reductions.sum(Elementwise.square(rates.get(1)), 0));
    // one that does not move with x is compared with 1
    norms = Comparisons.where(norms.gt(0), norms, 1);
    Tensor lambda = Shapes.reshape(point.inequalityDual(), norms.size());
    return judged(
        kkt.tolerance(x.dtype()),
        lambda,
        moved.value().get(1),
        norms.mul(length),
        Elementwise.maximum(slope, curvature.mul(length)).div(norms),
        curvature.div(Elementwise.square(norms)));
  }

  /**
   * Tells which are weakly active.
   *
   * @param perValue how far a multiplier moves with a value, {@code 1 / (∇g'H⁻¹∇g)} for an H that
   *     is like its mean
   */
  private static Complementarity judged(
      double tolerance,
      Tensor lambda,
      Tensor g,
      Tensor scaleG,
      Tensor scaleLambda,
      Tensor perValue) {
    Tensor zeroLambda = scaleLambda.mul(tolerance);
    Tensor zeroG = scaleG.mul(tolerance);
    Tensor absoluteLambda = Elementwise.abs(lambda);
    Tensor absoluteG = Elementwise.abs(g);
    Tensor exact = both(absoluteLambda.le(zeroLambda), absoluteG.le(zeroG));
    // an interior point has λg = -μ: where both are zero at the solution, both are of order sqrt(μ)
    double near = Math.sqrt(tolerance);
    Tensor small = both(lambda.le(scaleLambda.mul(near)), absoluteG.le(scaleG.mul(near)));
    Tensor held = absoluteG.mul(perValue);
    Tensor interior = both(lambda.gt(held.mul(APART)), held.gt(lambda.mul(APART)));
    Tensor weak = Comparisons.where(exact, exact, both(both(small, interior), g.lt(0)));
    return new Complementarity(
        Elementwise.stopGradient(lambda),
        Elementwise.stopGradient(g),
        Elementwise.stopGradient(zeroLambda),
        Elementwise.stopGradient(zeroG),
        weak);
  }

  private static Tensor both(Tensor one, Tensor other) {
    return Comparisons.where(one, other, one);
  }

  private static Tensor largest(Tensor x) {
    return Reductions.max(Elementwise.abs(x));
  }

  /** Rows whose products with a vector have squares that sum to its own, in the mean at least. */
  private static Tensor probes(int n, DType dtype) {
    return n <= PROBES
        ? Tensors.eye(n, dtype)
        : Discrete.rademacher(Keys.key(0), PROBES, n).div(Math.sqrt(PROBES)).astype(dtype);
  }

  /** Everything as rows of numbers, the last 1 where a constraint is weakly active. */
  Tensor rows() {
    return Shapes.stack(0, lambda, g, zeroLambda, zeroG, weak.astype(lambda.dtype()));
  }
}
