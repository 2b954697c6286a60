package dini.functional;

import static dini.core.Products.dot;
import static dini.core.Products.matmul;
import static dini.core.Shapes.concatenate;
import static dini.core.Shapes.transpose;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;

import dini.core.Index;
import dini.core.Indexing;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.linalg.LinearAlgebra;
import java.util.stream.IntStream;

/**
 * {@code minimize x'Qx/2 + c'x subject to Ax = b, Gx <= h}, solved by trying every set of active
 * inequalities. Q counts as it is: its antisymmetric part has no effect.
 */
public record QuadraticProgram(Tensor q, Tensor c, Tensor a, Tensor b, Tensor g, Tensor h) {

  /** Three unknowns; the first and the last of four inequalities are active at the solution. */
  static QuadraticProgram example() {
    return new QuadraticProgram(
        tensor(new double[][] {{3, 1, 0}, {1, 2, 0.5}, {0, 0.5, 1}}),
        tensor(-4, -3, -1),
        tensor(new double[][] {{1, 1, 1}}),
        tensor(1.0),
        tensor(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0, 0, -1}}),
        tensor(0.25, 2, 2, 0.1));
  }

  static Tensor objective(Tensor x, QuadraticProgram p) {
    return dot(x, matmul(p.q, x)).mul(0.5).add(dot(p.c, x));
  }

  static Tensor equality(Tensor x, QuadraticProgram p) {
    return matmul(p.a, x).sub(p.b);
  }

  static Tensor inequality(Tensor x, QuadraticProgram p) {
    return matmul(p.g, x).sub(p.h);
  }

  static Kkt<Tensor, QuadraticProgram> kkt() {
    return Kkt.minimize(QuadraticProgram::objective)
        .equality(QuadraticProgram::equality)
        .inequality(QuadraticProgram::inequality);
  }

  KktPoint<Tensor> start() {
    return kkt().start(zeros(c.size()), this);
  }

  /** The solution if the inequalities of some set are active: one linear system. */
  KktPoint<Tensor> withActive(int... active) {
    int n = c.size();
    int m = b.size();
    Tensor rows = Tensors.longs(IntStream.of(active).mapToLong(i -> i).toArray());
    Tensor gs = Indexing.take(g, rows, 0);
    Tensor held = concatenate(0, a, gs);
    int k = m + active.length;
    Tensor symmetric = q.add(transpose(q)).mul(0.5);
    Tensor upper = concatenate(1, symmetric, transpose(held));
    Tensor matrix = concatenate(0, upper, concatenate(1, held, Tensors.zeros(k, k)));
    Tensor right = concatenate(0, c.neg(), b, Indexing.take(h, rows, 0));
    Tensor solution = LinearAlgebra.solve(matrix, right);
    Tensor lambda = zeros(h.size());
    for (int i = 0; i < active.length; i++) {
      double[] unit = new double[h.size()];
      unit[active[i]] = 1;
      lambda = lambda.add(tensor(unit).mul(solution.get(n + m + i)));
    }
    return new KktPoint<>(solution.get(Index.to(n)), solution.get(Index.range(n, n + m)), lambda);
  }

  /** The solution, with the first set of active inequalities that gives one. */
  KktPoint<Tensor> solve() {
    int count = h.size();
    for (int set = 0; set < 1 << count; set++) {
      int chosen = set;
      int[] active = IntStream.range(0, count).filter(i -> (chosen >> i & 1) == 1).toArray();
      if (active.length + b.size() > c.size()) {
        continue;
      }
      KktPoint<Tensor> point;
      try {
        point = withActive(active);
      } catch (ArithmeticException dependent) {
        continue;
      }
      if (isSolution(point)) {
        return point;
      }
    }
    throw new AssertionError("no set of active constraints gives a solution");
  }

  private boolean isSolution(KktPoint<Tensor> point) {
    for (double value : inequality(point.primal(), this).toArray()) {
      if (value > 1e-12) {
        return false;
      }
    }
    for (double multiplier : point.inequalityDual().toArray()) {
      if (multiplier < -1e-12) {
        return false;
      }
    }
    return true;
  }
}
