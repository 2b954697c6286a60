package dini.jmh.machine;

import dini.jmh.Operands;
import dini.jmh.Timed;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The most bytes that a core moves: from the nearest cache at the small size, from memory at the
 * large one. Bytes are counted as STREAM does, without those that a write fetches first.
 */
public class Memory extends Timed {
  /** No wider than 256 bits: every wider load of an array that is not aligned spans two lines. */
  private static final VectorSpecies<Double> S =
      DoubleVector.SPECIES_PREFERRED.vectorBitSize() > 256
          ? DoubleVector.SPECIES_256
          : DoubleVector.SPECIES_PREFERRED;

  /** Elements of an array: three of 1,024 fit in the nearest cache, 16,777,216 are 128 MiB. */
  @Param({"1024", "16777216"})
  public int size;

  private double[] x;
  private double[] y;
  private double[] out;

  /** Makes the operands. */
  @Setup
  public void setUp() {
    x = Operands.uniform(1, size);
    y = Operands.uniform(2, size);
    out = new double[size];
  }

  /** Reads one array: 8 bytes an element. */
  @Benchmark
  public double read() {
    DoubleVector a = DoubleVector.zero(S);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    DoubleVector e = a;
    DoubleVector f = a;
    DoubleVector g = a;
    DoubleVector h = a;
    int v = S.length();
    for (int i = 0; i + 8 * v <= x.length; i += 8 * v) {
      a = a.add(DoubleVector.fromArray(S, x, i));
      b = b.add(DoubleVector.fromArray(S, x, i + v));
      c = c.add(DoubleVector.fromArray(S, x, i + 2 * v));
      d = d.add(DoubleVector.fromArray(S, x, i + 3 * v));
      e = e.add(DoubleVector.fromArray(S, x, i + 4 * v));
      f = f.add(DoubleVector.fromArray(S, x, i + 5 * v));
      g = g.add(DoubleVector.fromArray(S, x, i + 6 * v));
      h = h.add(DoubleVector.fromArray(S, x, i + 7 * v));
    }
    return a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).lane(0);
  }

  /** STREAM's triad: reads two arrays and writes one, 24 bytes an element. */
  @Benchmark
  public double[] triad() {
    for (int i = 0; i < out.length; i++) {
      out[i] = x[i] + 3 * y[i];
    }
    return out;
  }
}
