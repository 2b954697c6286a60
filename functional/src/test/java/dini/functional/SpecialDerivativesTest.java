package dini.functional;

import static dini.core.Reductions.sum;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dini.core.Activations;
import dini.core.Comparisons;
import dini.core.DType;
import dini.core.Elementwise;
import dini.core.Index;
import dini.core.Powers;
import dini.core.Special;
import dini.core.Tensor;
import dini.core.Trigonometric;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Derivatives where textbook formulas lose their digits: in tails, at kinks and poles, where
 * intermediate results overflow. Numbers to 17 digits are mpmath's.
 */
class SpecialDerivativesTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  private static final Map<String, UnaryOperator<Tensor>> FUNCTIONS =
      Map.ofEntries(
          Map.entry("silu", Activations::silu),
          Map.entry("gelu", Activations::gelu),
          Map.entry("geluTanh", Activations::geluTanh),
          Map.entry("logSigmoid", Activations::logSigmoid),
          Map.entry("asin", Trigonometric::asin),
          Map.entry("acos", Trigonometric::acos),
          Map.entry("atanh", Trigonometric::atanh),
          Map.entry("erf", Special::erf),
          Map.entry("erfc", Special::erfc),
          Map.entry("erfInv", Special::erfInv),
          Map.entry("lgamma", Special::lgamma));

  private static Arguments at(String name, double x, double... derivatives) {
    return Arguments.of(name, x, derivatives);
  }

  /** The first, second, ... derivative at a point. */
  static Stream<Arguments> derivatives() {
    return Stream.of(
        at("silu", -700, -6.8919139040880798e-302, -6.8820542275443201e-302),
        at("silu", -50, -9.4508742550231971e-21, -9.2579992702268054e-21, -9.0651242854304136e-21),
        at("silu", 40, 1.0000000000000002, -1.6143746170108038e-16, 1.5718910744578879e-16),
        at("silu", 1.5, 1.0412941542991429, 0.1561975849635367, -0.2606729377352716),
        at("silu", INF, 1, 0, 0),
        at("silu", -INF, 0, 0, 0),
        at(
            "gelu",
            -30,
            -4.4160316907084944e-195,
            -1.3233342291209357e-193,
            -3.9611608105535357e-192),
        at("gelu", -10, -7.6184000964648141e-22, -7.540706654172291e-21, -7.3868146816381626e-20),
        at("gelu", 10, 1, -7.540706654172291e-21, 7.3868146816381626e-20),
        at("gelu", 0.5, 0.86749512465616284, 0.61611432183752409, -0.66012248768306152),
        at("gelu", INF, 1, 0, 0),
        at("gelu", -INF, 0, 0, 0),
        at(
            "geluTanh",
            -10,
            -2.7576380638540411e-36,
            -6.2639306260228999e-35,
            -1.4109624632014949e-33),
        at("geluTanh", 0, 0.5, 0.79788456080286536, 0),
        at("geluTanh", 0.5, 0.86736990353464231, 0.61550689511598489, -0.6612179033267352),
        at("geluTanh", 5, 1.0000015463619875, -9.9341322249962056e-6, 6.03796757842588e-5),
        at("geluTanh", INF, 1, 0, 0),
        at("geluTanh", -INF, 0, 0, 0),
        at(
            "logSigmoid",
            50,
            1.9287498479639178e-22,
            -1.9287498479639178e-22,
            1.9287498479639178e-22),
        at("logSigmoid", 700, 9.8596765437597709e-305, -9.8596765437597709e-305),
        at("logSigmoid", -50, 1, -1.9287498479639178e-22, -1.9287498479639178e-22),
        at("atanh", 1e-7, 1.00000000000001, 2.00000000000004e-7, 2.00000000000012),
        at("atanh", 1 - 0x1p-40, 549755813888.25, 6.0446290980731459e+23),
        at("asin", 1e-7, 1.000000000000005, 1.000000000000015e-7, 1.000000000000045),
        at("asin", 1 - 0x1p-40, 741455.20018963384, 4.0761930704155676e+17),
        at("acos", 1e-7, -1.000000000000005, -1.000000000000015e-7),
        at("erf", 5, 1.5670866531017335e-11, -1.5670866531017335e-10, 1.5357449200396989e-9),
        at("erf", INF, 0, 0, 0),
        at("erf", -30, 0, 0, 0),
        at("erfc", 5, -1.5670866531017335e-11, 1.5670866531017335e-10, -1.5357449200396989e-9),
        at("erfInv", 0.5, 1.1125848189719498, 1.1807463499934, 5.2605825392612202),
        at(
            "lgamma",
            0.3,
            -3.5025242222001331,
            12.245364546107731,
            -75.272536588726039,
            743.14176465504978,
            -9883.4685554969897),
        at(
            "lgamma",
            -2.3,
            3.3173231575618227,
            14.725912160961291,
            68.713792529270302,
            768.93506466614224,
            9738.6717365692514));
  }

  @ParameterizedTest
  @MethodSource("derivatives")
  void everyOrderKeepsItsDigits(String name, double x, double[] derivatives) {
    Function<Tensor, Tensor> forward = FUNCTIONS.get(name)::apply;
    Function<Tensor, Tensor> reverse = forward;
    for (int order = 1; order <= derivatives.length; order++) {
      Function<Tensor, Tensor> lower = forward;
      Function<Tensor, Tensor> below = reverse;
      forward = v -> jvp(lower, v, scalar(1)).tangent();
      reverse = v -> grad(below, v);
      double expected = derivatives[order - 1];
      // near x = 0 the third derivative of geluTanh is what is left of numbers near 1
      double bound = Math.max(1e-12 * Math.abs(expected), expected == 0 ? 1e-15 : 0);
      for (double actual :
          new double[] {forward.apply(scalar(x)).toDouble(), reverse.apply(scalar(x)).toDouble()}) {
        assertThat(Math.abs(actual - expected))
            .as("%s, order %s: %s, expected %s", name, order, actual, expected)
            .isLessThanOrEqualTo(bound);
      }
    }
  }

  @Test
  void slopesSurviveSquaresThatOverflow() {
    assertNear(grad(x -> Trigonometric.asinh(x), scalar(1e200)).mul(1e200), 1);
    assertNear(grad(x -> Trigonometric.acosh(x), scalar(1e200)).mul(1e200), 1);
    Function<Tensor, Tensor> angle = p -> Trigonometric.atan2(p.get(0), p.get(1));
    Function<Tensor, Tensor> length = p -> Trigonometric.hypot(p.get(0), p.get(1));
    for (double size : new double[] {1e200, 1e-200}) {
      Tensor point = tensor(3 * size, 4 * size);
      assertNear(grad(angle, point).mul(size), 4 / 25.0, -3 / 25.0);
      assertNear(grad(length, point), 0.6, 0.8);
      // the Hessian of the length is [16, -12; -12, 9] / 125
      Tensor hessian = Jacobians.hessian(length, point).mul(size);
      assertNear(hessian.reshape(4), 0.128, -0.096, -0.096, 0.072);
    }
  }

  @Test
  void hypotIsFlatAtTheOrigin() {
    Function<Tensor, Tensor> length = p -> Trigonometric.hypot(p.get(0), p.get(1));
    assertThat(grad(length, tensor(0, 0))).isEqualTo(tensor(0, 0));
    assertThat(Jacobians.hessian(length, tensor(0, 0)).toArray()).containsOnly(0.0);
  }

  @Test
  void mixedDerivativesAreThereWhereTheFactorIsZero() {
    Function<Tensor, Tensor> f = p -> Special.xlogy(p.get(0), p.get(1));
    assertNear(Jacobians.hessian(f, tensor(0, 4)).reshape(4), 0, 0.25, 0.25, 0);
    Function<Tensor, Tensor> g = p -> Special.xlog1py(p.get(0), p.get(1));
    assertNear(Jacobians.hessian(g, tensor(0, 4)).reshape(4), 0, 0.2, 0.2, 0);
    assertThat(grad(f, tensor(0, 0))).isEqualTo(tensor(-INF, 0));
    assertThat(grad(g, tensor(0, -1))).isEqualTo(tensor(-INF, 0));
  }

  @Test
  void logAddExpSharesBetweenEqualInfinities() {
    Function<Tensor, Tensor> f = p -> Special.logAddExp(p.get(0), p.get(1));
    assertThat(grad(f, tensor(INF, INF))).isEqualTo(tensor(0.5, 0.5));
    assertThat(grad(f, tensor(-INF, -INF))).isEqualTo(tensor(0.5, 0.5));
    assertThat(grad(f, tensor(INF, 0))).isEqualTo(tensor(1, 0));
    assertNear(Jacobians.hessian(f, tensor(2, 2)).reshape(4), 0.25, -0.25, -0.25, 0.25);
  }

  @Test
  void slopesOfRemaindersAreThoseOfOnePiece() {
    Tensor x = tensor(5.5, -5.5, 5.5, -5.5);
    Tensor y = tensor(2, 2, -2, -2);
    assertThat(grad(v -> sum(Elementwise.mod(v, y)), x)).isEqualTo(tensor(1, 1, 1, 1));
    assertThat(grad(v -> sum(Elementwise.mod(x, v)), y)).isEqualTo(tensor(-2, 3, 3, -2));
    assertThat(grad(v -> sum(Elementwise.floorDiv(x, v)), y).toArray()).containsOnly(0.0);
    assertThat(grad(v -> sum(Elementwise.copySign(v, y)), x)).isEqualTo(tensor(1, -1, -1, 1));
    assertThat(grad(v -> sum(Elementwise.copySign(x, v)), y).toArray()).containsOnly(0.0);
  }

  @Test
  void replacedElementsPassNoDerivative() {
    Tensor x = tensor(Double.NaN, INF, -INF, 3);
    Tensor slope = grad(v -> sum(Comparisons.nanToNum(v, 1, 2, 3).mul(v.get(Index.at(3)))), x);
    assertThat(slope).isEqualTo(tensor(0, 0, 0, 1 + 2 + 3 + 2 * 3));
  }

  @Test
  void boundsTakeTheirShare() {
    Function<Tensor, Tensor> f = p -> Elementwise.clip(p.get(0), p.get(1), p.get(2));
    assertThat(grad(f, tensor(0.5, 0, 1))).isEqualTo(tensor(1, 0, 0));
    assertThat(grad(f, tensor(-2, 0, 1))).isEqualTo(tensor(0, 1, 0));
    assertThat(grad(f, tensor(1, 0, 1))).isEqualTo(tensor(0.5, 0, 0.5));
    assertThat(f.apply(tensor(0, 5, 1))).isEqualTo(scalar(1));
  }

  @Test
  void narrowTensorsStayNarrow() {
    Tensor x = tensor(0.5, 2).astype(DType.FLOAT32);
    for (UnaryOperator<Tensor> f : FUNCTIONS.values()) {
      assertThat(grad(v -> sum(f.apply(v)), x).type()).isEqualTo(x.type());
      assertThat(f.apply(x).type()).isEqualTo(x.type());
    }
    assertThat(Powers.exp2(x)).isEqualTo(tensor(Math.sqrt(2), 4).astype(DType.FLOAT32));
  }

  @Test
  void polygammaHasAnOrder() {
    Tensor x = scalar(1.5);
    assertThat(Special.polygamma(0, x)).isEqualTo(Special.digamma(x));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Special.polygamma(-1, x))
        .withMessage("polygamma: the order must be from 0 to 170, got -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> grad(v -> Special.polygamma(170, v), x))
        .withMessage("polygamma: the order must be from 0 to 170, got 171");
  }
}
