package dini.functional.optim;

import static dini.core.Tensors.floats;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.optim.Transformations.chain;
import static dini.functional.optim.Transformations.clipGradNorm;
import static org.assertj.core.api.Assertions.assertThat;

import dini.core.Elementwise;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.functional.Jacobians;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What optimizers get wrong elsewhere. */
class OptimizerTrapsTest {
  /**
   * Central differences of fourth order at h = 1e-3 have an error of 1e-12 and rounding of 1e-13.
   */
  private static final double DIFFERENCE = 1e-9;

  /** Two leaves. */
  public record Params(Tensor w, Tensor b) {}

  /** A leaf that may have no gradient. */
  public record Partial(Tensor w, Optional<Tensor> b) {}

  private static double difference(DoubleUnaryOperator f, double x) {
    double h = 1e-3;
    double near = f.applyAsDouble(x + h) - f.applyAsDouble(x - h);
    double far = f.applyAsDouble(x + 2 * h) - f.applyAsDouble(x - 2 * h);
    return (8 * near - far) / (12 * h);
  }

  // ---- clipping ----

  /** Steps with clipped gradients of {@code phi sum(x^4) / 4}, and the sum of the parameters. */
  private static Tensor clipped(Tensor phi, ClipGradNorm clip) {
    MetaOptimizer<Tensor> optimizer =
        new MetaOptimizer<>(tensor(1, -2, 0.5), chain(clip, Optimizers.sgd(0.1).withMomentum(0.9)));
    for (int k = 0; k < 5; k++) {
      optimizer.step(x -> x.pow(4).sum().mul(phi).mul(0.25));
    }
    return optimizer.params().mul(tensor(1, 2, 3)).sum();
  }

  @Test
  void gradientClippingIsDifferentiatedInAMetaLoss() {
    for (double order : new double[] {1, 2, 3, Double.POSITIVE_INFINITY}) {
      ClipGradNorm clip = clipGradNorm(0.5).withNormType(order);
      double expected = difference(phi -> clipped(scalar(phi), clip).toDouble(), 0.7);
      assertNear(DIFFERENCE, grad(phi -> clipped(phi, clip), scalar(0.7)), expected);
      Tensor forward = jvp(phi -> clipped(phi, clip), scalar(0.7), scalar(1)).tangent();
      assertNear(DIFFERENCE, forward, expected);
    }
  }

  @Test
  void aConstantClipCoefficientIsAnOption() {
    ClipGradNorm clip = clipGradNorm(0.5).withConstantCoefficient(true);
    Tensor constant = grad(phi -> clipped(phi, clip), scalar(0.7));
    Tensor right = grad(phi -> clipped(phi, clipGradNorm(0.5)), scalar(0.7));
    assertThat(clipped(scalar(0.7), clip)).isEqualTo(clipped(scalar(0.7), clipGradNorm(0.5)));
    assertThat(Math.abs(constant.toDouble() - right.toDouble())).isGreaterThan(0.1);
  }

  // ---- zero gradients ----

  private static Tensor firstUpdate(Optimizer<?> optimizer, Tensor gradient) {
    return updates(optimizer, gradient, 1);
  }

  /** The sum of the updates of some steps with one gradient. */
  private static <S> Tensor updates(Optimizer<S> optimizer, Tensor gradient, int steps) {
    Tensor params = Tensors.ones(gradient.size());
    S state = optimizer.init(params);
    Tensor sum = Tensors.zeros(gradient.size());
    for (int k = 0; k < steps; k++) {
      Updates<Tensor, S> step = optimizer.update(gradient.mul(k + 1), state, params);
      sum = sum.add(step.updates());
      state = step.state();
    }
    return sum;
  }

  private static final RmsPropRule RMSPROP = Optimizers.rmsprop(1).withEps(1e-3).withDecay(0.9);

