package dini.functional.optim;

import static dini.core.Tensors.floats;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.optim.Transformations.chain;
import static dini.functional.optim.Transformations.clip;
import static dini.functional.optim.Transformations.clipByGlobalNorm;
import static dini.functional.optim.Transformations.clipGradNorm;
import static dini.functional.optim.Transformations.hook;
import static dini.functional.optim.Transformations.leafwise;
import static dini.functional.optim.Transformations.masked;
import static dini.functional.optim.Transformations.nanToNum;
import static dini.functional.optim.Transformations.scale;
import static dini.functional.optim.Transformations.scaleByAdam;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The parts that optimizers are made of. */
class TransformationsTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** Two leaves. */
  public record Params(Tensor w, Tensor b) {}

  /** What a rule of the test remembers. */
  public record Memory(Tensor last) {}

  /** A rule as users write it. */
  private record Difference() implements Leafwise<Memory> {
    @Override
    public Memory init(String name, Tensor param) {
      return new Memory(Tensors.zerosLike(param));
    }

    @Override
    public LeafUpdate<Memory> update(Leaf leaf, Memory memory) {
      return new LeafUpdate<>(leaf.gradient().sub(memory.last()), new Memory(leaf.gradient()));
    }
  }

  private static <X, S> X first(Optimizer<S> optimizer, X gradients) {
    return optimizer.update(gradients, optimizer.init(gradients), gradients).updates();
  }

  @Test
  void usersWriteRulesForOneLeaf() {
    Optimizer<LeafStates<Memory>> difference = leafwise(new Difference());
    Params params = new Params(tensor(1, 2), scalar(3));
    Updates<Params, LeafStates<Memory>> one =
        difference.update(params, difference.init(params), params);
    Params next = new Params(tensor(5, 5), scalar(7));
    Params updates = difference.update(next, one.state(), params).updates();
    assertNear(updates.w(), 4, 3);
    assertNear(updates.b(), 4);
  }

  @Test
  void hooksSeeGradientsAndNames() {
    List<String> names = new ArrayList<>();
    Optimizer<Stateless> hooked =
        hook(
            (name, gradient) -> {
              names.add(name);
              return gradient.mul(2);
            });
    Params updates = first(hooked, new Params(tensor(1, 2), scalar(3)));
    assertThat(names).containsExactly("w", "b");
    assertNear(updates.w(), 2, 4);
    assertNear(first(hook(g -> g.add(1)), scalar(3)), 4);
  }

  @Test
  void aHookMayNotChangeTheType() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> first(hook(g -> g.sum()), tensor(1, 2)))
        .withMessage("update of tensor: expected f64[2], got f64[]");
  }

  @Test
  void nanToNumHasDerivativeZeroWhereItReplaces() {
    Tensor bad = tensor(Double.NaN, INFINITY, -INFINITY, 2);
    assertNear(first(nanToNum(0.5, 10, -20), bad), 0.5, 10, -20, 2);
    Tensor slope = grad(g -> first(nanToNum(0.5, 10, -20), g).sum(), bad);
    assertNear(slope, 0, 0, 0, 1);
    assertThat(first(nanToNum(), floats(Float.POSITIVE_INFINITY)))
        .isEqualTo(floats(Float.MAX_VALUE));
  }

  @Test
  void clippingCutsElements() {
    assertNear(first(clip(0.5), tensor(-2, 0.25, 0.5)), -0.5, 0.25, 0.5);
    assertNear(grad(g -> first(clip(0.5), g).sum(), tensor(-2, 0.25, 0.5)), 0, 1, 0.5);
    Function<Tensor, Tensor> bound =
        b -> first(clip(Hyperparameter.of(b)), tensor(-2, 0.25, 3)).mul(tensor(1, 2, 3)).sum();
    assertNear(grad(bound, scalar(0.5)), 2);
  }

  @Test
  void globalNormsAreOfAllLeaves() {
    Params gradients = new Params(tensor(3, 0), scalar(-4));
    assertNear(first(clipGradNorm(1), gradients).w(), 3 / (5 + 1e-6), 0);
    assertNear(first(clipGradNorm(1).withNormType(1), gradients).b(), -4 / (7 + 1e-6));
    assertNear(first(clipGradNorm(1).withNormType(INFINITY), gradients).b(), -4 / (4 + 1e-6));
    double cube = Math.cbrt(27 + 64);
    assertNear(first(clipGradNorm(1).withNormType(3), gradients).b(), -4 / (cube + 1e-6));
    assertNear(first(clipByGlobalNorm(1), gradients).w(), 0.6, 0);
    assertNear(first(clipByGlobalNorm(6), gradients).w(), 3, 0);
    assertNear(
        grad(m -> first(clipByGlobalNorm(Hyperparameter.of(m)), gradients).w().sum(), scalar(1)),
        0.6);
  }

  @Test
  void normsNeitherOverflowNorDivideByZero() {
    for (double order : new double[] {0.5, 1, 2, 3, INFINITY}) {
      ClipGradNorm clip = clipGradNorm(1).withNormType(order);
      assertNear(first(clip, Tensors.zeros(2)), 0, 0);
      assertNear(grad(g -> first(clip, g).sum(), Tensors.zeros(2)), 1, 1);
      assertNear(first(clip, tensor(1e200, 0)), 1, 0);
      for (double slope : grad(g -> first(clip, g).sum(), tensor(3, 0)).toArray()) {
        assertThat(slope).isFinite();
      }
    }
    assertNear(first(clipByGlobalNorm(1), Tensors.zeros(2)), 0, 0);
    assertNear(first(clipByGlobalNorm(0), tensor(0, 0)), 0, 0);
    assertNear(grad(g -> first(clipByGlobalNorm(1), g).sum(), Tensors.zeros(2)), 1, 1);
  }

  @Test
  void anInfiniteNormMayBeAnError() {
    ClipGradNorm clip = clipGradNorm(1).withErrorIfNonfinite(true);
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> first(clip, tensor(1, Double.NaN)))
        .withMessage("clipGradNorm: the norm of order 2.0 of the gradients is NaN");
    assertNear(first(clip, tensor(0.25)), 0.25);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> clip.withNormType(0))
        .withMessage("clipGradNorm: no norm of order 0.0");
  }

  @Test
  void leavesOfSeveralDtypesShareANorm() {
    Params gradients = new Params(tensor(3), floats(4));
    Params clipped = first(clipGradNorm(1), gradients);
    assertNear(clipped.w(), 3 / (5 + 1e-6));
    assertThat(clipped.b()).isEqualTo(floats((float) 4 * (float) (1 / (5 + 1e-6))));
  }

  @Test
  void masksHideLeavesFromEverything() {
    Params gradients = new Params(tensor(30, 0), scalar(-4));
    Optimizer<ChainState> inner = chain(clipGradNorm(1), scaleByAdam());
    Optimizer<ChainState> optimizer = masked(inner, "b"::equals);
    Params updates = first(optimizer, gradients);
    assertThat(updates.w()).isEqualTo(gradients.w());
    assertNear(1e-6, updates.b(), -1);
    assertThat(Trees.treeNamed(optimizer.init(gradients)).keySet())
        .allMatch(name -> name.contains("leaves[\"b\"]"))
        .hasSize(3);
  }

  @Test
  void anUpdaterOfNothingChangesNothing() {
    Optimizer<ChainState> none = masked(chain(clipGradNorm(1), scaleByAdam()), name -> false);
    assertThat(first(none, tensor(1, 2))).isEqualTo(tensor(1, 2));
    assertThat(first(chain(), tensor(1, 2))).isEqualTo(tensor(1, 2));
  }

  @Test
  void onlySchedulesAreCounted() {
    Tensor params = scalar(1);
    assertThat(Trees.treeLeaves(scale(2).init(params))).isEmpty();
    assertThat(Trees.treeLeaves(scale(Schedules.constant(2)).init(params))).hasSize(1);
  }
}
