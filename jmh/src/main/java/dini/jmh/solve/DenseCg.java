package dini.jmh.solve;

import static dini.linalg.LinearSolvers.cg;
import static dini.linalg.LinearSolvers.solve;

import dini.core.LinearMap;
import dini.core.LinearMap.Tag;
import dini.core.Shape;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.jmh.Operands;
import dini.jmh.Timed;
import dini.jmh.peer.OpenBlas;
import dini.linalg.Cg;
import java.lang.foreign.MemorySegment;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.mult.MatrixVectorMult_DDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Steps of conjugate gradients on a dense matrix. The peers are the textbook's algorithm with their
 * products of matrix and vector, where nearly all the time goes.
 */
public class DenseCg extends Timed {
  /** Steps of one call: no tolerance ends it earlier. */
  public static final int STEPS = 20;

  private static final Cg SOLVER = cg().withRtol(0).withMaxSteps(STEPS);

  /** The number of unknowns. */
  @Param({"100", "1000"})
  public int size;

  private double[] b;
  private Tensor right;
  private LinearMap<Tensor, Tensor> map;
  private DMatrixRMaj ejmlA;
  private MemorySegment segmentA;

  /** Makes the system, and compares the iterates. */
  @Setup
  public void setUp() {
    double[] a = Systems.positiveDefinite(size);
    b = Operands.uniform(2, size);
    right = Tensors.tensor(b);
    map =
        LinearMap.matrix(
            Tensors.tensor(Shape.of(size, size), a), Tag.SYMMETRIC, Tag.POSITIVE_DEFINITE);
    ejmlA = new DMatrixRMaj(size, size, true, a);
    segmentA = MemorySegment.ofArray(a);
    double[] ours = dini().toArray();
    Operands.requireEqual(ours, ejml(), 1e-8);
    if (OpenBlas.isPresent()) {
      Operands.requireEqual(ours, openBlas(), 1e-8);
    }
  }

  /** Ours. */
  @Benchmark
  public Tensor dini() {
    return solve(map, right, SOLVER).value();
  }

  /** With EJML's product. */
  @Benchmark
  public double[] ejml() {
    return Systems.conjugateGradients(
        (p, ap) ->
            MatrixVectorMult_DDRM.mult(
                ejmlA, DMatrixRMaj.wrap(size, 1, p), DMatrixRMaj.wrap(size, 1, ap)),
        b,
        STEPS);
  }

  /** With the product of OpenBLAS. */
  @Benchmark
  public double[] openBlas() {
    return Systems.conjugateGradients(
        (p, ap) ->
            OpenBlas.gemv(
                false, size, size, segmentA, MemorySegment.ofArray(p), MemorySegment.ofArray(ap)),
        b,
        STEPS);
  }
}
