package dini.linalg;

import static dini.core.Elementwise.abs;
import static dini.core.Elementwise.mul;
import static dini.core.Products.matmul;
import static dini.core.Tensors.eye;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dini.core.DType;
import dini.core.Reductions;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.trace.Batching;
import dini.core.trace.Differentiation;
import dini.core.trace.Leaves;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Decompositions: laws, derivatives, batches, and the edges. */
class DecompositionsTest {
  /** Of central differences with step {@link #STEP}: truncation h^2, rounding eps / h. */
  private static final double DIFFERENCE = 2e-8;

  private static final double STEP = 1e-5;

  private static Tensor random(long seed, int... extents) {
    Shape shape = Shape.of(extents);
    return tensor(shape, new SplittableRandom(seed).doubles(shape.size(), -1, 1).toArray());
  }

  private static Tensor spd(long seed, int n) {
    Tensor g = random(seed, n, n);
    return matmul(g, g, false, true).add(eye(n));
  }

  private static double distance(Tensor x, Tensor y) {
    assertThat(x.shape()).isEqualTo(y.shape());
    return x.size() == 0 ? 0 : Reductions.max(abs(x.sub(y))).toDouble();
  }

  private static Tensor[] lu(Tensor a) {
    LinearAlgebra.Lu lu = LinearAlgebra.lu(a);
    return new Tensor[] {lu.p(), lu.l(), lu.u()};
  }

  private static Tensor[] qr(Tensor a) {
    LinearAlgebra.Qr qr = LinearAlgebra.qr(a);
    return new Tensor[] {qr.q(), qr.r()};
  }

  private static Tensor[] eigh(Tensor a) {
    LinearAlgebra.Eigh eigh = LinearAlgebra.eigh(a);
    return new Tensor[] {eigh.values(), eigh.vectors()};
  }

  private static Tensor[] svd(Tensor a) {
    LinearAlgebra.Svd svd = LinearAlgebra.svd(a);
    return new Tensor[] {svd.u(), svd.s(), svd.vt()};
  }

  private static Leaves one(UnaryOperator<Tensor> f) {
    return x -> new Tensor[] {f.apply(x[0])};
  }

  /** A function of one stack of matrices, with an argument at which it is smooth. */
  record Case(Leaves f, Tensor a) {}

