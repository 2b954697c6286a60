package dini.functional.primitive;

import dini.core.DTypeException;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.dense.DenseTensor;
import dini.core.kernel.AdamConstants;
import dini.core.kernel.AdamKernel;
import dini.core.kernel.Kernels;
import java.util.Arrays;

/**
 * The operands that both primitives of Adam begin with: three tensors of one type, then the six
 * constants.
 */
final class AdamOperands {
  /** How many tensors come before the constants, and how many results there are. */
  static final int TENSORS = 3;

  /** How many operands there are without directions. */
  static final int COUNT = 9;

  private static final String[] NAMES = {"g", "mu", "nu", "b1", "b2", "eps", "epsRoot", "c1", "c2"};

  private AdamOperands() {}

  /** The types of the results: three like the first operand. */
  static TensorType[] types(TensorType[] operands) {
    TensorType first = operands[0];
    if (!first.dtype().isFloating()) {
      throw new DTypeException("adam: needs a floating dtype, got " + first);
    }
    for (int i = 1; i < operands.length; i++) {
      boolean isConstant = i >= TENSORS && i < COUNT;
      Shape expected = isConstant ? Shape.SCALAR : first.shape();
      if (operands[i].dtype() != first.dtype()) {
        throw new DTypeException(
            "adam: g is " + first + ", " + name(i) + " is " + operands[i] + ": dtypes differ");
      }
      if (!operands[i].shape().equals(expected)) {
        throw new ShapeException(
            "adam: g is "
                + first
                + ", "
                + name(i)
                + " is "
                + operands[i]
                + ": expected "
                + (isConstant ? "a scalar" : "the same shape"));
      }
    }
    return new TensorType[] {first, first, first};
  }

  private static String name(int operand) {
    return operand < COUNT ? NAMES[operand] : "a direction";
  }

  /** Results of one pass of the kernel over the tensors among the operands. */
  static DenseTensor[] run(AdamKernel pass, DenseTensor... operands) {
    TensorType type = operands[0].type();
    DenseTensor[] results = new DenseTensor[TENSORS];
    Arrays.setAll(results, i -> DenseTensor.allocate(type));
    write(pass, operands, results);
    return results;
  }

  /** As {@link #run}, into given storage. */
  static void write(AdamKernel pass, DenseTensor[] operands, DenseTensor[] results) {
    TensorType type = operands[0].type();
    DenseTensor[] tensors = without(operands);
    AdamConstants constants =
        new AdamConstants(
            scalar(operands[3]),
            scalar(operands[4]),
            scalar(operands[5]),
            scalar(operands[6]),
            scalar(operands[7]),
            scalar(operands[8]));
    int n = type.shape().size();
    if (operands[0].data() instanceof double[]) {
      Kernels.chosen().adam(pass, constants, doubles(tensors), doubles(results), n);
    } else {
      Kernels.chosen().adam(pass, constants, floats(tensors), floats(results), n);
    }
  }

  /** The operands but for the constants. */
  private static DenseTensor[] without(DenseTensor[] operands) {
    DenseTensor[] tensors = Arrays.copyOf(operands, operands.length - COUNT + TENSORS);
    System.arraycopy(operands, COUNT, tensors, TENSORS, operands.length - COUNT);
    return tensors;
  }

  private static double scalar(DenseTensor constant) {
    return constant.data() instanceof double[] x ? x[0] : constant.floats()[0];
  }

  private static double[][] doubles(DenseTensor[] tensors) {
    double[][] arrays = new double[tensors.length][];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = tensors[i].doubles();
    }
    return arrays;
  }

  private static float[][] floats(DenseTensor[] tensors) {
    float[][] arrays = new float[tensors.length][];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = tensors[i].floats();
    }
    return arrays;
  }

  /** Whether some of the tensors {@code from .. to - 1} are present. */
  static boolean anyPresent(Tensor[] tensors, int from, int to) {
    for (int i = from; i < to; i++) {
      if (tensors[i] != null) {
        return true;
      }
    }
    return false;
  }

  /** The tensors {@code from .. to - 1}, zeros of a type where null. */
  static Tensor[] filled(Tensor[] tensors, int from, int to, TensorType type) {
    Tensor[] filled = Arrays.copyOfRange(tensors, from, to);
    for (int i = 0; i < filled.length; i++) {
      filled[i] = filled[i] == null ? Tensors.zeros(type) : filled[i];
    }
    return filled;
  }

  static Tensor[] join(Tensor[] first, Tensor[] second) {
    Tensor[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  /** Sums of corresponding tangents, of which either list may lack some. */
  static Tensor[] sums(Tensor[] x, Tensor[] y) {
    Tensor[] sums = new Tensor[x.length];
    Arrays.setAll(sums, i -> x[i] == null ? y[i] : y[i] == null ? x[i] : x[i].add(y[i]));
    return sums;
  }

  /** Whether a constant has lanes. */
  static boolean constantsVary(boolean[] batched) {
    for (int i = TENSORS; i < COUNT; i++) {
      if (batched[i]) {
        return true;
      }
    }
    return false;
  }

  /**
   * The operands with lanes everywhere that broadcast over a leading axis: tensors repeated if they
   * have none, constants of each lane followed by axes of extent 1.
   */
  static Tensor[] lanes(int size, Tensor[] operands, boolean[] batched) {
    Tensor[] lanes = operands.clone();
    int[] column = new int[operands[0].rank() + (batched[0] ? 0 : 1)];
    Arrays.fill(column, 1);
    column[0] = size;
    for (int i = 0; i < lanes.length; i++) {
      if (i >= TENSORS && i < COUNT) {
        lanes[i] = batched[i] ? Shapes.reshape(operands[i], column) : operands[i];
      } else if (!batched[i]) {
        lanes[i] = Shapes.broadcastTo(operands[i], operands[i].shape().insert(0, size));
      }
    }
    return lanes;
  }
}
