package dini.jmh.solve;

import dini.core.kernel.Kernels;
import dini.jmh.kernel.Operands;
import dini.linalg.dense.CholeskyFactorization;
import dini.linalg.dense.LuFactorization;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.lu.LUDecompositionAlt_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** LU with partial pivoting and Cholesky's method, both of copies. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class Factorization {

  /** The extent of the matrices. */
  @Param({"5", "10", "30", "100", "300", "1000"})
  public int size;

  private double[] general;
  private double[] positive;

  /** Makes the matrices, and compares the results. */
  @Setup
  public void setUp() {
    general = Operands.uniform(1, size * size);
    positive = new double[size * size];
    Kernels.chosen().gemm(false, true, size, size, size, general, 0, general, 0, positive, 0);
    for (int i = 0; i < size; i++) {
      // far from singular, so that the factors may be compared
      general[i * size + i] += size;
      positive[i * size + i] += size;
    }
    Operands.requireEqual(diniLu().factors(), Arrays.copyOf(ejmlLu().data, size * size));
    Operands.requireEqual(diniCholesky(), ejmlCholesky());
  }

  /** Ours. */
  @Benchmark
  public LuFactorization diniLu() {
    return LuFactorization.of(general, size, size);
  }

  /** The peer. */
  @Benchmark
  public DMatrixRMaj ejmlLu() {
    // it keeps the matrix as it is
    LUDecompositionAlt_DDRM decomposition = new LUDecompositionAlt_DDRM();
    decomposition.decompose(DMatrixRMaj.wrap(size, size, general));
    return decomposition.getLU();
  }

  /** Ours. */
  @Benchmark
  public double[] diniCholesky() {
    return CholeskyFactorization.of(positive.clone(), size).factor();
  }

  /** The peer. */
  @Benchmark
  public double[] ejmlCholesky() {
    var decomposition = DecompositionFactory_DDRM.chol(size, true);
    decomposition.decompose(DMatrixRMaj.wrap(size, size, positive.clone()));
    return decomposition.getT(null).data;
  }
}
