package dini.functional.nn;

import static dini.core.Elementwise.square;
import static dini.core.Tensors.scalar;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.nn.CopyMode.DEEPCOPY;
import static dini.functional.nn.CopyMode.REFERENCE;
import static dini.functional.nn.StateDicts.extractStateDict;
import static dini.functional.nn.StateDicts.moduleClone;
import static dini.functional.nn.StateDicts.recoverStateDict;
import static dini.functional.nn.StateDicts.stopGradient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dini.core.Tensor;
import dini.functional.optim.Adam;
import dini.functional.optim.ChainState;
import dini.functional.optim.FuncOptimizer;
import dini.functional.optim.MetaAdam;
import dini.functional.optim.MetaSgd;
import dini.functional.optim.OptimizerHolder;
import dini.functional.optim.Optimizers;
import dini.functional.optim.PlainOptimizer;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every function of state dictionaries, of each class of optimizers; and null. */
class OptimizerTargetsTest {
  /** A parameter. */
  public record Net(Tensor a) {}

  private static final Tensor X = scalar(2);

  /** Momentum 0.5 and rate 0.1: t = 0.5 t + g, a = a - 0.1 t. */
  private static MetaSgd<Net> momentum(double a) {
    return new MetaSgd<>(new Net(scalar(a)), rule -> rule.withLr(0.1).withMomentum(0.5));
  }

  private static FuncOptimizer momentum() {
    return new FuncOptimizer(Optimizers.sgd(0.1).withMomentum(0.5));
  }

  private static <H extends OptimizerHolder<Net>> H stepped(H optim) {
    optim.step(net -> square(net.a().mul(2).sub(1)));
    return optim;
  }

  /** After a step along x and another along 3: -0.1 by way of a, and -0.05 by way of t. */
  private static double derivative(UnaryOperator<OptimizerHolder<Net>> between) {
    return grad(
            x -> {
              MetaSgd<Net> optim = momentum(7);
              optim.step(net -> net.a().mul(x));
              OptimizerHolder<Net> then = between.apply(optim);
              then.step(net -> net.a().mul(3));
              return then.params().a();
            },
            X)
        .toDouble();
  }

  /** The same, but for a, which is 7 again for the second step: -0.05 by way of t. */
  private static double functional(UnaryOperator<FuncOptimizer> between) {
    return grad(
            x -> {
              FuncOptimizer optim = momentum();
              optim.step(a -> a.mul(x), scalar(7));
              return between.apply(optim).step(a -> a.mul(3), scalar(7));
            },
            X)
        .toDouble();
  }

  @ParameterizedTest
  @EnumSource
  void statesOfHoldersWithOrWithoutDetachedBuffers(CopyMode by) {
    MetaAdam<Net> optim = stepped(new MetaAdam<>(new Net(scalar(1)), 1.0));
    assertThat(extractStateDict(optim, by, true)).isEqualTo(optim.state());
    assertThat(extractStateDict(optim, by, false)).isEqualTo(optim.state());
    double kept = by == DEEPCOPY ? -0.1 : -0.15;
    UnaryOperator<OptimizerHolder<Net>> again =
        holder -> recoverStateDict(holder, extractStateDict(holder, by, true));
    assertNear(scalar(derivative(again)), kept);
  }

