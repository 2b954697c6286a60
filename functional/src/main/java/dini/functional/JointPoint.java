package dini.functional;

import dini.core.Tensor;
import dini.core.Trees;
import dini.linalg.LinearSolver;
import dini.linalg.solver.Inverse;
import java.util.Arrays;
import java.util.function.Function;

/**
 * A point (x, v) of the system {@code F(x, θ) = 0, c(x) - A(x) v = 0}, whose root gives the
 * solution and its derivative together, with Newton's step there. The second equation may have A
 * transposed.
 */
final class JointPoint<X, A, D> {

  /**
   * The system.
   *
   * @param stationary F
   * @param sensitivity the second equation and the derivative
   * @param unknowns the arrangement of x and v
   * @param parameters the arrangement of θ
   * @param theta θ
   * @param solver how users solve with A
   */
  record Joint<X, A, D>(
      Stationarity<X, A> stationary,
      Sensitivity<X, A, D> sensitivity,
      Coordinates<X> unknowns,
      Coordinates<A> parameters,
      A theta,
      LinearSolver solver) {}

  private final Joint<X, A, D> joint;
  private final Coordinates<X> unknowns;
  private final X x;
  private final X v;
  private final double[] residual;
  private final double[] linearResidual;
  private final D derivative;
  private final Coordinates<D> results;
  private final Inverse inverse;

  JointPoint(Joint<X, A, D> joint, StationarySystem system, X x, X v) {
    this.joint = joint;
    this.unknowns = joint.unknowns;
    this.x = x;
    this.v = v;
    this.residual = system.residual();
    this.linearResidual =
        unknowns.read("the linear residual", joint.sensitivity.residual(x, joint.theta, v));
    this.derivative = joint.sensitivity.derivative(x, joint.theta, v);
    this.results = Coordinates.of(unknowns.operation(), derivative);
    this.inverse = Inverse.of(joint.solver, system.jacobian());
  }

  Joint<X, A, D> joint() {
    return joint;
  }

  X x() {
    return x;
  }

  X v() {
    return v;
  }

  double[] residual() {
    return residual;
  }

  double[] linearResidual() {
    return linearResidual;
  }

  D derivative() {
    return derivative;
  }

  double[] results() {
    return results.vector();
  }

  /** The sizes of the leaves that {@link #results} joins. */
  int[] resultSizes() {
    return Arrays.stream(results.floating()).mapToInt(Tensor::size).toArray();
  }

  Inverse inverse() {
    return inverse;
  }

  /** {@code -A⁻¹ r}: where the root moves if the condition is raised by r. */
  double[] solutionStep(double[] r) {
    double[] step = inverse.solve(false, r);
    Arrays.setAll(step, i -> -step[i]);
    return step;
  }

  /** The step of v that follows from one of x and from the second equation's residual. */
  double[] linearStep(double[] dx, double[] s) {
    double[] moved = along(z -> joint.sensitivity.residual(z, joint.theta, v), dx);
    Arrays.setAll(moved, i -> moved[i] + s[i]);
    return inverse.solve(joint.sensitivity.transposed(), moved);
  }

  /** The point after both steps. */
  JointPoint<X, A, D> moved(double[] dx, double[] dv) {
    X nextX = Trees.treeAdd(x, unknowns.tree(dx));
    X nextV = Trees.treeAdd(v, unknowns.tree(dv));
    StationarySystem system =
        StationarySystem.of(z -> joint.stationary.apply(z, joint.theta), unknowns, nextX);
    return new JointPoint<>(joint, system, nextX, nextV);
  }

  /** The change of the derivative under both steps, to first order. */
  double[] effect(double[] dx, double[] dv) {
    X direction = unknowns.tree(dx);
    D first =
        Transforms.jvp((X z) -> joint.sensitivity.derivative(z, joint.theta, v), x, direction)
            .tangent();
    return results.read("the derivative", Trees.treeAdd(first, linear(dv)));
  }

  /** The change of the derivative under a step of v alone. */
  double[] linearEffect(double[] dv) {
    return results.read("the derivative", linear(dv));
  }

  private D linear(double[] dv) {
    return joint.sensitivity.linear(x, joint.theta, unknowns.tree(dv));
  }

  /**
   * How much A changes along a step d of x, measured by A⁻¹: {@code A⁻¹ F''[d, d]} (Deuflhard,
   * Newton Methods for Nonlinear Problems, section 2.1).
   */
  double[] bend(double[] dx) {
    X direction = unknowns.tree(dx);
    Function<X, X> slope =
        z -> Transforms.jvp(y -> joint.stationary.apply(y, joint.theta), z, direction).tangent();
    return inverse.solve(false, along(slope, dx));
  }

  private double[] along(Function<X, X> f, double[] dx) {
    return unknowns.read("a second derivative", Transforms.jvp(f, x, unknowns.tree(dx)).tangent());
  }
}
