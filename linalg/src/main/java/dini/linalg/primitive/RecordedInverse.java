package dini.linalg.primitive;

import dini.core.Program;
import dini.core.Tensor;
import dini.core.trace.Leaves;
import dini.core.trace.Runner;
import dini.linalg.solver.Operator;
import dini.linalg.solver.Ravel;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * A preconditioner as programs, whose captured values are operands of the solve: so each lane of a
 * batch has its own, and what is staged need not have values yet.
 *
 * @param forward the map
 * @param backward its transpose, where it is not the map itself
 */
public record RecordedInverse(Program forward, Optional<Program> backward) {

  int constantCount() {
    return forward.constantCount() + backward.map(Program::constantCount).orElse(0);
  }

  /** The operator for the system, or for the transposed one. */
  Operator operator(Ravel ravel, Tensor[] constants, boolean transposed) {
    return new ProgramOperator(
        ravel, map(constants, transposed), map(constants, !transposed), Set.of());
  }

  /** {@code M M'}, which serves {@code A'A}; for the transposed system {@code M'M}. */
  Leaves squared(Tensor[] constants, boolean transposed) {
    Leaves first = map(constants, !transposed);
    Leaves second = map(constants, transposed);
    return x -> second.apply(first.apply(x));
  }

  private Leaves map(Tensor[] constants, boolean transposed) {
    int own = forward.constantCount();
    return transposed && backward.isPresent()
        ? leaves(backward.get(), Arrays.copyOfRange(constants, own, constants.length))
        : leaves(forward, Arrays.copyOf(constants, own));
  }

  private static Leaves leaves(Program program, Tensor[] constants) {
    Runner runner = new Runner(program);
    Tensor[] known = runner.known(constants);
    return x -> runner.applyKnown(known, x);
  }
}
