package dini.linalg;

import static dini.core.Elementwise.abs;
import static dini.core.Elementwise.mul;
import static dini.core.Products.matmul;
import static dini.core.Tensors.eye;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.Reductions;
import dini.core.Shape;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.trace.Batching;
import dini.core.trace.Closed;
import dini.core.trace.Differentiation;
import dini.core.trace.Leaves;
import dini.core.trace.Staging;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Stacks of matrices: each as if it were alone, by leading axes that broadcast and by vmap, with
 * derivatives; and what becomes of a bad matrix among good ones.
 */
class StackedMatricesTest {
  private static final double ROUNDING = 1e-11;

  /** A function of two stacks, of matrices (n, n) and of right-hand sides (n, k). */
  record Pair(Leaves f, boolean invertible) {}

  private static Tensor random(long seed, int... extents) {
    Shape shape = Shape.of(extents);
    return tensor(shape, new SplittableRandom(seed).doubles(shape.size(), -1, 1).toArray());
  }

  /** Matrices with an inverse, also of both of their triangles. */
  private static Tensor matrices(long seed, int... lead) {
    int[] extents = new int[lead.length + 2];
    System.arraycopy(lead, 0, extents, 0, lead.length);
    extents[lead.length] = 3;
    extents[lead.length + 1] = 3;
    return random(seed, extents).mul(0.5).add(eye(3).mul(tensor(3, 4.5, 6)));
  }

  private static Named<Pair> pair(String name, boolean invertible, Leaves f) {
    return Named.of(name, new Pair(f, invertible));
  }

  private static Leaves one(UnaryOperator<Tensor> f) {
    return x -> new Tensor[] {f.apply(x[0])};
  }

  static Stream<Named<Pair>> pairs() {
    return Stream.of(
        pair("solve", true, x -> new Tensor[] {LinearAlgebra.solve(x[0], x[1])}),
        pair("choleskySolve", true, x -> new Tensor[] {LinearAlgebra.choleskySolve(x[0], x[1])}),
        pair(
            "luSolve",
            true,
            x -> new Tensor[] {LinearAlgebra.luSolve(LinearAlgebra.lu(x[0]), x[1])}),
        pair(
            "triangularSolve",
            true,
            x -> new Tensor[] {LinearAlgebra.triangularSolve(x[0], x[1], false, true, false)}),
        pair(
            "lstsq",
            false,
            x -> {
              MatrixFunctions.LeastSquares fit = MatrixFunctions.lstsq(x[0], x[1]);
              return new Tensor[] {fit.x(), fit.residuals()};
            }),
        pair(
            "tridiagonalSolve",
            true,
            x -> {
              Tensor rows = x[0].sum(-1);
              return new Tensor[] {
                LinearAlgebra.tridiagonalSolve(x[0].sum(-2).mul(0.1), rows, ones(3), x[1])
              };
            }));
  }

  static Stream<Named<Leaves>> singles() {
    return Stream.of(
        Named.of("cholesky", one(LinearAlgebra::cholesky)),
        Named.of("inv", one(LinearAlgebra::inv)),
        Named.of("det", one(LinearAlgebra::det)),
        Named.of("logdet", one(LinearAlgebra::logdet)),
        Named.of("lu", one(a -> LinearAlgebra.lu(a).u())),
        Named.of("qr", one(a -> LinearAlgebra.qr(a).r())),
        Named.of("eigh", one(a -> LinearAlgebra.eigh(a).vectors())),
        Named.of("svd", one(a -> LinearAlgebra.svd(a).u())),
        Named.of("expm", one(MatrixFunctions::expm)),
        Named.of("matrixPower", one(a -> MatrixFunctions.matrixPower(a, -3))),
        Named.of("pinv", one(MatrixFunctions::pinv)),
        Named.of("nuclear", one(a -> MatrixFunctions.matrixNorm(a, MatrixNorm.NUCLEAR))),
        Named.of("spectral", one(a -> MatrixFunctions.matrixNorm(a, MatrixNorm.SPECTRAL))),
        Named.of("frobenius", one(a -> MatrixFunctions.matrixNorm(a, MatrixNorm.FROBENIUS))));
  }

  private static void same(String what, Tensor actual, Tensor expected) {
    assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
    double size = 1 + Reductions.max(abs(expected)).toDouble();
    assertThat(Reductions.max(abs(actual.sub(expected))).toDouble())
        .as(what)
        .isLessThanOrEqualTo(ROUNDING * size);
  }

