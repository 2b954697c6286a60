package dini.functional;

import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.stopGradient;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Jacobians.hvp;
import static dini.functional.Jacobians.jacfwd;
import static dini.functional.Jacobians.jacrev;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.gradWithAux;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.linearize;
import static dini.functional.Transforms.vjp;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;

import dini.core.Shape;
import dini.core.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Transformations inside transformations: each must see its own perturbation only. */
class NestingTest {

  /** The derivative of a function of a scalar, in one mode or the other. */
  enum Mode {
    FORWARD {
      @Override
      Tensor derivative(Function<Tensor, Tensor> f, Tensor x) {
        return jvp(f, x, scalar(1)).tangent();
      }
    },
    REVERSE {
      @Override
      Tensor derivative(Function<Tensor, Tensor> f, Tensor x) {
        return grad(f, x);
      }
    },
    LINEARIZED {
      @Override
      Tensor derivative(Function<Tensor, Tensor> f, Tensor x) {
        return linearize(f, x).map().apply(scalar(1));
      }
    },
    PULLED_BACK {
      @Override
      Tensor derivative(Function<Tensor, Tensor> f, Tensor x) {
        return vjp(f, x).pullback().apply(scalar(1));
      }
    };

    abstract Tensor derivative(Function<Tensor, Tensor> f, Tensor x);

    Function<Tensor, Tensor> of(Function<Tensor, Tensor> f) {
      return x -> derivative(f, x);
    }
  }

  static Stream<Arguments> pairs() {
    return Stream.of(Mode.values())
        .flatMap(outer -> Stream.of(Mode.values()).map(inner -> Arguments.of(outer, inner)));
  }

