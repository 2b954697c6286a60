package dini.jmh.kernel;

import dini.core.kernel.Kernels;
import dini.jmh.Operands;
import dini.jmh.Timed;
import dini.jmh.peer.OpenBlas;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The product of two square matrices in FLOAT32. */
public class Gemm32 extends Timed {
  private static final Kernels KERNELS = Kernels.chosen();

  /** The extent of the matrices. */
  @Param({"8", "10", "16", "30", "32", "50", "64", "100", "127", "128", "256", "500", "1000"})
  public int size;

  private float[] a;
  private float[] b;
  private float[] out;
  private MemorySegment segmentA;
  private MemorySegment segmentB;
  private MemorySegment segmentOut;

  /** Makes the operands, and compares the results. */
  @Setup
  public void setUp() {
    a = Operands.floats(Operands.uniform(1, size * size));
    b = Operands.floats(Operands.uniform(2, size * size));
    out = new float[size * size];
    segmentA = MemorySegment.ofArray(a);
    segmentB = MemorySegment.ofArray(b);
    segmentOut = MemorySegment.ofArray(out);
    float[] ours = dini().clone();
    Operands.requireEqual(ours, loop().clone());
    if (OpenBlas.isPresent()) {
      Operands.requireEqual(ours, openBlas());
    }
  }

  /** Ours. */
  @Benchmark
  public float[] dini() {
    KERNELS.gemm(false, false, size, size, size, a, 0, b, 0, out, 0);
    return out;
  }

  /** Three plain loops in the order that C2 vectorizes. */
  @Benchmark
  public float[] loop() {
    for (int i = 0; i < size; i++) {
      int row = i * size;
      for (int j = 0; j < size; j++) {
        out[row + j] = 0;
      }
      for (int k = 0; k < size; k++) {
        float factor = a[row + k];
        for (int j = 0; j < size; j++) {
          out[row + j] += factor * b[k * size + j];
        }
      }
    }
    return out;
  }

  /** OpenBLAS. */
  @Benchmark
  public float[] openBlas() {
    OpenBlas.gemm32(size, segmentA, segmentB, segmentOut);
    return out;
  }
}
