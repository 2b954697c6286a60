package dini.functional;

import static dini.core.Contractions.tensordot;
import static dini.core.Diagonals.diag;
import static dini.core.Diagonals.trace;
import static dini.core.Products.matmul;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.eye;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Checkpoint.checkpoint;
import static dini.functional.Checks.checkGrads;
import static dini.functional.ControlFlow.cond;
import static dini.functional.ControlFlow.foriLoop;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Jacobians.hvp;
import static dini.functional.Jit.jit;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.linearTranspose;
import static dini.functional.Transforms.makeProgram;
import static dini.functional.Transforms.vmap;
import static dini.linalg.MatrixFunctions.expm;
import static dini.linalg.MatrixFunctions.funm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.Comparisons;
import dini.core.Cumulative;
import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Elementwise;
import dini.core.Reductions;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.linalg.LinearAlgebra;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions of symmetric matrices, against truths that know nothing of eigenvalues. */
class FunmTest {
  private static final Tensor C =
      tensor(
          new double[][] {
            {0.3, -0.7, 0.2, 0.9}, {1.1, 0.4, -0.5, 0.1}, {0.6, 0.8, -0.2, 0.3}, {-1, 0.2, 0.7, 1}
          });
  private static final Tensor E =
      tensor(
          new double[][] {
            {0.5, 0.1, -0.4, 0.2}, {0.7, -0.3, 0.6, 0.1}, {0.2, 0.9, 0.8, -0.6}, {0.3, 0.4, -1, 0.2}
          });
  private static final Tensor D = matmul(C, E).sub(E.mul(2));

  /** A rotation that mixes all axes. */
  private static final Tensor Q = LinearAlgebra.qr(C.add(eye(4))).q();

  private static Tensor with(double... eigenvalues) {
    return matmul(matmul(Q, diag(tensor(eigenvalues))), Q, false, true);
  }

  static Stream<Arguments> spectra() {
    return Stream.of(
        Arguments.of("identity", eye(4)),
        Arguments.of("multiple of it", eye(4).mul(2.5)),
        Arguments.of("projector and identity", with(1, 1, 2, 2)),
        Arguments.of("diagonal with blocks", diag(tensor(1.5, 0.5, 1.5, 1.5))),
        Arguments.of("distinct", with(0.5, 1, 2, 3)),
        Arguments.of("gaps of 1e-3", with(1, 1.001, 1.002, 2)),
        Arguments.of("gaps of 1e-6", with(1, 1 + 1e-6, 2, 2 + 1e-6)),
        Arguments.of("gaps of 1e-9", with(1, 1 + 1e-9, 1 + 2e-9, 1 + 4e-9)),
        Arguments.of("gaps of 1e-12", with(1, 1 + 1e-12, 1.5, 1.5 + 1e-12)),
        Arguments.of("all kinds of gaps", with(1, 1 + 1e-9, 1.0001, 1.1)));
  }

  private static Tensor symmetric(Tensor a) {
    return a.add(Shapes.transpose(a)).mul(0.5);
  }

  private static Function<Tensor, Tensor> along(UnaryOperator<Tensor> f) {
    return a -> tensordot(C, f.apply(a), 2);
  }