  static Stream<Arguments> triples() {
    return pairs()
        .flatMap(
            pair ->
                Stream.of(Mode.values())
                    .map(third -> Arguments.of(pair.get()[0], pair.get()[1], third)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void innerDerivativeOfASumIsOneAndNotTwo(Mode outer, Mode inner) {
    // d/dx (x d/dy (x + y)) = 1; a single perturbation for both gives 2
    Tensor d = outer.derivative(x -> x.mul(inner.derivative(y -> x.add(y), scalar(1))), scalar(1));
    assertThat(d).isEqualTo(scalar(1));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void innerDerivativeOfAProductKeepsTheOuterVariable(Mode outer, Mode inner) {
    // d/dx (x d/dy (x y)) = 2x
    Tensor d = outer.derivative(x -> x.mul(inner.derivative(y -> x.mul(y), scalar(2))), scalar(3));
    assertThat(d).isEqualTo(scalar(6));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void pointOfTheInnerDerivativeMayBeTheOuterVariable(Mode outer, Mode inner) {
    // d/dx (d/dy (x y^2) at y = x) = d/dx 2x^2 = 4x
    Tensor d = outer.derivative(x -> inner.derivative(y -> x.mul(y).mul(y), x), scalar(3));
    assertThat(d).isEqualTo(scalar(12));
  }

  @Test
  void tangentMayBeTheOuterVariable() {
    // jvp of y^2 x at y = x along x is 2 x^3
    Tensor d = grad(x -> jvp((Tensor y) -> y.mul(y).mul(x), x, x).tangent(), scalar(2));
    assertThat(d).isEqualTo(scalar(24));
  }

  @Test
  void cotangentMayBeTheOuterVariable() {
    // the pullback of y^2 at y = x, applied to x^2, is 2 x^3
    Tensor d = grad(x -> vjp((Tensor y) -> y.mul(y), x).pullback().apply(x.mul(x)), scalar(2));
    assertThat(d).isEqualTo(scalar(24));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void shiftedTwiceIsTheSecondDerivative(Mode outer, Mode inner) {
    // the function that shifts, differentiated at 0, twice (Manzyuk et al., JFP 2019)
    Function<Function<Tensor, Tensor>, Function<Tensor, Tensor>> shiftOuter =
        f -> x -> outer.derivative(u -> f.apply(x.add(u)), scalar(0));
    Function<Function<Tensor, Tensor>, Function<Tensor, Tensor>> shiftInner =
        f -> x -> inner.derivative(u -> f.apply(x.add(u)), scalar(0));
    Tensor d = shiftOuter.apply(shiftInner.apply(x -> x.mul(x).mul(x))).apply(scalar(2));
    assertThat(d).isEqualTo(scalar(12));
  }

  @ParameterizedTest
  @MethodSource("triples")
  void thirdOrderInMixedModes(Mode first, Mode second, Mode third) {
    double x = 0.7;
    Tensor d = first.of(second.of(third.of(z -> sin(z).mul(z.pow(3))))).apply(scalar(x));
    double exact =
        -x * x * x * Math.cos(x) - 9 * x * x * Math.sin(x) + 18 * x * Math.cos(x) + 6 * Math.sin(x);
    assertNear(d, exact);
  }

  @ParameterizedTest
  @MethodSource("triples")
  void threeLevelsOfClosuresKeepApart(Mode first, Mode second, Mode third) {
    // d/dx x^2 d/dy (y x d/dz (x y z^2)(3))(2) = d/dx x^2 * 6 * 2 * 2 x^2 = 96 x^3
    Tensor d =
        first.derivative(
            x ->
                x.mul(x)
                    .mul(
                        second.derivative(
                            y ->
                                y.mul(x)
                                    .mul(third.derivative(z -> x.mul(y).mul(z).mul(z), scalar(3))),
                            scalar(2))),
            scalar(1));
    assertThat(d).isEqualTo(scalar(96));
  }

  @Test
  void thirdDerivativesOfAFunctionOfAVector() {
    Function<Tensor, Tensor> f =
        x -> x.get(0).pow(2).mul(x.get(1)).add(x.get(0).mul(x.get(1).pow(3)));
    double a = 2;
    double b = 3;
    double[] exact = {0, 2, 2, 6 * b, 2, 6 * b, 6 * b, 6 * a};
    List<UnaryOperator<Function<Tensor, Tensor>>> modes =
        List.of(Jacobians::jacfwd, Jacobians::jacrev);
    for (UnaryOperator<Function<Tensor, Tensor>> first : modes) {
      for (UnaryOperator<Function<Tensor, Tensor>> second : modes) {
        for (UnaryOperator<Function<Tensor, Tensor>> third : modes) {
          Tensor d = first.apply(second.apply(third.apply(f))).apply(tensor(a, b));
          assertThat(d.shape()).isEqualTo(Shape.of(2, 2, 2));
          assertNear(d, exact);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void mapBetweenTwoDerivatives(Mode outer, Mode inner) {
    // sum over y of d/dz (z^2 x y) at z = y: 2 x sum(y^2) = 2 x 14; times x again: 4 * 14 x
    Tensor ys = tensor(1, 2, 3);
    Tensor d =
        outer.derivative(
            x -> x.mul(sum(vmap(y -> inner.derivative(z -> z.mul(z).mul(x).mul(y.div(y)), y), ys))),
            scalar(3));
    assertThat(d).isEqualTo(scalar(2 * 2 * 3 * 6));
  }

  @Test
  void derivativeBetweenTwoMaps() {
    // entry (i, j): d/dx of x^2 a_i b_j at x = a_i
    Tensor as = tensor(1, 2);
    Tensor bs = tensor(3, 5, 7);
    Tensor d = vmap(a -> grad(x -> sum(vmap(b -> x.mul(x).mul(a).mul(b), bs)), a), as);
    assertThat(d).isEqualTo(tensor(2.0 * 15, 2.0 * 2 * 2 * 15));
  }

  @Test
  void mapOfADerivativeOfAMap() {
    Tensor d =
        vmap(a -> jacrev((Tensor x) -> vmap(b -> x.mul(b).mul(b), tensor(1, 2)), a), tensor(1, 5));
    assertThat(d).isEqualTo(tensor(new double[][] {{1, 4}, {1, 4}}));
  }

  @Test
  void tracersOfTwoOuterLevelsInOneClosure() {
    Function<Tensor, Tensor> mixed =
        x -> grad(y -> jvp((Tensor z) -> x.mul(y).mul(z).mul(y), y, x).tangent(), x);
    // jvp: x y^2 x = x^2 y^2, grad in y at x: 2 x^3
    assertThat(mixed.apply(scalar(2))).isEqualTo(scalar(16));
    assertThat(grad(mixed, scalar(2))).isEqualTo(scalar(24));
    assertThat(vmap(mixed, tensor(1, 2))).isEqualTo(tensor(2, 16));
    assertThat(jacfwd(mixed, scalar(2))).isEqualTo(scalar(24));
  }

  @Test
  void otherOutputsKeepTheDerivativesOfOuterTransformations() {
    Tensor d =
        grad(
            x -> gradWithAux((Tensor y) -> new WithAux<>(y.mul(y), y.mul(x))).apply(x.mul(3)).aux(),
            scalar(2));
    assertThat(d).isEqualTo(scalar(12));
  }

  @Test
  void hvpOfHvp() {
    // (x^5)''' v w at 2 through hvp of hvp: 4th derivative 120 x
    Function<Tensor, Tensor> f = x -> x.pow(5);
    Tensor d = hvp(x -> hvp(f, x, scalar(1)), scalar(2), scalar(1));
    assertThat(d).isEqualTo(scalar(240));
  }

  @Test
  void stoppedGradientsHaveNoDerivativeOfAnyOrder() {
    UnaryOperator<Tensor> first = grad(x -> stopGradient(x.mul(x)).mul(x));
    assertThat(first.apply(scalar(3))).isEqualTo(scalar(9));
    assertThat(grad(x -> grad(y -> stopGradient(exp(y)), x), scalar(3))).isEqualTo(scalar(0));
  }

  @Test
  void controlFlowFollowsTheValues() {
    Function<Tensor, Tensor> f =
        x -> {
          Tensor y = x;
          while (y.toDouble() < 100) {
            y = y.mul(y);
          }
          return y;
        };
    // 3 -> 9 -> 81 -> 6561 = x^8
    assertThat(f.apply(scalar(3))).isEqualTo(scalar(6561));
    assertThat(grad(f, scalar(3))).isEqualTo(scalar(8 * Math.pow(3, 7)));
    assertThat(grad(x -> grad(f, x), scalar(3))).isEqualTo(scalar(56 * Math.pow(3, 6)));
    assertThat(jvp(y -> grad(f, y), scalar(3), scalar(1)).tangent())
        .isEqualTo(scalar(56 * Math.pow(3, 6)));
  }
}
