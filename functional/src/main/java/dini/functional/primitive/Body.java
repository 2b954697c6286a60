package dini.functional.primitive;

import dini.core.Program;
import dini.core.Tensor;
import dini.core.TracerException;
import dini.core.compile.Executable;
import dini.core.compile.Partial;
import dini.core.dense.DenseTensor;
import dini.core.trace.Closed;
import dini.core.trace.NanWatch;
import dini.core.trace.Runner;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The program of a loop or a branch as a primitive keeps it: once it was run often, it is compiled,
 * and stays so for as long as the primitive lives. Equal when the programs are. Any number of
 * threads may run it.
 */
public final class Body {
  /** Compiling costs as much as some tens of runs on short vectors. */
  private static final int OFTEN = 20;

  private final Program program;
  private final AtomicInteger runs = new AtomicInteger();
  private volatile Runner runner;
  private volatile Partial looped;
  private volatile Executable whole;

  Body(Program program) {
    this.program = program;
  }

  /** The program. */
  public Program program() {
    return program;
  }

  /** The program for some captured values, for one loop on one thread. */
  Loop loop(String label, DenseTensor[] captured) {
    return new Loop(label, captured);
  }

  /** The outputs for some captured values and inputs, compiled if this was asked often. */
  DenseTensor[] once(String label, DenseTensor[] captured, DenseTensor[] inputs) {
    if (!isOften()) {
      return computed(label, captured, inputs);
    }
    if (whole == null) {
      whole = Executable.of(open());
    }
    DenseTensor[] all = Arrays.copyOf(captured, captured.length + inputs.length);
    System.arraycopy(inputs, 0, all, captured.length, inputs.length);
    return whole.run(all);
  }

  /** The outputs for some captured values and inputs, operation by operation, keeping no arrays. */
  DenseTensor[] computed(String label, DenseTensor[] captured, DenseTensor[] inputs) {
    return dense(label, runner().apply(captured, inputs));
  }

  /**
   * Whether one more run is better compiled. Who looks for the operation that makes a NaN has to
   * see each.
   */
  private boolean isOften() {
    return !NanWatch.isWatching() && (runs.get() > OFTEN || runs.incrementAndGet() > OFTEN);
  }

  /** The program with what it captured as its first inputs. */
  private Closed open() {
    return Closed.of(new Region(program).capturing(0), List.of());
  }

  private Runner runner() {
    if (runner == null) {
      runner = new Runner(program);
    }
    return runner;
  }

  /** A body at some captured values: what depends on nothing else is computed once. */
  final class Loop {
    private final String label;
    private final DenseTensor[] captured;
    private Tensor[] known;
    private DenseTensor[] common;

    private Loop(String label, DenseTensor[] captured) {
      this.label = label;
      this.captured = captured;
    }

    /** The outputs for some inputs; the array of inputs may be used again. */
    DenseTensor[] run(DenseTensor[] inputs) {
      if (isOften()) {
        if (looped == null) {
          looped = Partial.of(open(), captured.length);
        }
        if (common == null) {
          common = looped.common(captured);
          known = null;
        }
        return looped.run(common, inputs);
      }
      if (known == null) {
        known = runner().known(captured);
      }
      return dense(label, runner.applyKnown(known, inputs));
    }
  }

  private static DenseTensor[] dense(String label, Tensor[] outputs) {
    DenseTensor[] dense = new DenseTensor[outputs.length];
    for (int i = 0; i < dense.length; i++) {
      dense[i] = dense(label, outputs[i]);
    }
    return dense;
  }

  private static DenseTensor dense(String label, Tensor output) {
    if (output instanceof DenseTensor dense) {
      return dense;
    }
    throw new TracerException(
        label
            + ": a solver or a custom function inside captured a traced value "
            + output.type()
            + "; pass it as an argument instead");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Body that && program.equals(that.program);
  }

  @Override
  public int hashCode() {
    return program.hashCode();
  }

  @Override
  public String toString() {
    return program.toString();
  }
}
