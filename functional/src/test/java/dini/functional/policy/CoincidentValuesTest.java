package dini.functional.policy;

import static dini.core.Diagonals.trace;
import static dini.core.Products.matmul;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.eye;
import static dini.core.Tensors.tensor;
import static dini.functional.Jacobians.hvp;
import static dini.functional.Transforms.grad;
import static dini.linalg.LinearAlgebra.eigh;
import static dini.linalg.LinearAlgebra.svd;
import static dini.linalg.MatrixFunctions.funm;
import static org.assertj.core.api.Assertions.assertThat;

import dini.core.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Second derivatives that lack terms, at values that coincide: told, never silently wrong. */
class CoincidentValuesTest {
  private static final Tensor DIRECTION = tensor(new double[][] {{0, 1}, {1, 0}});
  private static final Tensor APART = tensor(new double[][] {{2, 0}, {0, 1}});

  /** Kept, since a logger that nobody holds loses its handlers. */
  private static final Logger LOGGER = Logger.getLogger("dini");

  private final List<String> messages = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord message) {
          messages.add(message.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOGGER.addHandler(handler);
    LOGGER.setUseParentHandlers(false);
  }

  @AfterEach
  void stopListening() {
    LOGGER.removeHandler(handler);
    LOGGER.setUseParentHandlers(true);
  }

  @Test
  void eigenvalues() {
    Function<Tensor, Tensor> cubes = a -> sum(eigh(a).values().pow(3));
    assertThat(grad(cubes, eye(2))).isEqualTo(eye(2).mul(3));
    hvp(cubes, APART, DIRECTION);
    assertThat(messages).isEmpty();
    hvp(cubes, eye(2), DIRECTION);
    assertThat(messages).hasSize(1);
    assertThat(messages.getFirst())
        .startsWith("eigh: values coincide where a second derivative is taken")
        .contains("trace(funm(a, f))");
  }

  /** What the warning says to write has all terms: {@code 3 (A E + E A)}, and tells nothing. */
  @Test
  void functionsOfMatrices() {
    Function<Tensor, Tensor> cubes = a -> trace(funm(a, w -> w.pow(3)));
    assertThat(hvp(cubes, eye(2), DIRECTION)).isEqualTo(DIRECTION.mul(6));
    Function<Tensor, Tensor> squares = a -> trace(funm(matmul(a, a, true, false), w -> w));
    assertThat(hvp(squares, eye(2), DIRECTION)).isEqualTo(DIRECTION.mul(2));
    assertThat(messages).isEmpty();
  }

  @Test
  void singularValues() {
    Function<Tensor, Tensor> squares = a -> sum(svd(a).s().pow(2));
    assertThat(grad(squares, eye(2))).isEqualTo(eye(2).mul(2));
    hvp(squares, APART, DIRECTION);
    assertThat(messages).isEmpty();
    hvp(squares, eye(2), DIRECTION);
    assertThat(messages).hasSize(1);
    assertThat(messages.getFirst()).startsWith("svd: values coincide");
  }
}
