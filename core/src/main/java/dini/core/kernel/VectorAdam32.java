package dini.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The passes of {@link AdamKernel} over FLOAT32 arrays. */
final class VectorAdam32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private static final int V = S.length();

  private VectorAdam32() {}

  static void apply(AdamKernel pass, AdamConstants constants, float[][] in, float[][] out, int n) {
    int end = n & -V;
    switch (pass) {
      case UPDATE -> update(constants, in[0], in[1], in[2], out[0], out[1], out[2], end);
      case TANGENT -> tangent(constants, in, out[0], out[1], out[2], end);
      case COTANGENT -> cotangent(constants, in, out[0], out[1], out[2], end);
    }
    ScalarAdam.apply(pass, constants, in, out, end, n);
  }

  private static FloatVector load(float[] x, int i) {
    return FloatVector.fromArray(S, x, i);
  }

  private static void update(
      AdamConstants constants,
      float[] g,
      float[] mu,
      float[] nu,
      float[] newMu,
      float[] newNu,
      float[] direction,
      int end) {
    FloatVector b1 = FloatVector.broadcast(S, (float) constants.b1());
    FloatVector b2 = FloatVector.broadcast(S, (float) constants.b2());
    FloatVector eps = FloatVector.broadcast(S, (float) constants.eps());
    FloatVector epsRoot = FloatVector.broadcast(S, (float) constants.epsRoot());
    FloatVector c1 = FloatVector.broadcast(S, (float) constants.c1());
    FloatVector c2 = FloatVector.broadcast(S, (float) constants.c2());
    FloatVector rest1 = FloatVector.broadcast(S, 1).sub(b1);
    FloatVector rest2 = FloatVector.broadcast(S, 1).sub(b2);
    for (int i = 0; i < end; i += V) {
      FloatVector slope = load(g, i);
      FloatVector m = b1.mul(load(mu, i)).add(rest1.mul(slope));
      FloatVector v = b2.mul(load(nu, i)).add(rest2.mul(slope.mul(slope)));
      FloatVector s = v.div(c2).add(epsRoot).lanewise(VectorOperators.SQRT);
      m.intoArray(newMu, i);
      v.intoArray(newNu, i);
      m.div(c1.mul(s.add(eps))).intoArray(direction, i);
    }
  }

  private static void tangent(
      AdamConstants constants,
      float[][] in,
      float[] newMu,
      float[] newNu,
      float[] direction,
      int end) {
    float[] g = in[0];
    float[] m = in[1];
    float[] v = in[2];
    float[] gMoved = in[3];
    float[] muMoved = in[4];
    float[] nuMoved = in[5];
    FloatVector b1 = FloatVector.broadcast(S, (float) constants.b1());
    FloatVector b2 = FloatVector.broadcast(S, (float) constants.b2());
    FloatVector eps = FloatVector.broadcast(S, (float) constants.eps());
    FloatVector epsRoot = FloatVector.broadcast(S, (float) constants.epsRoot());
    FloatVector c1 = FloatVector.broadcast(S, (float) constants.c1());
    FloatVector c2 = FloatVector.broadcast(S, (float) constants.c2());
    FloatVector rest1 = FloatVector.broadcast(S, 1).sub(b1);
    FloatVector twice2 = FloatVector.broadcast(S, 1).sub(b2).mul(2);
    FloatVector twiceC2 = c2.mul(2);
    FloatVector zero = FloatVector.zero(S);
    for (int i = 0; i < end; i += V) {
      FloatVector s = load(v, i).div(c2).add(epsRoot).lanewise(VectorOperators.SQRT);
      FloatVector d = s.add(eps);
      FloatVector slope = load(gMoved, i);
      FloatVector mMoved = b1.mul(load(muMoved, i)).add(rest1.mul(slope));
      FloatVector vMoved = b2.mul(load(nuMoved, i)).add(twice2.mul(load(g, i).mul(slope)));
      FloatVector sMoved =
          vMoved.div(twiceC2.mul(s)).blend(zero, s.compare(VectorOperators.EQ, zero));
      mMoved.intoArray(newMu, i);
      vMoved.intoArray(newNu, i);
      mMoved.sub(load(m, i).div(d).mul(sMoved)).div(c1.mul(d)).intoArray(direction, i);
    }
  }

  private static void cotangent(
      AdamConstants constants, float[][] in, float[] ofG, float[] ofMu, float[] ofNu, int end) {
    float[] g = in[0];
    float[] m = in[1];
    float[] v = in[2];
    float[] p = in[3];
    float[] q = in[4];
    float[] r = in[5];
    FloatVector b1 = FloatVector.broadcast(S, (float) constants.b1());
    FloatVector b2 = FloatVector.broadcast(S, (float) constants.b2());
    FloatVector eps = FloatVector.broadcast(S, (float) constants.eps());
    FloatVector epsRoot = FloatVector.broadcast(S, (float) constants.epsRoot());
    FloatVector c1 = FloatVector.broadcast(S, (float) constants.c1());
    FloatVector c2 = FloatVector.broadcast(S, (float) constants.c2());
    FloatVector rest1 = FloatVector.broadcast(S, 1).sub(b1);
    FloatVector twice2 = FloatVector.broadcast(S, 1).sub(b2).mul(2);
    FloatVector twiceC2 = c2.mul(2);
    FloatVector zero = FloatVector.zero(S);
    for (int i = 0; i < end; i += V) {
      FloatVector s = load(v, i).div(c2).add(epsRoot).lanewise(VectorOperators.SQRT);
      FloatVector d = s.add(eps);
      FloatVector u = load(r, i).div(c1.mul(d));
      FloatVector w =
          u.mul(load(m, i).div(d))
              .div(twiceC2.mul(s))
              .blend(zero, s.compare(VectorOperators.EQ, zero));
      FloatVector a = load(p, i).add(u);
      FloatVector b = load(q, i).sub(w);
      rest1.mul(a).add(twice2.mul(load(g, i).mul(b))).intoArray(ofG, i);
      b1.mul(a).intoArray(ofMu, i);
      b2.mul(b).intoArray(ofNu, i);
    }
  }
}
