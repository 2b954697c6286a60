package dini.examples;

import static dini.core.Trees.treeNorm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dini.core.DType;
import dini.functional.ValueAndGrad;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TasksTest {
  @Test
  void makesTheSequenceThatOtherLanguagesMake() {
    assertThat(PortableRandom.uniform(42, 3).toArray())
        .containsExactly(0.7415648787718233, 0.1599103928769201, 0.27860113025513866);
    double first = Math.sqrt(-2 * Math.log1p(-0.7415648787718233));
    assertThat(PortableRandom.normal(42, 2, 2).item(0, 0))
        .isCloseTo(first * Math.cos(2 * Math.PI * 0.1599103928769201), within(1e-15));
    assertThat(PortableRandom.labels(42, 4, 3).toArray()).containsExactly(2, 0, 1);
  }

  @Test
  void writesOneJsonObject() {
    Stopwatch.Times times = new Stopwatch.Times(0.0123456, 0.000001);
    TaskResult result =
        new TaskResult(
            "T1", "3x2", 1.0 / 3, times, 0.4567, OptionalDouble.of(1e-13), OptionalDouble.empty());
    assertThat(result.json())
        .isEqualTo(
            "{\"task\": \"T1\", \"system\": \"dini\", \"size\": \"3x2\","
                + " \"value\": 0.3333333333333333, \"warm_ms\": 12.34560, \"best_ms\": 0.00100,"
                + " \"cold_s\": 0.457, \"error\": 1.0E-13}");
  }

  @Test
  void writesNullWhereJsonHasNoNumber() {
    Stopwatch.Times times = new Stopwatch.Times(1, 1);
    TaskResult result =
        new TaskResult(
            "T0", "x", Double.NaN, times, 0, OptionalDouble.empty(), OptionalDouble.empty());
    assertThat(result.json()).contains("\"value\": null").contains("\"error\": null");
  }

  @Test
  void hypergradientOfRidgeRegressionIsExact() {
    Program run = Program.run("tasks", "T1", 64, 5);
    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("{\"task\": \"T1\", \"system\": \"dini\", \"size\": \"64x5\"");
    String error = run.out().replaceAll("(?s).*\"error\": ([^}]*)}.*", "$1");
    assertThat(Double.parseDouble(error)).isLessThan(1e-11);
  }

  @Test
  void smallFunctionsHaveTheValuesOfOtherSystems() {
    double[] values =
        SmallFunction.all().stream()
            .mapToDouble(function -> function.function().apply(function.point()).toDouble())
            .toArray();
    assertThat(values[0]).isCloseTo(6862.825618799291, within(1e-9));
    assertThat(values[1]).isCloseTo(405936.18004354445, within(1e-7));
    assertThat(values[2]).isCloseTo(1.0004656904041203, within(1e-14));
  }

  @Test
  void compiledTasksGiveTheSameBits() {
    SinusoidTask waves = SinusoidTask.create();
    assertThat(
            Mode.JIT
                .of((TanhNetwork common) -> waves.lossAndGradient(Mode.JIT, common))
                .apply(waves.start()))
        .isEqualTo(waves.lossAndGradient(Mode.EAGER, waves.start()));
    MetaLearningTask task = MetaLearningTask.of(3, DType.FLOAT32);
    assertThat(Mode.JIT.of(task::lossAndGradient).apply(task.start()))
        .isEqualTo(task.lossAndGradient(task.start()));
  }

  @Test
  void tellsThePeakOfTheHeap() {
    assertThat(PeakHeap.json("T0", "small"))
        .matches(
            "\\{\"task\": \"T0 memory\", \"system\": \"dini\", \"size\": \"small\","
                + " \"peak_mb\": \\d+\\.\\d, \"live_mb\": \\d+\\.\\d}");
  }

  @Test
  void runsATaskOnceWithoutTimingIt() {
    Program run = Program.run("tasks", "T0", "--once", "--jit");
    assertThat(run.code()).isZero();
    assertThat(run.out().lines())
        .hasSize(3)
        .allMatch(line -> line.contains("\"warm_ms\": null, \"best_ms\": null, \"cold_s\": "));
    assertThat(run.out()).contains("\"size\": \"rosenbrock 10\", \"value\": 6862.8256187992");
  }

  @Test
  void refusesHalfASize() {
    Program run = Program.run("tasks", "T1", 64);
    assertThat(run.err())
        .isEqualTo(
            "tasks: T1 expects the numbers of rows and of features" + System.lineSeparator());
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void metaGradientOfImplicitMamlIsThatOfOtherSystems() {
    ValueAndGrad<TanhNetwork> result =
        SinusoidTask.create().lossAndGradient(Mode.EAGER, SinusoidTask.create().start());
    assertThat(result.value().toDouble()).isCloseTo(0.08853493547442863, within(1e-13));
    assertThat(treeNorm(result.grad()).toDouble()).isCloseTo(0.12478230929252684, within(1e-9));
  }

  @Test
  void metaGradientThroughAdamIsThatOfOtherSystems() {
    MetaLearningTask task = MetaLearningTask.of(5, DType.FLOAT64);
    ValueAndGrad<TanhNetwork> result = task.lossAndGradient(task.start());
    assertThat(result.value().toDouble()).isCloseTo(2.510545321016635, within(1e-9));
    assertThat(treeNorm(result.grad()).toDouble()).isCloseTo(2.1546767370142996, within(1e-9));
  }

  @Test
  void refusesOtherTasksAndOptions() {
    assertThat(refusal("tasks")).isEqualTo("tasks: Missing required parameter: 'TASK'");
    assertThat(refusal("tasks", "T2")).isEqualTo("tasks: T2 came, expected T0, T1, T5 or T6");
    assertThat(refusal("tasks", "T0", "--jot")).isEqualTo("tasks: Unknown option: '--jot'");
    assertThat(refusal("tasks", "T0", 3)).isEqualTo("tasks: T0 takes nothing, got 3");
    assertThat(refusal("tasks", "T1", 64, "x"))
        .isEqualTo("tasks: FEATURES x came, expected a whole number");
    assertThat(refusal("tasks", "T1", 64, 5, 1))
        .isEqualTo("tasks: Unmatched argument at index 3: '1'");
    assertThat(refusal("tasks", "T6")).isEqualTo("tasks: T6 expects a number of steps");
    assertThat(refusal("tasks", "T6", "few")).startsWith("tasks: ").contains("'few' is not an int");
  }

  /** The line that says what is wrong. */
  private static String refusal(Object... arguments) {
    Program run = Program.run(arguments);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    return run.err().lines().findFirst().orElseThrow();
  }

  @Test
  void refusesOtherPrecisions() {
    Program run = Program.run("tasks", "T6", 1, "f16");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("expects f32 or f64, got f16");
  }
}
