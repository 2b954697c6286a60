package dini.functional.primitive;

import static dini.core.Elementwise.abs;
import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.square;
import static dini.core.Tensors.floats;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.functional.primitive.FusedAdam.Constants;
import dini.functional.primitive.FusedAdam.Step;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Adam's derivative goes wrong at elsewhere, and that fused and composed form are one. */
class FusedAdamTest {
  private static final double B1 = 0.9;
  private static final double B2 = 0.999;

  /** In step {@code count}. */
  private static Constants constants(double eps, double epsRoot, int count) {
    return new Constants(
        scalar(B1),
        scalar(B2),
        scalar(eps),
        scalar(epsRoot),
        scalar(1 - StrictMath.pow(B1, count)),
        scalar(1 - StrictMath.pow(B2, count)));
  }

  private static Tensor direction(Tensor g, Tensor mu, Tensor nu, Constants constants) {
    return FusedAdam.update(g, mu, nu, constants).direction();
  }

  /** The derivative of the direction by nu, from its formula. */
  private static double byNu(
      double g, double mu, double nu, double eps, double epsRoot, int count) {
    double c1 = 1 - StrictMath.pow(B1, count);
    double c2 = 1 - StrictMath.pow(B2, count);
    double m = B1 * mu + (1 - B1) * g;
    double root = Math.sqrt((B2 * nu + (1 - B2) * g * g) / c2 + epsRoot);
    return -m / c1 / ((root + eps) * (root + eps)) / (2 * root) * B2 / c2;
  }

  private static void assertByNu(double nu, double eps, double epsRoot) {
    Constants constants = constants(eps, epsRoot, 4);
    Tensor slope = grad(x -> direction(scalar(0.5), scalar(0.3), x, constants), scalar(nu));
    double expected = byNu(0.5, 0.3, nu, eps, epsRoot, 4);
    assertThat(slope.toDouble() / expected - 1).isBetween(-1e-13, 1e-13);
  }

  @Test
  void derivativeByTheSecondMomentIsRightForALargeEps() {
    assertByNu(0.04, 0.1, 0);
  }

  @Test
  void derivativeByTheSecondMomentIsRightForALargeEpsRoot() {
    assertByNu(0.04, 1e-8, 0.01);
  }

  @Test
  void derivativeByTheSecondMomentIsRightWhereTheRootIsEps() {
    double eps = Math.sqrt((B2 * 1e-4 + (1 - B2) * 0.25) / (1 - StrictMath.pow(B2, 4)));
    assertByNu(1e-4, eps, 0);
  }

  /** With moments of 0 the direction is {@code g / (|g| + eps)}. */
  @Test
  void derivativeByTheGradientInTheFirstStepIsNotTwiceTheTruth() {
    Constants constants = constants(1e-2, 0, 1);
    Tensor slope = grad(x -> direction(x, scalar(0), scalar(0), constants), scalar(0.5));
    assertNear(slope, 1e-2 / (0.51 * 0.51));
  }

  /** With moments of 0 the direction is {@code g / (sqrt(g^2 + epsRoot) + eps)}. */
  @Test
  void derivativeByTheGradientInTheFirstStepIsRightWithAnEpsRoot() {
    Constants constants = constants(1e-8, 1e-8, 1);
    Tensor slope = grad(x -> direction(x, scalar(0), scalar(0), constants), scalar(0.5));
    double root = Math.sqrt(0.25 + 1e-8);
    double expected = (1e-8 / root + 1e-8) / ((root + 1e-8) * (root + 1e-8));
    // what is left of two terms near 2
    assertThat(slope.toDouble()).isBetween(expected - 4e-15, expected + 4e-15);
  }

  @Test
  void anExactlyZeroFirstMomentKeepsItsDerivatives() {
    Constants constants = constants(0.1, 0, 4);
    double mu = -(1 - B1) * 0.5 / B1;
    double m = B1 * mu + (1 - B1) * 0.5;
    assertThat(m).isZero();
    double c1 = 1 - StrictMath.pow(B1, 4);
    double root = Math.sqrt((B2 * 0.5 + (1 - B2) * 0.25) / (1 - StrictMath.pow(B2, 4)));
    Tensor byG = grad(x -> direction(x, scalar(mu), scalar(0.5), constants), scalar(0.5));
    Tensor byMu = grad(x -> direction(scalar(0.5), x, scalar(0.5), constants), scalar(mu));
    assertNear(byG, (1 - B1) / c1 / (root + 0.1));
    assertNear(byMu, B1 / c1 / (root + 0.1));
  }