  @Test
  void stopGradientOfAHolderIsOfItsState() {
    assertNear(scalar(derivative(optim -> optim)), -0.15);
    assertNear(scalar(derivative(optim -> stopGradient(optim))), -0.1);
    UnaryOperator<OptimizerHolder<Net>> cut =
        optim -> {
          optim.setParams(stopGradient(optim.params()));
          return stopGradient(optim);
        };
    assertThat(derivative(cut)).isZero();
    MetaAdam<Net> optim = stepped(new MetaAdam<>(new Net(scalar(1)), 1.0));
    ChainState before = optim.state();
    assertThat(stopGradient(optim)).isSameAs(optim);
    assertThat(optim.state()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void clonesOfPlainHoldersStepByThemselves(CopyMode by) {
    Adam<Net> optim = stepped(new Adam<>(new Net(scalar(1)), 0.1));
    PlainOptimizer<Net> clone = moduleClone(optim, by, false);
    Net before = optim.params();
    assertThat(clone.params()).isEqualTo(before);
    assertThat(clone.state()).isEqualTo(optim.state());
    stepped(clone);
    assertThat(optim.params()).isEqualTo(before);
    assertThat(clone.params()).isNotEqualTo(before).isEqualTo(stepped(optim).params());
  }

  @ParameterizedTest
  @EnumSource
  void clonesOfWhateverHolderKeepWhatItKeeps(CopyMode by) {
    double expected = by == DEEPCOPY ? 0 : -0.15;
    assertNear(scalar(derivative(optim -> moduleClone(optim, by, true))), expected);
    OptimizerHolder<Net> plain = new Adam<>(new Net(scalar(1)), 0.1);
    assertThat(moduleClone(plain, by, false)).isInstanceOf(PlainOptimizer.class);
  }

  @ParameterizedTest
  @EnumSource
  void statesOfFunctionalOptimizers(CopyMode by) {
    double kept = by == DEEPCOPY ? 0 : -0.05;
    UnaryOperator<FuncOptimizer> again =
        optim -> recoverStateDict(momentum(), extractStateDict(optim, by));
    assertNear(scalar(functional(again)), kept);
    assertNear(scalar(functional(optim -> moduleClone(optim, by, true))), kept);
    assertNear(scalar(functional(optim -> optim)), -0.05);
    assertThat(functional(optim -> stopGradient(optim))).isZero();
  }

  @Test
  void functionalOptimizersGoBackToTheirFirstStep() {
    FuncOptimizer optim = momentum();
    Optional<ChainState> none = extractStateDict(optim, REFERENCE);
    assertThat(none).isEmpty();
    assertThat(stopGradient(optim).state()).isEmpty();
    assertThat(moduleClone(optim, DEEPCOPY, true).state()).isEmpty();
    Tensor first = optim.step(a -> square(a), scalar(7));
    FuncOptimizer clone = moduleClone(optim, REFERENCE, false);
    // with the momentum of the first step the second is longer
    assertThat(clone.step(a -> square(a), scalar(7))).isNotEqualTo(first);
    assertThat(recoverStateDict(optim, none)).isSameAs(optim);
    assertThat(optim.step(a -> square(a), scalar(7))).isEqualTo(first);
  }

  @Test
  void nullIsRefusedByNameOfOperationAndArgument() {
    Net net = new Net(scalar(1));
    MetaSgd<Net> optim = momentum(1);
    Net none = absent();
    ChainState noState = absent();
    CopyMode noMode = absent();
    refuses("recoverStateDict: state", () -> recoverStateDict(net, none));
    refuses("recoverStateDict: state", () -> recoverStateDict(optim, noState));
    refuses("recoverStateDict: target", () -> recoverStateDict(none, net));
    refuses("setState: state", () -> optim.setState(absent()));
    refuses("setState: state", () -> momentum().setState(absent()));
    refuses("setParams: params", () -> optim.setParams(absent()));
    refuses("extractStateDict: target", () -> extractStateDict(none, REFERENCE));
    refuses("extractStateDict: by", () -> extractStateDict(net, noMode));
    refuses("extractStateDict: by", () -> extractStateDict(optim, noMode));
    refuses("moduleClone: target", () -> moduleClone(none, REFERENCE, true));
    refuses("moduleClone: by", () -> moduleClone(optim, noMode, true));
    refuses("stopGradient: tree", () -> stopGradient(none));
  }

  private static void refuses(String argument, ThrowingCallable call) {
    assertThatNullPointerException().isThrownBy(call).withMessage(argument + " is null");
  }

  /** What a caller without null checks may pass. */
  private static <T> T absent() {
    return null;
  }
}
