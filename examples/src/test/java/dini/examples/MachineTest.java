package dini.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dini.core.Dini;
import org.junit.jupiter.api.Test;

class MachineTest {
  @Test
  void showsWhatComputesHere() {
    Program run = Program.run("info");
    assertThat(run.code()).isZero();
    assertThat(run.out()).isEqualTo(Dini.info() + System.lineSeparator());
    assertThat(run.out()).contains("kernels").contains("threads");
  }

  @Test
  void tasksRefuseNoThreads() {
    Program run = Program.run("tasks", "T1", 8, 2, "--threads", 0);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--threads expects 1 or more, got 0");
  }
}
