package dini.functional;

import static dini.core.Diagonals.tril;
import static dini.core.Diagonals.triu;
import static dini.core.Elementwise.abs;
import static dini.core.Elementwise.mul;
import static dini.core.Elementwise.sub;
import static dini.core.Products.matmul;
import static dini.core.Reductions.max;
import static dini.core.Reductions.sum;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.linalg.LinearAlgebra.cholesky;
import static dini.linalg.LinearAlgebra.inv;
import static dini.linalg.LinearAlgebra.logdet;
import static dini.linalg.LinearAlgebra.lu;
import static dini.linalg.LinearAlgebra.solve;
import static dini.linalg.LinearAlgebra.triangularSolve;
import static org.assertj.core.api.Assertions.assertThat;

import dini.core.Shape;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Derivatives through matrices that are factored in blocks, and in tall panels from 257 on. */
class LargeMatricesTest {
  /** Of derivatives, relative to their largest element: rounding times a moderate condition. */
  private static final double ROUNDING = 1e-9;

  private static Tensor random(long seed, int m, int n) {
    return Tensors.tensor(
        Shape.of(m, n), new SplittableRandom(seed).doubles(m * n, -1, 1).toArray());
  }

  private static Tensor general(int n) {
    return random(n, n, n).add(Tensors.eye(n).mul(3.0));
  }

  private static Tensor positive(int n) {
    Tensor g = random(n, n, n);
    return matmul(g, g, false, true).add(Tensors.eye(n));
  }

  private static void close(Tensor actual, Tensor expected) {
    double error = max(abs(sub(actual, expected))).toDouble();
    assertThat(error).isLessThan(ROUNDING * (1 + max(abs(expected)).toDouble()));
  }

  private static Tensor transpose(Tensor x) {
    return Shapes.moveAxis(x, 0, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 290})
  void gradientOfLogDetIsTheTransposedInverse(int n) {
    Tensor a = positive(n);
    close(grad(x -> logdet(x), a), transpose(inv(a)));
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 290})
  void choleskyFollowsItsProduct(int n) {
    Tensor a = positive(n);
    Tensor g = random(1, n, n);
    Tensor da = g.add(transpose(g));
    Jvp<Tensor> l = jvp(x -> cholesky(x), a, da);
    Tensor moved = matmul(l.tangent(), l.value(), false, true);
    close(moved.add(transpose(moved)), da);
    Tensor weights = random(2, n, n);
    Tensor gradient = grad(x -> sum(mul(weights, cholesky(x))), a);
    double pairing = sum(mul(gradient, da)).toDouble();
    double expected = sum(mul(weights, l.tangent())).toDouble();
    assertThat(Math.abs(pairing - expected)).isLessThan(1e-8 * (1 + Math.abs(expected)));
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 290})
  void luFollowsItsProduct(int n) {
    Tensor a = general(n);
    Tensor da = random(3, n, n);
    Tensor p = lu(a).p();
    Jvp<Tensor> l = jvp(x -> lu(x).l(), a, da);
    Jvp<Tensor> u = jvp(x -> lu(x).u(), a, da);
    close(matmul(p, matmul(l.value(), u.value())), a);
    Tensor moved = matmul(l.tangent(), u.value()).add(matmul(l.value(), u.tangent()));
    close(matmul(p, moved), da);
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 290})
  void solutionsFollowTheirSystem(int n) {
    Tensor a = general(n);
    Tensor da = random(4, n, n);
    Tensor b = random(5, n, 20);
    Jvp<Tensor> x = jvp(m -> solve(m, b), a, da);
    close(matmul(a, x.value()), b);
    close(matmul(a, x.tangent()), matmul(da, x.value()).neg());
    Tensor weights = random(6, n, 20);
    // the adjoint: -A^-T W X'
    Tensor adjoint = matmul(solve(transpose(a), weights), x.value(), false, true).neg();
    close(grad(m -> sum(mul(weights, solve(m, b))), a), adjoint);
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 290})
  void triangularSolutionsFollowTheirSystem(int n) {
    Tensor t = random(n, n, n).div((double) n).add(Tensors.eye(n).mul(2.0));
    Tensor b = random(7, n, 20);
    for (boolean lower : new boolean[] {true, false}) {
      for (boolean transposed : new boolean[] {true, false}) {
        Tensor weights = random(8, n, 20);
        Tensor x = triangularSolve(t, b, lower, transposed, false);
        Tensor y = triangularSolve(t, weights, lower, !transposed, false);
        close(grad(r -> sum(mul(weights, triangularSolve(t, r, lower, transposed, false))), b), y);
        Tensor full = transposed ? matmul(x, y, false, true) : matmul(y, x, false, true);
        Tensor kept =
            grad(m -> sum(mul(weights, triangularSolve(m, b, lower, transposed, false))), t);
        close(kept, (lower ? tril(full) : triu(full)).neg());
      }
    }
  }
}
