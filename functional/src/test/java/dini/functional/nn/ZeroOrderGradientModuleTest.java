package dini.functional.nn;

import static dini.core.Elementwise.tanh;
import static dini.core.Products.matmul;
import static dini.core.Reductions.mean;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.valueAndGrad;
import static dini.functional.Transforms.vmap;
import static dini.functional.random.Continuous.normal;
import static dini.functional.random.Keys.foldIn;
import static dini.functional.random.Keys.key;
import static dini.functional.random.Keys.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dini.core.DType;
import dini.core.Shape;
import dini.core.Tensor;
import dini.core.TreeException;
import dini.core.Trees;
import dini.functional.ValueAndGrad;
import dini.functional.ZeroOrder;
import dini.functional.ZeroOrder.Method;
import dini.functional.random.Discrete;
import dini.functional.random.Distribution;
import dini.functional.random.Key;
import org.junit.jupiter.api.Test;

class ZeroOrderGradientModuleTest {
  private static final Tensor POINTS =
      tensor(new double[][] {{2, 1}, {1, 2}, {1.5, -0.5}, {-1, -2}, {-2, 0.5}, {-0.5, -1}});
  private static final Tensor LABELS = tensor(1, 1, 1, -1, -1, -1);

  /** Points and their labels, 1 or -1. */
  public record Batch(Tensor points, Tensor labels) {}

  private static final Batch BATCH = new Batch(POINTS, LABELS);

  /** Counts the points on the wrong side of a line. */
  public record Line(Tensor w, Tensor b) implements ZeroOrderGradientModule<Batch> {
    @Override
    public Tensor forward(Batch batch) {
      Tensor wrong = matmul(batch.points(), w).add(b).mul(batch.labels()).le(0);
      return mean(wrong.astype(DType.FLOAT64));
    }

    @Override
    public Method method() {
      return Method.ANTITHETIC;
    }

    @Override
    public int samples() {
      return 64;
    }

    @Override
    public double sigma() {
      return 0.5;
    }
  }

  /** The defaults, and a smooth value. */
  public record Smooth(Tensor w) implements ZeroOrderGradientModule<Tensor> {
    @Override
    public Tensor forward(Tensor x) {
      return sum(tanh(w).mul(x));
    }
  }

  /** Directions of one's own, and settings as static components. */
  public record Configured(Tensor w, Method method, int samples, double sigma)
      implements ZeroOrderGradientModule<Tensor> {
    @Override
    public Tensor forward(Tensor x) {
      return sum(tanh(w).mul(x));
    }

    @Override
    public Tensor sample(Key key, Shape shape) {
      return Discrete.rademacher(key, shape.toArray());
    }
  }

  /** Descends on the count of errors, whose derivative is 0 wherever it has one. */
  @Test
  void learnsFromACount() {
    Line line = new Line(tensor(-1, 0.3), scalar(0.2));
    assertThat(line.value(key(0), BATCH).toDouble()).isGreaterThan(0.5);
    for (int step = 0; step < 60; step++) {
      Key own = foldIn(key(1), step);
      Line gradient = grad(l -> l.value(own, BATCH), line);
      line = Trees.treeAddScaled(line, -0.5, gradient);
    }
    assertThat(line.value(key(0), BATCH).toDouble()).isZero();
  }

  @Test
  void isZeroOrderOfForward() {
    Line line = new Line(tensor(-1, 0.3), scalar(0.2));
    ValueAndGrad<Line> both = valueAndGrad(l -> l.value(key(2), BATCH), line);
    ValueAndGrad<Line> direct =
        valueAndGrad(
            l ->
                ZeroOrder.zeroOrder(
                    (Line m) -> m.forward(BATCH),
                    Method.ANTITHETIC,
                    64,
                    0.5,
                    Distribution.NORMAL,
                    key(2),
                    l),
            line);
    assertThat(both).isEqualTo(direct);
    assertThat(both.value()).isEqualTo(line.forward(BATCH));
  }

  @Test
  void defaultsAreNaiveOneSampleAndSigmaOne() {
    Smooth smooth = new Smooth(tensor(0.2, 0.4));
    Tensor x = tensor(1, -2);
    assertThat(smooth.method()).isEqualTo(Method.NAIVE);
    assertThat(smooth.samples()).isEqualTo(1);
    assertThat(smooth.sigma()).isEqualTo(1);
    Smooth g = grad(m -> m.value(key(3), x), smooth);
    Tensor z = normal(foldIn(split(key(3), 1).get(0), 0), 2);
    assertNear(g.w(), new Smooth(smooth.w().add(z)).forward(x).mul(z).toArray());
  }

  @Test
  void inputHasItsOrdinaryDerivative() {
    Smooth smooth = new Smooth(tensor(0.2, 0.4));
    assertNear(grad(x -> smooth.value(key(4), x), tensor(1, -2)), Math.tanh(0.2), Math.tanh(0.4));
  }

  @Test
  void settingsAndDirectionsOfOnesOwn() {
    Configured module = new Configured(tensor(0.2), Method.FORWARD, 3, 0.1);
    Tensor x = tensor(1);
    Tensor each = vmap(k -> grad(m -> m.value(k, x), module).w(), split(key(5), 100));
    double ahead = (Math.tanh(0.3) - Math.tanh(0.2)) / 0.1;
    double behind = (Math.tanh(0.1) - Math.tanh(0.2)) / -0.1;
    for (double estimate : each.toArray()) {
      double aheads = (estimate - behind) / (ahead - behind) * 3;
      assertThat(Math.abs(aheads - Math.rint(aheads))).isLessThan(1e-9);
    }
    assertNear(0.02, each.mean(), 1 / Math.pow(Math.cosh(0.2), 2));
  }

  /** No record. */
  static final class Wrong implements ZeroOrderGradientModule<Tensor> {
    @Override
    public Tensor forward(Tensor x) {
      return sum(x);
    }
  }

  @Test
  void refusesWhatIsNoRecord() {
    assertThatExceptionOfType(TreeException.class)
        .isThrownBy(() -> new Wrong().value(key(0), tensor(1)))
        .withMessageContaining("Wrong");
  }
}
