package dini.functional.nn;

import static dini.core.Tensors.ints;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vmap;
import static dini.functional.nn.StateDicts.extractStateDict;
import static dini.functional.nn.StateDicts.moduleClone;
import static dini.functional.nn.StateDicts.recoverStateDict;
import static dini.functional.nn.StateDicts.stopGradient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.DTypeException;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TreeException;
import dini.functional.Buffer;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StateDictsTest {
  /** A parameter and a buffer, of which the output depends on both. */
  public record Net(Tensor a, Buffer seen) {
    Tensor apply(Tensor x) {
      return a.mul(x).add(seen.value());
    }
  }

  private static final Tensor TWO = scalar(2);

  /** The net a = 3 x, seen = x^2: what an inner loop makes of a meta-parameter. */
  private static Net net(Tensor x) {
    return new Net(x.mul(3), new Buffer(x.mul(x)));
  }

  /** d/dx of net(x)(5), through the state: 15 from a, 4 from the buffer. */
  private static double derivative(UnaryOperator<Net> state) {
    return grad(x -> state.apply(net(x)).apply(scalar(5)), TWO).toDouble();
  }

  @ParameterizedTest
  @EnumSource
  void stateHasTheValuesOfTheTarget(CopyMode by) {
    Net net = net(TWO);
    for (boolean detach : new boolean[] {false, true}) {
      assertThat(extractStateDict(net, by, detach)).isEqualTo(net);
      assertThat(moduleClone(net, by, detach)).isEqualTo(net);
    }
    assertThat(extractStateDict(net, by)).isEqualTo(net);
  }

  @Test
  void referenceAndCopyKeepDerivativesAndDeepCopyDoesNot() {
    assertThat(derivative(net -> extractStateDict(net, CopyMode.REFERENCE))).isEqualTo(19);
    assertThat(derivative(net -> extractStateDict(net, CopyMode.COPY))).isEqualTo(19);
    assertThat(derivative(net -> extractStateDict(net, CopyMode.DEEPCOPY))).isZero();
  }

  @Test
  void detachedBuffersLoseTheirsOnly() {
    assertThat(derivative(net -> extractStateDict(net, CopyMode.REFERENCE, true))).isEqualTo(15);
    assertThat(derivative(net -> extractStateDict(net, CopyMode.COPY, true))).isEqualTo(15);
    assertThat(derivative(net -> extractStateDict(net, CopyMode.DEEPCOPY, true))).isZero();
    assertThat(derivative(net -> moduleClone(net, CopyMode.REFERENCE, true))).isEqualTo(15);
    assertThat(derivative(net -> moduleClone(net, CopyMode.REFERENCE, false))).isEqualTo(19);
  }

  @Test
  void allTransformationsSeeTheSameModes() {
    Tensor tangent =
        jvp(
                (Tensor x) -> extractStateDict(net(x), CopyMode.REFERENCE, true).apply(scalar(5)),
                TWO,
                scalar(1))
            .tangent();
    assertNear(tangent, 15);
    Tensor xs = tensor(1, 2);
    assertNear(
        vmap(x -> grad(z -> stopGradient(net(z)).apply(z), x), xs),
        // d/dz (a z + b) with a and b held: a = 3 x
        3,
        6);
  }

  @Test
  void stopGradientLeavesItsArgumentAlone() {
    Tensor both =
        grad(
            x -> {
              Net net = net(x);
              Net stopped = stopGradient(net);
              return net.apply(scalar(5)).add(stopped.apply(scalar(5)));
            },
            TWO);
    assertNear(both, 19);
  }

  @Test
  void stopGradientHoldsForEveryOrder() {
    Tensor second = grad(x -> grad(z -> stopGradient(List.of(z.pow(3))).get(0), x), TWO);
    assertNear(second, 0);
  }

  @Test
  void recoversWithDerivatives() {
    assertThat(
            derivative(
                net -> {
                  Net init = extractStateDict(net, CopyMode.REFERENCE);
                  Net moved = new Net(net.a().add(7), net.seen());
                  return recoverStateDict(moved, init);
                }))
        .isEqualTo(19);
  }

  @Test
  void stateOfAnotherShapeIsRefused() {
    Net net = net(TWO);
    assertThatThrownBy(() -> recoverStateDict(net, new Net(zeros(3), net.seen())))
        .isInstanceOf(ShapeException.class)
        .hasMessage("recoverStateDict: net.a is f64[], and f64[3] in the state");
    assertThatThrownBy(() -> recoverStateDict(net, new Net(net.a(), new Buffer(ints(4).reshape()))))
        .isInstanceOf(DTypeException.class)
        .hasMessageContaining("net.seen.value");
  }

  @Test
  void stateOfAnotherStructureIsRefused() {
    List<Linear> two =
        List.of(new Linear(zeros(1, 1), zeros(1)), new Linear(zeros(1, 1), zeros(1)));
    assertThatThrownBy(() -> recoverStateDict(two, two.subList(0, 1)))
        .isInstanceOf(TreeException.class)
        .hasMessageContaining("recoverStateDict: tree:");
    assertThatThrownBy(() -> recoverStateDict((Object) net(TWO), two.get(0)))
        .isInstanceOf(TreeException.class)
        .hasMessageContaining("Net")
        .hasMessageContaining("Linear");
    assertThatThrownBy(() -> recoverStateDict(BatchNorm.of(1), renormed()))
        .isInstanceOf(TreeException.class)
        .hasMessageContaining("recoverStateDict: batchNorm.momentum: 0.1 and 0.2 differ");
  }

  private static BatchNorm renormed() {
    BatchNorm norm = BatchNorm.of(1);
    return new BatchNorm(
        norm.scale(), norm.shift(), norm.runningMean(), norm.runningVariance(), 0.2, 1e-5);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoTreeIsRefused(CopyMode by) {
    assertThatThrownBy(() -> extractStateDict(new Date(0), by))
        .isInstanceOf(TreeException.class)
        .hasMessageContaining("java.util.Date");
  }
}
