package dini.functional.optim;

import static dini.core.Reductions.sum;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.valueAndGrad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dini.core.DType;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.functional.ValueAndGrad;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The step of Adam in one pass against the composed one, which defines it. */
final class AdamStepTest {
  private static final Tensor START = tensor(0.3, -1.2, 0, 2.5, 1e-9);

  private static final ScaleByAdam RULE =
      new ScaleByAdam(
          Hyperparameter.of(0.9),
          Hyperparameter.of(0.999),
          Hyperparameter.of(1e-8),
          Hyperparameter.of(1e-8),
          false);

  private interface Step {
    LeafUpdate<Moments> apply(AdamStep step, Leaf leaf, Moments before);
  }

  private static Tensor steps(Tensor start, Tensor scale, Step step) {
    Tensor x = start;
    Moments moments = Moments.zero(start);
    for (int k = 0; k < 4; k++) {
      Tensor gradient = x.mul(x).mul(x).mul(scale);
      Leaf leaf = new Leaf("x", gradient, x);
      LeafUpdate<Moments> update =
          step.apply(AdamStep.of(RULE, leaf, moments.count()), leaf, moments);
      moments = update.state();
      x = x.sub(update.update().mul(0.1));
    }
    return x;
  }

  @Test
  void isFusedWithTheDefaults() {
    Leaf leaf = new Leaf("x", START, START);
    Moments before = Moments.zero(START);
    assertThat(AdamStep.of(RULE, leaf, before.count()).isFusible(leaf, before)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT64", "FLOAT32"})
  void agreesWithTheComposedStepAndItsDerivatives(DType dtype) {
    double tolerance = dtype == DType.FLOAT64 ? 1e-12 : 2e-5;
    Tensor start = Shapes.astype(START, dtype);
    Tensor scale = Shapes.astype(scalar(0.7), dtype);
    Function<Step, ValueAndGrad<Tensor>> first =
        step -> valueAndGrad(x -> sum(steps(x, scale, step)), start);
    Function<Step, Tensor> second =
        step -> grad(s -> sum(grad(x -> sum(steps(x, s, step)), start)), scale);
    ValueAndGrad<Tensor> fused = first.apply(AdamStep::fused);
    ValueAndGrad<Tensor> composed = first.apply(AdamStep::composed);
    close(fused.value(), composed.value(), tolerance);
    close(fused.grad(), composed.grad(), tolerance);
    close(second.apply(AdamStep::fused), second.apply(AdamStep::composed), 100 * tolerance);
  }

  @Test
  void firstStepInFloat32IsTheSignOfTheGradient() {
    Tensor gradient = Shapes.astype(tensor(0.5, -3, 1e3), DType.FLOAT32);
    Leaf leaf = new Leaf("x", gradient, gradient);
    Moments before = Moments.zero(gradient);
    ScaleByAdam rule =
        new ScaleByAdam(
            Hyperparameter.of(0.9),
            Hyperparameter.of(0.999),
            Hyperparameter.of(1e-8),
            Hyperparameter.of(0),
            false);
    AdamStep step = AdamStep.of(rule, leaf, before.count());
    for (Tensor update :
        new Tensor[] {step.fused(leaf, before).update(), step.composed(leaf, before).update()}) {
      for (int i = 0; i < 3; i++) {
        assertThat(update.item(i)).isCloseTo(Math.signum(gradient.item(i)), within(3e-7));
      }
    }
  }

  private static void close(Tensor actual, Tensor expected, double tolerance) {
    double[] a = actual.reshape(actual.size()).toArray();
    double[] e = expected.reshape(expected.size()).toArray();
    for (int i = 0; i < e.length; i++) {
      assertThat(a[i]).isCloseTo(e[i], within(tolerance * Math.max(1, Math.abs(e[i]))));
    }
  }
}
