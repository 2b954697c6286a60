package dini.functional.optim;

import static dini.core.Tensors.ints;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Checks.checkGrads;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.TreeException;
import dini.core.Trees;
import dini.functional.CheckOptions;
import dini.functional.Jacobians;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What holds for every optimizer: trees in and out, derivatives of every order, and maps. */
class OptimizerTest {
  private static final int STEPS = 4;

  /** Two leaves. */
  public record Params(Tensor w, Tensor b) {}

  /** A tree of several kinds of leaves. */
  public record Mixed(List<Tensor> layers, Tensor size, Optional<Tensor> bias) {}

  private static final List<Rule<?>> RULES =
      List.of(
          Optimizers.sgd(0.02).withMomentum(0.9).withNesterov(true),
          Optimizers.adam(0.1),
          Optimizers.adamw(0.1),
          Optimizers.adagrad(0.1).withLrDecay(0.1),
          Optimizers.rmsprop(0.1).withMomentum(0.5),
          Optimizers.rmsprop(0.1).withCentered(true),
          Preset.OPTAX.rmsprop().withMomentum(0.5),
          Optimizers.adadelta(1),
          Optimizers.adamax(0.1),
          Optimizers.radam(0.1).withBetas(0.9, 0.9),
          Preset.OPTAX.radam().withBetas(0.9, 0.9));

  private static Tensor inner(Params p, Tensor x) {
    Tensor z = p.w().mul(x).add(p.b());
    return z.pow(4).sum().mul(0.25).add(p.w().pow(2).sum());
  }

  private static Params run(Optimizer<ChainState> optimizer, Params start, Tensor x) {
    FuncOptimizer func = new FuncOptimizer(optimizer);
    Params params = start;
    for (int k = 0; k < STEPS; k++) {
      params = func.step(p -> inner(p, x), params);
    }
    return params;
  }

  private static Tensor outer(Optimizer<ChainState> optimizer, Tensor x) {
    Params end = run(optimizer, new Params(x.mul(tensor(1, -1)), x.sum()), x);
    return end.w().mul(tensor(1, 3)).sum().add(end.b().pow(2));
  }

  @Test
  void secondDerivativesAgreeInAllModes() {
    Tensor x = tensor(0.7, -0.4);
    for (Rule<?> rule : RULES) {
      Function<Tensor, Tensor> f = t -> outer(rule, t);
      Tensor hessian = Jacobians.hessian(f, x);
      assertNear(1e-9, Jacobians.jacrev(t -> grad(f, t), x), hessian.toArray());
      assertNear(1e-9, Jacobians.jacfwd(t -> grad(f, t), x), hessian.toArray());
      Tensor v = tensor(0.3, 1.1);
      Tensor along = grad(t -> jvp(f, t, v).tangent(), x);
      assertNear(1e-9, along, hessian.matmul(v).toArray());
      checkGrads(CheckOptions.standard().withTolerance(1e-6), f, x, 2);
    }
  }

  @Test
  void mapsOverParametersAndRates() {
    Tensor ws = tensor(new double[][] {{1, -2}, {0.5, 0.1}, {-1, 2}});
    Tensor rates = tensor(0.01, 0.1, 0.3);
    Tensor x = tensor(0.7, -0.4);
    for (Rule<?> rule : RULES) {
      Function<List<Tensor>, Tensor> one =
          lane -> {
            Rule<?> learned = rule.withLr(lane.get(1));
            return run(learned, new Params(lane.get(0), scalar(0.2)), x).w();
          };
      Tensor mapped = vmap(one, List.of(ws, rates));
      Tensor slopes =
          vmap(
              (List<Tensor> lane) ->
                  grad(r -> one.apply(List.of(lane.get(0), r)).sum(), lane.get(1)),
              List.of(ws, rates));
      for (int i = 0; i < 3; i++) {
        List<Tensor> lane = List.of(ws.get(i), rates.get(i));
        assertNear(1e-13, mapped.get(i), one.apply(lane).toArray());
        double slope = grad(r -> one.apply(List.of(lane.get(0), r)).sum(), lane.get(1)).toDouble();
        assertNear(1e-10, slopes.get(i), slope);
      }
    }
  }

  @Test
  void mapsOverStates() {
    Tensor gradients = tensor(new double[][] {{1, -2}, {0.5, 0.1}});
    Tensor params = tensor(1, 1);
    for (Rule<?> rule : RULES) {
      Function<Tensor, ChainState> first = g -> rule.update(g, rule.init(params), params).state();
      ChainState states = vmap(first, gradients);
      Tensor mapped =
          vmap((ChainState s) -> rule.update(tensor(0.3, -1), s, params).updates(), states);
      for (int i = 0; i < 2; i++) {
        ChainState state = first.apply(gradients.get(i));
        Tensor update = rule.update(tensor(0.3, -1), state, params).updates();
        assertNear(1e-13, mapped.get(i), update.toArray());
      }
    }
  }

