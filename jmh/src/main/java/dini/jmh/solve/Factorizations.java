package dini.jmh.solve;

import dini.core.Shape;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.jmh.Operands;
import dini.jmh.Timed;
import dini.jmh.peer.OjAlgo;
import dini.jmh.peer.OpenBlas;
import dini.linalg.LinearAlgebra;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ojalgo.matrix.decomposition.Cholesky;
import org.ojalgo.matrix.decomposition.LU;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The solution of a dense system with one right-hand side, the factorization included. */
public class Factorizations extends Timed {
  /** The factorizations. */
  public enum Factorization {
    /** LU with partial pivoting. */
    LU,
    /** Cholesky of a symmetric positive definite matrix. */
    CHOLESKY
  }

  /** Which factorization. */
  @Param public Factorization factorization;

  /** The number of unknowns. */
  @Param({"10", "100", "300", "1000"})
  public int size;

  private boolean symmetric;
  private double[] a;
  private double[] b;
  private Tensor tensorA;
  private Tensor tensorB;
  private DMatrixRMaj ejmlA;
  private DMatrixRMaj ejmlB;
  private R064Store ojAlgoA;
  private R064Store ojAlgoB;
  private OpenBlas.DenseSystem system;

  /** Makes the system, and compares the solutions. */
  @Setup
  public void setUp() {
    symmetric = factorization == Factorization.CHOLESKY;
    a = symmetric ? Systems.positiveDefinite(size) : Operands.uniform(1, size * size);
    for (int i = 0; i < size; i++) {
      a[i * size + i] += 2; // well conditioned, so that solutions can be compared
    }
    b = Operands.uniform(2, size);
    tensorA = Tensors.tensor(Shape.of(size, size), a);
    tensorB = Tensors.tensor(Shape.of(size), b);
    ejmlA = new DMatrixRMaj(size, size, true, a);
    ejmlB = new DMatrixRMaj(size, 1, true, b);
    ojAlgoA = OjAlgo.matrix(size, size, a);
    ojAlgoB = OjAlgo.matrix(size, 1, b);
    double[] ours = dini().toArray();
    Operands.requireEqual(ours, ejml().data, 1e-7);
    Operands.requireEqual(ours, OjAlgo.rows(ojAlgo()), 1e-7);
    if (OpenBlas.isPresent()) {
      system = new OpenBlas.DenseSystem(size);
      Operands.requireEqual(ours, openBlas(), 1e-7);
    }
  }

  /** Ours. */
  @Benchmark
  public Tensor dini() {
    return symmetric
        ? LinearAlgebra.choleskySolve(LinearAlgebra.cholesky(tensorA), tensorB)
        : LinearAlgebra.solve(tensorA, tensorB);
  }

  /** EJML. */
  @Benchmark
  public DMatrixRMaj ejml() {
    DMatrixRMaj x = new DMatrixRMaj(size, 1);
    boolean solved =
        symmetric
            ? CommonOps_DDRM.solveSPD(ejmlA, ejmlB, x)
            : CommonOps_DDRM.solve(ejmlA, ejmlB, x);
    if (!solved) {
      throw new IllegalStateException("EJML calls the matrix singular");
    }
    return x;
  }

  /** The decompositions of ojAlgo. */
  @Benchmark
  public MatrixStore<Double> ojAlgo() {
    if (symmetric) {
      Cholesky<Double> cholesky = Cholesky.R064.make(size, size);
      cholesky.decompose(ojAlgoA);
      return cholesky.getSolution(ojAlgoB);
    }
    LU<Double> lu = LU.R064.make(size, size);
    lu.decompose(ojAlgoA);
    return lu.getSolution(ojAlgoB);
  }

  /** OpenBLAS: LAPACK's drivers on a copy, since they overwrite the matrix. */
  @Benchmark
  public double[] openBlas() {
    return symmetric ? system.solvePositiveDefinite(a, b) : system.solve(a, b);
  }
}
