package dini.linalg.primitive;

import dini.core.Elementwise;
import dini.core.LinearMap;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.TracerException;
import dini.core.trace.Bind;
import dini.core.trace.Closed;
import dini.core.trace.Staging;
import dini.core.trace.TraceStack;
import dini.core.tree.Structure;
import dini.linalg.Auto;
import dini.linalg.Bicgstab;
import dini.linalg.Cg;
import dini.linalg.Gmres;
import dini.linalg.Inv;
import dini.linalg.LinearSolver;
import dini.linalg.Neumann;
import dini.linalg.NormalCg;
import dini.linalg.Preconditioner;
import java.util.List;
import java.util.Optional;

/**
 * Preconditioners taken out of their solvers. They steer how a solution is found and cannot change
 * it, so they are recorded without derivatives.
 */
final class Preconditioners {
  private Preconditioners() {}

  /**
   * A solver and its preconditioner.
   *
   * @param solver the solver, which has no preconditioner if that could be recorded
   * @param inverse the recorded preconditioner, if there is one
   * @param constants what its programs captured
   */
  record Taken(LinearSolver solver, Optional<RecordedInverse> inverse, Tensor[] constants) {
    static Taken nothing(LinearSolver solver) {
      return new Taken(solver, Optional.empty(), new Tensor[0]);
    }
  }

  /**
   * Takes the preconditioner out of a solver for systems of some types. Where no transformation
   * runs it stays: its function is called as it is.
   */
  static Taken take(LinearSolver solver, List<TensorType> types) {
    if (TraceStack.current().isEmpty()) {
      return Taken.nothing(solver);
    }
    return switch (solver) {
      case Cg cg ->
          cg.preconditioner()
              .flatMap(inverse -> recorded(without(cg), inverse, true, types))
              .orElse(Taken.nothing(cg));
      case NormalCg cg ->
          cg.preconditioner()
              .flatMap(inverse -> recorded(without(cg), inverse, false, types))
              .orElse(Taken.nothing(cg));
      case Gmres gmres ->
          gmres
              .preconditioner()
              .flatMap(inverse -> recorded(without(gmres), inverse, false, types))
              .orElse(Taken.nothing(gmres));
      case Bicgstab bicgstab ->
          bicgstab
              .preconditioner()
              .flatMap(inverse -> recorded(without(bicgstab), inverse, false, types))
              .orElse(Taken.nothing(bicgstab));
      case Inv _, Neumann _, Auto _ -> Taken.nothing(solver);
    };
  }

  private static Cg without(Cg cg) {
    return new Cg(
        cg.rtol(),
        cg.atol(),
        cg.maxSteps(),
        cg.ridge(),
        Optional.empty(),
        cg.init(),
        cg.observer());
  }

  private static NormalCg without(NormalCg cg) {
    return new NormalCg(
        cg.rtol(),
        cg.atol(),
        cg.maxSteps(),
        cg.ridge(),
        Optional.empty(),
        cg.init(),
        cg.observer());
  }

  private static Gmres without(Gmres gmres) {
    return new Gmres(
        gmres.rtol(),
        gmres.atol(),
        gmres.maxSteps(),
        gmres.restart(),
        gmres.ridge(),
        Optional.empty(),
        gmres.init(),
        gmres.observer());
  }

  private static Bicgstab without(Bicgstab bicgstab) {
    return new Bicgstab(
        bicgstab.rtol(),
        bicgstab.atol(),
        bicgstab.maxSteps(),
        bicgstab.ridge(),
        Optional.empty(),
        bicgstab.init(),
        bicgstab.observer());
  }

  /** The recording, or nothing for a function that reads its argument: it works on values only. */
  private static Optional<Taken> recorded(
      LinearSolver bare, Preconditioner inverse, boolean symmetric, List<TensorType> types) {
    try {
      LinearMap<?, ?> map = inverse.between(types, types);
      Closed forward = stage(map);
      if (symmetric) {
        RecordedInverse own = new RecordedInverse(forward.program(), Optional.empty());
        return Optional.of(new Taken(bare, Optional.of(own), constants(forward)));
      }
      Closed backward = stage(map.transpose());
      RecordedInverse both =
          new RecordedInverse(forward.program(), Optional.of(backward.program()));
      Tensor[] constants = LinearSolve.join(constants(forward), constants(backward));
      return Optional.of(new Taken(bare, Optional.of(both), constants));
    } catch (TracerException reads) {
      return Optional.empty();
    }
  }

  @SuppressWarnings("unchecked")
  private static <X, Y> Closed stage(LinearMap<X, Y> map) {
    Structure structure = Structure.flatten(map.zeroArgument()).structure();
    return Staging.stage(
        leaves -> Structure.flatten(map.apply((X) structure.unflatten(leaves))).leaves(),
        map.domainTypes());
  }

  private static Tensor[] constants(Closed closed) {
    Tensor[] constants = closed.constants();
    for (int i = 0; i < constants.length; i++) {
      constants[i] = Bind.resolve(Elementwise.stopGradient(constants[i]));
    }
    return constants;
  }
}
