package dini.linalg.solver;

import static dini.core.Products.matmul;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dini.core.Program;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.trace.Closed;
import dini.core.trace.Runner;
import dini.core.trace.Staging;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class NormalProductsTest {
  private static final Tensor A =
      tensor(new double[][] {{1, 2, -1}, {0.5, -3, 2}, {4, 1, 1}, {-2, 0.25, 3}});

  private static final Tensor W = tensor(0.5, 2, 0.25, 3);
  private static final Tensor U = tensor(1, -2, 0.5);

  @Test
  void writesHessianOfLeastSquaresAsOneProduct() {
    isFused(u -> matmul(matmul(A, u), A));
    isFused(u -> matmul(A, matmul(A, u), true, false));
    isFused(u -> matmul(matmul(u, A, false, true), A));
  }

  @Test
  void gathersWeights() {
    isFused(u -> matmul(W.mul(matmul(A, u)), A));
    isFused(u -> matmul(matmul(A, u).mul(scalar(0.3)), A));
    isFused(u -> matmul(matmul(A, u).mul(scalar(0.3)).mul(scalar(7)), A));
    isFused(u -> matmul(W.mul(scalar(0.3).mul(matmul(A, u).mul(W))), A));
  }

  @Test
  void keepsOtherTermsOfTheSum() {
    isFused(u -> matmul(matmul(A, u), A).add(u.mul(0.1)));
  }

  @Test
  void leavesOtherProductsAlone() {
    Tensor b = A.mul(2);
    isKept(u -> matmul(matmul(A, u), b));
    isKept(u -> matmul(matmul(A, u).add(W), A));
    isKept(u -> matmul(A, u));
    // what stands between is needed elsewhere too
    isKept(
        u -> {
          Tensor image = matmul(A, u);
          return matmul(image, A).add(image.sum());
        });
    // A (A' v)
    isKept(u -> matmul(A, matmul(A, matmul(b, u), true, false)));
    // not linear in u
    isKept(u -> matmul(matmul(A, u).mul(matmul(A, u)), A));
  }

  private static void isFused(UnaryOperator<Tensor> f) {
    Closed closed = Staging.stage(leaves -> new Tensor[] {f.apply(leaves[0])}, types());
    Program fused = NormalProducts.fused(closed.program());
    assertThat(fused.toString()).contains("gram").doesNotContain("matmul");
    Runner runner = new Runner(fused);
    agree(runner.apply(closed.constants(), new Tensor[] {U})[0], f.apply(U));
    // A' D A is its own transpose
    agree(runner.transpose(closed.constants(), new Tensor[] {U})[0], f.apply(U));
  }

  private static void agree(Tensor actual, Tensor expected) {
    assertThat(actual.type()).isEqualTo(expected.type());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.item(i)).isCloseTo(expected.item(i), within(1e-13));
    }
  }

  private static void isKept(UnaryOperator<Tensor> f) {
    Program program = Staging.stage(leaves -> new Tensor[] {f.apply(leaves[0])}, types()).program();
    assertThat(NormalProducts.fused(program)).isSameAs(program);
  }

  private static List<TensorType> types() {
    return List.of(U.type());
  }
}