  private static Tensor[] tangents(Leaves f, Tensor[] x, Tensor[] direction) {
    return Differentiation.jvp(f, x, direction).tangents();
  }

  /** The values, the tangents along given directions, and a pullback: what a lane is judged by. */
  private static Leaves everything(Leaves f, int operands) {
    return all -> {
      Tensor[] x = Arrays.copyOf(all, operands);
      Tensor[] direction = Arrays.copyOfRange(all, operands, 2 * operands);
      Tensor[] values = f.apply(x);
      Tensor[] slopes = tangents(f, x, direction);
      Tensor[] pulled = Differentiation.linearize(f, x).recording().pullback(values.clone());
      Tensor[] second = tangents(y -> tangents(f, y, direction), x, direction);
      return Stream.of(values, slopes, pulled, second).flatMap(Stream::of).toArray(Tensor[]::new);
    };
  }

  @ParameterizedTest
  @MethodSource("singles")
  void oneStack(Leaves f) {
    Tensor a = matrices(1, 2, 4);
    Tensor d = random(2, 2, 4, 3, 3);
    Leaves all = everything(f, 1);
    Tensor[] whole = all.apply(new Tensor[] {a, d});
    boolean[] both = {true, true};
    Leaves inner = x -> Batching.map(all, 4, x, both);
    Tensor[] mapped = Batching.map(inner, 2, new Tensor[] {a, d}, both);
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 4; j++) {
        Tensor[] alone = all.apply(new Tensor[] {a.get(i, j), d.get(i, j)});
        for (int k = 0; k < alone.length; k++) {
          same("stack, result " + k, whole[k].get(i, j), alone[k]);
          same("vmap of vmap, result " + k, mapped[k].get(i, j), alone[k]);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void leadingAxesBroadcast(Pair pair) {
    Tensor a = matrices(3, 2, 1);
    Tensor b = random(4, 4, 3, 2);
    Tensor[] whole = pair.f().apply(new Tensor[] {a, b});
    Tensor da = random(5, 2, 1, 3, 3);
    Tensor db = random(6, 4, 3, 2);
    Tensor[] direction = {da, db};
    Tensor[] slopes = tangents(pair.f(), new Tensor[] {a, b}, direction);
    Differentiation.Linearized linearized =
        Differentiation.linearize(pair.f(), new Tensor[] {a, b});
    Tensor[] cotangents = new Tensor[whole.length];
    for (int k = 0; k < whole.length; k++) {
      cotangents[k] = random(7 + k, whole[k].shape().toArray());
    }
    Tensor[] pulled = linearized.recording().pullback(cotangents.clone());
    Tensor sumA = Tensors.zerosLike(a);
    Tensor sumB = Tensors.zerosLike(b);
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 4; j++) {
        Tensor[] x = {a.get(i, 0), b.get(j)};
        Tensor[] alone = pair.f().apply(x);
        Tensor[] slope = tangents(pair.f(), x, new Tensor[] {da.get(i, 0), db.get(j)});
        Tensor[] own = new Tensor[alone.length];
        for (int k = 0; k < alone.length; k++) {
          same("value " + k, whole[k].get(i, j), alone[k]);
          same("tangent " + k, slopes[k].get(i, j), slope[k]);
          own[k] = cotangents[k].get(i, j);
        }
        Tensor[] back = Differentiation.linearize(pair.f(), x).recording().pullback(own);
        sumA = sumA.add(placed(back[0].reshape(1, 1, 3, 3), i, 2));
        sumB = sumB.add(placed(back[1].reshape(1, 3, 2), j, 4));
      }
    }
    same("cotangent of A", pulled[0], sumA);
    same("cotangent of B", pulled[1], sumB);
  }

