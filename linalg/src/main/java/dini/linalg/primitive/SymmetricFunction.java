package dini.linalg.primitive;

import static dini.core.Elementwise.add;

import dini.core.DType;
import dini.core.Products;
import dini.core.Program;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Linear;
import dini.core.primitive.Single;
import dini.core.trace.Batching;
import dini.linalg.dense.DividedDifferences;
import dini.linalg.dense.SpectralDerivative;
import dini.linalg.dense.SymmetricEigen;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * {@code D^k f(A)[E1, …, Ek]} of (what f captured, A, E1, …, Ek), for a function f of the symmetric
 * part of A by its eigenvalues. Three facts make this family its own derivatives:
 *
 * <ul>
 *   <li>Along A the derivative is that of the next order.
 *   <li>Along what f captured it is the same order of the derivative of f, which is linear in the
 *       tangents: they come last of what that one captured.
 *   <li>{@code <C, D^k f(A)[E1, E2, …]>} is the derivative of order k + 1 of {@code trace F(A)}
 *       with {@code F' = f}, so it is symmetric in C, E1, …, Ek: {@code <D^k f(A)[C, E2, …], E1>}.
 * </ul>
 *
 * @param function f
 * @param tangents how many of the last values that f captured it is linear in, all together
 * @param order k
 */
public record SymmetricFunction(ScalarFunction function, int tangents, int order)
    implements Single {

  /** f(A) for an elementwise f. */
  public static Tensor of(Tensor a, UnaryOperator<Tensor> f) {
    Matrices.requireSquare("funm", a.type());
    ScalarFunction.Recorded recorded = ScalarFunction.of("funm", f, a.dtype());
    SymmetricFunction primitive = new SymmetricFunction(recorded.function(), 0, 0);
    return primitive.bind(LinearSolve.join(recorded.captured(), new Tensor[] {a}));
  }

  private int capturedCount() {
    return function.capturedCount();
  }

  @Override
  public String label() {
    return "funm";
  }

  @Override
  public String parameters() {
    return order == 0 ? "" : "order=" + order;
  }

  @Override
  public Optional<Program> subprogram() {
    return Optional.of(function.program());
  }

  @Override
  public TensorType type(TensorType... arguments) {
    int captured = capturedCount();
    TensorType a = Matrices.requireSquare(label(), arguments[captured]);
    for (int i = 0; i < arguments.length; i++) {
      TensorType expected = i < captured ? function.capturedTypes().get(i) : a;
      if (!arguments[i].equals(expected)) {
        throw new ShapeException(
            label() + ": argument " + i + " must be " + expected + ", got " + arguments[i]);
      }
    }
    return a;
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    TensorType[] types = Arrays.stream(arguments).map(DenseTensor::type).toArray(TensorType[]::new);
    DenseTensor out = DenseTensor.allocate(type(types));
    DenseTensor[] captured = Arrays.copyOf(arguments, capturedCount());
    DenseTensor[] matrices = Arrays.copyOfRange(arguments, captured.length, arguments.length);
    int size = Matrices.rows(out.shape()) * Matrices.columns(out.shape());
    int count = size == 0 ? 0 : out.size() / size;
    if (count > 0) {
      DividedDifferences.Derivatives derivatives = function.derivatives(captured);
      for (int i = 0; i < count; i++) {
        write(derivatives, matrices, out, i * size);
      }
    }
    return out;
  }

  /** Computes one of a stack. */
  private void write(
      DividedDifferences.Derivatives f, DenseTensor[] matrices, DenseTensor out, int offset) {
    int n = Matrices.rows(out.shape());
    double[][] symmetric = new double[matrices.length][n * n];
    boolean finite = true;
    for (int k = 0; k < matrices.length; k++) {
      Matrices.symmetric(Matrices.read(matrices[k], offset, n * n), symmetric[k], n);
      finite &= Matrices.isFinite(symmetric[k]);
    }
    SymmetricEigen eigen = finite ? SymmetricEigen.of(symmetric[0], n) : null;
    if (eigen == null) {
      Matrices.writeNaN(out, offset, n * n);
      return;
    }
    if (out.dtype() == DType.FLOAT32) {
      // those that f will see: their differences must be those of its arguments
      double[] w = eigen.values();
      Arrays.setAll(w, i -> (float) w[i]);
    }
    double[][] directions = Arrays.copyOfRange(symmetric, 1, symmetric.length);
    double[] result = SpectralDerivative.of(eigen, directions, f, Matrices.epsilon(out.dtype()));
    Matrices.symmetric(result, symmetric[0], n);
    Matrices.write(symmetric[0], out, offset);
  }

  // ---- derivatives ----

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    int captured = capturedCount();
    Tensor sum = alongCaptured(primals, tangents).orElse(null);
    for (int k = captured; k < primals.length; k++) {
      if (tangents[k] != null) {
        Tensor[] arguments = Arrays.copyOf(primals, primals.length + (k == captured ? 1 : 0));
        arguments[k == captured ? primals.length : k] = tangents[k];
        int next = k == captured ? order + 1 : order;
        Tensor term = new SymmetricFunction(function, this.tangents, next).bind(arguments);
        sum = sum == null ? term : add(sum, term);
      }
    }
    return sum;
  }

  private Optional<Tensor> alongCaptured(Tensor[] primals, Tensor[] tangents) {
    int captured = capturedCount();
    boolean[] moving = new boolean[captured];
    for (int i = 0; i < captured; i++) {
      moving[i] = tangents[i] != null;
    }
    Tensor[] moved =
        Arrays.stream(tangents, 0, captured).filter(t -> t != null).toArray(Tensor[]::new);
    if (moved.length == 0) {
      return Optional.empty();
    }
    Tensor[] before = Arrays.copyOf(primals, captured);
    Tensor[] matrices = Arrays.copyOfRange(primals, captured, primals.length);
    return function
        .tangent(moving)
        .map(
            slope -> {
              Tensor[] all = LinearSolve.join(LinearSolve.join(slope.captured(), before), moved);
              return new SymmetricFunction(slope.function(), moved.length, order)
                  .bind(LinearSolve.join(all, matrices));
            });
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    int captured = capturedCount();
    Tensor[] result = new Tensor[operands.length];
    boolean asked = false;
    for (int i = 0; i < operands.length; i++) {
      if (!Linear.is(operands[i])) {
        continue;
      }
      boolean isTangent = i >= captured - tangents && i < captured;
      if (i <= captured && !isTangent || asked && !isTangent) {
        throw Linear.notLinear(this, i);
      }
      asked = true;
      result[i] =
          isTangent ? ofTangent(i, cotangent, operands) : bind(with(operands, i, cotangent));
    }
    return result;
  }

  private static Tensor[] with(Tensor[] operands, int place, Tensor other) {
    Tensor[] all = operands.clone();
    all[place] = other;
    return all;
  }

  /** Element by element: there are few in what a function of one number captures. */
  private Tensor ofTangent(int place, Tensor cotangent, Tensor[] operands) {
    TensorType type = operands[place].type();
    Tensor[] zeros = operands.clone();
    for (int i = 0; i < zeros.length; i++) {
      zeros[i] = Linear.is(operands[i]) ? Tensors.zeros(operands[i].type()) : operands[i];
    }
    Tensor images =
        Batching.images(label(), unit -> new Tensor[] {bind(with(zeros, place, unit[0]))}, type);
    Tensor elements = Products.matvec(images, Shapes.reshape(cotangent, cotangent.size()));
    return Shapes.reshape(elements.astype(type.dtype()), type.shape());
  }

  /** What f captured is one for a whole stack, so lanes of that are done one by one. */
  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    int captured = capturedCount();
    for (int i = 0; i < captured; i++) {
      if (batched[i]) {
        return size == 0
            ? Tensors.zeros(empty(arguments[captured].type(), batched[captured]))
            : ByLane.of(this, size, batched).bind(arguments)[0];
      }
    }
    Tensor[] all = arguments.clone();
    for (int i = captured; i < all.length; i++) {
      if (!batched[i]) {
        all[i] = Shapes.broadcastTo(arguments[i], arguments[i].shape().insert(0, size));
      }
    }
    return bind(all);
  }

  private static TensorType empty(TensorType a, boolean batched) {
    return batched ? a : new TensorType(a.shape().insert(0, 0), a.dtype());
  }
}
