package dini.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class StaticTest {

  @Property
  void equalDataAreEqualAcrossCalls(@ForAll List<String> names) {
    assertThat(new Static<>(List.copyOf(names)))
        .isEqualTo(new Static<>(List.copyOf(names)))
        .hasSameHashCodeAs(new Static<>(List.copyOf(names)));
  }

  @Test
  void differentDataDiffer() {
    assertThat(new Static<>("ridge")).isNotEqualTo(new Static<>("lasso"));
  }

  @Test
  void nullIsRefused() {
    assertThatNullPointerException().isThrownBy(() -> new Static<>(null)).withMessage("value");
  }

  @Test
  void runsInTheNamedModule() {
    assertThat(getClass().getModule().getName()).isEqualTo("dini.core");
  }
}
