package dini.functional;

import static dini.core.Tensors.longs;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dini.core.DType;
import dini.core.Indexing;
import dini.core.Products;
import dini.core.Reductions;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.functional.nn.Losses;
import dini.linalg.LinearAlgebra;
import dini.linalg.LinearSolvers;
import dini.linalg.MatrixFunctions;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An error names the operation that the user called, not one that it is made of. */
class OperationNamesTest {
  private static final Tensor X = tensor(1, 2, 3);
  private static final Tensor SINGULAR = zeros(2, 2);

  private static Arguments call(String begin, Runnable wrong) {
    return Arguments.of(begin, wrong);
  }

  private static final Function<Tensor, Tensor> VECTOR = x -> x;

  static Stream<Arguments> calls() {
    return Stream.of(
        call("segmentSum: index 3", () -> Indexing.segmentSum(X, longs(0, 1, 3), 3)),
        call("segmentMax: index 3", () -> Indexing.segmentMax(X, longs(0, 1, 3), 3)),
        call("segmentMin: index 3", () -> Indexing.segmentMin(X, longs(0, 1, 3), 3)),
        call(
            "segmentMin: index 3",
            () -> Indexing.segmentMin(X.astype(DType.INT64), longs(0, 1, 3), 3)),
        call("scatterAdd: index 5", () -> Indexing.scatterAdd(X, longs(5), ones(1), 0)),
        call("scatterAdd: ", () -> Indexing.scatterAdd(X, longs(0), ones(2), 0)),
        call("gather: index 4", () -> Indexing.gather(X, longs(4))),
        call("putAlongAxis: index 4", () -> Indexing.putAlongAxis(X, longs(4), ones(1), 0)),
        call("get: index 3", () -> X.get(3)),
        call("index: index 3", () -> Shapes.index(X, 0, 3)),
        call("dot: (3,) @ (2,)", () -> Products.dot(X, ones(2))),
        call("dot: ", () -> Products.dot(X, ones(2, 2, 2))),
        call("inv: ", () -> LinearAlgebra.inv(X)),
        call("inv: the matrix (2, 2) is singular", () -> LinearAlgebra.inv(SINGULAR)),
        call("matrixPower: the matrix", () -> MatrixFunctions.matrixPower(SINGULAR, -1)),
        call("logdet: ", () -> LinearAlgebra.logdet(X)),
        call("logdet: the matrix", () -> Transforms.grad(LinearAlgebra::logdet, SINGULAR)),
        call("solve: matrix (2, 2) and right-hand side (3,)", () -> solve(X)),
        call("solve: matrix (2, 2) and right-hand side (3, 1)", () -> solve(ones(3, 1))),
        call("luSolve: ", () -> LinearAlgebra.luSolve(LinearAlgebra.lu(ones(2, 2)), X)),
        call("choleskySolve: the matrix", () -> LinearAlgebra.choleskySolve(SINGULAR, ones(2))),
        call("tridiagonalSolve: diagonals (3,) and right-hand side (2,)", () -> tridiagonal(2)),
        call("pad: widths -1 and 0 of axis 0 of f64[3]", () -> pad(-1)),
        call("squaredError: ", () -> Losses.squaredError(X, ones(2))),
        call("binaryLogistic: ", () -> Losses.binaryLogistic(X, ones(2))),
        call("huber: ", () -> Losses.huber(X, ones(2))),
        call("crossEntropy: index 3", () -> Losses.crossEntropy(ones(1, 3), longs(3))),
        call("switchCase: index 2", () -> Jit.jit(OperationNamesTest::choose).apply(longs(2))),
        call("hessian: the function must return a scalar", () -> Jacobians.hessian(x -> x, X)),
        call("hvp: the function must return a scalar", () -> Jacobians.hvp(x -> x, X, X)),
        call("hessian: the matrix would have columns of dtypes", () -> mixed("hessian")),
        call("jacrev: the matrix would have columns of dtypes", () -> mixed("jacrev")),
        call("jacfwd: the matrix would have columns of dtypes", () -> mixed("jacfwd")),
        call("solveInv: works on values", () -> Transforms.vmap(LinearSystem::inverse, X)));
  }

  /** A direct solver inside of vmap. */
  private static final class LinearSystem {
    static Tensor inverse(Tensor b) {
      return LinearSolvers.solveInv((Tensor x) -> x.mul(2), b).value();
    }
  }

  private static Tensor solve(Tensor b) {
    return LinearAlgebra.solve(dini.core.Tensors.eye(2), b);
  }

  private static Tensor tridiagonal(int rows) {
    return LinearAlgebra.tridiagonalSolve(X, X, X, ones(rows));
  }

  private static Tensor pad(int width) {
    return Shapes.pad(X, new int[] {width}, new int[1], 0);
  }

  private static Tensor choose(Tensor index) {
    return ControlFlow.switchCase(
        Shapes.reshape(index), X, List.<Function<Tensor, Tensor>>of(VECTOR, VECTOR));
  }

  private static Tensor mixed(String operation) {
    List<Tensor> point = List.of(ones(2), ones(2).astype(DType.FLOAT32));
    Function<List<Tensor>, Tensor> sum =
        x -> Reductions.sum(x.get(0)).add(Reductions.sum(x.get(1)).astype(DType.FLOAT64)).pow(2);
    return switch (operation) {
      case "hessian" -> Jacobians.hessian(sum, point);
      case "jacrev" -> Jacobians.jacrev(sum, point);
      default -> Jacobians.jacfwd(x -> x, point);
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("calls")
  void errorsNameWhatWasCalled(String begin, Runnable wrong) {
    assertThat(catchThrowable(wrong::run)).isNotNull().message().startsWith(begin);
  }
}
