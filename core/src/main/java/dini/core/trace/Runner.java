package dini.core.trace;

import dini.core.Primitive;
import dini.core.Program;
import dini.core.Program.Equation;
import dini.core.Tensor;
import dini.core.primitive.Linear;
import dini.core.primitive.Rules;
import java.util.Arrays;
import java.util.List;

/**
 * A program made ready to run: forward by binding its equations again, and backward where it is
 * linear in its inputs. Since it binds, it can be traced like any function.
 */
public final class Runner {

  /**
   * An equation; {@code linear} says that it depends on an input, and {@code decider} is the
   * operand that keeps the whole from being a linear map, or -1.
   */
  private record Step(
      Primitive primitive, int[] operands, int[] results, boolean linear, int decider) {

    Tensor[] run(Tensor[] values) {
      Tensor[] arguments = gather(operands, values);
      return primitive instanceof Call call
          ? call.body().apply(arguments)
          : Bind.bindAll((Rules) primitive, arguments);
    }
  }

  private final Program program;
  private final Step[] steps;
  private final int[] outputs;

  /** For each variable that depends on an input, what stands for it in transpose rules. */
  private final LinearTracer[] unknowns;

  /** Prepares a program. */
  public Runner(Program program) {
    this(program, inputs(program));
  }

  private static boolean[] inputs(Program program) {
    boolean[] inputs = new boolean[program.constantCount() + program.inputCount()];
    Arrays.fill(inputs, program.constantCount(), inputs.length, true);
    return inputs;
  }

  /** Prepares a program that is seen as a function of the marked parameters. */
  private Runner(Program program, boolean[] marked) {
    this.program = program;
    this.outputs = array(program.outputs());
    this.unknowns = new LinearTracer[program.variables().size()];
    this.steps = new Step[program.equations().size()];
    for (int i = 0; i < marked.length; i++) {
      if (marked[i]) {
        define(i);
      }
    }
    for (int i = 0; i < steps.length; i++) {
      Equation equation = program.equations().get(i);
      int[] operands = array(equation.operands());
      int[] results = array(equation.results());
      boolean linear = false;
      for (int operand : operands) {
        linear |= unknowns[operand] != null;
      }
      for (int result : results) {
        if (linear) {
          define(result);
        }
      }
      int decider = linear ? decider(operands, results) : -1;
      steps[i] = new Step(equation.primitive(), operands, results, linear, decider);
    }
  }

  /**
   * The first floating operand that depends on an input, where the results are truth values or
   * integers: what follows from them, as a choice, is no linear map.
   */
  private int decider(int[] operands, int[] results) {
    if (!isFloating(results[0])) {
      for (int i = 0; i < operands.length; i++) {
        if (unknowns[operands[i]] != null && isFloating(operands[i])) {
          return i;
        }
      }
    }
    return -1;
  }

  private boolean isFloating(int variable) {
    return program.variables().get(variable).dtype().isFloating();
  }

  private void define(int variable) {
    unknowns[variable] = new LinearTracer(program.variables().get(variable));
  }

  private static int[] array(List<Integer> numbers) {
    int[] array = new int[numbers.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = numbers.get(i);
    }
    return array;
  }

  private static Tensor[] gather(int[] variables, Tensor[] values) {
    Tensor[] gathered = new Tensor[variables.length];
    for (int i = 0; i < gathered.length; i++) {
      gathered[i] = values[variables[i]];
    }
    return gathered;
  }

  /**
   * The values of the variables that do not depend on an input, for some captured values; null for
   * the others. Who runs a program again and again computes them once.
   */
  public Tensor[] known(Tensor[] constants) {
    Tensor[] values = new Tensor[unknowns.length];
    System.arraycopy(constants, 0, values, 0, constants.length);
    for (Step step : steps) {
      if (!step.linear) {
        run(step, values);
      }
    }
    return values;
  }

  private static void run(Step step, Tensor[] values) {
    Tensor[] results = step.run(values);
    for (int i = 0; i < results.length; i++) {
      values[step.results[i]] = results[i];
    }
  }

