package dini.functional.optim;

import static dini.core.Tensors.floats;
import static dini.core.Tensors.ints;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.functional.Jacobians;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Hyperparameters as constants, tensors, schedules, and each of these for each leaf. */
class HyperparameterTest {
  private static final double H = 1e-4;

  /** Rounding of about 1e-15 over H, and at most 1e-4 of the fourth power of 1e-2. */
  private static final double DIFFERENCE = 1e-7;

  /** Two leaves. */
  public record Params(Tensor w, Tensor b) {}

  private static final Params START = new Params(tensor(1, -1.3), scalar(0.7));

  private static Tensor loss(Params p) {
    return p.w().pow(4).sum().add(p.w().sum().mul(p.b())).add(p.b().pow(2));
  }

  private static Tensor run(Optimizer<ChainState> optimizer) {
    FuncOptimizer func = new FuncOptimizer(optimizer);
    Params params = START;
    for (int k = 0; k < 4; k++) {
      params = func.step(HyperparameterTest::loss, params);
    }
    return params.w().mul(tensor(1, 3)).sum().add(params.b());
  }

  /** Derivatives with respect to a hyperparameter against differences of fourth order. */
  private static void check(double at, Function<Hyperparameter, Optimizer<ChainState>> make) {
    UnaryOperator<Tensor> result = x -> run(make.apply(Hyperparameter.of(x)));
    double expected = difference(result, at);
    assertThat(expected).isNotZero();
    assertNear(DIFFERENCE, grad(result::apply, scalar(at)), expected);
    assertNear(DIFFERENCE, Jacobians.jacfwd(result, scalar(at)), expected);
    assertThat(result.apply(scalar(at))).isEqualTo(run(make.apply(Hyperparameter.of(at))));
  }

  private static double difference(Function<Tensor, Tensor> f, double x) {
    double near = f.apply(scalar(x + H)).toDouble() - f.apply(scalar(x - H)).toDouble();
    double far = f.apply(scalar(x + 2 * H)).toDouble() - f.apply(scalar(x - 2 * H)).toDouble();
    return (8 * near - far) / (12 * H);
  }

  @Test
  void everyHyperparameterIsDifferentiable() {
    AdamRule adam = Optimizers.adam(0.1).withEps(0.1);
    check(0.1, adam::withLr);
    check(0.8, adam::withB1);
    check(0.9, adam::withB2);
    check(0.1, adam::withEps);
    check(0.1, adam::withEpsRoot);
    check(0.1, adam::withWeightDecay);
    check(0.1, adam.withDecoupled(true)::withWeightDecay);
    SgdRule sgd = Optimizers.sgd(0.02).withMomentum(0.5);
    check(0.7, sgd::withMomentum);
    check(0.3, sgd::withDampening);
    check(0.7, sgd.withNesterov(true)::withMomentum);
    AdaGradRule adagrad = Optimizers.adagrad(0.1);
    check(0.2, adagrad::withLrDecay);
    check(0.3, adagrad::withInitialAccumulator);
    check(0.1, adagrad::withEps);
    RmsPropRule rmsprop = Optimizers.rmsprop(0.05);
    for (boolean centered : new boolean[] {false, true}) {
      for (boolean inRoot : new boolean[] {false, true}) {
        RmsPropRule rule = rmsprop.withCentered(centered).withEpsInRoot(inRoot);
        check(0.9, rule::withDecay);
        check(0.1, rule::withEps);
        check(0.4, rule::withInitialScale);
        check(0.4, rule::withMomentum);
        check(0.9, rule.withBiasCorrection(true).withEps(0.1)::withDecay);
      }
    }
    AdaDeltaRule adadelta = Optimizers.adadelta(1).withEps(0.1);
    check(0.9, adadelta::withRho);
    check(0.1, adadelta::withEps);
    AdaMaxRule adamax = Optimizers.adamax(0.1);
    check(0.9, adamax::withB1);
    check(0.1, adamax::withEps);
    RAdamRule radam = Preset.OPTAX.radam().withLr(0.1).withEps(0.1).withB2(Hyperparameter.of(0.99));
    check(0.9, radam::withB1);
    check(0.1, radam.withThreshold(0).withBetas(0.9, 0.999)::withLr);
  }

