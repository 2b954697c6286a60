package dini.jmh.soak;

import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.tanh;
import static dini.core.Products.gram;
import static dini.core.Products.matmul;
import static dini.core.Reductions.mean;
import static dini.core.Reductions.sum;
import static dini.core.Shapes.transpose;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.zeros;
import static dini.functional.Implicit.customArgmin;
import static dini.functional.Jit.jit;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.vmap;
import static dini.linalg.LinearSolvers.cg;
import static dini.linalg.LinearSolvers.solve;

import dini.core.DType;
import dini.core.LinearMap;
import dini.core.LinearMap.Tag;
import dini.core.Shape;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.linalg.LinearAlgebra;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Rounds of work that touch every part which keeps something: kernels on arrays of all sizes, tapes
 * and derivatives of derivatives, lanes, programs compiled anew in every round and thrown away,
 * their generated loops, solvers, implicit derivatives, factorizations and the pool of threads.
 */
final class Workload {
  private final SplittableRandom random = new SplittableRandom(7);
  private final Tensor large = uniform(1 << 20);
  private final Function<Tensor, Tensor> kept = jit((Tensor x) -> sum(x.mul(0.5).add(x.mul(x))));
  private double total;

  /** Every part once. */
  void round() {
    eager();
    derivatives();
    compiledAnew();
    add(kept.apply(large));
    products();
    hypergradient();
    refused();
  }

  /** A number that depends on all results, so that none is left out. */
  double total() {
    return total;
  }

  private void add(Tensor result) {
    double value = result.toDouble();
    if (!Double.isFinite(value)) {
      throw new IllegalStateException("a result that is not finite: " + value);
    }
    total += value;
  }

  private Tensor uniform(int... extents) {
    Shape shape = Shape.of(extents);
    return Tensors.tensor(shape, random.doubles(shape.size(), -1, 1).toArray());
  }

  private void eager() {
    Tensor x = uniform(1 + random.nextInt(100_000));
    add(mean(tanh(x).add(exp(x)).mul(sin(x))));
    add(sum(x.astype(DType.FLOAT32)));
  }

  private void derivatives() {
    Tensor x = uniform(8);
    Function<Tensor, Tensor> f = y -> sum(sin(y.mul(y)).mul(exp(y)));
    add(sum(grad((Tensor y) -> sum(grad(f, y)), x)));
    Tensor lanes = uniform(16, 8);
    add(sum(vmap((Tensor y) -> grad(f, y), lanes)));
  }

  /** Formulas that were never seen before, long enough to get loops of their own. */
  private void compiledAnew() {
    int terms = 1 + random.nextInt(6);
    List<Tensor> factors = random.ints(terms).mapToObj(i -> uniform(1 << 14)).toList();
    boolean[] adds = new boolean[terms];
    for (int i = 0; i < terms; i++) {
      adds[i] = random.nextBoolean();
    }
    Function<Tensor, Tensor> f =
        jit(
            (Tensor x) -> {
              Tensor z = x;
              for (int i = 0; i < terms; i++) {
                Tensor factor = factors.get(i);
                z = adds[i] ? z.add(factor).mul(x) : z.mul(factor).sub(0.25 * i);
              }
              return sum(z.mul(z));
            });
    Tensor x = uniform(1 << 14);
    for (int call = 0; call < 5; call++) {
      add(f.apply(x));
      add(sum(grad(f, x)));
    }
  }

  private void products() {
    int n = 2 + random.nextInt(300);
    Tensor a = uniform(n, n);
    Tensor positive = matmul(transpose(a), a).add(Tensors.eye(n));
    Tensor b = uniform(n);
    add(sum(matmul(a, a)));
    add(sum(grad((Tensor m) -> sum(LinearAlgebra.solve(m, b)), positive)));
  }

  private void hypergradient() {
    int rows = 64;
    Tensor x = uniform(rows, 10);
    Tensor y = uniform(rows);
    Tensor right = matmul(y, x);
    Tensor guess = zeros(10);
    BiFunction<Tensor, Tensor, Tensor> objective =
        (w, ridge) -> sum(matmul(x, w).sub(y).pow(2)).add(ridge.mul(sum(w.mul(w))));
    BiFunction<Tensor, Tensor, Tensor> fit =
        customArgmin(objective, cg().withRtol(1e-10))
            .apply(
                (init, ridge) -> {
                  Function<Tensor, Tensor> normal = u -> gram(x, u).add(u.mul(ridge));
                  return solve(
                          LinearMap.of(normal, guess, Tag.POSITIVE_DEFINITE),
                          right,
                          cg().withRtol(1e-12))
                      .value();
                });
    add(grad((Tensor ridge) -> sum(fit.apply(guess, ridge).pow(2)), scalar(0.5)));
  }

  /** What ends in an exception must leave nothing behind either. */
  private void refused() {
    try {
      grad((Tensor x) -> matmul(x, uniform(3)), uniform(2));
    } catch (IllegalArgumentException expected) {
      return;
    }
    throw new IllegalStateException("a product of 2 and 3 elements was accepted");
  }
}