  /** The outputs for some captured values and inputs. */
  public Tensor[] apply(Tensor[] constants, Tensor[] inputs) {
    return applyKnown(known(constants), inputs);
  }

  /** The outputs for some inputs, where {@link #known} values are given. */
  public Tensor[] applyKnown(Tensor[] known, Tensor[] inputs) {
    Tensor[] values = known.clone();
    System.arraycopy(inputs, 0, values, program.constantCount(), inputs.length);
    for (Step step : steps) {
      if (step.linear) {
        run(step, values);
      }
    }
    return gather(outputs, values);
  }

  /**
   * The cotangents of the inputs, null where zero, from those of the outputs, null for zero.
   * Equations that do not depend on an input are run forward first.
   *
   * @throws IllegalArgumentException if the program is not linear in its inputs
   */
  public Tensor[] transpose(Tensor[] constants, Tensor[] cotangents) {
    return transposeKnown(known(constants), cotangents);
  }

  /** As {@link #transpose}, where {@link #known} values are given. */
  public Tensor[] transposeKnown(Tensor[] known, Tensor[] cotangents) {
    Tensor[] all =
        NanWatch.mayWatch()
            ? NanWatch.backward(() -> goBack(known, cotangents))
            : goBack(known, cotangents);
    return Arrays.copyOfRange(
        all, program.constantCount(), program.constantCount() + program.inputCount());
  }

  /** The cotangents of all variables that are no results. */
  private Tensor[] goBack(Tensor[] known, Tensor[] cotangents) {
    Tensor[] values = withUnknowns(known);
    Sums sums = new Sums(unknowns.length);
    for (int i = 0; i < cotangents.length; i++) {
      if (cotangents[i] != null && unknowns[outputs[i]] != null) {
        sums.add(outputs[i], cotangents[i]);
      }
    }
    for (int i = steps.length - 1; i >= 0; i--) {
      if (steps[i].linear) {
        goBack(steps[i], values, sums);
      }
    }
    return sums.values();
  }

  /** Known values, and stand-ins for what depends on the inputs. */
  private Tensor[] withUnknowns(Tensor[] known) {
    for (Step step : steps) {
      if (step.decider >= 0 && step.primitive instanceof Rules rules) {
        throw Linear.notLinear(rules, step.decider);
      }
    }
    Tensor[] values = known.clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = unknowns[i] == null ? values[i] : unknowns[i];
    }
    return values;
  }

  private void goBack(Step step, Tensor[] values, Sums sums) {
    Tensor[] cotangents = new Tensor[step.results.length];
    boolean zero = true;
    for (int i = 0; i < cotangents.length; i++) {
      cotangents[i] = sums.take(step.results[i]);
      zero &= cotangents[i] == null;
    }
    if (zero) {
      return;
    }
    Tensor[] operands = gather(step.operands, values);
    Tensor[] contributions =
        switch (step.primitive) {
          case Rules rules -> rules.transpose(cotangents, operands);
          case Call call -> transposed(call, cotangents, operands);
          default -> throw new AssertionError(step.primitive);
        };
    for (int i = 0; i < step.operands.length; i++) {
      if (contributions[i] != null && unknowns[step.operands[i]] != null) {
        sums.add(step.operands[i], contributions[i]);
      }
    }
  }

  /** The cotangents of a call's unknown operands, by the program of what it computes. */
  private static Tensor[] transposed(Call call, Tensor[] cotangents, Tensor[] operands) {
    if (call.program().isEmpty()) {
      throw new IllegalArgumentException(
          call.label() + ": a call of Java code cannot be transposed");
    }
    boolean[] unknown = new boolean[operands.length];
    for (int i = 0; i < unknown.length; i++) {
      unknown[i] = Linear.is(operands[i]);
    }
    Runner runner = new Runner(call.program().get(), unknown);
    return Arrays.copyOf(runner.goBack(runner.known(operands), cotangents), operands.length);
  }
}
