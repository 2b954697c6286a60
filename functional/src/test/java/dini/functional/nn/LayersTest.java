package dini.functional.nn;

import static dini.core.Elementwise.square;
import static dini.core.Elementwise.tanh;
import static dini.core.Products.matmul;
import static dini.core.Reductions.mean;
import static dini.core.Shapes.stack;
import static dini.core.Tensors.linspace;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.core.Trees.treeAddScaled;
import static dini.core.Trees.treeMap;
import static dini.core.Trees.treeNamed;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.vmap;
import static dini.functional.random.Keys.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.DType;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.functional.Jacobians;
import org.junit.jupiter.api.Test;

class LayersTest {
  private static final Linear LINEAR =
      new Linear(tensor(new double[][] {{1, 2}, {3, 4}, {5, 6}}), tensor(0.5, -0.5));

  private static final Linear HIDDEN =
      new Linear(linspace(-0.7, 0.9, 6).reshape(2, 3), tensor(0.1, 0.2, -0.3));
  private static final Linear OUT = new Linear(linspace(0.4, -0.8, 3).reshape(3, 1), tensor(0.25));

  @Test
  void linearMapsVectorsAndStacks() {
    assertNear(LINEAR.apply(tensor(1, -1, 2)), 8.5, 9.5);
    Tensor stack = linspace(-1, 2, 12).reshape(2, 2, 3);
    Tensor y = LINEAR.apply(stack);
    assertThat(y.shape()).isEqualTo(Shape.of(2, 2, 2));
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        assertNear(y.get(i, j), LINEAR.apply(stack.get(i, j)).toArray());
      }
    }
  }

  @Test
  void uniformLayersHaveTheSpreadOfTheirInputs() {
    Linear layer = Linear.uniform(key(3), 400, 300);
    assertThat(layer.weight().shape()).isEqualTo(Shape.of(400, 300));
    assertThat(layer.bias().shape()).isEqualTo(Shape.of(300));
    assertThat(layer.weight().max().toDouble()).isBetween(0.0499, 0.05);
    assertThat(layer.weight().min().toDouble()).isBetween(-0.05, -0.0499);
    // the variance of a uniform number is bound² / 3; of 120,000 the mean square is 0.3 % off
    assertNear(1e-5, mean(square(layer.weight())), 0.0025 / 3);
    assertThat(layer.bias()).isNotEqualTo(layer.weight().get(0));
    assertThat(Linear.uniform(key(3), 400, 300)).isEqualTo(layer);
    assertThat(Linear.uniform(key(4), 400, 300)).isNotEqualTo(layer);
    assertThatThrownBy(() -> Linear.uniform(key(3), 0, 2))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("got 0 and 2");
  }

  @Test
  void gradientOfAModuleIsAModule() {
    Tensor x = tensor(new double[][] {{1, 2, 3}, {-1, 0.5, 2}});
    Linear g = grad(layer -> square(layer.apply(x)).sum(), LINEAR);
    Tensor twice = LINEAR.apply(x).mul(2);
    assertNear(g.weight().reshape(6), matmul(x.transpose(), twice).reshape(6).toArray());
    assertNear(g.bias(), twice.sum(0).toArray());
  }

  @Test
  void wrongInputIsRefused() {
    assertThatThrownBy(() -> LINEAR.apply(tensor(1, 2)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("inner extents 2 and 3 differ");
  }

  @Test
  void sequentialIsTheComposition() {
    Sequential net = Sequential.of(HIDDEN, Activation.TANH, OUT);
    Tensor x = linspace(-2, 2, 8).reshape(4, 2);
    assertThatObject(net.apply(x)).isEqualTo(OUT.apply(tanh(HIDDEN.apply(x))));
    assertThat(treeNamed(net).keySet())
        .containsExactly(
            "layers[0].weight", "layers[0].bias", "layers[2].weight", "layers[2].bias");

    Sequential g = grad(n -> mean(square(n.apply(x))), net);
    Linear byHand = grad(h -> mean(square(OUT.apply(tanh(h.apply(x))))), HIDDEN);
    assertThat(g.layers().get(0)).isEqualTo(byHand);
    assertThat(g.layers().get(1)).isEqualTo(Activation.TANH);
  }

  @Test
  void sequentialOfNothingIsTheIdentity() {
    Tensor x = tensor(1, 2);
    assertThatObject(Sequential.of().apply(x)).isSameAs(x);
  }

  @Test
  void modulesAreMappedOver() {
    Tensor x = tensor(0.3, -0.7);
    Sequential one = Sequential.of(HIDDEN, Activation.SOFTPLUS, OUT);
    Sequential two = treeMap(leaf -> leaf.mul(-0.5), one);
    Sequential both = treeMap((Tensor a, Tensor b) -> stack(0, a, b), one, two);
    Tensor ys = vmap((Sequential net) -> net.apply(x), both);
    assertNear(ys.get(0), one.apply(x).toArray());
    assertNear(ys.get(1), two.apply(x).toArray());
    // and over examples: a layer is a function of tensors
    Tensor xs = linspace(-2, 2, 8).reshape(4, 2);
    assertNear(vmap(one, xs).reshape(4), one.apply(xs).reshape(4).toArray());
  }

  @Test
  void activationsAreTheFunctionsOfTheirNames() {
    Tensor x = tensor(-1.5, 0.25, 2);
    double[] in = x.toArray();
    for (int i = 0; i < 3; i++) {
      assertNear(Activation.TANH.apply(x).get(i), Math.tanh(in[i]));
      assertNear(Activation.RELU.apply(x).get(i), Math.max(in[i], 0));
      assertNear(Activation.SIGMOID.apply(x).get(i), 1 / (1 + Math.exp(-in[i])));
      assertNear(Activation.SOFTPLUS.apply(x).get(i), Math.log1p(Math.exp(in[i])));
    }
  }

  @Test
  void singlePrecision() {
    Linear single = treeMap(leaf -> leaf.astype(DType.FLOAT32), LINEAR);
    Tensor y = single.apply(ones(3).astype(DType.FLOAT32));
    assertThat(y.dtype()).isEqualTo(DType.FLOAT32);
    assertNear(y, 9.5, 11.5);
  }

  @Test
  void secondDerivativesOfANet() {
    Tensor x = linspace(-1, 1, 4).reshape(2, 2);
    Sequential net = Sequential.of(HIDDEN, Activation.TANH, OUT);
    Sequential direction = treeMap(leaf -> leaf.mul(0.3).add(0.1), net);
    Sequential product = Jacobians.hvp((Sequential n) -> mean(square(n.apply(x))), net, direction);
    double h = 0x1p-13;
    Sequential above = shifted(net, h, direction, x);
    Sequential below = shifted(net, -h, direction, x);
    Tensor difference =
        ((Linear) above.layers().get(0))
            .weight()
            .sub(((Linear) below.layers().get(0)).weight())
            .div(2 * h);
    // truncation h^2 = 1.5e-8 times a third derivative of a few units
    assertNear(
        1e-7,
        ((Linear) product.layers().get(0)).weight().reshape(6),
        difference.reshape(6).toArray());
  }

  private static Sequential shifted(Sequential net, double h, Sequential direction, Tensor x) {
    return grad(n -> mean(square(n.apply(x))), treeAddScaled(net, h, direction));
  }

  @Test
  void freshBatchNormChangesAlmostNothing() {
    Tensor x = tensor(new double[][] {{1, 2}, {3, 4}});
    double scale = 1 / Math.sqrt(1 + 1e-5);
    assertNear(BatchNorm.of(2).apply(x).reshape(4), scale, 2 * scale, 3 * scale, 4 * scale);
    assertThat(BatchNorm.of(2).shift()).isEqualTo(zeros(2));
  }
}
