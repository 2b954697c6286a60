package dini.linalg.primitive;

import dini.core.Program;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.compile.Partial;
import dini.core.dense.DenseTensor;
import dini.core.trace.Closed;
import dini.core.trace.NanWatch;
import dini.core.trace.Runner;
import dini.core.trace.Staging;
import dini.linalg.solver.NormalProducts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The program of a linear map and of its transpose, which solvers apply again and again: once a map
 * was applied often, it is compiled. Equal when the programs are.
 */
public final class RecordedMap {
  /** Compiling costs as much as some tens of applications to short vectors. */
  private static final int OFTEN = 20;

  private final Program program;
  private final Runner runner;
  private final Direction forward = new Direction(false);
  private final Direction backward = new Direction(true);

  /** The map of a program. */
  RecordedMap(Program program) {
    this.program = NormalProducts.fused(program);
    this.runner = new Runner(this.program);
  }

  /** The program. */
  Program program() {
    return program;
  }

  /** The image under the map or its transpose, which can be traced. */
  Tensor[] apply(boolean transposed, Tensor[] constants, Tensor[] x) {
    return image(transposed, runner.known(constants), x);
  }

  private Tensor[] image(boolean transposed, Tensor[] known, Tensor[] x) {
    if (!transposed) {
      return runner.applyKnown(known, x);
    }
    Tensor[] images = runner.transposeKnown(known, x);
    for (int i = 0; i < images.length; i++) {
      images[i] = images[i] == null ? Tensors.zerosLike(x[i]) : images[i];
    }
    return images;
  }

  /** The map at some dense captured values. */
  At at(DenseTensor[] constants) {
    return new At(constants);
  }

  /** The map at some captured values, for one solve on one thread. */
  final class At {
    private final DenseTensor[] constants;
    private final DenseTensor[][] common = new DenseTensor[2][];
    private Tensor[] known;

    private At(DenseTensor[] constants) {
      this.constants = constants;
    }

    /** The image of dense leaves, or of tracers where all unit vectors are mapped at once. */
    Tensor[] apply(boolean transposed, Tensor[] x) {
      // who looks for the operation that makes a NaN has to see each
      if (x instanceof DenseTensor[] dense && !NanWatch.isWatching()) {
        Partial compiled = (transposed ? backward : forward).next();
        if (compiled != null) {
          int side = transposed ? 1 : 0;
          if (common[side] == null) {
            common[side] = compiled.common(constants);
          }
          return compiled.run(common[side], dense);
        }
      }
      if (known == null) {
        known = runner.known(constants);
      }
      return image(transposed, known, x);
    }
  }

  /** One of the two maps. */
  private final class Direction {
    private final boolean transposed;
    private final AtomicInteger applications = new AtomicInteger();
    private volatile Partial compiled;

    Direction(boolean transposed) {
      this.transposed = transposed;
    }

    /** The compiled map for one more application, or null if that does not pay yet. */
    Partial next() {
      if (compiled == null && applications.incrementAndGet() > OFTEN) {
        compiled = compile();
      }
      return compiled;
    }

    private Partial compile() {
      int count = program.constantCount();
      if (!transposed) {
        int inputs = count + program.inputCount();
        Program open =
            new Program(program.variables(), 0, inputs, program.equations(), program.outputs());
        return Partial.of(Closed.of(open, List.of()), count);
      }
      List<TensorType> types = new ArrayList<>(program.variables().subList(0, count));
      types.addAll(program.outputTypes());
      Closed staged =
          Staging.stage(
              all ->
                  RecordedMap.this.apply(
                      true, Arrays.copyOf(all, count), Arrays.copyOfRange(all, count, all.length)),
              types);
      return Partial.of(staged, count);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecordedMap that && program.equals(that.program);
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
