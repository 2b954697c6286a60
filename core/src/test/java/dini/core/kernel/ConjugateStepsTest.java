package dini.core.kernel;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fused updates give the bits of the kernels that they consist of, over the whole. */
final class ConjugateStepsTest {
  private static final double A = 0.37;

  /** Large enough for several threads, where there are. */
  private static final int MANY = 4_000_037;

  private static List<Kernels> all() {
    List<Kernels> kernels = new ArrayList<>(List.of(Kernels.scalar()));
    if (Kernels.vector().isPresent()) {
      kernels.add(new VectorKernels(true));
    }
    kernels.add(new SplitKernels(kernels.getLast()));
    return kernels;
  }

  private static int[] sizes(Kernels kernels) {
    return kernels instanceof SplitKernels ? new int[] {1000, MANY} : Twins.SIZES;
  }

  @Test
  void doubles() {
    for (Kernels kernels : all()) {
      for (int n : sizes(kernels)) {
        double[] p = Twins.doubles(n + 2, 50, n);
        double[] q = Twins.doubles(n + 2, 50, n + 1);
        double[] x = Twins.doubles(n + 2, 50, n + 2);
        double[] r = Twins.doubles(n + 2, 0, n + 3);
        for (double c : new double[] {0, -0.21}) {
          double[] x1 = x.clone();
          double[] r1 = r.clone();
          double[] x2 = x.clone();
          double[] r2 = r.clone();
          kernels.axpy(A, p, 2, x1, 2, n);
          kernels.axpy(-A, q, 2, r1, 2, n);
          if (c != 0) {
            kernels.axpy(c, p, 2, r1, 2, n);
          }
          double square = kernels.descend(A, c, p, q, x2, r2, 2, n);
          String what = kernels + ": " + n + ", " + c;
          Twins.same(x2, x1, what);
          Twins.same(r2, r1, what);
          Twins.same(new double[] {square}, new double[] {kernels.dot(r1, 2, r1, 2, n)}, what);
        }
        double[] p1 = p.clone();
        kernels.binary(BinaryKernel.MUL, p1, 1, A, p1, 1, n);
        kernels.binary(BinaryKernel.ADD, q, 2, p1, 1, p1, 1, n);
        kernels.xpby(q, 2, A, p, 1, n);
        Twins.same(p, p1, kernels + ": xpby of " + n);
      }
    }
  }

  @Test
  void floats() {
    float a = (float) A;
    for (Kernels kernels : all()) {
      for (int n : sizes(kernels)) {
        float[] p = Twins.floats(n + 2, 50, n);
        float[] q = Twins.floats(n + 2, 50, n + 1);
        float[] x = Twins.floats(n + 2, 50, n + 2);
        float[] r = Twins.floats(n + 2, 0, n + 3);
        for (float c : new float[] {0, -0.21f}) {
          float[] x1 = x.clone();
          float[] r1 = r.clone();
          float[] x2 = x.clone();
          float[] r2 = r.clone();
          kernels.axpy(a, p, 2, x1, 2, n);
          kernels.axpy(-a, q, 2, r1, 2, n);
          if (c != 0) {
            kernels.axpy(c, p, 2, r1, 2, n);
          }
          float square = kernels.descend(a, c, p, q, x2, r2, 2, n);
          String what = kernels + ": " + n + ", " + c;
          Twins.same(x2, x1, what);
          Twins.same(r2, r1, what);
          Twins.same(new float[] {square}, new float[] {kernels.dot(r1, 2, r1, 2, n)}, what);
        }
        float[] p1 = p.clone();
        kernels.binary(BinaryKernel.MUL, p1, 1, a, p1, 1, n);
        kernels.binary(BinaryKernel.ADD, q, 2, p1, 1, p1, 1, n);
        kernels.xpby(q, 2, a, p, 1, n);
        Twins.same(p, p1, kernels + ": xpby of " + n);
      }
    }
  }
}
