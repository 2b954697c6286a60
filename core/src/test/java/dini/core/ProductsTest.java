package dini.core;

import static dini.core.Products.gram;
import static dini.core.Tensors.floats;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ProductsTest {
  private static final Tensor A = tensor(new double[][] {{1, 2}, {3, 4}, {5, 6}});

  @Test
  void gramWeighsRows() {
    assertThat(gram(A, tensor(1, -1))).isEqualTo(tensor(-9, -12));
    assertThat(gram(A, tensor(1, 0, 2), tensor(1, -1))).isEqualTo(tensor(-11, -14));
    assertThat(gram(zeros(0, 2), zeros(0), ones(2))).isEqualTo(zeros(2));
    assertThat(gram(zeros(3, 0), ones(3), zeros(0))).isEqualTo(zeros(0));
  }

  @Test
  void gramRefusesWhatDoesNotFit() {
    assertThatThrownBy(() -> gram(A, ones(3)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("gram: expected a matrix (m, n) and a vector (n,), got f64[3,2] and f64[3]");
    assertThatThrownBy(() -> gram(A, ones(2), ones(2)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "gram: expected a matrix (m, n), a vector (n,) and weights (m,),"
                + " got f64[3,2], f64[2] and f64[2]");
    assertThatThrownBy(() -> gram(A, floats(1, 2, 3), ones(2)))
        .isInstanceOf(DTypeException.class)
        .hasMessageContaining("gram")
        .hasMessageContaining("f32");
  }
}
