package dini.linalg.primitive;

import dini.core.LinearMap;
import dini.core.LinearMap.Tag;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.trace.Closed;
import dini.core.trace.Staging;
import dini.linalg.Cg;
import dini.linalg.NormalCg;
import dini.linalg.Preconditioner;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The system {@code (A'A + ridge I) x = c} for any c, where {@link NormalCg} takes {@code c = A'b}.
 *
 * @param system the system, for conjugate gradients
 * @param captured what it captured
 */
record NormalEquations(LinearSolve system, Tensor[] captured) {

  /** The normal equations of a system that normal CG solves. */
  static NormalEquations of(
      LinearSolve of, NormalCg cg, Tensor[] constants, Tensor[] inverseConstants) {
    List<TensorType> types = of.map().program().inputTypes();
    LinearSolve back = of.transpose();
    Closed normal = Staging.stage(x -> back.apply(constants, of.apply(constants, x)), types);
    Optional<Closed> inverse =
        of.inverse().map(m -> Staging.stage(m.squared(inverseConstants, of.transposed()), types));
    Cg positive =
        new Cg(
            cg.rtol(),
            cg.atol(),
            cg.maxSteps(),
            cg.ridge(),
            cg.preconditioner().map(m -> squared(m.between(types, types))),
            Optional.empty(),
            cg.observer());
    LinearSolve system =
        new LinearSolve(
            new RecordedMap(normal.program()),
            false,
            positive,
            inverse.map(m -> new RecordedInverse(m.program(), Optional.empty())),
            Set.of(Tag.SYMMETRIC, Tag.POSITIVE_DEFINITE),
            of.policy());
    Tensor[] captured =
        LinearSolve.join(normal.constants(), inverse.map(Closed::constants).orElse(new Tensor[0]));
    return new NormalEquations(system, captured);
  }

  private static <X, Y> Preconditioner squared(LinearMap<X, Y> m) {
    return new Preconditioner.OfTree(m.transpose().then(m).withTags(Tag.SYMMETRIC));
  }

  Tensor[] solve(Tensor[] right) {
    return system.solve(captured, right);
  }
}
