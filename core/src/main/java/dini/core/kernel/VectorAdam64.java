package dini.core.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The passes of {@link AdamKernel} over FLOAT64 arrays. */
final class VectorAdam64 {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  private VectorAdam64() {}

  static void apply(
      AdamKernel pass, AdamConstants constants, double[][] in, double[][] out, int n) {
    int end = n & -V;
    switch (pass) {
      case UPDATE -> update(constants, in[0], in[1], in[2], out[0], out[1], out[2], end);
      case TANGENT -> tangent(constants, in, out[0], out[1], out[2], end);
      case COTANGENT -> cotangent(constants, in, out[0], out[1], out[2], end);
    }
    ScalarAdam.apply(pass, constants, in, out, end, n);
  }

  private static DoubleVector load(double[] x, int i) {
    return DoubleVector.fromArray(S, x, i);
  }

  private static void update(
      AdamConstants constants,
      double[] g,
      double[] mu,
      double[] nu,
      double[] newMu,
      double[] newNu,
      double[] direction,
      int end) {
    DoubleVector b1 = DoubleVector.broadcast(S, constants.b1());
    DoubleVector b2 = DoubleVector.broadcast(S, constants.b2());
    DoubleVector eps = DoubleVector.broadcast(S, constants.eps());
    DoubleVector epsRoot = DoubleVector.broadcast(S, constants.epsRoot());
    DoubleVector c1 = DoubleVector.broadcast(S, constants.c1());
    DoubleVector c2 = DoubleVector.broadcast(S, constants.c2());
    DoubleVector rest1 = DoubleVector.broadcast(S, 1).sub(b1);
    DoubleVector rest2 = DoubleVector.broadcast(S, 1).sub(b2);
    for (int i = 0; i < end; i += V) {
      DoubleVector slope = load(g, i);
      DoubleVector m = b1.mul(load(mu, i)).add(rest1.mul(slope));
      DoubleVector v = b2.mul(load(nu, i)).add(rest2.mul(slope.mul(slope)));
      DoubleVector s = v.div(c2).add(epsRoot).lanewise(VectorOperators.SQRT);
      m.intoArray(newMu, i);
      v.intoArray(newNu, i);
      m.div(c1.mul(s.add(eps))).intoArray(direction, i);
    }
  }

  private static void tangent(
      AdamConstants constants,
      double[][] in,
      double[] newMu,
      double[] newNu,
      double[] direction,
      int end) {
    double[] g = in[0];
    double[] m = in[1];
    double[] v = in[2];
    double[] gMoved = in[3];
    double[] muMoved = in[4];
    double[] nuMoved = in[5];
    DoubleVector b1 = DoubleVector.broadcast(S, constants.b1());
    DoubleVector b2 = DoubleVector.broadcast(S, constants.b2());
    DoubleVector eps = DoubleVector.broadcast(S, constants.eps());
    DoubleVector epsRoot = DoubleVector.broadcast(S, constants.epsRoot());
    DoubleVector c1 = DoubleVector.broadcast(S, constants.c1());
    DoubleVector c2 = DoubleVector.broadcast(S, constants.c2());
    DoubleVector rest1 = DoubleVector.broadcast(S, 1).sub(b1);
    DoubleVector twice2 = DoubleVector.broadcast(S, 1).sub(b2).mul(2);
    DoubleVector twiceC2 = c2.mul(2);
    DoubleVector zero = DoubleVector.zero(S);
    for (int i = 0; i < end; i += V) {
      DoubleVector s = load(v, i).div(c2).add(epsRoot).lanewise(VectorOperators.SQRT);
      DoubleVector d = s.add(eps);
      DoubleVector slope = load(gMoved, i);
      DoubleVector mMoved = b1.mul(load(muMoved, i)).add(rest1.mul(slope));
      DoubleVector vMoved = b2.mul(load(nuMoved, i)).add(twice2.mul(load(g, i).mul(slope)));
      DoubleVector sMoved =
          vMoved.div(twiceC2.mul(s)).blend(zero, s.compare(VectorOperators.EQ, zero));
      mMoved.intoArray(newMu, i);
      vMoved.intoArray(newNu, i);
      mMoved.sub(load(m, i).div(d).mul(sMoved)).div(c1.mul(d)).intoArray(direction, i);
    }
  }

  private static void cotangent(
      AdamConstants constants, double[][] in, double[] ofG, double[] ofMu, double[] ofNu, int end) {
    double[] g = in[0];
    double[] m = in[1];
    double[] v = in[2];
    double[] p = in[3];
    double[] q = in[4];
    double[] r = in[5];
    DoubleVector b1 = DoubleVector.broadcast(S, constants.b1());
    DoubleVector b2 = DoubleVector.broadcast(S, constants.b2());
    DoubleVector eps = DoubleVector.broadcast(S, constants.eps());
    DoubleVector epsRoot = DoubleVector.broadcast(S, constants.epsRoot());
    DoubleVector c1 = DoubleVector.broadcast(S, constants.c1());
    DoubleVector c2 = DoubleVector.broadcast(S, constants.c2());
    DoubleVector rest1 = DoubleVector.broadcast(S, 1).sub(b1);
    DoubleVector twice2 = DoubleVector.broadcast(S, 1).sub(b2).mul(2);
    DoubleVector twiceC2 = c2.mul(2);
    DoubleVector zero = DoubleVector.zero(S);
    for (int i = 0; i < end; i += V) {
      DoubleVector s = load(v, i).div(c2).add(epsRoot).lanewise(VectorOperators.SQRT);
      DoubleVector d = s.add(eps);
      DoubleVector u = load(r, i).div(c1.mul(d));
      DoubleVector w =
          u.mul(load(m, i).div(d))
              .div(twiceC2.mul(s))
              .blend(zero, s.compare(VectorOperators.EQ, zero));
      DoubleVector a = load(p, i).add(u);
      DoubleVector b = load(q, i).sub(w);
      rest1.mul(a).add(twice2.mul(load(g, i).mul(b))).intoArray(ofG, i);
      b1.mul(a).intoArray(ofMu, i);
      b2.mul(b).intoArray(ofNu, i);
    }
  }
}
