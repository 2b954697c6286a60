package dini.core.kernel;

import static dini.core.kernel.VectorExponential.all;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;

/** {@link Logistic}, operation by operation; see {@link VectorExponential} for what binds it. */
final class VectorLogistic {
  private VectorLogistic() {}

  static DoubleVector sigmoid(DoubleVector x) {
    DoubleVector e = VectorExponential.exp(x.abs().neg());
    DoubleVector n = all(1.0).blend(e, x.compare(LT, all(0.0)));
    return n.div(e.add(all(1.0)));
  }

  static DoubleVector softplus(DoubleVector x) {
    DoubleVector e = VectorExponential.exp(x.abs().neg());
    return x.max(all(0.0)).add(VectorLogarithm.log1p(e));
  }
}