  static Stream<Named<Case>> cases() {
    Tensor b = random(50, 4, 2);
    return Stream.of(
        Named.of("cholesky", new Case(one(LinearAlgebra::cholesky), spd(1, 4))),
        Named.of("lu", new Case(x -> lu(x[0]), random(2, 4, 4))),
        Named.of("lu tall", new Case(x -> lu(x[0]), random(3, 5, 3))),
        Named.of("lu wide", new Case(x -> lu(x[0]), random(4, 3, 5))),
        Named.of("qr", new Case(x -> qr(x[0]), random(5, 4, 4))),
        Named.of("qr tall", new Case(x -> qr(x[0]), random(6, 5, 3))),
        Named.of("qr wide", new Case(x -> qr(x[0]), random(7, 3, 5))),
        Named.of("eigh", new Case(x -> eigh(x[0]), random(8, 4, 4))),
        Named.of("svd", new Case(x -> svd(x[0]), random(9, 4, 4))),
        Named.of("svd tall", new Case(x -> svd(x[0]), random(10, 5, 3))),
        Named.of("svd wide", new Case(x -> svd(x[0]), random(11, 3, 5))),
        Named.of("solve", new Case(one(a -> LinearAlgebra.solve(a, b)), random(12, 4, 4))),
        Named.of("solve for", new Case(one(v -> LinearAlgebra.solve(spd(13, 4), v)), b)),
        Named.of("inv", new Case(one(LinearAlgebra::inv), random(14, 4, 4))),
        Named.of("det", new Case(one(LinearAlgebra::det), random(15, 4, 4))),
        Named.of("logdet", new Case(one(LinearAlgebra::logdet), random(16, 4, 4))),
        Named.of(
            "choleskySolve", new Case(one(l -> LinearAlgebra.choleskySolve(l, b)), spd(17, 4))),
        Named.of(
            "triangularSolve",
            new Case(
                one(t -> LinearAlgebra.triangularSolve(t, b, false, true, false)), spd(18, 4))),
        Named.of(
            "triangularSolve for",
            new Case(
                one(v -> LinearAlgebra.triangularSolve(spd(19, 4), v, true, false, true)), b)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void derivativeIsThatOfCentralDifferences(Case c) {
    Tensor direction = random(99, c.a.shape().toArray());
    Tensor[] tangents =
        Differentiation.jvp(c.f, new Tensor[] {c.a}, new Tensor[] {direction}).tangents();
    Tensor[] after = c.f.apply(new Tensor[] {c.a.add(direction.mul(STEP))});
    Tensor[] before = c.f.apply(new Tensor[] {c.a.sub(direction.mul(STEP))});
    for (int i = 0; i < tangents.length; i++) {
      Tensor slope = after[i].sub(before[i]).div(2 * STEP);
      Tensor tangent = tangents[i] == null ? Tensors.zerosLike(slope) : tangents[i];
      double size = 1 + Reductions.max(abs(slope)).toDouble();
      assertThat(distance(tangent, slope)).as("result %s", i).isLessThan(DIFFERENCE * size * size);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void pullbackIsTheTransposeOfTheTangentMap(Case c) {
    Tensor direction = random(98, c.a.shape().toArray());
    Tensor[] tangents =
        Differentiation.jvp(c.f, new Tensor[] {c.a}, new Tensor[] {direction}).tangents();
    Differentiation.Linearized linearized = Differentiation.linearize(c.f, new Tensor[] {c.a});
    Tensor[] cotangents = new Tensor[tangents.length];
    double forward = 0;
    for (int i = 0; i < tangents.length; i++) {
      cotangents[i] = random(97 + i, linearized.values()[i].shape().toArray());
      forward += tangents[i] == null ? 0 : mul(cotangents[i], tangents[i]).sum().toDouble();
    }
    Tensor pulled = linearized.recording().pullback(cotangents)[0];
    assertThat(mul(pulled, direction).sum().toDouble())
        .isCloseTo(forward, within(1e-10 * (1 + Math.abs(forward))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void batchIsALoop(Case c) {
    Tensor other = c.a.add(random(96, c.a.shape().toArray()).mul(0.01));
    Tensor[] lanes = {c.a, other};
    Tensor both = Shapes.stack(0, lanes);
    Tensor[] mapped = Batching.map(c.f, 2, new Tensor[] {both}, new boolean[] {true});
    Leaves derivative =
        x -> {
          Tensor[] tangents =
              Differentiation.jvp(c.f, x, new Tensor[] {Tensors.onesLike(x[0])}).tangents();
          return new Tensor[] {tangents[tangents.length - 1]};
        };
    Tensor[] slopes = Batching.map(derivative, 2, new Tensor[] {both}, new boolean[] {true});
    for (int lane = 0; lane < 2; lane++) {
      Tensor[] alone = c.f.apply(new Tensor[] {lanes[lane]});
      for (int i = 0; i < alone.length; i++) {
        assertThat(distance(Shapes.index(mapped[i], 0, lane), alone[i])).isLessThan(1e-12);
      }
      Tensor slope = derivative.apply(new Tensor[] {lanes[lane]})[0];
      assertThat(distance(Shapes.index(slopes[0], 0, lane), slope)).isLessThan(1e-10);
    }
  }

  @Test
  void factorsGiveTheMatrix() {
    for (int[] extents : new int[][] {{4, 4}, {5, 3}, {3, 5}, {2, 3, 4, 3}, {1, 1}}) {
      Tensor a = random(20, extents);
      LinearAlgebra.Lu lu = LinearAlgebra.lu(a);
      assertThat(distance(matmul(lu.p(), matmul(lu.l(), lu.u())), a)).isLessThan(1e-14);
      LinearAlgebra.Qr qr = LinearAlgebra.qr(a);
      assertThat(distance(matmul(qr.q(), qr.r()), a)).isLessThan(1e-14);
      LinearAlgebra.Svd svd = LinearAlgebra.svd(a);
      Tensor scaled = mul(svd.u(), Shapes.expandDims(svd.s(), -2));
      assertThat(distance(matmul(scaled, svd.vt()), a)).isLessThan(1e-14);
    }
  }

  @Test
  void signsAreFixed() {
    Tensor a = tensor(new double[][] {{-2, 0}, {0, -3}});
    LinearAlgebra.Qr qr = LinearAlgebra.qr(a);
    assertThat(distance(qr.r(), tensor(new double[][] {{2, 0}, {0, 3}}))).isZero();
    LinearAlgebra.Eigh eigh = LinearAlgebra.eigh(a);
    assertThat(eigh.values()).isEqualTo(tensor(-3, -2));
    assertThat(distance(eigh.vectors(), tensor(new double[][] {{0, 1}, {1, 0}}))).isZero();
    LinearAlgebra.Svd svd = LinearAlgebra.svd(a);
    assertThat(svd.s()).isEqualTo(tensor(3, 2));
    assertThat(distance(svd.u(), tensor(new double[][] {{0, 1}, {1, 0}}))).isZero();
    assertThat(distance(svd.vt(), tensor(new double[][] {{0, -1}, {-1, 0}}))).isZero();
  }

  @Test
  void luOfMatricesWithoutRowsOrColumns() {
    for (int rows : new int[] {3, 300}) {
      LinearAlgebra.Lu tall = LinearAlgebra.lu(zeros(rows, 0));
      assertThat(tall.p()).isEqualTo(eye(rows));
      assertThat(tall.l()).isEqualTo(zeros(rows, 0));
      assertThat(tall.u()).isEqualTo(zeros(0, 0));
      LinearAlgebra.Lu wide = LinearAlgebra.lu(zeros(0, rows));
      assertThat(wide.l()).isEqualTo(zeros(0, 0));
      assertThat(wide.u()).isEqualTo(zeros(0, rows));
    }
  }

  @Test
  void matricesOfExtentZero() {
    Tensor none = zeros(0, 0);
    assertThat(LinearAlgebra.det(none)).isEqualTo(Tensors.scalar(1));
    assertThat(LinearAlgebra.logdet(none)).isEqualTo(Tensors.scalar(0));
    assertThat(LinearAlgebra.slogdet(none).sign()).isEqualTo(Tensors.scalar(1));
    assertThat(LinearAlgebra.inv(none)).isEqualTo(none);
    assertThat(LinearAlgebra.cholesky(none)).isEqualTo(none);
    assertThat(LinearAlgebra.solve(none, zeros(0))).isEqualTo(zeros(0));
    assertThat(LinearAlgebra.lu(none).u()).isEqualTo(none);
    assertThat(LinearAlgebra.qr(zeros(3, 0)).q()).isEqualTo(zeros(3, 0));
    assertThat(LinearAlgebra.qr(zeros(0, 3)).r()).isEqualTo(zeros(0, 3));
    assertThat(LinearAlgebra.eigh(none).values()).isEqualTo(zeros(0));
    assertThat(LinearAlgebra.svd(zeros(0, 3)).vt()).isEqualTo(zeros(0, 3));
    assertThat(LinearAlgebra.det(zeros(0, 3, 3))).isEqualTo(zeros(0));
    Tensor[] gradient =
        Differentiation.linearize(one(LinearAlgebra::det), new Tensor[] {none})
            .recording()
            .pullback(new Tensor[] {Tensors.scalar(1)});
    assertThat(gradient[0]).isEqualTo(none);
  }

  @Test
  void singlePrecisionIsTheRoundedDouble() {
    Tensor a = random(30, 4, 4).astype(DType.FLOAT32);
    Tensor wide = a.astype(DType.FLOAT64);
    assertThat(LinearAlgebra.inv(a)).isEqualTo(LinearAlgebra.inv(wide).astype(DType.FLOAT32));
    assertThat(LinearAlgebra.svd(a).u())
        .isEqualTo(LinearAlgebra.svd(wide).u().astype(DType.FLOAT32));
    assertThat(LinearAlgebra.det(a)).isEqualTo(LinearAlgebra.det(wide).astype(DType.FLOAT32));
  }

  @Test
  void functionsOfTheSpectrumAtEqualEigenvalues() {
    // sum of cubes: the gradient at the identity is 3 A^2 = 3 I
    Leaves cubes = x -> new Tensor[] {LinearAlgebra.eigh(x[0]).values().pow(3).sum()};
    assertThat(distance(gradient(cubes, eye(3)), eye(3).mul(3))).isLessThan(1e-14);
    // the same through singular values
    Leaves nuclear = x -> new Tensor[] {LinearAlgebra.svd(x[0]).s().sum()};
    assertThat(distance(gradient(nuclear, eye(3)), eye(3))).isLessThan(1e-14);
    // skew directions turn U and V even where singular values are equal
    Leaves product =
        x -> {
          LinearAlgebra.Svd svd = LinearAlgebra.svd(x[0]);
          return new Tensor[] {matmul(mul(svd.u(), svd.s()), svd.vt())};
        };
    Tensor skew = tensor(new double[][] {{0, 1, 2}, {-1, 0, 3}, {-2, -3, 0}});
    Tensor tangent =
        Differentiation.jvp(product, new Tensor[] {eye(3)}, new Tensor[] {skew}).tangents()[0];
    assertThat(distance(tangent, skew)).isLessThan(1e-14);
    assertThat(gradient(nuclear, zeros(3, 3)).toArray()).doesNotContain(Double.NaN);
  }

  private static Tensor gradient(Leaves f, Tensor a) {
    return Differentiation.linearize(f, new Tensor[] {a})
        .recording()
        .pullback(new Tensor[] {Tensors.scalar(1)})[0];
  }

  @Test
  void refusals() {
    Tensor singular = tensor(new double[][] {{1, 2}, {2, 4}});
    assertThatThrownBy(() -> LinearAlgebra.solve(singular, tensor(1, 1)))
        .isInstanceOf(SingularMatrixException.class)
        .hasMessage(
            "solve: the matrix (2, 2) is singular: pivot 1 of LU is 0.0, zero to rounding; look for"
                + " dependent rows or columns, or add a multiple of the identity");
    Tensor stack = Shapes.stack(0, eye(2), tensor(new double[][] {{1, 2}, {2, 1}}));
    assertThatThrownBy(() -> LinearAlgebra.cholesky(stack))
        .isInstanceOf(NotPositiveDefiniteException.class)
        .hasMessage(
            "cholesky: the matrix (2, 2) at [1] of the stack is not positive definite: pivot 1 is"
                + " -3.0; add a multiple of the identity, or use solve, lu or eigh, which do not"
                + " need it");
    assertThatThrownBy(
            () ->
                LinearAlgebra.triangularSolve(
                    tensor(new double[][] {{1, 0}, {1, 0}}), tensor(1, 1), true, false, false))
        .isInstanceOf(SingularMatrixException.class)
        .hasMessageContaining("element 1 of its diagonal is 0");
    assertThatThrownBy(() -> LinearAlgebra.solve(eye(2), tensor(1, 2, 3)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("solve: matrix (2, 2) and right-hand side (3,): extents 2 and 3 differ");
    assertThatThrownBy(() -> LinearAlgebra.inv(ones(2, 3)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("inv: expected square matrices, got f64[2,3]");
    assertThatThrownBy(() -> LinearAlgebra.det(tensor(1, 2))).isInstanceOf(ShapeException.class);
  }

  @Test
  void underVmapABadLaneIsNaN() {
    Tensor stack = Shapes.stack(0, eye(2), tensor(new double[][] {{1, 2}, {2, 4}}));
    for (UnaryOperator<Tensor> f :
        List.<UnaryOperator<Tensor>>of(
            LinearAlgebra::cholesky,
            LinearAlgebra::inv,
            a -> LinearAlgebra.solve(a, tensor(1, 2)),
            a ->
                LinearAlgebra.triangularSolve(
                    a.sub(tensor(0, 4)), tensor(1, 2), true, false, false),
            a ->
                Differentiation.jvp(
                        one(LinearAlgebra::logdet), new Tensor[] {a}, new Tensor[] {eye(2)})
                    .tangents()[0])) {
      Tensor result = Batching.map(one(f), 2, new Tensor[] {stack}, new boolean[] {true})[0];
      assertThat(Shapes.index(result, 0, 0).toArray()).doesNotContain(Double.NaN);
      assertThat(Shapes.index(result, 0, 1).toArray()).containsOnly(Double.NaN);
    }
  }

  @Test
  void triangularSolveReadsOneTriangle() {
    Tensor dirty = tensor(new double[][] {{Double.NaN, Double.NaN}, {3, Double.NaN}});
    Tensor x = LinearAlgebra.triangularSolve(dirty, tensor(1, 2), true, false, true);
    assertThat(x).isEqualTo(tensor(1, -1));
    Tensor gradient =
        gradient(
            v ->
                new Tensor[] {
                  LinearAlgebra.triangularSolve(v[0], tensor(1, 2), true, false, true).sum()
                },
            dirty);
    assertThat(gradient).isEqualTo(tensor(new double[][] {{0, 0}, {-1, 0}}));
  }

  @Test
  void choleskySolveIsSolve() {
    Tensor a = Shapes.stack(0, spd(41, 3), spd(42, 3));
    Tensor l = LinearAlgebra.cholesky(a);
    for (Tensor b : new Tensor[] {random(43, 3), random(44, 3, 2), random(45, 2, 3, 1)}) {
      assertThat(distance(LinearAlgebra.choleskySolve(l, b), LinearAlgebra.solve(a, b)))
          .isLessThan(1e-14);
    }
  }

  @Test
  void determinantsLeaveTheRangeOnlyAtTheEnd() {
    Tensor a = eye(4).mul(tensor(1e300, 1e300, 1e-300, 1e-300));
    assertThat(LinearAlgebra.det(a).toDouble()).isCloseTo(1, within(1e-14));
  }

  @Test
  void thirdDerivativeOfADeterminant() {
    // det(A + t D) is a cubic in t with the leading coefficient det D
    Tensor a = random(60, 3, 3);
    Tensor[] d = {random(61, 3, 3)};
    Leaves along = one(LinearAlgebra::det);
    for (int order = 1; order <= 3; order++) {
      Leaves before = along;
      along = x -> Differentiation.jvp(before, x, d).tangents();
    }
    assertThat(along.apply(new Tensor[] {a})[0].toDouble())
        .isCloseTo(6 * LinearAlgebra.det(d[0]).toDouble(), within(1e-12));
  }
}
