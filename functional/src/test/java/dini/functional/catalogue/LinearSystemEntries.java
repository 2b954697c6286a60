package dini.functional.catalogue;

import static dini.functional.Transforms.vmap;
import static dini.functional.catalogue.Domain.DOMINANT;
import static dini.functional.catalogue.Domain.REAL;
import static dini.functional.catalogue.Entry.Tolerance.SUMS;

import dini.core.DType;
import dini.core.Elementwise;
import dini.core.LinearMap;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.linalg.LinearSolver;
import dini.linalg.LinearSolvers;
import dini.linalg.LinearSystems;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;

/** Solutions of linear systems. */
final class LinearSystemEntries {
  private LinearSystemEntries() {}

  /** Elimination with pivoting by rows; columns of b are right-hand sides. */
  static Plain solve(Plain matrix, Plain right) {
    int n = matrix.shape[0];
    int columns = n == 0 ? 0 : right.data.length / n;
    double[] a = matrix.data.clone();
    double[] b = right.data.clone();
    for (int k = 0; k < n; k++) {
      int pivot = k;
      for (int i = k; i < n; i++) {
        pivot = Math.abs(a[i * n + k]) > Math.abs(a[pivot * n + k]) ? i : pivot;
      }
      swapRows(a, k, pivot, n);
      swapRows(b, k, pivot, columns);
      for (int i = 0; i < n; i++) {
        double factor = i == k ? 0 : a[i * n + k] / a[k * n + k];
        for (int j = k; j < n; j++) {
          a[i * n + j] -= factor * a[k * n + j];
        }
        for (int j = 0; j < columns; j++) {
          b[i * columns + j] -= factor * b[k * columns + j];
        }
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < columns; j++) {
        b[i * columns + j] /= a[i * n + i];
      }
    }
    return new Plain(right.shape, b);
  }

  private static void swapRows(double[] x, int i, int k, int width) {
    for (int j = 0; j < width; j++) {
      double kept = x[i * width + j];
      x[i * width + j] = x[k * width + j];
      x[k * width + j] = kept;
    }
  }

  /** The system of D - uv', without a matrix. */
  private static Tensor rankOne(Tensor u, Tensor v, Tensor b) {
    LinearMap<Tensor, Tensor> map =
        LinearMap.of(
            x -> Elementwise.sub(x.mul(20), u.mul(Elementwise.mul(v, x).sum())),
            Tensors.zeros(b.type()));
    return LinearSystems.linearSolve(map, b);
  }

  private static Plain rankOne(Plain u, Plain v, Plain b) {
    int n = b.shape[0];
    Plain matrix =
        Plain.each(new int[] {n, n}, i -> (i[0] == i[1] ? 20 : 0) - u.data[i[0]] * v.data[i[1]]);
    return solve(matrix, b);
  }

  /** By an iteration, run to nearly the last digits of the dtype. */
  private static Entry iterative(String name, DoubleFunction<LinearSolver> solver) {
    return Entry.of(
            "linearSolve by " + name,
            x ->
                LinearSystems.linearSolve(
                    LinearMap.matrix(x[0]),
                    x[1],
                    solver.apply(x[0].dtype() == DType.FLOAT32 ? 2e-6 : 1e-13)),
            x -> solve(x[0], x[1]),
            DOMINANT,
            REAL)
        .at("[1,1] [1]", "[3,3] [3]", "[7,7] [7]")
        .within(SUMS);
  }

  private static Plain rankOneInLanes(Plain u, Plain v, Plain b) {
    int n = v.shape[0];
    double[] x = new double[b.data.length];
    for (int lane = 0; lane < b.shape[0]; lane++) {
      Plain own = rankOne(row(u, lane), v, row(b, lane));
      System.arraycopy(own.data, 0, x, lane * n, n);
    }
    return new Plain(b.shape, x);
  }

  private static Plain row(Plain x, int i) {
    int n = x.shape[1];
    return new Plain(new int[] {n}, Arrays.copyOfRange(x.data, i * n, (i + 1) * n));
  }

  static List<Entry> all() {
    return List.of(
        iterative("gmres", rtol -> LinearSolvers.gmres().withRtol(rtol)),
        iterative("bicgstab", rtol -> LinearSolvers.bicgstab().withRtol(rtol)),
        Entry.of(
                "linearSolve",
                x -> LinearSystems.linearSolve(LinearMap.matrix(x[0]), x[1]),
                x -> solve(x[0], x[1]),
                DOMINANT,
                REAL)
            .at("[1,1] [1]", "[3,3] [3]", "[7,7] [7]", "[0,0] [0]")
            .within(SUMS),
        Entry.of(
                "linearSolve, rank one",
                x -> rankOne(x[0], x[1], x[2]),
                x -> rankOne(x[0], x[1], x[2]),
                REAL,
                REAL,
                REAL)
            .at("[1] [1] [1]", "[3] [3] [3]")
            .within(SUMS),
        Entry.of(
                "linearSolve, in lanes",
                x ->
                    vmap(
                        (Tensor[] lane) -> rankOne(lane[0], x[1], lane[1]),
                        new Tensor[] {x[0], x[2]}),
                x -> rankOneInLanes(x[0], x[1], x[2]),
                REAL,
                REAL,
                REAL)
            .at("[1,1] [1] [1,1]", "[2,3] [3] [2,3]", "[3,7] [7] [3,7]", "[2,0] [0] [2,0]")
            .within(SUMS));
  }
}