  @Test
  void statesAreTreesThatCanBeDifferentiated() {
    AdamRule adam = Optimizers.adam(1).withEps(0.1);
    Tensor params = scalar(0);
    ChainState state = adam.update(scalar(2), adam.init(params), params).state();
    ChainState slopes = grad(s -> adam.update(scalar(1), s, params).updates(), state);
    Moments moments = moments(slopes);
    double h = 1e-6;
    assertNear(1e-7, moments.mu(), shifted(adam, state, h, 0) / (2 * h));
    assertNear(1e-7, moments.nu(), shifted(adam, state, 0, h) / (2 * h));
    assertThat(moments.count()).isEqualTo(Tensors.zerosLike(moments(state).count()));
  }

  private static Moments moments(ChainState state) {
    return (Moments) ((LeafStates<?>) state.states().getFirst()).leaves().get("tensor");
  }

  /** The change of the update when the moments change to both sides. */
  private static double shifted(AdamRule adam, ChainState state, double mu, double nu) {
    return update(adam, state, mu, nu) - update(adam, state, -mu, -nu);
  }

  private static double update(AdamRule adam, ChainState state, double mu, double nu) {
    Moments m = moments(state);
    Tensor shift = tensor(0, mu, nu);
    List<Tensor> leaves = List.of(m.count(), m.mu().add(shift.get(1)), m.nu().add(shift.get(2)));
    SequencedMap<String, Tensor> named = new LinkedHashMap<>(Trees.treeNamed(state));
    int i = 0;
    for (String name : List.copyOf(named.keySet())) {
      named.put(name, leaves.get(i++));
    }
    ChainState moved = Trees.treeFromNamed(state, named);
    return adam.update(scalar(1), moved, scalar(0)).updates().toDouble();
  }

  @Test
  void treesKeepTheirClassAndOtherLeavesStay() {
    Mixed params = new Mixed(List.of(tensor(1, 2), scalar(3)), ints(7), Optional.of(tensor(4)));
    Mixed gradients =
        grad(
            p ->
                p.layers()
                    .get(0)
                    .pow(2)
                    .sum()
                    .add(p.layers().get(1).pow(2))
                    .add(p.bias().orElseThrow().sum()),
            params);
    AdamRule adam = Optimizers.adam(0.5);
    ChainState state = adam.init(params);
    assertThat(Trees.treeNamed(state)).hasSize(9);
    Mixed moved = adam.update(gradients, state, params).applyTo(params);
    assertThat(moved.size()).isEqualTo(ints(7));
    assertNear(1e-7, moved.layers().get(0), 0.5, 1.5);
    assertNear(1e-7, moved.bias().orElseThrow(), 3.5);
    Mixed without = new Mixed(gradients.layers(), gradients.size(), Optional.empty());
    Updates<Mixed, ChainState> step = adam.update(without, state, params);
    assertThat(step.updates().bias()).isEmpty();
    assertThat(step.applyTo(params).bias()).isEqualTo(params.bias());
  }

  @Test
  void gradientsOfAnotherTreeAreRefused() {
    SgdRule sgd = Optimizers.sgd(0.1);
    List<Tensor> params = List.of(scalar(1), scalar(2));
    ChainState state = sgd.init(params);
    assertThatExceptionOfType(TreeException.class)
        .isThrownBy(() -> sgd.update(List.of(scalar(1)), state, params))
        .withMessageStartingWith("update: tree: ");
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> sgd.update(List.of(scalar(1), tensor(1, 2)), state, params))
        .withMessage("update: [1]: expected f64[], got f64[2]");
    assertThatExceptionOfType(DTypeException.class)
        .isThrownBy(
            () -> sgd.update(List.of(scalar(1), Tensors.full(1, DType.FLOAT32)), state, params))
        .withMessage("update: [1]: expected f64[], got f32[]");
  }

  @Test
  void theStateOfOtherParametersIsRefused() {
    AdamRule adam = Optimizers.adam(0.1);
    Params params = new Params(tensor(1, 2), scalar(3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> adam.update(params, adam.init(List.of(scalar(1))), params))
        .withMessage("update: the state is of the leaves [[0]], the parameters have [w, b]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> adam.update(params, new ChainState(List.of()), params))
        .withMessage("chain: 2 transformations, but the state is that of 0");
  }
}
