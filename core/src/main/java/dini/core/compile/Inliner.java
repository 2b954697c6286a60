package dini.core.compile;

import dini.core.Program;
import dini.core.Program.Equation;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.trace.Call;
import dini.core.trace.Closed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Puts the programs of calls in the calls' place: what has a derivative of its own computes the
 * same values without it.
 */
final class Inliner {
  private final List<TensorType> types;
  private final List<Equation> equations = new ArrayList<>();

  private Inliner(List<TensorType> parameters) {
    this.types = new ArrayList<>(parameters);
  }

  /** The program without calls whose programs are known. */
  static Closed inlined(Closed closed) {
    Program program = closed.program();
    if (program.equations().stream().noneMatch(Inliner::isKnown)) {
      return closed;
    }
    int parameters = program.constantCount() + program.inputCount();
    Inliner inliner = new Inliner(program.variables().subList(0, parameters));
    List<Integer> outputs =
        inliner.outputs(program, IntStream.range(0, parameters).boxed().toList());
    return Closed.of(
        new Program(
            inliner.types,
            program.constantCount(),
            program.inputCount(),
            inliner.equations,
            outputs),
        List.<Tensor>of(closed.constants()));
  }

  private static boolean isKnown(Equation equation) {
    return equation.primitive() instanceof Call call && call.program().isPresent();
  }

  /** Adds the equations of a program of some variables, and tells where its outputs are. */
  private List<Integer> outputs(Program program, List<Integer> parameters) {
    int[] number = new int[program.variables().size()];
    for (int i = 0; i < parameters.size(); i++) {
      number[i] = parameters.get(i);
    }
    for (Equation equation : program.equations()) {
      List<Integer> operands = equation.operands().stream().map(i -> number[i]).toList();
      List<Integer> results =
          equation.primitive() instanceof Call call && call.program().isPresent()
              ? outputs(call.program().get(), operands)
              : defined(equation, operands, program);
      for (int i = 0; i < results.size(); i++) {
        number[equation.results().get(i)] = results.get(i);
      }
    }
    return program.outputs().stream().map(i -> number[i]).toList();
  }

  private List<Integer> defined(Equation equation, List<Integer> operands, Program program) {
    List<Integer> results = new ArrayList<>();
    for (int result : equation.results()) {
      results.add(types.size());
      types.add(program.variables().get(result));
    }
    equations.add(equation.on(operands).defining(results));
    return results;
  }
}
