package dini.functional.primitive;

import dini.core.DTypeException;
import dini.core.Elementwise;
import dini.core.Program;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.TracerException;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Linear;
import dini.core.primitive.Rules;
import dini.core.trace.Batching;
import dini.core.trace.Bind;
import dini.core.trace.Closed;
import dini.core.trace.Differentiation;
import dini.core.trace.Leaves;
import dini.core.trace.Runner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The solution x of {@code A x = b}, or of {@code A' x = b}, by functions of the user, which run on
 * values. The operands are what the program of A captured, then the leaves of b. The rules are
 * those of {@link dini.linalg.primitive.LinearSolve}.
 *
 * @param program A, linear in its inputs, which have the types of its outputs
 * @param transposed whether the system is that of the transposed map
 * @param solver solves the systems of A
 * @param transposeSolver solves the systems of A'
 */
public record CustomSolve(
    Program program, boolean transposed, Solver solver, Solver transposeSolver) implements Rules {

  /** Solves a system whose map is given. */
  public interface Solver {
    /** The solution. */
    Tensor[] solve(Leaves map, Tensor[] b);
  }

  /** The solution of the system of a recorded map. */
  public static Tensor[] of(Closed map, Solver solver, Solver transposeSolver, Tensor[] b) {
    return new CustomSolve(map.program(), false, solver, transposeSolver).bind(map.constants(), b);
  }

  private Tensor[] bind(Tensor[] captured, Tensor[] b) {
    return Bind.bindAll(this, Region.join(captured, b));
  }

  @Override
  public String label() {
    return "customLinearSolve";
  }

  @Override
  public String parameters() {
    return transposed ? "transposed" : "";
  }

  @Override
  public Optional<Program> subprogram() {
    return Optional.of(program);
  }

  private Tensor[] captured(Tensor[] operands) {
    return Arrays.copyOf(operands, program.constantCount());
  }

  private Tensor[] rightHandSide(Tensor[] operands) {
    return Arrays.copyOfRange(operands, program.constantCount(), operands.length);
  }

  @Override
  public TensorType[] types(TensorType[] arguments) {
    List<TensorType> b = List.of(arguments).subList(program.constantCount(), arguments.length);
    if (!program.inputTypes().equals(b) || !program.outputTypes().equals(b)) {
      throw new ShapeException(
          "customLinearSolve: the map takes "
              + program.inputTypes()
              + " to "
              + program.outputTypes()
              + ", the right-hand side is "
              + b);
    }
    for (TensorType type : b) {
      if (!type.dtype().isFloating()) {
        throw new DTypeException("customLinearSolve: the unknowns must be floating, got " + b);
      }
    }
    return b.toArray(TensorType[]::new);
  }

  /** The map of this system on leaves. */
  private Tensor[] image(Runner runner, Tensor[] known, Tensor[] x) {
    if (!transposed) {
      return runner.applyKnown(known, x);
    }
    Tensor[] images = runner.transposeKnown(known, x);
    for (int i = 0; i < images.length; i++) {
      images[i] = images[i] == null ? Tensors.zerosLike(x[i]) : images[i];
    }
    return images;
  }

  @Override
  public DenseTensor[] evaluate(DenseTensor[] arguments) {
    TensorType[] types = types(Bind.types(arguments));
    Runner runner = new Runner(program);
    Tensor[] known = runner.known(captured(arguments));
    Tensor[] solution =
        (transposed ? transposeSolver : solver)
            .solve(x -> image(runner, known, x), rightHandSide(arguments));
    DenseTensor[] dense = new DenseTensor[types.length];
    for (int i = 0; i < dense.length; i++) {
      if (!(solution[i] instanceof DenseTensor values)) {
        throw new TracerException(
            "customLinearSolve: the solver captured a traced value; it may use the map and the"
                + " right-hand side that it is given");
      }
      dense[i] = values;
    }
    return dense;
  }

  /** A dx = db - dA x. */
  @Override
  public Tensor[] jvp(Tensor[] primals, Tensor[] results, Tensor[] tangents) {
    Tensor[] right = rightHandSide(tangents);
    Tensor[] moved = captured(tangents);
    if (Arrays.stream(moved).anyMatch(tangent -> tangent != null)) {
      Runner runner = new Runner(program);
      Tensor[] image =
          Differentiation.jvp(
                  values -> image(runner, runner.known(values), results), captured(primals), moved)
              .tangents();
      for (int i = 0; i < right.length; i++) {
        if (image[i] != null) {
          right[i] =
              right[i] == null ? Elementwise.neg(image[i]) : Elementwise.sub(right[i], image[i]);
        }
      }
    }
    for (int i = 0; i < right.length; i++) {
      right[i] = right[i] == null ? Tensors.zerosLike(results[i]) : right[i];
    }
    return bind(captured(primals), right);
  }

  @Override
  public Tensor[] transpose(Tensor[] cotangents, Tensor[] operands) {
    for (int i = 0; i < program.constantCount(); i++) {
      if (Linear.is(operands[i])) {
        throw Linear.notLinear(this, i);
      }
    }
    Tensor[] right = cotangents.clone();
    for (int i = 0; i < right.length; i++) {
      right[i] = right[i] == null ? Tensors.zeros(program.inputTypes().get(i)) : right[i];
    }
    Tensor[] result = new Tensor[operands.length];
    if (Arrays.stream(cotangents).anyMatch(cotangent -> cotangent != null)) {
      Tensor[] solution =
          new CustomSolve(program, !transposed, solver, transposeSolver)
              .bind(captured(operands), right);
      System.arraycopy(solution, 0, result, program.constantCount(), solution.length);
    }
    return result;
  }

  /** Lane by lane: the solver may read values, and each lane is a system of its own. */
  @Override
  public Tensor[] batch(int size, Tensor[] arguments, boolean[] batched) {
    if (size == 0) {
      List<Tensor> none = new ArrayList<>();
      for (TensorType type : program.inputTypes()) {
        none.add(Tensors.zeros(new TensorType(type.shape().insert(0, 0), type.dtype())));
      }
      return none.toArray(Tensor[]::new);
    }
    return Batching.byLane(lane -> Bind.bindAll(this, lane), size, arguments, batched);
  }
}
