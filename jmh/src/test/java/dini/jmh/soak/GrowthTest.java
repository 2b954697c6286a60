package dini.jmh.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GrowthTest {
  private static final long MEGABYTE = 1 << 20;

  @Test
  void whatGrowsWithoutEndIsGrowth() {
    assertThat(heap(i -> i * MEGABYTE).grew()).isTrue();
  }

  @Test
  void aSlowLeakUnderNoiseIsGrowth() {
    assertThat(heap(i -> i * MEGABYTE / 32 + i % 3 * MEGABYTE).grew()).isTrue();
  }

  @Test
  void whatSettlesIsNone() {
    assertThat(heap(i -> Math.min(i, 20) * MEGABYTE).grew()).isFalse();
  }

  @Test
  void whatGoesUpAndDownIsNone() {
    assertThat(heap(i -> i % 7 * MEGABYTE).grew()).isFalse();
  }

  @Test
  void fewSamplesAreRefused() {
    assertThatThrownBy(() -> Growth.of(samples(7, i -> 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("7 samples do not show growth: 8 are needed");
  }

  @Test
  void everyRoundOfWorkEnds() {
    Workload workload = new Workload();
    workload.round();
    double once = workload.total();
    workload.round();
    assertThat(workload.total()).isNotEqualTo(once);
  }

  private static Growth heap(LongUnaryOperator bytes) {
    return Growth.of(samples(60, bytes)).getFirst();
  }

  private static List<Sample> samples(int count, LongUnaryOperator bytes) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Sample(i, i, bytes.applyAsLong(i), 0, 0, 0, 1))
        .toList();
  }
}
