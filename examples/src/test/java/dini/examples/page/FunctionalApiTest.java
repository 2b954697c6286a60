package dini.examples.page;

import static dini.core.Reductions.norm;
import static dini.core.Tensors.eye;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Transforms.grad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dini.core.DType;
import dini.core.Tensor;
import dini.functional.Jacobians;
import dini.functional.random.Continuous;
import dini.functional.random.Keys;
import org.junit.jupiter.api.Test;

class FunctionalApiTest {
  private static final Tensor META = tensor(-2, -1, -2, 0);

  @Test
  void solutionIsARoot() {
    Tensor batch = Continuous.normal(Keys.key(1), 20, 4);
    Tensor labels = batch.sum(1).gt(0).astype(DType.FLOAT64);
    Tensor params = FunctionalApi.solve(zeros(4), META, batch, labels);
    assertThat(norm(FunctionalApi.stationary(params, META, batch, labels)).toDouble())
        .isLessThan(1e-14);
  }

  @Test
  void gradientIsThatOfDifferences() {
    Tensor gradient = FunctionalApi.run().metaGradient();
    assertThat(norm(gradient).toDouble()).isGreaterThan(0.01);
    double h = 0x1p-8;
    for (int i = 0; i < 4; i++) {
      Tensor e = eye(4).get(i);
      double near = loss(e.mul(h)) - loss(e.mul(-h));
      double far = loss(e.mul(2 * h)) - loss(e.mul(-2 * h));
      // truncation h^4 = 2e-10 times a fifth derivative over 30, rounding 1e-13 / h
      assertThat(gradient.item(i)).isCloseTo((8 * near - far) / (12 * h), within(1e-9));
    }
  }

  private static double loss(Tensor step) {
    return FunctionalApi.outerLoss(META.add(step)).toDouble();
  }

  @Test
  void secondDerivativesAreRightToo() {
    Tensor hessian = Jacobians.hessian(FunctionalApi::outerLoss, META);
    double h = 0x1p-8;
    for (int i = 0; i < 4; i++) {
      Tensor step = eye(4).get(i).mul(h);
      Tensor above = grad(FunctionalApi::outerLoss, META.add(step));
      Tensor below = grad(FunctionalApi::outerLoss, META.sub(step));
      // truncation h² / 6 times a fourth derivative
      assertThat(hessian.get(i).toArray())
          .containsExactly(above.sub(below).div(2 * h).toArray(), within(1e-5));
    }
  }
}
