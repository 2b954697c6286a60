package dini.linalg.primitive;

import dini.core.Index;
import dini.core.Products;
import dini.core.Program;
import dini.core.Shape;
import dini.core.Shapes;
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
import dini.linalg.solver.Operator;
import dini.linalg.solver.Ravel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The program of a linear map and of its transpose, which solvers apply again and again: once a map
 * was applied often, it is compiled. Equal when the programs are.
 */
public final class RecordedMap {
  /** Compiling costs as much as some tens of applications to short vectors, */
  private static final int OFTEN = 20;

  /** as one to a vector that is so many times longer than this, */
  private static final int LONG = 1 << 13;

  /** and as more of them, the more captured elements each of them reads. */
  private static final int MANY = 1 << 16;

  private final Program program;
  private final Runner runner;
  private final Direction forward;
  private final Direction backward;

  /** The same with the inner products of arguments and images, for square maps. */
  private final Direction forwardForm;

  private final Direction backwardForm;

  /** Applications from which on a direction is compiled. */
  private final int often;

  /** The map of a program. */
  RecordedMap(Program program) {
    this.program = NormalProducts.fused(program);
    this.runner = new Runner(this.program);
    this.forward = new Direction(false, false);
    this.backward = new Direction(true, false);
    this.forwardForm = new Direction(false, true);
    this.backwardForm = new Direction(true, true);
    this.often = OFTEN * (1 + captured(this.program) / MANY);
  }

  private static int captured(Program program) {
    long size = 0;
    for (TensorType type : program.variables().subList(0, program.constantCount())) {
      size += type.shape().size();
    }
    return (int) Math.min(size, Integer.MAX_VALUE / OFTEN);
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
    private final Map<Direction, DenseTensor[]> common = new HashMap<>();
    private Tensor[] known;

    private At(DenseTensor[] constants) {
      this.constants = constants;
    }

    /** The image of leaves, which may be tracers: all unit vectors at once, for a matrix. */
    Tensor[] apply(boolean transposed, Tensor[] x) {
      if (known == null) {
        known = runner.known(constants);
      }
      return image(transposed, known, x);
    }

    /** The image of ravelled leaves as one vector. */
    DenseTensor apply(boolean transposed, DenseTensor x) {
      Direction direction = transposed ? backward : forward;
      Partial compiled = direction.next();
      return compiled == null
          ? direction.to.join(apply(transposed, direction.from.split(x)))
          : compiled.run(common(direction, compiled), x)[0];
    }

    /** As {@link Operator#image}, if it was compiled. */
    Optional<Operator.Image> imageAndForm(boolean transposed, DenseTensor x, DenseTensor storage) {
      Direction direction = transposed ? backwardForm : forwardForm;
      Partial compiled = direction.next();
      if (compiled == null) {
        return Optional.empty();
      }
      DenseTensor[] into = {storage};
      DenseTensor[] results = compiled.runInto(into, common(direction, compiled), x);
      return Optional.of(new Operator.Image(results[0], results[1].toArray()[0]));
    }

    private DenseTensor[] common(Direction direction, Partial compiled) {
      return common.computeIfAbsent(direction, _ -> compiled.common(constants));
    }
  }

  /** One of the two maps. */
  private final class Direction {
    private final boolean transposed;

    /** Whether the inner product of argument and image is wanted too. */
    private final boolean form;

    private final Ravel from;
    private final Ravel to;
    private final AtomicInteger applications = new AtomicInteger();
    private volatile Partial compiled;

    Direction(boolean transposed, boolean form) {
      this.transposed = transposed;
      this.form = form;
      Ravel inputs = new Ravel(program.inputTypes());
      Ravel outputs = new Ravel(program.outputTypes());
      this.from = transposed ? outputs : inputs;
      this.to = transposed ? inputs : outputs;
    }

    /** The compiled map for one more application, or null if that does not pay yet. */
    Partial next() {
      if (NanWatch.isWatching()) {
        // who looks for the operation that makes a NaN has to see each
        return null;
      }
      int weight = 1 + from.size() / LONG;
      if (compiled == null && applications.addAndGet(weight) > often + weight - 1) {
        compiled = compile();
      }
      return compiled;
    }

    /** Takes vectors apart and puts them together in the program, which uses its storage again. */
    private Partial compile() {
      int count = program.constantCount();
      List<TensorType> types = new ArrayList<>(program.variables().subList(0, count));
      types.add(from.vector());
      Closed staged =
          Staging.stage(
              all -> {
                Tensor[] constants = Arrays.copyOf(all, count);
                Tensor[] images = RecordedMap.this.apply(transposed, constants, parts(all[count]));
                Tensor image = whole(images);
                return form
                    ? new Tensor[] {image, Products.dot(all[count], image)}
                    : new Tensor[] {image};
              },
              types);
      return Partial.of(staged, count);
    }

    private Tensor[] parts(Tensor vector) {
      Tensor[] parts = new Tensor[from.types().size()];
      for (int i = 0, at = 0; i < parts.length; i++) {
        Shape shape = from.types().get(i).shape();
        Tensor part = vector;
        if (parts.length > 1) {
          part = Shapes.slice(vector, Index.range(at, at + shape.size()));
        }
        parts[i] = Shapes.reshape(part, shape);
        at += shape.size();
      }
      return parts;
    }

    private static Tensor whole(Tensor[] parts) {
      Tensor[] vectors = new Tensor[parts.length];
      Arrays.setAll(vectors, i -> Shapes.reshape(parts[i], parts[i].size()));
      return vectors.length == 1 ? vectors[0] : Shapes.concatenate(0, vectors);
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
