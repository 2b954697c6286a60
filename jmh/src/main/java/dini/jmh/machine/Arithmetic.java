package dini.jmh.machine;

import dini.jmh.Timed;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * The most floating-point operations that a core does: fused multiply-adds on twelve registers that
 * do not wait for each other, which hides their latency and leaves room for the two constants where
 * there are sixteen.
 */
public class Arithmetic extends Timed {
  /** Operations of one call; an fma is two. */
  public static final double FLOPS = 2.0 * 12 * 65536;

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> S32 = FloatVector.SPECIES_PREFERRED;

  /** A field, whose value the compiler does not know: the sequence 1, 1, 1, … must be computed. */
  private float half = 0.5f;

  /** FLOAT64. */
  @Benchmark
  public double float64() {
    DoubleVector half = DoubleVector.broadcast(S, this.half);
    DoubleVector a = DoubleVector.broadcast(S, 1);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    DoubleVector e = a;
    DoubleVector f = a;
    DoubleVector g = a;
    DoubleVector h = a;
    DoubleVector i = a;
    DoubleVector j = a;
    DoubleVector k = a;
    DoubleVector l = a;
    for (int step = 0; step < 65536 / S.length(); step++) {
      a = a.fma(half, half);
      b = b.fma(half, half);
      c = c.fma(half, half);
      d = d.fma(half, half);
      e = e.fma(half, half);
      f = f.fma(half, half);
      g = g.fma(half, half);
      h = h.fma(half, half);
      i = i.fma(half, half);
      j = j.fma(half, half);
      k = k.fma(half, half);
      l = l.fma(half, half);
    }
    DoubleVector all = a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j).add(k);
    return all.add(l).lane(0);
  }

  /** FLOAT32. */
  @Benchmark
  public float float32() {
    FloatVector half = FloatVector.broadcast(S32, this.half);
    FloatVector a = FloatVector.broadcast(S32, 1);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    FloatVector e = a;
    FloatVector f = a;
    FloatVector g = a;
    FloatVector h = a;
    FloatVector i = a;
    FloatVector j = a;
    FloatVector k = a;
    FloatVector l = a;
    for (int step = 0; step < 65536 / S32.length(); step++) {
      a = a.fma(half, half);
      b = b.fma(half, half);
      c = c.fma(half, half);
      d = d.fma(half, half);
      e = e.fma(half, half);
      f = f.fma(half, half);
      g = g.fma(half, half);
      h = h.fma(half, half);
      i = i.fma(half, half);
      j = j.fma(half, half);
      k = k.fma(half, half);
      l = l.fma(half, half);
    }
    FloatVector all = a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j).add(k);
    return all.add(l).lane(0);
  }
}