  /** One position of a first axis, zeros elsewhere. */
  private static Tensor placed(Tensor x, int at, int count) {
    int[] before = new int[x.rank()];
    int[] after = new int[x.rank()];
    before[0] = at;
    after[0] = count - 1 - at;
    return Shapes.pad(x, before, after, 0);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void vmapOfEitherOperand(Pair pair) {
    Tensor a = matrices(8, 4);
    Tensor b = random(9, 4, 3, 2);
    Tensor da = random(10, 4, 3, 3);
    Tensor db = random(11, 4, 3, 2);
    Leaves all = everything(pair.f(), 2);
    for (boolean[] batched : new boolean[][] {{true, true}, {true, false}, {false, true}}) {
      Tensor[] x = {a, b, da, db};
      boolean[] each = {batched[0], batched[1], batched[0], batched[1]};
      for (int k = 0; k < 4; k++) {
        x[k] = each[k] ? x[k] : x[k].get(0);
      }
      Tensor[] mapped = Batching.map(all, 4, x, each);
      for (int lane = 0; lane < 4; lane++) {
        Tensor[] own = new Tensor[4];
        for (int k = 0; k < 4; k++) {
          own[k] = each[k] ? x[k].get(lane) : x[k];
        }
        Tensor[] alone = all.apply(own);
        for (int k = 0; k < alone.length; k++) {
          same("result " + k, mapped[k].get(lane), alone[k]);
        }
      }
    }
  }

  // ---- a bad matrix among good ones ----

  private static final Tensor SINGULAR = tensor(new double[][] {{1, 2, 3}, {2, 4, 6}, {1, 0, 1}});

  static Stream<Named<Leaves>> inverting() {
    Tensor b = tensor(1, 2, 3);
    return Stream.of(
        Named.of("solve", one(a -> LinearAlgebra.solve(a, b))),
        Named.of("inv", one(LinearAlgebra::inv)),
        Named.of("cholesky", one(a -> LinearAlgebra.cholesky(a.sub(eye(3).mul(0.5))))),
        Named.of("matrixPower", one(a -> MatrixFunctions.matrixPower(a, -2))),
        Named.of(
            "slope of logdet", x -> tangents(one(LinearAlgebra::logdet), x, new Tensor[] {eye(3)})),
        Named.of(
            "slope of lu",
            x -> tangents(one(a -> LinearAlgebra.lu(a).u()), x, new Tensor[] {eye(3)})),
        Named.of(
            "triangularSolve",
            one(
                a ->
                    LinearAlgebra.triangularSolve(
                        matmul(a, tensor(new double[][] {{2, 0, 0}, {-1, 1, 0}, {0, 0, 1}})),
                        b,
                        false,
                        false,
                        false))));
  }

  @ParameterizedTest
  @MethodSource("inverting")
  void aBadMatrixThrowsAloneAndIsNaNUnderVmap(Leaves f) {
    Tensor good = matrices(12).add(matrices(12).transpose());
    assertThatThrownBy(() -> f.apply(new Tensor[] {SINGULAR}))
        .isInstanceOf(IllegalArgumentException.class);
    Tensor stack = Shapes.stack(0, good, SINGULAR, good);
    Tensor expected = f.apply(new Tensor[] {good})[0];
    Tensor mapped = Batching.map(f, 3, new Tensor[] {stack}, new boolean[] {true})[0];
    assertThat(mapped.get(0)).isEqualTo(expected);
    assertThat(mapped.get(2)).isEqualTo(expected);
    assertThat(mapped.get(1).toArray()).contains(Double.NaN);
    // a program is what it recorded: of the function it throws, of its vmap it has the NaN lane
    Closed alone = Staging.stage(f, List.of(good.type()));
    assertThat(alone.apply(good)[0]).isEqualTo(expected);
    assertThatThrownBy(() -> alone.apply(SINGULAR)).isInstanceOf(IllegalArgumentException.class);
    Leaves vmapped = x -> Batching.map(f, 3, x, new boolean[] {true});
    Closed together = Staging.stage(vmapped, List.of(stack.type()));
    assertThat(together.apply(stack)[0]).isEqualTo(mapped);
    // and its program under vmap, likewise
    Leaves program = x -> alone.apply(x);
    assertThat(Batching.map(program, 3, new Tensor[] {stack}, new boolean[] {true})[0])
        .isEqualTo(mapped);
  }

  @ParameterizedTest
  @MethodSource("inverting")
  void derivativesOfTheOtherLanesAreRight(Leaves f) {
    Tensor good = matrices(12).add(matrices(12).transpose());
    Tensor stack = Shapes.stack(0, good, SINGULAR);
    Tensor d = random(13, 3, 3);
    Leaves slope = x -> tangents(f, x, new Tensor[] {d});
    Leaves pulled = x -> Differentiation.linearize(f, x).recording().pullback(f.apply(x).clone());
    for (Leaves each : List.of(slope, pulled)) {
      Tensor mapped = Batching.map(each, 2, new Tensor[] {stack}, new boolean[] {true})[0];
      same("good lane", mapped.get(0), each.apply(new Tensor[] {good})[0]);
      assertThat(mul(mapped.get(1), 0).toArray()).contains(Double.NaN);
    }
  }
}
