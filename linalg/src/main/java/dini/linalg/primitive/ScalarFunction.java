package dini.linalg.primitive;

import dini.core.DType;
import dini.core.Program;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.TracerException;
import dini.core.dense.DenseTensor;
import dini.core.trace.Batching;
import dini.core.trace.Bind;
import dini.core.trace.Closed;
import dini.core.trace.Differentiation;
import dini.core.trace.Leaves;
import dini.core.trace.Runner;
import dini.core.trace.Staging;
import dini.linalg.dense.DividedDifferences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A recorded function of one number and of what it captured, with its derivatives. Equal when the
 * programs are.
 */
public final class ScalarFunction {
  private final Program program;
  private final Runner runner;

  private ScalarFunction(Program program) {
    this.program = program;
    this.runner = new Runner(program);
  }

  /**
   * A function with what it captured.
   *
   * @param function the function
   * @param captured the values
   */
  record Recorded(ScalarFunction function, Tensor[] captured) {}

  // ---- recording ----

  /** Records an elementwise function for numbers of a dtype. */
  static Recorded of(String operation, UnaryOperator<Tensor> f, DType dtype) {
    Closed one = staged(operation, f, new TensorType(Shape.SCALAR, dtype));
    checkElementwise(operation, staged(operation, f, new TensorType(Shape.of(2), dtype)), dtype);
    return new Recorded(new ScalarFunction(one.program()), one.constants());
  }

  private static Closed staged(String operation, UnaryOperator<Tensor> f, TensorType type) {
    Closed staged = Staging.stage(x -> new Tensor[] {f.apply(x[0])}, List.of(type));
    TensorType result = staged.program().outputTypes().getFirst();
    if (!result.equals(type)) {
      throw new ShapeException(
          operation + ": f must be elementwise, but its result for " + type + " is " + result);
    }
    return staged;
  }

  /** Looks whether one element changes what becomes of the other, where values are known. */
  private static void checkElementwise(String operation, Closed pair, DType dtype) {
    DenseTensor[] captured = new DenseTensor[pair.constants().length];
    for (int i = 0; i < captured.length; i++) {
      Tensor constant = pair.constants()[i];
      if (!Bind.isKnown(constant) || !Bind.peek(constant).type().equals(constant.type())) {
        return;
      }
      captured[i] = Bind.peek(constant);
    }
    Closed known = Closed.of(pair.program(), List.of(captured));
    double[] both = images(known, dtype, 0.3, 0.6);
    double[] first = images(known, dtype, 0.3, 0.8);
    double[] second = images(known, dtype, 0.8, 0.6);
    if (Double.compare(both[0], first[0]) != 0 || Double.compare(both[1], second[1]) != 0) {
      throw new IllegalArgumentException(
          operation
              + ": f must be elementwise, but what becomes of one element depends on the others,"
              + " as in w - max(w)");
    }
  }

  private static double[] images(Closed f, DType dtype, double... x) {
    return dense(f.apply(Tensors.tensor(x).astype(dtype))[0]).toArray();
  }

  // ---- what it is ----

  Program program() {
    return program;
  }

  int capturedCount() {
    return program.constantCount();
  }

  List<TensorType> capturedTypes() {
    return program.variables().subList(0, capturedCount());
  }

  DType dtype() {
    return program.inputTypes().getFirst().dtype();
  }

  // ---- derivatives ----

  /** The derivatives in the number, for some captured values. */
  DividedDifferences.Derivatives derivatives(DenseTensor[] captured) {
    Tensor[] known = runner.known(captured);
    return (order, points) -> derivatives(known, order, points);
  }

  private double[] derivatives(Tensor[] known, int order, double[] points) {
    Leaves f = x -> runner.applyKnown(known, x);
    for (int i = 0; i < order; i++) {
      Leaves below = f;
      f = x -> slope(below, x);
    }
    Tensor[] lanes = {Tensors.tensor(points).astype(dtype())};
    return dense(Batching.map(f, points.length, lanes, new boolean[] {true})[0]).toArray();
  }

  private static Tensor[] slope(Leaves f, Tensor[] x) {
    Tensor[] one = {Tensors.onesLike(x[0])};
    return new Tensor[] {orZero(Differentiation.jvp(f, x, one).tangents()[0], x[0])};
  }

  private static Tensor orZero(Tensor tangent, Tensor like) {
    return tangent == null ? Tensors.zerosLike(like) : tangent;
  }

  /**
   * The derivative in some of the captured values as a function of the same number, if there is
   * one. It captured what is in it, all that this captured, then the tangents of the marked ones,
   * in which it is linear.
   */
  Optional<Recorded> tangent(boolean[] moving) {
    int count = capturedCount();
    List<TensorType> types = new ArrayList<>(capturedTypes());
    for (int i = 0; i < count; i++) {
      if (moving[i]) {
        types.add(capturedTypes().get(i));
      }
    }
    types.addAll(program.inputTypes());
    boolean[] absent = new boolean[1];
    Closed closed =
        Staging.stage(
            all -> {
              Tensor x = all[all.length - 1];
              Tensor[] tangents = new Tensor[count];
              for (int i = 0, at = count; i < count; i++) {
                tangents[i] = moving[i] ? all[at++] : null;
              }
              Leaves f = captured -> runner.apply(captured, new Tensor[] {x});
              Tensor tangent =
                  Differentiation.jvp(f, Arrays.copyOf(all, count), tangents).tangents()[0];
              absent[0] = tangent == null;
              return new Tensor[] {orZero(tangent, x)};
            },
            types);
    Program staged = closed.program();
    Program open =
        new Program(
            staged.variables(),
            staged.constantCount() + staged.inputCount() - 1,
            1,
            staged.equations(),
            staged.outputs());
    return absent[0]
        ? Optional.empty()
        : Optional.of(new Recorded(new ScalarFunction(open), closed.constants()));
  }

  private static DenseTensor dense(Tensor result) {
    if (result instanceof DenseTensor dense) {
      return dense;
    }
    throw new TracerException(
        "funm: a solver or a custom function inside f captured a traced value "
            + result.type()
            + "; pass it as an argument instead");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScalarFunction that && program.equals(that.program);
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
