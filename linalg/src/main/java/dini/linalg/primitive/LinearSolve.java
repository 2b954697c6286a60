package dini.linalg.primitive;

import dini.core.DTypeException;
import dini.core.Elementwise;
import dini.core.Index;
import dini.core.LinearMap.Tag;
import dini.core.Program;
import dini.core.Shape;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Linear;
import dini.core.primitive.Rules;
import dini.core.trace.Advice;
import dini.core.trace.Batching;
import dini.core.trace.Bind;
import dini.core.trace.Closed;
import dini.core.trace.Differentiation;
import dini.linalg.Auto;
import dini.linalg.Bicgstab;
import dini.linalg.Cg;
import dini.linalg.Gmres;
import dini.linalg.Inv;
import dini.linalg.LinearAlgebra;
import dini.linalg.LinearSolver;
import dini.linalg.Neumann;
import dini.linalg.NormalCg;
import dini.linalg.Policy;
import dini.linalg.SingularMatrixException;
import dini.linalg.UnsolvedException;
import dini.linalg.solver.Operator;
import dini.linalg.solver.Outcome;
import dini.linalg.solver.Ravel;
import dini.linalg.solver.Solve;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The solution x of {@code A x = b}, or of {@code A' x = b}. The operands are the values that the
 * program of A captured, those that the preconditioner's captured, then the leaves of b: so the
 * derivative with respect to whatever A depends on needs no rule of its own.
 *
 * @param map A, linear in its inputs, which have the types of its outputs
 * @param transposed whether the system is that of the transposed map
 * @param solver how to solve it
 * @param inverse the preconditioner of A, where it is not the solver's own
 * @param tags what is known of A
 * @param policy what to do when the solver fails
 */
public record LinearSolve(
    RecordedMap map,
    boolean transposed,
    LinearSolver solver,
    Optional<RecordedInverse> inverse,
    Set<Tag> tags,
    Policy policy)
    implements Rules {

  /** The solution of the system of a recorded map. */
  public static Tensor[] solve(
      Closed map, Set<Tag> tags, LinearSolver solver, Policy policy, Tensor[] b) {
    Preconditioners.Taken taken = Preconditioners.take(solver, map.program().inputTypes());
    LinearSolve primitive =
        new LinearSolve(
            new RecordedMap(map.program()), false, taken.solver(), taken.inverse(), tags, policy);
    return primitive.solve(join(map.constants(), taken.constants()), b);
  }

  private Program program() {
    return map.program();
  }

  private List<TensorType> unknowns() {
    return program().inputTypes();
  }

  /** Applies this primitive to what its programs captured and a right-hand side. */
  Tensor[] solve(Tensor[] captured, Tensor[] b) {
    return Bind.bindAll(this, join(captured, b));
  }

  @Override
  public String label() {
    return "linearSolve";
  }

  @Override
  public String parameters() {
    return "solver="
        + solverText()
        + (transposed ? ", transposed" : "")
        + (tags.isEmpty() ? "" : ", tags=" + tags);
  }

  private String solverText() {
    return solver + (inverse.isPresent() ? ".withPreconditioner(…)" : "");
  }

  @Override
  public Optional<Program> subprogram() {
    return Optional.of(program());
  }

  @Override
  public TensorType[] types(TensorType[] arguments) {
    TensorType[] b = Arrays.copyOfRange(arguments, capturedCount(), arguments.length);
    if (!unknowns().equals(program().outputTypes()) || !unknowns().equals(List.of(b))) {
      throw new IllegalArgumentException(
          "linearSolve: the map takes "
              + unknowns()
              + " to "
              + program().outputTypes()
              + ", the right-hand side is "
              + List.of(b));
    }
    for (TensorType type : b) {
      if (!type.dtype().isFloating() || type.dtype() != b[0].dtype()) {
        throw new DTypeException(
            "linearSolve: the unknowns must be of one floating dtype, got " + List.of(b));
      }
    }
    return b;
  }

  private int capturedCount() {
    return program().constantCount() + inverse.map(RecordedInverse::constantCount).orElse(0);
  }

  static Tensor[] join(Tensor[] x, Tensor[] y) {
    Tensor[] joined = Arrays.copyOf(x, x.length + y.length);
    System.arraycopy(y, 0, joined, x.length, y.length);
    return joined;
  }

  /** What the program of the map captured. */
  private Tensor[] constants(Tensor[] operands) {
    return Arrays.copyOf(operands, program().constantCount());
  }

  /** What the preconditioner captured. */
  private Tensor[] inverseConstants(Tensor[] operands) {
    return Arrays.copyOfRange(operands, program().constantCount(), capturedCount());
  }

  private Tensor[] captured(Tensor[] operands) {
    return Arrays.copyOf(operands, capturedCount());
  }

  private Tensor[] rightHandSide(Tensor[] operands) {
    return Arrays.copyOfRange(operands, capturedCount(), operands.length);
  }

  /** The system of the transposed map. */
  LinearSolve transpose() {
    return new LinearSolve(map, !transposed, solver.transpose(), inverse, tags, policy);
  }

  /** The map of this system on leaves. */
  Tensor[] apply(Tensor[] constants, Tensor[] x) {
    return map.apply(transposed, constants, x);
  }

  @Override
  public DenseTensor[] evaluate(DenseTensor[] arguments) {
    types(Bind.types(arguments));
    Ravel ravel = new Ravel(unknowns());
    if (ravel.size() == 0) {
      return Arrays.copyOfRange(arguments, capturedCount(), arguments.length);
    }
    RecordedMap.At at = map.at(Arrays.copyOf(arguments, program().constantCount()));
    Operator operator = new RecordedOperator(ravel, at, transposed, tags);
    Optional<Operator> preconditioner =
        inverse.map(own -> own.operator(ravel, inverseConstants(arguments), transposed));
    Outcome outcome =
        Solve.equation(solver, operator, ravel.join(rightHandSide(arguments)), preconditioner);
    if (outcome.status().isFailure() && policy != Policy.IGNORE) {
      report(outcome, ravel.size());
    }
    return ravel.split(outcome.x());
  }

  private void report(Outcome outcome, int size) {
    String message =
        "linearSolve: the "
            + (transposed ? "transposed " : "")
            + "system of "
            + size
            + " unknowns was not solved by "
            + solverText()
            + ": "
            + outcome.status()
            + " after "
            + outcome.steps()
            + " steps, residual "
            + outcome.residual()
            + "; "
            + outcome.status().advice();
    if (policy == Policy.THROW) {
      throw new UnsolvedException(message);
    }
    Advice.warn("linearSolve", message);
  }

  /** A dx = db - dA x; with a ridge on the normal equations, the derivative of those. */
  @Override
  public Tensor[] jvp(Tensor[] primals, Tensor[] results, Tensor[] tangents) {
    Tensor[] b = rightHandSide(tangents);
    Tensor[] constants = constants(primals);
    Tensor[] moved = constants(tangents);
    boolean moves = Arrays.stream(moved).anyMatch(tangent -> tangent != null);
    Tensor[] right = b;
    if (moves) {
      Tensor[] image =
          Differentiation.jvp(values -> apply(values, results), constants, moved).tangents();
      right = minus(b, image);
    }
    fill(right, results);
    if (moves && solver instanceof NormalCg cg && cg.ridge() != 0) {
      return ridged(cg, primals, results, moved, right);
    }
    return derivative().solve(captured(primals), right);
  }

  private static void fill(Tensor[] tangents, Tensor[] like) {
    for (int i = 0; i < tangents.length; i++) {
      tangents[i] = tangents[i] == null ? Tensors.zerosLike(like[i]) : tangents[i];
    }
  }

  /**
   * {@code (A'A + ridge I) dx = A'(db - dA x) + dA'(b - Ax)}: with a ridge x leaves a residual of
   * its equation, and the second term does not vanish.
   */
  private Tensor[] ridged(
      NormalCg cg, Tensor[] primals, Tensor[] x, Tensor[] moved, Tensor[] first) {
    Tensor[] constants = constants(primals);
    Tensor[] residual = minus(rightHandSide(primals), apply(constants, x));
    LinearSolve back = transpose();
    Tensor[] second =
        Differentiation.jvp(values -> back.apply(values, residual), constants, moved).tangents();
    fill(second, x);
    Tensor[] right = back.apply(constants, first);
    Arrays.setAll(right, i -> Elementwise.add(right[i], second[i]));
    return NormalEquations.of(this, cg, constants, inverseConstants(primals)).solve(right);
  }

  /** This system for other right-hand sides: an initial guess was meant for the solution. */
  private LinearSolve derivative() {
    LinearSolver fresh = solver.transpose().transpose();
    return new LinearSolve(map, transposed, fresh, inverse, tags, policy);
  }

  private static Tensor[] minus(Tensor[] x, Tensor[] y) {
    Tensor[] difference = new Tensor[x.length];
    for (int i = 0; i < x.length; i++) {
      difference[i] =
          y[i] == null ? x[i] : x[i] == null ? Elementwise.neg(y[i]) : Elementwise.sub(x[i], y[i]);
    }
    return difference;
  }

  @Override
  public Tensor[] transpose(Tensor[] cotangents, Tensor[] operands) {
    for (int i = 0; i < capturedCount(); i++) {
      if (Linear.is(operands[i])) {
        throw Linear.notLinear(this, i);
      }
    }
    Tensor[] right = cotangents.clone();
    boolean zero = true;
    for (int i = 0; i < right.length; i++) {
      zero &= right[i] == null;
      right[i] = right[i] == null ? Tensors.zeros(unknowns().get(i)) : right[i];
    }
    Tensor[] result = new Tensor[operands.length];
    if (!zero) {
      Tensor[] solution = transpose().solve(captured(operands), right);
      System.arraycopy(solution, 0, result, capturedCount(), solution.length);
    }
    return result;
  }

  /**
   * One factorization where the map is the same in all lanes and solved densely; else lane by lane:
   * each lane is a system of its own, and stops when it is solved.
   */
  @Override
  public Tensor[] batch(int size, Tensor[] arguments, boolean[] batched) {
    if (size == 0) {
      return unknowns().stream()
          .map(type -> Tensors.zeros(new TensorType(type.shape().insert(0, 0), type.dtype())))
          .toArray(Tensor[]::new);
    }
    boolean oneMap = true;
    for (int i = 0; i < capturedCount(); i++) {
      oneMap &= !batched[i];
    }
    if (oneMap && policy == Policy.THROW && isDense()) {
      try {
        Tensor[] results = atOnce(size, arguments, batched);
        if (!Bind.isKnown(results) || areFinite(results)) {
          return results;
        }
      } catch (SingularMatrixException singular) {
        // lane by lane it is reported, or is no failure for a right-hand side of zeros
      }
    }
    return ByLane.of(this, size, batched).bind(arguments);
  }

  private static boolean areFinite(Tensor[] results) {
    for (Tensor result : results) {
      for (double value : Bind.peek(result).toArray()) {
        if (!Double.isFinite(value)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean isDense() {
    return switch (solver) {
      case Inv _ -> true;
      case Auto _ -> new Ravel(unknowns()).size() <= Auto.DENSE_LIMIT;
      case Cg _, NormalCg _, Gmres _, Bicgstab _, Neumann _ -> false;
    };
  }

  /** Every lane's right-hand side as a column beside the others. */
  private Tensor[] atOnce(int size, Tensor[] arguments, boolean[] batched) {
    Tensor[] constants = constants(arguments);
    Tensor[] b = rightHandSide(arguments);
    Tensor[] rows = new Tensor[b.length];
    for (int i = 0; i < b.length; i++) {
      Tensor lanes =
          batched[capturedCount() + i]
              ? b[i]
              : Shapes.broadcastTo(b[i], b[i].shape().insert(0, size));
      rows[i] =
          Shapes.reshape(lanes, size, b[i].size() / (batched[capturedCount() + i] ? size : 1));
    }
    Tensor images =
        Batching.images(
            "linearSolve", x -> apply(constants, x), unknowns().toArray(TensorType[]::new));
    if (solver instanceof Inv inv && inv.ridge() != 0) {
      Tensor identity = Tensors.eye(images.shape().extent(0), images.dtype());
      images = images.add(identity.mul(inv.ridge()));
    }
    Tensor columns = Shapes.transpose(Shapes.concatenate(1, rows));
    Tensor solution = Shapes.transpose(LinearAlgebra.solve(Shapes.transpose(images), columns));
    Tensor[] results = new Tensor[b.length];
    int at = 0;
    for (int i = 0; i < b.length; i++) {
      Shape shape = unknowns().get(i).shape();
      Tensor part = Shapes.slice(solution, Index.all(), Index.range(at, at + shape.size()));
      results[i] = Shapes.reshape(part, shape.insert(0, size));
      at += shape.size();
    }
    return results;
  }
}
