package dini.functional.primitive;

import dini.core.Program;
import dini.core.Program.Equation;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.trace.Leaves;
import dini.core.trace.Runner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A program as a function of all its parameters: what it captured, then its inputs. The programs of
 * loops and branches are taken apart and derived from this way.
 */
record Region(Program program) {

  int parameterCount() {
    return program.constantCount() + program.inputCount();
  }

  List<TensorType> parameterTypes() {
    return program.variables().subList(0, parameterCount());
  }

  /**
   * The outputs for all parameters, by binding the equations again in their order, which is that of
   * cotangents.
   */
  Leaves function() {
    Runner runner = new Runner(capturing(0));
    return parameters -> runner.apply(new Tensor[0], parameters);
  }

  /** The same program, of whose parameters the first some are what it captured. */
  Program capturing(int count) {
    return new Program(
        program.variables(),
        count,
        parameterCount() - count,
        program.equations(),
        program.outputs());
  }

  /** The variables that depend on marked parameters, all of them marked. */
  boolean[] reach(boolean[] marked) {
    boolean[] reached = Arrays.copyOf(marked, program.variables().size());
    for (Equation equation : program.equations()) {
      for (int operand : equation.operands()) {
        if (reached[operand]) {
          equation.results().forEach(result -> reached[result] = true);
          break;
        }
      }
    }
    return reached;
  }

  /** Which outputs depend on marked parameters. */
  boolean[] reachedOutputs(boolean[] marked) {
    boolean[] reached = reach(marked);
    boolean[] outputs = new boolean[program.outputs().size()];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = reached[program.outputs().get(i)];
    }
    return outputs;
  }

  /**
   * Marks what follows from marks where outputs become parameters again, as the carry of a loop
   * does.
   *
   * @param marked the parameters that are marked to begin with
   * @param from the parameter that the first output becomes
   * @param count how many outputs become parameters
   * @return the parameters that are marked in the end
   */
  boolean[] closure(boolean[] marked, int from, int count) {
    boolean[] closed = marked.clone();
    boolean changed = true;
    while (changed) {
      changed = false;
      boolean[] outputs = reachedOutputs(closed);
      for (int i = 0; i < count; i++) {
        changed |= outputs[i] && !closed[from + i];
        closed[from + i] |= outputs[i];
      }
    }
    return closed;
  }

  /**
   * The part of the program that some variables depend on.
   *
   * @param parameters the parameters of the part, by their numbers here, in their new order: any
   *     variables, which then are not computed; parameters that are left out must not be needed
   * @param captured how many of them, from the first, it captures
   * @param outputs the variables that the part computes
   */
  Program part(int[] parameters, int captured, List<Integer> outputs) {
    List<Equation> kept = equationsFor(outputs, parameters);
    int[] numbers = new int[program.variables().size()];
    Arrays.fill(numbers, -1);
    List<TensorType> types = new ArrayList<>();
    for (int parameter : parameters) {
      numbers[parameter] = number(parameter, types);
    }
    List<Equation> renumbered = new ArrayList<>();
    for (Equation equation : kept) {
      List<Integer> operands = renumbered(equation.operands(), numbers);
      List<Integer> results = new ArrayList<>();
      for (int result : equation.results()) {
        int number = number(result, types);
        results.add(number);
        numbers[result] = numbers[result] < 0 ? number : numbers[result];
      }
      renumbered.add(equation.on(operands).defining(results));
    }
    return new Program(
        types, captured, parameters.length - captured, renumbered, renumbered(outputs, numbers));
  }

  /** The program without the equations that no output depends on. */
  Program pruned() {
    int[] all = new int[parameterCount()];
    Arrays.setAll(all, i -> i);
    return part(all, program.constantCount(), program.outputs());
  }

  private List<Equation> equationsFor(List<Integer> outputs, int[] given) {
    boolean[] needed = new boolean[program.variables().size()];
    boolean[] known = new boolean[needed.length];
    for (int variable : given) {
      known[variable] = true;
    }
    outputs.forEach(output -> needed[output] = true);
    List<Equation> kept = new ArrayList<>();
    for (Equation equation : program.equations().reversed()) {
      if (equation.results().stream().anyMatch(result -> needed[result] && !known[result])) {
        equation.operands().forEach(operand -> needed[operand] = true);
        kept.add(equation);
      }
    }
    Collections.reverse(kept);
    return kept;
  }

  /** Which parameters an equation or an output uses. */
  boolean[] used() {
    boolean[] used = new boolean[program.variables().size()];
    program.outputs().forEach(output -> used[output] = true);
    for (Equation equation : program.equations()) {
      equation.operands().forEach(operand -> used[operand] = true);
    }
    return Arrays.copyOf(used, parameterCount());
  }

  private int number(int variable, List<TensorType> types) {
    types.add(program.variables().get(variable));
    return types.size() - 1;
  }

  private static List<Integer> renumbered(List<Integer> variables, int[] numbers) {
    List<Integer> renumbered = new ArrayList<>(variables.size());
    for (int variable : variables) {
      if (numbers[variable] < 0) {
        throw new AssertionError("variable " + variable + " is needed");
      }
      renumbered.add(numbers[variable]);
    }
    return renumbered;
  }

  /** Arrays of tensors one after the other. */
  static Tensor[] join(Tensor[]... parts) {
    List<Tensor> joined = new ArrayList<>();
    for (Tensor[] part : parts) {
      Collections.addAll(joined, part);
    }
    return joined.toArray(Tensor[]::new);
  }

  /** Those of some tensors that are marked. */
  static Tensor[] marked(Tensor[] tensors, boolean[] marks) {
    List<Tensor> marked = new ArrayList<>();
    for (int i = 0; i < tensors.length; i++) {
      if (marks[i]) {
        marked.add(tensors[i]);
      }
    }
    return marked.toArray(Tensor[]::new);
  }

  /** An array with other tensors in the marked places. */
  static Tensor[] merged(Tensor[] all, Tensor[] parts, boolean[] places) {
    Tensor[] merged = all.clone();
    for (int i = 0, at = 0; i < merged.length; i++) {
      merged[i] = places[i] ? parts[at++] : merged[i];
    }
    return merged;
  }

  static int count(boolean[] marks) {
    int count = 0;
    for (boolean mark : marks) {
      count += mark ? 1 : 0;
    }
    return count;
  }

  static boolean[] not(boolean[] marks) {
    boolean[] opposite = new boolean[marks.length];
    for (int i = 0; i < marks.length; i++) {
      opposite[i] = !marks[i];
    }
    return opposite;
  }
}
