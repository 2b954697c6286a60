package dini.functional.primitive;

import dini.core.Program;
import dini.core.Tensor;
import dini.core.TracerException;
import dini.core.dense.DenseTensor;
import dini.core.trace.Runner;

/**
 * The program of a loop or a branch, ready to run on values again and again. What does not depend
 * on its inputs is computed once, when it first runs.
 */
final class Body {
  private final String label;
  private final Runner runner;
  private final Tensor[] constants;
  private Tensor[] known;

  /** A program with what it captured. */
  Body(String label, Program program, Tensor[] constants) {
    this.label = label;
    this.runner = new Runner(program);
    this.constants = constants;
  }

  /** The outputs for some inputs. */
  DenseTensor[] run(Tensor... inputs) {
    if (known == null) {
      known = runner.known(constants);
    }
    Tensor[] outputs = runner.applyKnown(known, inputs);
    DenseTensor[] dense = new DenseTensor[outputs.length];
    for (int i = 0; i < dense.length; i++) {
      dense[i] = dense(outputs[i]);
    }
    return dense;
  }

  private DenseTensor dense(Tensor output) {
    if (output instanceof DenseTensor dense) {
      return dense;
    }
    throw new TracerException(
        label
            + ": a solver or a custom function inside captured a traced value "
            + output.type()
            + "; pass it as an argument instead");
  }
}