  @Test
  void atAZeroGradientTheDerivativeIsTheLimit() {
    Constants constants = constants(1e-4, 0, 1);
    Tensor byG = grad(x -> direction(x, scalar(0), scalar(0), constants), scalar(0));
    Tensor byNu = grad(x -> direction(scalar(0), scalar(0), x, constants), scalar(0));
    assertNear(byG, 1e4);
    assertNear(byNu, 0);
    Tensor forward =
        jvp(x -> direction(x, scalar(0), scalar(0), constants), scalar(0), scalar(1)).tangent();
    assertNear(forward, 1e4);
  }

  /** All steps of {@code a x^2 / 2} from 0 stay there, and are linear in x: the truth is a loop. */
  @Test
  void anIdenticallyZeroGradientHasAFiniteMetaGradient() {
    double a = 0.7;
    double eps = 1e-3;
    double rate = 1e-3;
    int steps = 5;
    double x = 1;
    double mu = 0;
    for (int t = 1; t <= steps; t++) {
      mu = B1 * mu + (1 - B1) * a * x;
      x -= rate * mu / (1 - StrictMath.pow(B1, t)) / eps;
    }
    Tensor slope =
        grad(
            start -> {
              Tensor at = start;
              Tensor first = scalar(0);
              Tensor second = scalar(0);
              for (int t = 1; t <= steps; t++) {
                Tensor g = grad(z -> square(z).mul(a / 2), at);
                Step step = FusedAdam.update(g, first, second, constants(eps, 0, t));
                first = step.mu();
                second = step.nu();
                at = at.sub(step.direction().mul(rate));
              }
              return at;
            },
            scalar(0));
    assertNear(slope, x);
  }

  /** The square of the gradient is 0, the gradient is not: the truth is that of the case above. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-170, -1e-200, Double.MIN_VALUE})
  void aGradientWhoseSquareUnderflowsHasAFiniteDerivative(double g) {
    Constants constants = constants(1e-4, 0, 1);
    UnaryOperator<Tensor> twice =
        x -> {
          Step step = FusedAdam.update(x, scalar(0), scalar(0), constants);
          return direction(x, step.mu(), step.nu(), constants);
        };
    assertNear(grad(twice::apply, scalar(g)), 1e4 * (1 + B1));
  }

  /** Then the second moment is the squared gradient, and does not depend on what it was. */
  @Test
  void withoutMemoryOfTheSecondMomentAZeroGradientHasADerivative() {
    Constants forgetful =
        new Constants(scalar(B1), scalar(0), scalar(1e-4), scalar(0), scalar(1), scalar(1));
    List<Tensor> slopes =
        grad(
            x -> direction(x.get(0), x.get(1), x.get(2), forgetful),
            List.of(scalar(0), scalar(0.5), scalar(0.3)));
    assertNear(slopes.get(0), (1 - B1) * 1e4);
    assertNear(slopes.get(1), B1 * 1e4);
    assertNear(slopes.get(2), 0);
  }

  @Test
  void aMetaLoopWithALargeEpsAgreesWithDifferences() {
    UnaryOperator<Tensor> outer =
        a -> {
          Tensor at = tensor(1, -2, 0.3);
          Tensor first = tensor(0, 0, 0);
          Tensor second = tensor(0, 0, 0);
          for (int t = 1; t <= 4; t++) {
            Tensor g = grad(z -> sin(z.mul(a)).sum(), at);
            Step step = FusedAdam.update(g, first, second, constants(0.1, 0.01, t));
            first = step.mu();
            second = step.nu();
            at = at.sub(step.direction().mul(0.1));
          }
          return square(at).sum();
        };
    double h = 2e-4;
    double[] at = new double[5];
    Arrays.setAll(at, i -> outer.apply(scalar(0.8 + (i - 2) * h)).toDouble());
    double difference = (8 * (at[3] - at[1]) - (at[4] - at[0])) / (12 * h);
    assertNear(1e-10, grad(outer::apply, scalar(0.8)), difference);
  }

  /** Room for a rounding of each of some ten operations. */
  @Test
  void float64IsAccurateToFloat64() {
    SplittableRandom random = new SplittableRandom(3);
    MathContext exact = new MathContext(60);
    for (int i = 0; i < 200; i++) {
      double g = random.nextDouble(-1, 1) * StrictMath.pow(10, random.nextInt(-12, 3));
      double mu = random.nextDouble(0, 1) * g;
      double nu = random.nextDouble(0, 2) * g * g;
      Constants constants = constants(1e-8, 0, 1 + i);
      double actual = direction(scalar(g), scalar(mu), scalar(nu), constants).toDouble();
      BigDecimal b1 = new BigDecimal(B1);
      BigDecimal b2 = new BigDecimal(B2);
      BigDecimal slope = new BigDecimal(g);
      BigDecimal m =
          b1.multiply(new BigDecimal(mu)).add(BigDecimal.ONE.subtract(b1).multiply(slope));
      BigDecimal v =
          b2.multiply(new BigDecimal(nu))
              .add(BigDecimal.ONE.subtract(b2).multiply(slope).multiply(slope));
      BigDecimal c1 = new BigDecimal(constants.c1().toDouble());
      BigDecimal c2 = new BigDecimal(constants.c2().toDouble());
      BigDecimal root = v.divide(c2, exact).sqrt(exact).add(new BigDecimal(1e-8));
      double expected = m.divide(c1, exact).divide(root, exact).doubleValue();
      assertThat(Math.abs(actual - expected)).isLessThanOrEqualTo(5 * Math.ulp(expected));
    }
  }

