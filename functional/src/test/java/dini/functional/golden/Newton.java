package dini.functional.golden;

import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.Trees;
import dini.functional.Jacobians;
import dini.linalg.LinearAlgebra;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Solvers of systems of equations, written as users write them: they read numbers and branch. */
final class Newton {
  private static final int STEPS = 100;
  private static final int DESCENT = 50;
  private static final int HALVINGS = 40;

  private Newton() {}

  /** Newton's method with halved steps, until the residual no longer falls. */
  static <X, A> X solve(BiFunction<X, A, X> f, X init, A theta) {
    return solve(f, init, theta, STEPS);
  }

  /** Newton's method, stopped after some steps. */
  static <X, A> X solve(BiFunction<X, A, X> f, X init, A theta, int steps) {
    Trees.Raveled<X> flat = Trees.ravel(init);
    Function<Tensor, Tensor> residual =
        v -> Trees.ravel(f.apply(flat.unravel().apply(v), theta)).vector();
    Tensor x = flat.vector();
    Tensor r = residual.apply(x);
    for (int step = 0; step < steps; step++) {
      double[] direction = eliminate(Jacobians.jacfwd(residual, x), r.toArray());
      double length = 1;
      Tensor next = x.sub(Tensors.tensor(direction));
      Tensor left = residual.apply(next);
      for (int i = 0; i < HALVINGS && !(size(left) < size(r)); i++) {
        length /= 2;
        next = x.sub(Tensors.tensor(direction).mul(length));
        left = residual.apply(next);
      }
      if (!(size(left) < size(r))) {
        break;
      }
      x = next;
      r = left;
    }
    return flat.unravel().apply(x);
  }

  /**
   * The iteration {@code x - rate F(x)}, which is gradient descent for a gradient F, then Newton.
   */
  static <X, A> X descendAndSolve(BiFunction<X, A, X> f, X init, A theta, double rate) {
    return solve(f, descend(f, init, theta, rate, DESCENT), theta);
  }

  /** The iteration {@code x - rate F(x)}, stopped after some steps. */
  static <X, A> X descend(BiFunction<X, A, X> f, X init, A theta, double rate, int steps) {
    X x = init;
    for (int step = 0; step < steps; step++) {
      x = Trees.treeAddScaled(x, -rate, f.apply(x, theta));
    }
    return x;
  }

  /** One full step, of differentiable operations. */
  static <X, A> X step(BiFunction<X, A, X> f, X x, A theta) {
    Trees.Raveled<X> flat = Trees.ravel(x);
    Function<Tensor, Tensor> residual =
        v -> Trees.ravel(f.apply(flat.unravel().apply(v), theta)).vector();
    Tensor jacobian = Jacobians.jacfwd(residual, flat.vector());
    Tensor right = residual.apply(flat.vector());
    int n = right.size();
    Tensor step = LinearAlgebra.solve(jacobian.reshape(n, n), right);
    return flat.unravel().apply(flat.vector().sub(step));
  }

  private static double size(Tensor residual) {
    double sum = 0;
    for (double value : residual.toArray()) {
      sum += value * value;
    }
    return sum;
  }

  /** Gaussian elimination with partial pivoting. */
  private static double[] eliminate(Tensor matrix, double[] right) {
    int n = right.length;
    double[] a = matrix.toArray();
    double[] x = right.clone();
    for (int k = 0; k < n; k++) {
      int pivot = k;
      for (int i = k + 1; i < n; i++) {
        pivot = Math.abs(a[i * n + k]) > Math.abs(a[pivot * n + k]) ? i : pivot;
      }
      for (int j = 0; j < n; j++) {
        double held = a[k * n + j];
        a[k * n + j] = a[pivot * n + j];
        a[pivot * n + j] = held;
      }
      double held = x[k];
      x[k] = x[pivot];
      x[pivot] = held;
      for (int i = k + 1; i < n; i++) {
        double factor = a[i * n + k] / a[k * n + k];
        for (int j = k; j < n; j++) {
          a[i * n + j] -= factor * a[k * n + j];
        }
        x[i] -= factor * x[k];
      }
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int j = i + 1; j < n; j++) {
        x[i] -= a[i * n + j] * x[j];
      }
      x[i] /= a[i * n + i];
    }
    return x;
  }
}
