package dini.linalg.solver;

import dini.core.dense.DenseTensor;
import dini.core.dense.Reading;
import dini.linalg.LinearSolver;
import dini.linalg.Status;
import java.util.Arrays;

/** The inverse by one iterative solve after the other; the matrix is never formed. */
final class IterativeInverse implements Inverse {
  private final LinearSolver solver;
  private final Operator a;
  private Status status = Status.CONVERGED;

  IterativeInverse(LinearSolver solver, Operator a) {
    this.solver = solver;
    this.a = a;
  }

  @Override
  public double[] solve(boolean transposed, double[] b) {
    Outcome outcome =
        transposed
            ? Solve.equation(solver.transpose(), a.transpose(), vector(b))
            : Solve.equation(solver, a, vector(b));
    if (outcome.status() != Status.CONVERGED) {
      // that the matrix is singular is not known without it: the iteration came no nearer
      status = outcome.status() == Status.SINGULAR ? Status.STAGNATED : outcome.status();
      double[] lost = new double[b.length];
      Arrays.fill(lost, Double.NaN);
      return lost;
    }
    return Reading.doubles(outcome.x());
  }

  private DenseTensor vector(double[] values) {
    return Vectors.of(a.domain(), values);
  }

  @Override
  public Status status() {
    return status;
  }

  @Override
  public double[] magnitude(boolean transposed, double[] x) {
    double[] image = product(transposed, x);
    Arrays.setAll(image, i -> Math.abs(image[i]));
    return image;
  }

  private double[] product(boolean transposed, double[] x) {
    DenseTensor vector = vector(x);
    return Reading.doubles(transposed ? a.applyTransposed(vector) : a.apply(vector));
  }

  @Override
  public double norm() {
    int n = a.domain().shape().size();
    return OneNorm.of(n, x -> product(false, x), y -> product(true, y)).value();
  }
}