  /** Optimizers with learning rate 1, and the slope of their first update at gradient 0. */
  private static final List<Map.Entry<Rule<?>, Double>> SLOPES =
      List.of(
          Map.entry(Optimizers.adam(1).withEps(1e-3), -1e3),
          Map.entry(Optimizers.adam(1).withEps(1e-3).withNesterov(true), nesterovSlope(1e-3)),
          Map.entry(Optimizers.adam(1).withEps(1e-3).withEpsRoot(1e-6), -500.0),
          Map.entry(Optimizers.adamw(1).withEps(1e-3), -1e3),
          Map.entry(RMSPROP, -1e3),
          Map.entry(RMSPROP.withEpsInRoot(true), -1 / Math.sqrt(1e-3)),
          Map.entry(RMSPROP.withCentered(true), -1e3),
          Map.entry(RMSPROP.withCentered(true).withEpsInRoot(true), -1 / Math.sqrt(1e-3)),
          Map.entry(RMSPROP.withBiasCorrection(true), -1e3),
          Map.entry(Optimizers.adagrad(1).withEps(1e-3), -1e3),
          Map.entry(
              Preset.OPTAX.adagrad().withLr(1).withInitialAccumulator(0), -1 / Math.sqrt(1e-7)),
          Map.entry(Optimizers.adadelta(1), -1.0),
          Map.entry(Optimizers.adamax(1).withEps(1e-3), -1e3),
          Map.entry(Optimizers.radam(1), -1.0),
          Map.entry(Optimizers.sgd(1).withMomentum(0.9), -1.0));

  private static List<? extends Rule<?>> rules() {
    return SLOPES.stream().map(Map.Entry::getKey).toList();
  }

  private static double nesterovSlope(double eps) {
    return -(0.9 * 0.1 / (1 - 0.81) + 1) / eps;
  }

