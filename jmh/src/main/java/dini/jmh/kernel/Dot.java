package dini.jmh.kernel;

import dini.core.kernel.Kernels;
import dini.jmh.Operands;
import dini.jmh.Timed;
import dini.jmh.peer.OpenBlas;
import dini.jmh.peer.PyTorch;
import dini.jmh.peer.PyTorch.Tensor;
import java.lang.foreign.MemorySegment;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.mult.VectorVectorMult_DDRM;
import org.ojalgo.array.operation.DOT;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The inner product of two vectors. */
public class Dot extends Timed {
  private static final Kernels KERNELS = Kernels.chosen();

  /** The length of the vectors. */
  @Param({"8", "64", "512", "4096", "65536", "1000000", "10000000"})
  public int size;

  private double[] x;
  private double[] y;
  private DMatrixRMaj ejmlX;
  private DMatrixRMaj ejmlY;
  private MemorySegment segmentX;
  private MemorySegment segmentY;
  private Tensor tensorX;
  private Tensor tensorY;
  private Tensor tensorOut;

  /** Makes the operands, and compares the results. */
  @Setup
  public void setUp() {
    x = Operands.uniform(1, size);
    y = Operands.uniform(2, size);
    ejmlX = new DMatrixRMaj(size, 1, true, x);
    ejmlY = new DMatrixRMaj(size, 1, true, y);
    segmentX = MemorySegment.ofArray(x);
    segmentY = MemorySegment.ofArray(y);
    Operands.requireEqual(dini(), ejml());
    Operands.requireEqual(dini(), ojAlgo());
    if (OpenBlas.isPresent()) {
      Operands.requireEqual(dini(), openBlas());
    }
    if (PyTorch.isPresent()) {
      tensorX = Tensor.of(x);
      tensorY = Tensor.of(y);
      tensorOut = Tensor.scalar();
      Operands.requireEqual(dini(), pyTorch());
    }
  }

  /** Ours. */
  @Benchmark
  public double dini() {
    return KERNELS.dot(x, 0, y, 0, size);
  }

  /** EJML. */
  @Benchmark
  public double ejml() {
    return VectorVectorMult_DDRM.innerProd(ejmlX, ejmlY);
  }

  /** The array operation of ojAlgo. */
  @Benchmark
  public double ojAlgo() {
    return DOT.invoke(x, 0, y, 0, 0, size);
  }

  /** OpenBLAS. */
  @Benchmark
  public double openBlas() {
    return OpenBlas.dot(size, segmentX, segmentY);
  }

  /** PyTorch. */
  @Benchmark
  public double pyTorch() {
    PyTorch.dot(tensorX, tensorY, tensorOut);
    return tensorOut.item();
  }
}