  @Test
  void aRateForEachLeafAndEachElement() {
    Params rates = new Params(tensor(0.1, 0.2), scalar(0.3));
    SgdRule rule = Optimizers.sgd(1).withLr(Hyperparameter.tree(rates));
    Params ones = new Params(tensor(1, 1), scalar(1));
    Params updates = rule.update(ones, rule.init(START), START).updates();
    assertNear(updates.w(), -0.1, -0.2);
    assertNear(updates.b(), -0.3);
    Params learned =
        grad(
            r -> run(Optimizers.sgd(1).withLr(Hyperparameter.tree(r))),
            new Params(tensor(0.01, 0.02), scalar(0.03)));
    assertThat(learned.w().toArray()).doesNotContain(0);
    assertThat(learned.b().toDouble()).isNotZero();
  }

  @Test
  void namesMixConstantsAndSchedules() {
    Hyperparameter lr =
        Hyperparameter.named(Map.of("w", Hyperparameter.of(0.1), "b", Schedules.linear(1, 0, 2)));
    SgdRule rule = Optimizers.sgd(1).withLr(lr);
    Params ones = new Params(tensor(1, 1), scalar(1));
    Params sum = new Params(Tensors.zeros(2), scalar(0));
    ChainState state = rule.init(START);
    for (int k = 0; k < 3; k++) {
      Updates<Params, ChainState> step = rule.update(ones, state, START);
      sum = step.applyTo(sum);
      state = step.state();
    }
    assertNear(sum.w(), -0.3, -0.3);
    assertNear(sum.b(), -1.5);
  }

