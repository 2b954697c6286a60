package dini.core.compile;

import dini.core.Program;
import dini.core.Program.Equation;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.trace.Closed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A program made ready to run again and again on other last inputs at the same first ones: what
 * does not depend on the last ones is computed once.
 */
public final class Partial {
  private final Executable before;
  private final Executable after;

  private Partial(Executable before, Executable after) {
    this.before = before;
    this.after = after;
  }

  /**
   * Compiles a program.
   *
   * @param closed the program, whose captured values are dense
   * @param first how many of its inputs are given once
   */
  public static Partial of(Closed closed, int first) {
    return new Split(Simplifier.forValues(closed), first).compile();
  }

  /** What the runs at some first inputs have in common. */
  public DenseTensor[] common(DenseTensor[] first) {
    return before.run(first);
  }

  /** The results for some last inputs. */
  public DenseTensor[] run(DenseTensor[] common, DenseTensor... last) {
    return after.run(join(common, last));
  }

  /**
   * The results for some last inputs, the first ones in storage that the caller has for them: of as
   * many elements, and of no input.
   */
  public DenseTensor[] runInto(DenseTensor[] storage, DenseTensor[] common, DenseTensor... last) {
    return after.run(join(common, last), storage);
  }

  private static DenseTensor[] join(DenseTensor[] common, DenseTensor[] last) {
    DenseTensor[] inputs = Arrays.copyOf(common, common.length + last.length);
    System.arraycopy(last, 0, inputs, common.length, last.length);
    return inputs;
  }

  /** The two halves of a program. */
  private static final class Split {
    private final Closed closed;
    private final Program program;
    private final int first;
    private final boolean[] late;
    private final List<Equation> early = new ArrayList<>();
    private final List<Equation> others = new ArrayList<>();

    Split(Closed closed, int first) {
      this.closed = closed;
      this.program = closed.program();
      this.first = first;
      this.late = new boolean[program.variables().size()];
      Arrays.fill(
          late,
          program.constantCount() + first,
          program.constantCount() + program.inputCount(),
          true);
      for (Equation equation : program.equations()) {
        boolean depends = equation.operands().stream().anyMatch(operand -> late[operand]);
        equation.results().forEach(result -> late[result] = depends);
        (depends ? others : early).add(equation);
      }
    }

    Partial compile() {
      List<Integer> common = common();
      List<Integer> inputs = range(program.constantCount(), first);
      List<Integer> last = range(program.constantCount() + first, program.inputCount() - first);
      List<Integer> given = new ArrayList<>(common);
      given.addAll(last);
      return new Partial(
          Executable.of(half(inputs, early, common)),
          Executable.of(half(given, others, program.outputs())));
    }

    /** What the second half needs of the first inputs and of the first half. */
    private List<Integer> common() {
      boolean[] needed = new boolean[late.length];
      others.forEach(equation -> equation.operands().forEach(operand -> needed[operand] = true));
      program.outputs().forEach(output -> needed[output] = true);
      List<Integer> common = new ArrayList<>();
      for (int i = program.constantCount(); i < needed.length; i++) {
        if (needed[i] && !late[i]) {
          common.add(i);
        }
      }
      return common;
    }

    private static List<Integer> range(int from, int count) {
      List<Integer> range = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        range.add(from + i);
      }
      return range;
    }

    /** Some equations as a program of their own. */
    private Closed half(List<Integer> inputs, List<Equation> equations, List<Integer> outputs) {
      int[] number = new int[late.length];
      List<TensorType> types = new ArrayList<>();
      List<Integer> defined = new ArrayList<>(range(0, program.constantCount()));
      defined.addAll(inputs);
      equations.forEach(equation -> defined.addAll(equation.results()));
      for (int variable : defined) {
        number[variable] = types.size();
        types.add(program.variables().get(variable));
      }
      List<Equation> renumbered =
          equations.stream()
              .map(
                  equation ->
                      equation
                          .on(numbers(equation.operands(), number))
                          .defining(numbers(equation.results(), number)))
              .toList();
      Program half =
          new Program(
              types, program.constantCount(), inputs.size(), renumbered, numbers(outputs, number));
      return Closed.of(half, List.<Tensor>of(closed.constants()));
    }

    private static List<Integer> numbers(List<Integer> variables, int[] number) {
      return variables.stream().map(variable -> number[variable]).toList();
    }
  }
}
