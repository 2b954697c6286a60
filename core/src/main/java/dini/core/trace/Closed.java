package dini.core.trace;

import dini.core.Program;
import dini.core.Tensor;
import java.util.List;

/** A program with the values it captured. */
public final class Closed {
  private final Program program;
  private final Tensor[] constants;
  private final Runner runner;

  Closed(Program program, List<Tensor> constants) {
    this.program = program;
    this.constants = constants.toArray(Tensor[]::new);
    this.runner = new Runner(program);
  }

  /** The equations. */
  public Program program() {
    return program;
  }

  /** The captured values, in a fresh array. */
  public Tensor[] constants() {
    return constants.clone();
  }

  /** The outputs for some inputs. */
  public Tensor[] apply(Tensor... inputs) {
    return runner.apply(constants, inputs);
  }

  /**
   * The cotangents of the inputs from those of the outputs, null for zero both ways, of a program
   * that is linear in its inputs.
   */
  public Tensor[] transpose(Tensor... cotangents) {
    return runner.transpose(constants, cotangents);
  }
}
