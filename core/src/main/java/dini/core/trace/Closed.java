package dini.core.trace;

import dini.core.Program;
import dini.core.Tensor;
import java.util.List;

/** A program with the values it captured. */
public final class Closed {
  private final Program program;
  private final Tensor[] constants;
  private final Runner runner;
  private final boolean capturesTraced;

  /** A program with the values of its constants, in order. */
  public static Closed of(Program program, List<Tensor> constants) {
    return new Closed(program, constants, false);
  }

  Closed(Program program, List<Tensor> constants, boolean capturesTraced) {
    this.program = program;
    this.capturesTraced = capturesTraced;
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

  /** Whether it captured what another trace computes, also if that is looked through now. */
  public boolean capturesTraced() {
    return capturesTraced;
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