  @TestFactory
  Stream<DynamicTest> aZeroGradientHasTheLimitForItsDerivative() {
    return SLOPES.stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.getKey().toString(), () -> limit(e.getKey(), e.getValue())));
  }

  private static void limit(Rule<?> rule, double slope) {
    Function<Tensor, Tensor> update = g -> firstUpdate(rule, g);
    double decay = rule.descent().weightDecay().at("", scalar(0)).toDouble();
    assertNear(update.apply(Tensors.zeros(1)), -decay);
    Tensor mixed = tensor(0, 0.3, 0);
    Tensor jacobian = Jacobians.jacfwd(update, mixed);
    assertNear(Jacobians.jacrev(update, mixed), jacobian.toArray());
    assertNear(DIFFERENCE, jacobian.mul(1 / slope), expectedJacobian(update, slope));
    // steps after a zero one, and second derivatives
    Function<Tensor, Tensor> later = g -> updates(rule, g, 7).sum();
    for (double slopeLater : grad(later, mixed).toArray()) {
      assertThat(slopeLater).isFinite().isNotZero();
    }
    for (double curvature : Jacobians.hessian(later, mixed).toArray()) {
      assertThat(curvature).isFinite();
    }
  }

  /** Elements do not mix; the one that is not 0 has an ordinary derivative. */
  private static double[] expectedJacobian(Function<Tensor, Tensor> update, double slope) {
    double middle = difference(g -> update.apply(tensor(g)).toDouble(), 0.3);
    return new double[] {1, 0, 0, 0, middle / slope, 0, 0, 0, 1};
  }

  @Test
  void aGradientThatBecomesNonzeroLaterHasTheRightMetaGradient() {
    for (Rule<?> rule : rules()) {
      Function<Tensor, Tensor> run = theta -> afterZero(rule, theta);
      double expected = difference(t -> run.apply(scalar(t)).toDouble(), 0.4);
      assertNear(DIFFERENCE * 10, grad(run, scalar(0.4)), expected);
    }
  }

  /** The gradient is 0 at the first two steps, whatever theta is. */
  private static <S> Tensor afterZero(Optimizer<S> optimizer, Tensor theta) {
    Tensor params = Tensors.ones(2);
    S state = optimizer.init(params);
    for (int k = 0; k < 4; k++) {
      Tensor gradient = tensor(k < 2 ? 0 : 1, k < 2 ? 0 : -k).mul(theta);
      Updates<Tensor, S> step = optimizer.update(gradient, state, params);
      params = step.applyTo(params);
      state = step.state();
    }
    return params.mul(tensor(1, 2)).sum();
  }

  @Test
  void aZeroGradientWithEpsZeroMakesNoStep() {
    Tensor gradient = tensor(0, 2);
    for (Rule<?> rule :
        Set.<Rule<?>>of(
            Optimizers.adam(1).withEps(0),
            Optimizers.adagrad(1).withEps(0),
            Optimizers.adamax(1).withEps(0),
            RMSPROP.withEps(0).withBiasCorrection(true),
            RMSPROP.withEps(0).withBiasCorrection(true).withEpsInRoot(true))) {
      assertNear(firstUpdate(rule, gradient), 0, -1);
      assertNear(grad(g -> firstUpdate(rule, g).sum(), gradient), 0, 0);
    }
  }

  @Test
  void aNanGradientIsNotHidden() {
    for (Rule<?> rule : rules()) {
      double[] update = firstUpdate(rule, tensor(Double.NaN, 0.5)).toArray();
      assertThat(update[0]).as("%s", rule).isNaN();
      assertThat(update[1]).isFinite();
      Tensor later = updatesAfterNan(rule);
      assertThat(later.item(0)).as("%s", rule).isNaN();
    }
  }

  private static <S> Tensor updatesAfterNan(Optimizer<S> optimizer) {
    Tensor params = Tensors.ones(1);
    S state = optimizer.update(tensor(Double.NaN), optimizer.init(params), params).state();
    return optimizer.update(tensor(1), state, params).updates();
  }

  // ---- precision ----

  @Test
  void powersOfBetasHaveFullPrecision() {
    assertNear(1e-15, firstUpdate(Optimizers.adam(1), tensor(0.5)), -0.5 / (0.5 + 1e-8));
    // a gradient that does not change has moments without bias for ever
    Tensor sum = Tensors.zeros(1);
    AdamRule adam = Optimizers.adam(1).withEps(1e-3);
    ChainState state = adam.init(tensor(0));
    for (int k = 0; k < 300; k++) {
      Updates<Tensor, ChainState> step = adam.update(tensor(0.5), state, tensor(0));
      sum = sum.add(step.updates());
      state = step.state();
    }
    assertNear(1e-13, sum, -300 * 0.5 / 0.501);
  }

  @Test
  void powersOfBetasAreNotRoundedToTheDtypeOfTheParameters() {
    Optimizer<ChainState> adam = Optimizers.adam(1).chain();
    Tensor params = floats(0);
    Tensor update = adam.update(floats(0.5f), adam.init(params), params).updates();
    assertThat(update).isEqualTo(floats(-1f));
    // 1 - 0.999f is off by 1e-5
    assertThat(1 - 0.999f).isNotEqualTo(0.001f);
  }

  @Test
  void centeredRmsPropDoesNotRoundBelowZero() {
    double a = 0.5;
    double g = 0.7;
    double mu = 0;
    double nu = 0;
    boolean negative = false;
    RmsPropRule rule = Optimizers.rmsprop(1).withDecay(a).withCentered(true);
    Optimizer<LeafStates<CenteredMoments>> scaler = Transformations.scaleByStddev(rule);
    Tensor params = scalar(0);
    LeafStates<CenteredMoments> state = scaler.init(params);
    for (int t = 1; t <= 100; t++) {
      mu = a * mu + (1 - a) * g;
      nu = a * nu + (1 - a) * g * g;
      negative |= nu - mu * mu < 0;
      Updates<Tensor, LeafStates<CenteredMoments>> step = scaler.update(scalar(g), state, params);
      state = step.state();
      double left = StrictMath.pow(a, t);
      double variance = g * g * (1 - left) * left;
      double found = state.leaves().get("tensor").variance().toDouble();
      assertThat(Math.abs(found / variance - 1)).as("variance at %d", t).isLessThan(1e-13);
      assertNear(step.updates().mul((Math.sqrt(variance) + 1e-8) / g), 1);
    }
    assertThat(negative).as("the plain difference rounds below 0").isTrue();
  }

  @Test
  void centeredRmsPropWithBiasCorrectionIsTheDifferenceOfCorrectedMoments() {
    RmsPropRule rule =
        Optimizers.rmsprop(1).withDecay(0.8).withCentered(true).withBiasCorrection(true);
    Optimizer<LeafStates<CenteredMoments>> scaler =
        Transformations.scaleByStddev(rule.withInitialScale(0.3).withEps(0.01));
    LeafStates<CenteredMoments> state = scaler.init(scalar(0));
    double mu = 0;
    double nu = 0.3;
    double[] gradients = {1.5, -0.5, 2, 2, 0.1};
    for (int t = 1; t <= gradients.length; t++) {
      double g = gradients[t - 1];
      mu = 0.8 * mu + 0.2 * g;
      nu = 0.8 * nu + 0.2 * g * g;
      double w = 1 - Math.pow(0.8, t);
      Updates<Tensor, LeafStates<CenteredMoments>> step =
          scaler.update(scalar(g), state, scalar(0));
      state = step.state();
      assertNear(step.updates(), g / (Math.sqrt(nu / w - mu * mu / (w * w)) + 0.01));
    }
    // without a scale to begin with the variance of the first gradient is 0, not rounding
    assertNear(1e-15, firstUpdate(rule.withEps(0.1), tensor(0.7)), -7);
  }

  @Test
  void rectifiedAdamWithAThresholdBelowFourIsFinite() {
    for (Preset preset : Preset.values()) {
      Rule<?> rule = preset.radam().withLr(1).withThreshold(3);
      Tensor sum = updates(rule, tensor(0.5), 12);
      assertThat(sum.toDouble()).isFinite();
      assertThat(grad(g -> updates(rule, g, 12).sum(), tensor(0.5)).toDouble()).isFinite();
    }
  }

  @Test
  void rectifiedAdamIsDifferentiableInARateThatNeverRectifies() {
    Function<Tensor, Tensor> run =
        b2 -> updates(Optimizers.radam(1).withB2(Hyperparameter.of(b2)), tensor(0.5), 6).sum();
    assertNear(grad(run, scalar(0.6)), 0);
    double expected = difference(b2 -> run.apply(scalar(b2)).toDouble(), 0.9);
    assertThat(expected).isNotZero();
    assertNear(1e-8, grad(run, scalar(0.9)), expected);
  }

  // ---- leaves ----

  @Test
  void adamwMaskDecaysOnlyItsLeaves() {
    AdamRule rule = Optimizers.adamw(0.1).withWeightDecay(0.2).withDecayMask(Set.of("w")::contains);
    Params params = new Params(tensor(1, -2), tensor(3));
    Params zero = new Params(Tensors.zeros(2), Tensors.zeros(1));
    Params moved = rule.update(zero, rule.init(params), params).applyTo(params);
    assertNear(moved.w(), 1 - 0.02, -2 + 0.04);
    assertNear(moved.b(), 3);
  }

  @Test
  void aMissingGradientWithMomentumDoesNotFreezeTheLeaf() {
    SgdRule rule = Optimizers.sgd(1).withMomentum(0.9).withDampening(0.5);
    Partial params = new Partial(scalar(0), Optional.of(scalar(0)));
    FuncOptimizer sgd = new FuncOptimizer(rule);
    Partial none = new Partial(scalar(1), Optional.empty());
    Partial both = new Partial(scalar(1), Optional.of(scalar(1)));
    params = sgd.apply(none, params);
    assertThat(params.b()).contains(scalar(0));
    params = sgd.apply(both, params);
    // the first of b is not dampened, the second of w is
    assertNear(params.b().orElseThrow(), -1);
    assertNear(params.w(), -1 - (0.9 + 0.5));
    params = sgd.apply(none, params);
    assertNear(params.b().orElseThrow(), -1);
    params = sgd.apply(both, params);
    assertNear(params.b().orElseThrow(), -1 - (0.9 + 0.5));
  }

  @Test
  void twoInitsShareNothing() {
    SgdRule rule = Optimizers.sgd(0.1).withMomentum(0.9).withDampening(0.5);
    for (int run = 0; run < 2; run++) {
      Tensor params = scalar(0);
      assertNear(rule.update(scalar(1), rule.init(params), params).updates(), -0.1);
    }
  }

  @Test
  void aStateMayBeUsedTwice() {
    AdamRule rule = Optimizers.adam(0.1);
    Tensor params = tensor(1, 2);
    ChainState state = rule.update(params, rule.init(params), params).state();
    Tensor first = rule.update(tensor(3, -1), state, params).updates();
    assertThat(rule.update(tensor(3, -1), state, params).updates()).isEqualTo(first);
  }

  @Test
  void theMetaGradientOfAVanishingInnerGradientIsNotNan() {
    // the inner gradient of the second parameter is identically 0
    Function<Tensor, Tensor> meta =
        phi -> {
          MetaAdam<Tensor> adam = new MetaAdam<>(tensor(1, 1), 0.1);
          for (int k = 0; k < 3; k++) {
            adam.step(x -> x.mul(tensor(1, 0)).mul(phi).pow(2).sum());
          }
          return Elementwise.exp(adam.params()).sum();
        };
    double expected = difference(phi -> meta.apply(scalar(phi)).toDouble(), 0.5);
    assertNear(DIFFERENCE, grad(meta, scalar(0.5)), expected);
  }
}
