package dini.functional;

import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.trace.Bind;
import dini.core.trace.Closed;
import dini.core.trace.Differentiation;
import dini.linalg.primitive.ProgramOperator;
import dini.linalg.solver.Operator;
import dini.linalg.solver.Ravel;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A stationarity condition at one point.
 *
 * @param residual its value
 * @param jacobian its derivative with respect to the unknowns
 */
record StationarySystem(double[] residual, Operator jacobian) {

  static <X> StationarySystem of(UnaryOperator<X> condition, Coordinates<X> unknowns, X x) {
    Tensor[] point = unknowns.floating("the solution", x);
    Differentiation.Linearized linearized =
        Differentiation.linearize(
            z -> unknowns.floating("the stationarity condition", condition.apply(unknowns.tree(z))),
            point);
    double[] residual =
        unknowns.read("the stationarity condition", unknowns.tree(linearized.values()));
    Closed closed = linearized.recording().freeze(Bind.types(point));
    return new StationarySystem(
        residual,
        new ProgramOperator(
            new Ravel(unknowns.types()),
            closed::apply,
            cotangents -> filled(closed.transpose(cotangents), point),
            Set.of()));
  }

  private static Tensor[] filled(Tensor[] cotangents, Tensor[] like) {
    for (int i = 0; i < cotangents.length; i++) {
      cotangents[i] = cotangents[i] == null ? Tensors.zerosLike(like[i]) : cotangents[i];
    }
    return cotangents;
  }
}
