package dini.core.primitive;

import dini.core.DTypeException;
import dini.core.Elementwise;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.kernel.Convolution32;
import dini.core.kernel.Convolution64;
import dini.core.kernel.Slide;

/**
 * One of the three tensors of a convolution from the other two. The sum of {@code x[n, g, c, i]
 * w[g, o, c, k] y[n, g, o, p]} over all indices for which element k of window p stands at i is
 * linear in inputs x, weights w and outputs y; this is its derivative in one of them. So the
 * transpose of a convolution in either argument, and the transposes of these, are the same
 * primitive again.
 *
 * @param result which of them is computed; the others are the arguments, in their order
 * @param rows how the window slides along the last axis but one
 * @param columns how it slides along the last axis
 */
public record Convolve(Role result, Slide rows, Slide columns) implements Single {
  /** What a tensor is to a convolution: its axes before the two of space. */
  public enum Role {
    /** (images, groups, channels). */
    INPUT,
    /** (groups, features, channels). */
    WEIGHTS,
    /** (images, groups, features). */
    OUTPUT
  }

  private static final int IMAGES = 0;
  private static final int GROUPS = 1;
  private static final int CHANNELS = 2;
  private static final int FEATURES = 3;

  /** The axes before those of space of every role. */
  private static int[] axes(Role role) {
    return switch (role) {
      case INPUT -> new int[] {IMAGES, GROUPS, CHANNELS};
      case WEIGHTS -> new int[] {GROUPS, FEATURES, CHANNELS};
      case OUTPUT -> new int[] {IMAGES, GROUPS, FEATURES};
    };
  }

  private static int place(Role role, int axis) {
    int[] axes = axes(role);
    for (int i = 0; i < axes.length; i++) {
      if (axes[i] == axis) {
        return i;
      }
    }
    throw new AssertionError(role + " has no axis " + axis);
  }

  private static int extent(Role role, Slide slide) {
    return switch (role) {
      case INPUT -> slide.input();
      case WEIGHTS -> slide.window();
      case OUTPUT -> slide.output();
    };
  }

  private Role first() {
    return result == Role.INPUT ? Role.WEIGHTS : Role.INPUT;
  }

  private Role second() {
    return result == Role.OUTPUT ? Role.WEIGHTS : Role.OUTPUT;
  }

  @Override
  public String label() {
    return "convolve";
  }

  @Override
  public String parameters() {
    return "result=" + result + ", rows=" + rows + ", columns=" + columns;
  }

  @Override
  public TensorType type(TensorType... arguments) {
    if (arguments[0].dtype() != arguments[1].dtype()) {
      throw Mismatch.of(label(), arguments[0], arguments[1]);
    }
    if (!arguments[0].dtype().isFloating()) {
      throw new DTypeException(label() + ": needs a floating dtype, got " + arguments[0]);
    }
    int[] extents = extents(arguments);
    int[] shape = new int[5];
    for (int i = 0; i < 3; i++) {
      shape[i] = extents[axes(result)[i]];
    }
    shape[3] = extent(result, rows);
    shape[4] = extent(result, columns);
    return new TensorType(Shape.of(shape), arguments[0].dtype());
  }

  /** The numbers of images, groups, channels and features. */
  private int[] extents(TensorType... arguments) {
    int[] extents = {-1, -1, -1, -1};
    for (int argument = 0; argument < 2; argument++) {
      Role role = argument == 0 ? first() : second();
      Shape shape = arguments[argument].shape();
      boolean fits =
          shape.rank() == 5
              && shape.extent(3) == extent(role, rows)
              && shape.extent(4) == extent(role, columns);
      for (int i = 0; fits && i < 3; i++) {
        int axis = axes(role)[i];
        fits = extents[axis] < 0 || extents[axis] == shape.extent(i);
        extents[axis] = shape.extent(i);
      }
      if (!fits) {
        throw new ShapeException(
            label() + ": " + arguments[0] + " and " + arguments[1] + " for " + parameters());
      }
    }
    return extents;
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    return value(arguments[0], arguments[1]);
  }

  @Override
  public DenseTensor value(DenseTensor a, DenseTensor b) {
    DenseTensor out = DenseTensor.allocate(type(a.type(), b.type()));
    int[] n = extents(a.type(), b.type());
    if (a.data() instanceof double[] x) {
      Convolution64 convolution =
          new Convolution64(n[IMAGES], n[GROUPS], n[CHANNELS], n[FEATURES], rows, columns);
      switch (result) {
        case INPUT -> convolution.input(x, b.doubles(), out.doubles());
        case WEIGHTS -> convolution.weights(x, b.doubles(), out.doubles());
        case OUTPUT -> convolution.output(x, b.doubles(), out.doubles());
      }
    } else {
      Convolution32 convolution =
          new Convolution32(n[IMAGES], n[GROUPS], n[CHANNELS], n[FEATURES], rows, columns);
      switch (result) {
        case INPUT -> convolution.input(a.floats(), b.floats(), out.floats());
        case WEIGHTS -> convolution.weights(a.floats(), b.floats(), out.floats());
        case OUTPUT -> convolution.output(a.floats(), b.floats(), out.floats());
      }
    }
    return out;
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    Tensor left = tangents[0] == null ? null : bind(tangents[0], primals[1]);
    Tensor right = tangents[1] == null ? null : bind(primals[0], tangents[1]);
    return left == null ? right : right == null ? left : Elementwise.add(left, right);
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    boolean left = Linear.is(operands[0]);
    boolean right = Linear.is(operands[1]);
    if (left && right) {
      throw Linear.notLinear(this, 1);
    }
    return new Tensor[] {
      left ? of(first(), second(), operands[1], cotangent) : null,
      right ? of(second(), first(), operands[0], cotangent) : null
    };
  }

  /** The tensor of one role from that of another and from the result's cotangent. */
  private Tensor of(Role role, Role other, Tensor operand, Tensor cotangent) {
    Convolve transposed = new Convolve(role, rows, columns);
    return other.compareTo(result) < 0
        ? transposed.bind(operand, cotangent)
        : transposed.bind(cotangent, operand);
  }

  /**
   * The lanes are put beside each other along an axis that the batched arguments and the result
   * have: as groups if both are batched, else as what the batched one does not sum over.
   */
  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    int axis = batched[0] && batched[1] ? GROUPS : shared(batched[0] ? first() : second(), result);
    Tensor a = batched[0] ? merged(arguments[0], place(first(), axis)) : arguments[0];
    Tensor b = batched[1] ? merged(arguments[1], place(second(), axis)) : arguments[1];
    TensorType lane = type(lane(arguments[0], batched[0]), lane(arguments[1], batched[1]));
    int place = place(result, axis);
    Tensor split = Shapes.reshape(bind(a, b), lane.shape().insert(place, size));
    return Shapes.moveAxis(split, place, 0);
  }

  private static TensorType lane(Tensor argument, boolean batched) {
    return batched ? new TensorType(argument.shape().remove(0), argument.dtype()) : argument.type();
  }

  private static int shared(Role role, Role other) {
    for (int axis : axes(role)) {
      for (int each : axes(other)) {
        if (each == axis && axis != GROUPS) {
          return axis;
        }
      }
    }
    throw new AssertionError(role + " and " + other);
  }

  /** The leading axis merged into another, as the slower one. */
  private static Tensor merged(Tensor x, int place) {
    Tensor moved = Shapes.moveAxis(x, 0, place);
    return Shapes.reshape(moved, Positions.merged(moved.shape(), place, 2));
  }
}
