package dini.jmh;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The check that every set-up makes. */
class OperandsTest {

  @Test
  void resultsThatDisagreeEndASetUp() {
    double[] ours = {1, 2, 3};
    assertThatThrownBy(() -> Operands.requireEqual(ours, new double[] {1, 2, 3.001}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("element 2: 3.0 against 3.001 of the peer");
    assertThatThrownBy(() -> Operands.requireEqual(ours, new double[] {1, Double.NaN, 3}))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Operands.requireEqual(new double[] {Double.NaN}, new double[] {1}))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Operands.requireEqual(ours, new double[] {1, 2}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("3 elements against 2");
  }

  @Test
  void roundingIsAllowed() {
    assertThatCode(() -> Operands.requireEqual(new double[] {1e6}, new double[] {1e6 + 1e-7}))
        .doesNotThrowAnyException();
    assertThatCode(() -> Operands.requireEqual(new float[] {1}, new float[] {1.00001f}))
        .doesNotThrowAnyException();
  }
}
