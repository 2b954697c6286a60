package dini.core;

import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What axes mean; values are the business of the golden tests. */
class ReductionsTest {
  private static final int[] NONE = {};

  private final Tensor x = tensor(new double[][] {{1, 2}, {3, 4}});

  @Test
  void noAxesReduceNothing() {
    assertThat(Reductions.sum(x, NONE)).isEqualTo(x);
    assertThat(Reductions.mean(x, NONE)).isEqualTo(x);
    assertThat(Reductions.max(x, NONE)).isEqualTo(x);
    assertThat(Reductions.min(x, NONE)).isEqualTo(x);
    assertThat(Reductions.logSumExp(x, NONE)).isEqualTo(x);
    assertThat(Reductions.norm(x, NONE)).isEqualTo(x);
    assertThat(Reductions.sum(x, NONE, false)).isEqualTo(x);
    assertThat(Reductions.sum(x, NONE, true)).isEqualTo(x);
  }

  @Test
  void withoutAxesAllAreReduced() {
    assertThat(Reductions.sum(x)).isEqualTo(scalar(10)).isEqualTo(x.sum());
    assertThat(Reductions.mean(x)).isEqualTo(scalar(2.5)).isEqualTo(x.mean());
    assertThat(Reductions.max(x)).isEqualTo(scalar(4)).isEqualTo(x.max());
    assertThat(Reductions.min(x)).isEqualTo(scalar(1)).isEqualTo(x.min());
  }

  @Test
  void axesCountFromBothEnds() {
    assertThat(x.sum(0)).isEqualTo(tensor(4, 6)).isEqualTo(x.sum(-2));
    assertThat(x.mean(1)).isEqualTo(tensor(1.5, 3.5));
    assertThat(x.max(-1)).isEqualTo(tensor(2, 4));
    assertThat(x.min(0)).isEqualTo(tensor(1, 2));
    assertThat(x.sum(1, 0)).isEqualTo(scalar(10)).isEqualTo(Reductions.sum(x, 0, -1));
  }
}
