package dini.core.compile;

import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.trace.Closed;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A program made ready to run on values again and again: steps bound to the arrays they write to,
 * which every run uses again; only results are new. Any number of threads may run it at once.
 */
public final class Executable {
  private static final DenseTensor[] NOTHING = {};

  private final Step[] steps;
  private final Layout layout;

  /** The arrays of a run that ended, for the next one. */
  private final AtomicReference<Frame> spare = new AtomicReference<>();

  Executable(Step[] steps, Layout layout) {
    this.steps = steps;
    this.layout = layout;
  }

  /**
   * Where a run finds its values.
   *
   * @param firstInput the variable of the first input
   * @param types the types of all variables
   * @param known the values of variables that do not depend on inputs, else null
   * @param storage for each variable whose value is kept in a reused array its number, else -1
   * @param sizes an example variable of each reused array
   * @param fresh the variables that are allocated for each run, since their arrays are given away
   * @param passing the variables to forget after a run
   * @param scratch arrays to allocate for scratch
   * @param outputs the variables of the results
   * @param roots for each result the variable whose array it has, if that is allocated for each run
   *     and only given to the caller, else -1
   */
  record Layout(
      int firstInput,
      TensorType[] types,
      DenseTensor[] known,
      int[] storage,
      int[] sizes,
      int[] fresh,
      int[] passing,
      Scratch scratch,
      int[] outputs,
      int[] roots) {

    Frame frame() {
      Object[] arrays = new Object[sizes.length];
      DenseTensor[] values = known.clone();
      for (int i = 0; i < values.length; i++) {
        if (storage[i] >= 0) {
          int at = storage[i];
          if (arrays[at] == null) {
            arrays[at] = DenseTensor.allocate(types[sizes[at]]).data();
          }
          values[i] = new DenseTensor(types[i], arrays[at]);
        }
      }
      return new Frame(values, scratch);
    }
  }

  /** Compiles a program whose captured values are dense. */
  public static Executable of(Closed program) {
    return Compiler.compile(Simplifier.forValues(program));
  }

  /** The results for some inputs of the program's types. */
  public DenseTensor[] run(DenseTensor[] inputs) {
    return run(inputs, NOTHING);
  }

  /**
   * The results for some inputs, the first ones in storage that the caller has for them, as far as
   * they are computed and not inputs or constants themselves.
   *
   * @param inputs of the program's types
   * @param storage tensors of as many elements as the first results have
   */
  DenseTensor[] run(DenseTensor[] inputs, DenseTensor[] storage) {
    Frame frame = spare.getAndSet(null);
    if (frame == null) {
      frame = layout.frame();
    }
    DenseTensor[] values = frame.values();
    System.arraycopy(inputs, 0, values, layout.firstInput, inputs.length);
    for (int i = 0; i < storage.length; i++) {
      int root = layout.roots[i];
      if (root >= 0) {
        values[root] = new DenseTensor(layout.types[root], storage[i].data());
      }
    }
    for (int variable : layout.fresh) {
      if (values[variable] == null) {
        values[variable] = DenseTensor.allocate(layout.types[variable]);
      }
    }
    run(frame);
    DenseTensor[] results = new DenseTensor[layout.outputs.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = values[layout.outputs[i]];
    }
    forget(values, layout.fresh);
    forget(values, layout.passing);
    spare.set(frame);
    return results;
  }

  private static void forget(DenseTensor[] values, int[] variables) {
    for (int variable : variables) {
      values[variable] = null;
    }
  }

  private void run(Frame frame) {
    int at = 0;
    try {
      for (; at < steps.length; at++) {
        steps[at].run(frame);
      }
    } catch (RuntimeException | StackOverflowError failure) {
      failure.addSuppressed(new EquationFailure(steps[at].equation()));
      throw failure;
    }
  }

  /** How many steps a run takes. */
  public int stepCount() {
    return steps.length;
  }
}