  @Test
  void aLeafWithoutHyperparameterIsNamed() {
    Hyperparameter lr = Hyperparameter.named(Map.of("v", Hyperparameter.of(0.1)));
    SgdRule rule = Optimizers.sgd(1).withLr(lr);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rule.update(START, rule.init(START), START))
        .withMessage("hyperparameter: none for the leaf w, only for [v]");
  }

  @Test
  void aHyperparameterLargerThanTheLeafIsRefused() {
    SgdRule rule = Optimizers.sgd(1).withLr(tensor(1, 2));
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> rule.update(START, rule.init(START), START))
        .withMessage("update of b: expected f64[], got f64[2]");
  }

  @Test
  void constantsOutOfRangeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizers.adam(0.1).withBetas(1, 0.9))
        .withMessage("adam: b1: expected a number from 0 to below 1, got 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizers.adagrad(0.1).withEps(Double.NaN))
        .withMessage("adaGrad: eps: expected a number not below 0, got NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizers.sgd(0.1).withWeightDecay(-1))
        .withMessage("weightDecay: expected a number not below 0, got -1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Transformations.trace(Hyperparameter.of(0), Hyperparameter.of(0), true))
        .withMessageStartingWith("trace: nesterov needs momentum and no dampening");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Transformations.clipGradNorm(Schedules.constant(1)))
        .withMessageStartingWith("clipGradNorm: maxNorm: expected a constant or a scalar tensor");
    assertThatExceptionOfType(DTypeException.class)
        .isThrownBy(() -> Hyperparameter.of(ints(1)))
        .withMessageStartingWith("hyperparameter: needs a floating tensor");
  }

  @Test
  void anyFloatingDtypeFitsEveryLeaf() {
    SgdRule rule = Optimizers.sgd(1).withLr(scalar(0.5));
    Tensor params = floats(1);
    assertThat(rule.update(floats(4), rule.init(params), params).updates()).isEqualTo(floats(-2));
    Tensor rate = Tensors.full(0.5, DType.FLOAT32);
    Tensor slope = grad(r -> updateOf(Optimizers.sgd(1).withLr(r)), rate);
    assertThat(slope).isEqualTo(Tensors.full(-4, DType.FLOAT32));
  }

  private static Tensor updateOf(SgdRule rule) {
    Tensor params = tensor(1);
    return rule.update(tensor(4), rule.init(params), params).updates().sum().astype(DType.FLOAT32);
  }

  @Test
  void schedulesAreDifferentiableInTheirParameters() {
    Function<Tensor, Tensor> run =
        peak -> {
          Schedule lr =
              Schedules.warmupCosine(
                  Hyperparameter.of(0),
                  Hyperparameter.of(peak),
                  2,
                  10,
                  Hyperparameter.of(0.001),
                  Hyperparameter.of(1));
          return run(Optimizers.sgd(1).withLr(lr));
        };
    double expected = difference(run, 0.01);
    assertNear(1e-5, grad(run, scalar(0.01)), expected);
    Tensor t = Tensors.full(7, DType.INT64);
    Function<Tensor, Tensor> decayed =
        rate ->
            Schedules.exponential(new Exponential(1, 0.5, 4).withRate(Hyperparameter.of(rate)))
                .at(t);
    assertNear(grad(decayed, scalar(0.5)), 1.75 * Math.pow(0.5, 0.75));
    Function<Tensor, Tensor> power =
        p ->
            Schedules.polynomial(
                    Hyperparameter.of(1), Hyperparameter.of(0.2), Hyperparameter.of(p), 10, 0)
                .at(t);
    assertNear(grad(power, scalar(2)), 0.8 * 0.09 * Math.log(0.3));
  }

  @Test
  void aLambdaIsASchedule() {
    Schedule schedule = count -> count.astype(DType.FLOAT64).add(1).pow(-0.5);
    assertThat(schedule.at(3)).isEqualTo(0.5);
    SgdRule rule = Optimizers.sgd(1).withLr(schedule);
    Tensor params = scalar(0);
    Updates<Tensor, ChainState> first = rule.update(scalar(1), rule.init(params), params);
    assertNear(first.updates(), -1);
    assertNear(rule.update(scalar(1), first.state(), params).updates(), -Math.sqrt(0.5));
  }

  @Test
  void factoriesTakeEveryKindOfRate() {
    Schedule schedule = Schedules.constant(0.25);
    Tensor rate = scalar(0.25);
    List<List<Rule<?>>> kinds =
        List.of(
            List.of(Optimizers.sgd(0.25), Optimizers.sgd(rate), Optimizers.sgd(schedule)),
            List.of(Optimizers.adam(0.25), Optimizers.adam(rate), Optimizers.adam(schedule)),
            List.of(Optimizers.adamw(0.25), Optimizers.adamw(rate), Optimizers.adamw(schedule)),
            List.of(
                Optimizers.adagrad(0.25), Optimizers.adagrad(rate), Optimizers.adagrad(schedule)),
            List.of(
                Optimizers.rmsprop(0.25), Optimizers.rmsprop(rate), Optimizers.rmsprop(schedule)),
            List.of(
                Optimizers.adadelta(0.25),
                Optimizers.adadelta(rate),
                Optimizers.adadelta(schedule)),
            List.of(Optimizers.adamax(0.25), Optimizers.adamax(rate), Optimizers.adamax(schedule)),
            List.of(Optimizers.radam(0.25), Optimizers.radam(rate), Optimizers.radam(schedule)));
    for (List<Rule<?>> rules : kinds) {
      Tensor constant = run(rules.get(0));
      assertThat(constant.toDouble()).isFinite();
      assertThat(run(rules.get(1))).isEqualTo(constant);
      assertThat(run(rules.get(2))).isEqualTo(constant);
    }
  }

  @Test
  void schedulesMapOverCounts() {
    Schedule schedule = Schedules.warmupCosine(0, 1, 3, 9, 0.1);
    Tensor counts = Tensors.longs(0, 2, 3, 5, 9, 20);
    Tensor mapped = vmap(schedule::at, counts);
    for (int i = 0; i < 6; i++) {
      assertThat(mapped.item(i)).isEqualTo(schedule.at((long) counts.item(i)));
    }
  }

  @Test
  void wrongSchedulesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedules.join(List.of(Schedules.constant(1)), 3))
        .withMessage("join: 1 schedules have 0 boundaries between them, got 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedules.cosine(1, 0))
        .withMessage("cosine: steps must be positive, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedules.piecewiseConstant(1, Map.of(3, -1.0)))
        .withMessageStartingWith("piecewiseConstant: factors must not be negative");
  }
}
