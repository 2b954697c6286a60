package dini.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CholeskyTest {
  @Test
  void solves() {
    double[] solution = Cholesky.solve(new double[] {4, 2, 0, 2, 5, 3, 0, 3, 6}, b());
    assertThat(solution).containsExactly(new double[] {1, 2, 3}, Offset.offset(1e-15));
  }

  private static double[] b() {
    return new double[] {8, 21, 24};
  }
}
