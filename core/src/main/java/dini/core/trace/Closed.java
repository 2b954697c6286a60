package dini.core.trace;

import dini.core.Program;
import dini.core.Program.Equation;
import dini.core.Tensor;
import dini.core.primitive.Rules;
import java.util.List;

/**
 * A program with the values it captured. Running it binds its equations again, so that it can be
 * traced like any function; that is also how the derivative with respect to captured values arises.
 *
 * @param program the equations
 * @param constants the captured values
 */
public record Closed(Program program, List<Tensor> constants) {

  /** The outputs for some inputs. */
  public Tensor[] apply(Tensor... inputs) {
    return apply(program, constants.toArray(Tensor[]::new), inputs);
  }

  /** The outputs of a program for some constants and inputs. */
  public static Tensor[] apply(Program program, Tensor[] constants, Tensor[] inputs) {
    Tensor[] values = new Tensor[program.variables().size()];
    System.arraycopy(constants, 0, values, 0, constants.length);
    System.arraycopy(inputs, 0, values, constants.length, inputs.length);
    for (Equation equation : program.equations()) {
      run(equation, values);
    }
    return gather(program.outputs(), values);
  }

  /** Defines the results of one equation. */
  static void run(Equation equation, Tensor[] values) {
    Tensor[] operands = gather(equation.operands(), values);
    Tensor[] results =
        equation.primitive() instanceof Call call
            ? call.body().apply(operands)
            : Bind.bindAll((Rules) equation.primitive(), operands);
    for (int i = 0; i < results.length; i++) {
      values[equation.results().get(i)] = results[i];
    }
  }

  static Tensor[] gather(List<Integer> variables, Tensor[] values) {
    Tensor[] gathered = new Tensor[variables.size()];
    for (int i = 0; i < gathered.length; i++) {
      gathered[i] = values[variables.get(i)];
    }
    return gathered;
  }
}