  // ---- fused and composed ----

  private static Tensor random(SplittableRandom random, int n, DType dtype) {
    double[] values = new double[n];
    Arrays.setAll(values, i -> random.nextInt(4) == 0 ? 0 : random.nextDouble(-2, 2));
    return Tensors.tensor(Shape.of(n), values).astype(dtype);
  }

  private static Tensor[] operands(int seed, int n, DType dtype) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor[] operands = new Tensor[12];
    Arrays.setAll(operands, i -> random(random, n, dtype));
    operands[2] = abs(operands[2]);
    double[] constants = {0.9, 0.999, seed % 2 == 0 ? 1e-8 : 0.1, seed % 3 * 0.01, 0.19, 0.002};
    for (int i = 0; i < constants.length; i++) {
      operands[3 + i] = scalar(constants[i]).astype(dtype);
    }
    return operands;
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT64", "FLOAT32"})
  void fusedAndComposedFormsHaveTheSameBits(DType dtype) {
    for (int seed = 0; seed < 6; seed++) {
      Tensor[] all = operands(seed, 37, dtype);
      Tensor[] point = Arrays.copyOf(all, 9);
      Tensor[] directions = Arrays.copyOfRange(all, 9, 12);
      Step step =
          FusedAdam.update(
              all[0],
              all[1],
              all[2],
              new Constants(all[3], all[4], all[5], all[6], all[7], all[8]));
      assertThat(new Tensor[] {step.mu(), step.nu(), step.direction()})
          .isEqualTo(ComposedAdam.update(point));
      assertThat(new AdamDifferential(false).apply(point, directions))
          .isEqualTo(ComposedAdam.tangent(all));
      assertThat(new AdamDifferential(true).apply(point, directions))
          .isEqualTo(ComposedAdam.cotangent(all));
    }
  }

  @Test
  void lanesWithConstantsOfTheirOwnHaveTheBitsOfALoop() {
    Tensor g = tensor(0.5, -1, 0);
    Tensor decays = tensor(0.5, 0.9);
    UnaryOperator<Tensor> ofDecay =
        b1 ->
            direction(
                g,
                tensor(0.1, 0.2, 0),
                tensor(0.3, 0.1, 0),
                new Constants(b1, scalar(B2), scalar(1e-8), scalar(0), scalar(0.1), scalar(0.1)));
    Tensor mapped = vmap(ofDecay, decays);
    assertThat(Shapes.index(mapped, 0, 0)).isEqualTo(ofDecay.apply(scalar(0.5)));
    assertThat(Shapes.index(mapped, 0, 1)).isEqualTo(ofDecay.apply(scalar(0.9)));
  }

  // ---- refusals ----

  @Test
  void momentsOfAnotherShapeAreRefused() {
    assertThatThrownBy(
            () -> direction(tensor(1, 2), tensor(1), tensor(1, 2), constants(1e-8, 0, 1)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("adam: g is f64[2], mu is f64[1]: expected the same shape");
  }

  @Test
  void constantsThatAreNoScalarsAreRefused() {
    Constants wrong =
        new Constants(tensor(1), scalar(0), scalar(0), scalar(0), scalar(0), scalar(0));
    assertThatThrownBy(() -> direction(scalar(1), scalar(1), scalar(1), wrong))
        .isInstanceOf(ShapeException.class)
        .hasMessage("adam: g is f64[], b1 is f64[1]: expected a scalar");
  }

  @Test
  void twoDtypesAreRefused() {
    assertThatThrownBy(() -> direction(floats(1), floats(1), floats(1), constants(1e-8, 0, 1)))
        .isInstanceOf(DTypeException.class)
        .hasMessage("adam: g is f32[1], b1 is f64[]: dtypes differ");
    assertThatThrownBy(
            () ->
                direction(Tensors.ints(1), Tensors.ints(1), Tensors.ints(1), constants(1e-8, 0, 1)))
        .isInstanceOf(DTypeException.class)
        .hasMessage("adam: needs a floating dtype, got i32[1]");
  }
}
