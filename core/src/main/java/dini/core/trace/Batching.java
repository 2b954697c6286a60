package dini.core.trace;

import dini.core.DTypeException;
import dini.core.Index;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import java.util.Arrays;

/** Vectorization of functions of tensors. */
public final class Batching {
  private Batching() {}

  /**
   * The results for every lane, with the batch as leading axis.
   *
   * @param f the function of one lane
   * @param size the number of lanes
   * @param arguments the arguments, batched ones with a leading axis of that extent
   * @param batched which arguments have it
   */
  public static Tensor[] map(Leaves f, int size, Tensor[] arguments, boolean[] batched) {
    return map(f, size, arguments, batched, new boolean[0]);
  }

  /**
   * The same, but some results keep one value for all lanes, without the leading axis.
   *
   * @param f the function of one lane
   * @param size the number of lanes
   * @param arguments the arguments, batched ones with a leading axis of that extent
   * @param batched which arguments have it
   * @param common which results do not depend on a batched argument, and stay without it; results
   *     beyond the array have it
   */
  public static Tensor[] map(
      Leaves f, int size, Tensor[] arguments, boolean[] batched, boolean[] common) {
    TraceStack stack = TraceStack.current();
    BatchTrace trace = stack.batch(size);
    try {
      Tensor[] lanes = new Tensor[arguments.length];
      for (int i = 0; i < lanes.length; i++) {
        lanes[i] = batched[i] ? trace.batched(arguments[i]) : arguments[i];
      }
      Tensor[] results = f.apply(lanes).clone();
      trace.checkActive();
      for (int i = 0; i < results.length; i++) {
        boolean kept = i < common.length && common[i];
        results[i] = kept ? Bind.resolve(results[i]) : trace.value(results[i]);
      }
      return results;
    } finally {
      trace.open = false;
      stack.close(trace);
    }
  }

  /** The results of a function of each lane in turn, stacked: for what has no rule of its own. */
  public static Tensor[] byLane(Leaves f, int size, Tensor[] arguments, boolean[] batched) {
    Tensor[][] lanes = new Tensor[size][];
    for (int lane = 0; lane < size; lane++) {
      Tensor[] own = arguments.clone();
      for (int i = 0; i < own.length; i++) {
        own[i] = batched[i] ? BatchTrace.lane(arguments[i], lane) : arguments[i];
      }
      lanes[lane] = f.apply(own);
    }
    return stack(lanes);
  }

  /**
   * The images of all unit vectors of some ravelled tensors under a linear function, one a row: the
   * transposed matrix of the function.
   *
   * @param operation what the user called, for messages
   * @param linear the function
   * @param types the types of the tensors
   */
  public static Tensor images(String operation, Leaves linear, TensorType... types) {
    int n = Arrays.stream(types).mapToInt(type -> type.shape().size()).sum();
    Tensor[] units = new Tensor[types.length];
    boolean[] batched = new boolean[types.length];
    Arrays.fill(batched, true);
    int at = 0;
    for (int i = 0; i < units.length; i++) {
      int size = types[i].shape().size();
      Tensor identity = Tensors.eye(n, types[i].dtype());
      Tensor part = Shapes.slice(identity, Index.all(), Index.range(at, at + size));
      units[i] = Shapes.reshape(part, types[i].shape().insert(0, n));
      at += size;
    }
    Tensor[] rows = map(linear, n, units, batched);
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].dtype() != rows[0].dtype()) {
        throw new DTypeException(
            operation
                + ": the matrix would have columns of dtypes "
                + rows[0].dtype()
                + " and "
                + rows[i].dtype()
                + "; convert with astype");
      }
      rows[i] = Shapes.reshape(rows[i], n, n == 0 ? 0 : rows[i].size() / n);
    }
    return Shapes.concatenate(1, rows);
  }

  /** Stacks results lane by lane; there must be at least one lane. */
  public static Tensor[] stack(Tensor[][] lanes) {
    Tensor[] results = new Tensor[lanes[0].length];
    for (int i = 0; i < results.length; i++) {
      Tensor[] parts = new Tensor[lanes.length];
      for (int lane = 0; lane < lanes.length; lane++) {
        parts[lane] = lanes[lane][i];
      }
      results[i] = Shapes.stack(0, parts);
    }
    return results;
  }
}
