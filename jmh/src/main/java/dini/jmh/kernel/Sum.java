package dini.jmh.kernel;

import dini.core.kernel.Kernels;
import dini.jmh.Operands;
import dini.jmh.Timed;
import dini.jmh.peer.OpenBlas;
import dini.jmh.peer.PyTorch;
import dini.jmh.peer.PyTorch.Tensor;
import java.lang.foreign.MemorySegment;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The sum of a vector. */
public class Sum extends Timed {
  private static final Kernels KERNELS = Kernels.chosen();

  /** The length of the vector. */
  @Param({"8", "64", "512", "4096", "65536", "1000000", "10000000"})
  public int size;

  private double[] x;
  private DMatrixRMaj ejmlX;
  private MemorySegment segmentX;
  private Tensor tensorX;
  private Tensor tensorOut;

  /** Makes the operand, and compares the results. */
  @Setup
  public void setUp() {
    x = Operands.uniform(1, size);
    ejmlX = new DMatrixRMaj(size, 1, true, x);
    segmentX = MemorySegment.ofArray(x);
    Operands.requireEqual(dini(), ejml());
    if (OpenBlas.isPresent()) {
      Operands.requireEqual(dini(), openBlas());
    }
    if (PyTorch.isPresent()) {
      tensorX = Tensor.of(x);
      tensorOut = Tensor.scalar();
      Operands.requireEqual(dini(), pyTorch());
    }
  }

  /** Ours. */
  @Benchmark
  public double dini() {
    return KERNELS.sum(x, 0, size);
  }

  /** EJML. */
  @Benchmark
  public double ejml() {
    return CommonOps_DDRM.elementSum(ejmlX);
  }

  /** OpenBLAS. */
  @Benchmark
  public double openBlas() {
    return OpenBlas.sum(size, segmentX);
  }

  /** PyTorch. */
  @Benchmark
  public double pyTorch() {
    PyTorch.sum(tensorX, tensorOut);
    return tensorOut.item();
  }
}
