package dini.examples.page;

import static dini.core.Elementwise.square;
import static dini.core.Products.matmul;
import static dini.core.Reductions.mean;
import static dini.core.Shapes.concatenate;
import static dini.core.Tensors.eye;
import static dini.core.Tensors.ones;
import static dini.core.Trees.ravel;
import static dini.functional.Transforms.grad;
import static dini.functional.random.Continuous.normal;
import static dini.functional.random.Keys.key;
import static dini.functional.random.Keys.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dini.core.Index;
import dini.core.Tensor;
import dini.core.Trees;
import dini.functional.nn.Linear;
import dini.functional.random.Key;
import dini.linalg.LinearAlgebra;
import org.junit.jupiter.api.Test;

class ModuleApiTest {

  /** Both sides carry the tolerance 1e-10 of the linear solve of the derivative. */
  private static final double NEAR = 1e-9;

  @Test
  void gradientIsThatOfTheClosedForm() {
    ModuleApi result = ModuleApi.run();
    Linear meta = ModuleApi.metaParams();
    // the bias as the weights of a feature that is 1
    Tensor flat = concatenate(0, meta.weight(), meta.bias().reshape(1, 2));
    assertThat(result.loss().toDouble()).isCloseTo(exact(flat).toDouble(), within(1e-13));
    Tensor gradient = grad(ModuleApiTest::exact, flat);
    assertNear(result.metaGradient().weight(), gradient.get(Index.to(3)));
    assertNear(result.metaGradient().bias(), gradient.get(3));
  }

  /** {@code (Z'Z / 8 + I) v = Z'y / 8 + m}: the mean is over 8 examples and 2 outputs. */
  private static Tensor exact(Tensor meta) {
    Key keys = split(key(7), 3);
    Tensor task = normal(keys.get(0), 3, 2);
    Tensor batch = normal(keys.get(1), 8, 3);
    Tensor test = normal(keys.get(2), 8, 3);
    Tensor z = concatenate(1, batch, ones(8, 1));
    Tensor v =
        LinearAlgebra.solve(
            matmul(z, z, true, false).div(8).add(eye(4)),
            matmul(z, matmul(batch, task), true, false).div(8).add(meta));
    Tensor output = matmul(concatenate(1, test, ones(8, 1)), v);
    return mean(square(output.sub(matmul(test, task))));
  }

  @Test
  void gradientIsThatOfDifferences() {
    Trees.Raveled<Linear> flat = ravel(ModuleApi.metaParams());
    Tensor gradient = ravel(ModuleApi.run().metaGradient()).vector();
    double h = 0x1p-10;
    for (int i = 0; i < 8; i++) {
      Tensor step = eye(8).get(i).mul(h);
      double above = loss(flat, flat.vector().add(step));
      double below = loss(flat, flat.vector().sub(step));
      // the loss is quadratic: there is no truncation, and rounding is 1e-16 / h
      assertThat(gradient.item(i)).isCloseTo((above - below) / (2 * h), within(NEAR));
    }
  }

  private static double loss(Trees.Raveled<Linear> flat, Tensor at) {
    return ModuleApi.outerLoss(flat.unravel().apply(at)).toDouble();
  }

  private static void assertNear(Tensor actual, Tensor expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.toArray()).containsExactly(expected.toArray(), within(NEAR));
  }
}