  /** All values, gradients, and second and third derivatives along E and D in mixed modes. */
  private static void assertAgree(
      double tolerance, Function<Tensor, Tensor> f, Function<Tensor, Tensor> truth, Tensor a) {
    assertNear(tolerance, f.apply(a), truth.apply(a).toArray());
    assertNear(tolerance, grad(f, a), grad(truth, a).toArray());
    assertNear(tolerance, hvp(f, a, E), hvp(truth, a, E).toArray());
    assertNear(
        tolerance,
        jvp(x -> hvp(f, x, E), a, D).tangent(),
        jvp(x -> hvp(truth, x, E), a, D).tangent().toArray());
    assertNear(
        tolerance,
        grad(x -> tensordot(D, hvp(f, x, E), 2), a),
        grad(x -> tensordot(D, hvp(truth, x, E), 2), a).toArray());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("spectra")
  void exponential(String name, Tensor a) {
    assertAgree(1e-11, along(x -> funm(x, Elementwise::exp)), along(x -> expm(symmetric(x))), a);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("spectra")
  void cube(String name, Tensor a) {
    UnaryOperator<Tensor> cube = x -> matmul(symmetric(x), matmul(symmetric(x), symmetric(x)));
    assertAgree(1e-11, along(x -> funm(x, w -> w.pow(3))), along(cube), a);
    Tensor closed = matmul(a, symmetric(E)).add(matmul(symmetric(E), a)).mul(3);
    assertNear(1e-12, hvp(x -> trace(funm(x, w -> w.pow(3))), a, E), closed.toArray());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("spectra")
  void reciprocal(String name, Tensor a) {
    assertAgree(
        1e-10,
        along(x -> funm(x, Elementwise::reciprocal)),
        along(x -> LinearAlgebra.inv(symmetric(x))),
        a);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("spectra")
  void traceOfTheLogarithm(String name, Tensor a) {
    assertAgree(
        1e-11,
        x -> trace(funm(x, Elementwise::log)),
        x -> LinearAlgebra.slogdet(symmetric(x)).logabs(),
        a);
  }

  /** X X = A, and so X' X + X X' = A' and so on. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("spectra")
  void squareRoot(String name, Tensor a) {
    UnaryOperator<Tensor> square =
        x -> {
          Tensor root = funm(x, Elementwise::sqrt);
          return matmul(root, root);
        };
    assertAgree(1e-11, along(square), along(FunmTest::symmetric), a);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("spectra")
  void differences(String name, Tensor a) {
    checkGrads(x -> funm(x, Elementwise::tanh), a, 3);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("spectra")
  void capturedExponent(String name, Tensor a) {
    checkGrads(x -> funm(x.get(0), w -> w.pow(x.get(1))), List.of(a, scalar(1.7)), 2);
    Function<Tensor, Tensor> power = p -> trace(funm(a, w -> w.pow(p)));
    Tensor logarithm = funm(a, Elementwise::log);
    Tensor slope = matmul(funm(a, w -> w.pow(1.7)), logarithm);
    assertNear(grad(power, scalar(1.7)), trace(slope).toDouble());
    assertNear(grad(p -> grad(power, p), scalar(1.7)), trace(matmul(slope, logarithm)).toDouble());
  }

  /** The derivative in A of that in p, which is that of {@code trace(A^p log A)}. */
  @Test
  void capturedExponentAtTheIdentity() {
    Function<Tensor, Tensor> slope = a -> grad(p -> trace(funm(a, w -> w.pow(p))), scalar(3));
    // f = w^3 log w: f' = 1, f'' = 5, f''' = 11 at 1
    assertNear(grad(slope, eye(4)), eye(4).toArray());
    assertNear(hvp(slope, eye(4), E), symmetric(E).mul(5).toArray());
    Tensor third = matmul(symmetric(E), symmetric(D));
    assertNear(jvp(a -> hvp(slope, a, E), eye(4), D).tangent(), symmetric(third).mul(11).toArray());
  }

  /** A polynomial by its coefficients: a tensor of several elements is captured. */
  @Test
  void capturedCoefficients() {
    Tensor a = with(1, 1, 2, 3);
    Function<Tensor, Tensor> f =
        c ->
            tensordot(
                C,
                funm(
                    a,
                    w ->
                        Shapes.index(c, 0, 0)
                            .add(Shapes.index(c, 0, 1).mul(w))
                            .add(Shapes.index(c, 0, 2).mul(w.mul(w)))),
                2);
    assertNear(
        grad(f, tensor(1, 2, 3)),
        trace(C).toDouble(),
        tensordot(C, a, 2).toDouble(),
        tensordot(C, matmul(a, a), 2).toDouble());
  }

  /** What f computes from a tensor of some length inside, which is captured whole. */
  @Test
  void capturedVectorInside() {
    Tensor a = with(1, 1, 2, 3);
    Function<List<Tensor>, Tensor> f =
        x -> funm(x.get(0), w -> sum(Elementwise.tanh(Shapes.expandDims(w, -1).mul(x.get(1))), -1));
    checkGrads(f, List.of(a, tensor(0.3, -0.8, 0.5)), 2);
  }

  /** The projector on what belongs to eigenvalues above 2: smooth while none passes there. */
  @Test
  void projector() {
    UnaryOperator<Tensor> step =
        w -> Comparisons.where(Comparisons.gt(w, 2), Tensors.onesLike(w), Tensors.zerosLike(w));
    Tensor a = with(1, 1, 3, 4);
    Tensor p = funm(a, step);
    assertNear(matmul(p, p), p.toArray());
    checkGrads(x -> funm(x, step), a, 2);
  }

  @Test
  void functionsOfSingularValues() {
    Function<Tensor, Tensor> f =
        a -> trace(funm(matmul(a, a, true, false), w -> Elementwise.log1p(w)));
    checkGrads(f, eye(4), 3);
    checkGrads(f, E, 2);
  }

  // ---- transformations ----

  @Test
  void lanesAreSingleCalls() {
    Tensor stack = Shapes.stack(0, with(1, 1, 2, 3), eye(4), with(1, 2, 2, 2));
    Tensor exponents = tensor(0.5, 1, 2.5);
    Function<List<Tensor>, Tensor> one =
        x -> grad(a -> tensordot(C, funm(a, w -> w.pow(x.get(1))), 2), x.get(0));
    Tensor both = vmap(one, List.of(stack, exponents));
    Tensor byExponent = vmap(p -> one.apply(List.of(eye(4).mul(2), p)), exponents);
    Tensor byMatrix = vmap(a -> one.apply(List.of(a, scalar(2.5))), stack);
    Tensor slopes =
        vmap(p -> grad(q -> trace(funm(with(1, 1, 2, 3), w -> w.pow(q))), p), exponents);
    for (int i = 0; i < 3; i++) {
      Tensor a = Shapes.index(stack, 0, i);
      Tensor p = Shapes.index(exponents, 0, i);
      assertThat(Shapes.index(both, 0, i)).isEqualTo(one.apply(List.of(a, p)));
      assertThat(Shapes.index(byExponent, 0, i)).isEqualTo(one.apply(List.of(eye(4).mul(2), p)));
      assertThat(Shapes.index(byMatrix, 0, i)).isEqualTo(one.apply(List.of(a, scalar(2.5))));
      assertThat(Shapes.index(slopes, 0, i))
          .isEqualTo(grad(q -> trace(funm(with(1, 1, 2, 3), w -> w.pow(q))), p));
    }
    assertThat(funm(stack, Elementwise::exp))
        .isEqualTo(vmap(a -> funm(a, Elementwise::exp), stack));
  }

  @Test
  void compiledHasTheSameBits() {
    Function<List<Tensor>, Tensor> f =
        x -> tensordot(C, funm(x.get(0), w -> w.pow(x.get(1)).add(Elementwise.tanh(w))), 2);
    List<Tensor> at = List.of(with(1, 1, 2, 3), scalar(1.7));
    assertThat(jit(f).apply(at)).isEqualTo(f.apply(at));
    assertThat(jit((List<Tensor> x) -> grad(f, x)).apply(at)).isEqualTo(grad(f, at));
    assertThat(jit((Tensor a) -> hvp(x -> f.apply(List.of(x, at.get(1))), a, E)).apply(at.get(0)))
        .isEqualTo(hvp(x -> f.apply(List.of(x, at.get(1))), at.get(0), E));
  }

  @Test
  void functionsWithinOtherTransformations() {
    Tensor a = with(1, 1, 2, 3);
    UnaryOperator<Tensor> plain = p -> tensordot(C, funm(a.mul(p), w -> w.pow(p)), 2);
    Tensor slope = grad(plain::apply, scalar(1.7));
    assertThat(grad(checkpoint(plain::apply), scalar(1.7))).isEqualTo(slope);
    Function<Tensor, Tensor> chosen =
        p -> cond(Comparisons.gt(p, 0), p, x -> plain.apply(p), x -> x);
    assertThat(grad(chosen, scalar(1.7))).isEqualTo(slope);
    Function<Tensor, Tensor> once = p -> foriLoop(0, 1, p, (i, x) -> plain.apply(p));
    assertThat(grad(once, scalar(1.7))).isEqualTo(slope);
    Function<Tensor, Tensor> along = v -> jvp(plain::apply, scalar(1.7), v).tangent();
    assertNear(linearTranspose(along, scalar(0)).apply(scalar(2)), 2 * slope.toDouble());
  }

  /** The root x of x^2 = p w by Newton's method, and five steps of it in a loop. */
  @Test
  void otherTransformationsWithinFunctions() {
    BiFunction<Tensor, Tensor, Tensor> root =
        customRoot((Tensor x, Tensor t) -> x.mul(x).sub(t)).apply((init, t) -> Elementwise.sqrt(t));
    Tensor a = with(1, 1, 2, 3);
    UnaryOperator<Tensor> exact = p -> tensordot(C, funm(a, w -> Elementwise.sqrt(w.mul(p))), 2);
    UnaryOperator<Tensor> implicit =
        p -> tensordot(C, funm(a, w -> root.apply(Tensors.onesLike(w), w.mul(p))), 2);
    UnaryOperator<Tensor> looped =
        p ->
            tensordot(
                C, funm(a, w -> foriLoop(0, 8, w, (i, x) -> x.add(w.mul(p).div(x)).mul(0.5))), 2);
    for (UnaryOperator<Tensor> f : List.of(implicit, looped)) {
      assertNear(f.apply(scalar(2)), exact.apply(scalar(2)).toDouble());
      assertNear(grad(f::apply, scalar(2)), grad(exact::apply, scalar(2)).toDouble());
    }
    Function<Tensor, Tensor> spectrum =
        x -> tensordot(C, funm(x, w -> root.apply(Tensors.onesLike(w), w)), 2);
    assertNear(hvp(spectrum, a, E), hvp(along(x -> funm(x, Elementwise::sqrt)), a, E).toArray());
  }

  @Test
  void programsShowTheFunction() {
    assertThat(makeProgram((Tensor a) -> funm(a, w -> w.mul(2)), eye(2)).toString())
        .contains("funm");
  }

  @Test
  void ofWhatFCapturedItIsNoLinearMap() {
    Function<Tensor, Tensor> scaled = p -> funm(eye(2), w -> w.mul(p));
    assertThatThrownBy(() -> linearTranspose(scaled, scalar(0)).apply(eye(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("funm: not linear in argument 0");
  }

  // ---- edges ----

  @Test
  void singlePrecision() {
    Tensor a = with(1, 1, 2, 2.0001);
    Tensor p = scalar(1.5);
    Function<List<Tensor>, Tensor> f =
        x -> tensordot(C.astype(x.get(0).dtype()), funm(x.get(0), w -> w.pow(x.get(1))), 2);
    List<Tensor> exact = grad(f, List.of(a, p));
    List<Tensor> rounded = grad(f, List.of(a.astype(DType.FLOAT32), p.astype(DType.FLOAT32)));
    for (int i = 0; i < 2; i++) {
      assertThat(rounded.get(i).dtype()).isEqualTo(DType.FLOAT32);
      assertNear(3e-6, rounded.get(i), exact.get(i).toArray());
    }
  }

  @Test
  void onlyTheSymmetricPartCounts() {
    assertThat(funm(E, Elementwise::exp)).isEqualTo(funm(symmetric(E), Elementwise::exp));
    Tensor gradient = grad(a -> tensordot(C, funm(a, Elementwise::exp), 2), E);
    assertThat(gradient).isEqualTo(Shapes.transpose(gradient));
  }

  @Test
  void whatIsNotFiniteIsNaN() {
    Tensor stack =
        Shapes.stack(0, eye(2), eye(2).mul(Double.NaN), eye(2).mul(Double.MAX_VALUE).mul(2));
    Tensor result = funm(stack, Elementwise::exp);
    assertThat(Shapes.index(result, 0, 0)).isEqualTo(eye(2).mul(Math.E));
    assertThat(Shapes.index(result, 0, 1).toArray()).containsOnly(Double.NaN);
    assertThat(Shapes.index(result, 0, 2).toArray()).containsOnly(Double.NaN);
    assertThat(funm(eye(2).mul(-1), Elementwise::sqrt).toArray()).containsOnly(Double.NaN);
  }

  @Test
  void emptyMatrices() {
    assertThat(funm(Tensors.zeros(0, 0), Elementwise::exp).shape()).isEqualTo(Shape.of(0, 0));
    assertThat(funm(Tensors.zeros(0, 2, 2), Elementwise::exp).shape()).isEqualTo(Shape.of(0, 2, 2));
    Tensor slope = grad(p -> sum(funm(Tensors.zeros(0, 0), w -> w.mul(p))), scalar(2));
    assertThat(slope.toDouble()).isZero();
  }

  @Test
  void othersThanElementwiseAreRefused() {
    assertThatThrownBy(() -> funm(eye(3), w -> w.sub(Reductions.max(w))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("funm: f must be elementwise, but what becomes of one element");
    assertThatThrownBy(() -> funm(eye(3), w -> sum(w)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("funm: f must be elementwise, but its result for f64[2] is f64[]");
    assertThatThrownBy(() -> funm(eye(3), w -> w.rank() == 0 ? w : Cumulative.cumSum(w, 0)))
        .hasMessageContaining("what becomes of one element depends on the others");
    assertThatThrownBy(() -> funm(eye(3), w -> w.astype(DType.FLOAT32)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("f64[] is f32[]");
  }

  @Test
  void otherMatricesAreRefused() {
    assertThatThrownBy(() -> funm(Tensors.zeros(2, 3), Elementwise::exp))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("funm: expected square matrices");
    assertThatThrownBy(() -> funm(Tensors.ints(1), Elementwise::exp))
        .isInstanceOf(DTypeException.class)
        .hasMessageContaining("funm: needs a floating dtype");
  }
}
