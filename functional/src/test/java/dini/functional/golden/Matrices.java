package dini.functional.golden;

import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.log;
import static dini.core.Elementwise.sqrt;
import static dini.core.Elementwise.square;
import static dini.core.Products.dot;
import static dini.core.Products.matmul;
import static dini.core.Reductions.sum;
import static dini.linalg.LinearAlgebra.cholesky;
import static dini.linalg.LinearAlgebra.eigh;
import static dini.linalg.LinearAlgebra.inv;
import static dini.linalg.LinearAlgebra.logdet;
import static dini.linalg.LinearAlgebra.solve;
import static dini.linalg.LinearAlgebra.svd;
import static dini.linalg.LinearAlgebra.triangularSolve;
import static dini.linalg.MatrixFunctions.expm;

import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Golden formulas with decompositions and systems. */
final class Matrices {
  private static final double LOG_2_PI = Math.log(2 * Math.PI);

  private Matrices() {}

  static void addTo(Map<String, Formula> formulas) {
    formulas.put("choleskyLogDensity", (in, params) -> choleskyLogDensity(in));
    formulas.put("covarianceLogDensity", (in, params) -> covarianceLogDensity(in));
    formulas.put("logdetMinusQuadratic", (in, params) -> logdetMinusQuadratic(in));
    formulas.put("gaussianProcess", (in, params) -> gaussianProcess(in));
    formulas.put("spectralSum", (in, params) -> spectralSum(in.get(0)));
    formulas.put("nuclearNorm", (in, params) -> sum(svd(in.get(0)).s()));
    formulas.put("choleskyOfGram", (in, params) -> cholesky(gramPlusIdentity(in.get(0))));
    formulas.put("expmContraction", (in, params) -> sum(in.get(1).mul(expm(in.get(0)))));
    formulas.put("linearSolve", (in, params) -> solve(in.get(0), in.get(1)));
    formulas.put("inverse2x2", (in, params) -> inv(in.get(0)));
  }

  private static Tensor gramPlusIdentity(Tensor a) {
    return matmul(a, a, false, true).add(Tensors.eye(a.shape().extent(0)));
  }

  private static Tensor whitened(Tensor factor, Tensor x) {
    return triangularSolve(factor, x, true, false, false);
  }

  /** The logarithm of the determinant of a triangular matrix. */
  private static Tensor logDiagonal(Tensor factor) {
    Tensor total = Tensors.scalar(0);
    for (int i = 0; i < factor.shape().extent(0); i++) {
      total = total.add(log(factor.get(i, i)));
    }
    return total;
  }

  private static Tensor choleskyLogDensity(List<Tensor> in) {
    Tensor t = in.get(0);
    int n = in.get(1).size();
    List<Tensor> elements = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        Tensor element = j <= i ? t.get(next++) : Tensors.scalar(0);
        elements.add(i == j ? exp(element) : element);
      }
    }
    Tensor factor = Shapes.reshape(Shapes.stack(0, elements), n, n);
    Tensor e = whitened(factor, in.get(2).sub(in.get(1)));
    return sum(square(e)).mul(-0.5).sub(logDiagonal(factor)).sub(n * LOG_2_PI / 2);
  }

  private static Tensor covarianceLogDensity(List<Tensor> in) {
    Tensor factor = cholesky(gramPlusIdentity(in.get(0)));
    return sum(square(whitened(factor, in.get(1)))).mul(-0.5).sub(logDiagonal(factor));
  }

  private static Tensor logdetMinusQuadratic(List<Tensor> in) {
    Tensor s = gramPlusIdentity(in.get(0));
    Tensor y = in.get(1);
    return logdet(s).mul(0.5).sub(dot(y, solve(s, y)).mul(0.5));
  }

  private static Tensor gaussianProcess(List<Tensor> in) {
    Tensor p = in.get(0);
    Tensor x = in.get(1);
    int n = x.size();
    Tensor distance = square(Shapes.expandDims(x, 1).sub(x)).div(exp(p.get(0).mul(2)));
    Tensor kernel = exp(p.get(1).mul(2)).mul(exp(distance.mul(-0.5)));
    Tensor noise = Tensors.eye(n).mul(exp(p.get(2).mul(2)));
    Tensor factor = cholesky(kernel.add(noise));
    Tensor e = whitened(factor, in.get(2));
    return sum(square(e)).mul(0.5).add(logDiagonal(factor)).add(n * LOG_2_PI / 2);
  }

  private static Tensor spectralSum(Tensor a) {
    Tensor values = eigh(a.add(a.transpose()).mul(0.5)).values();
    return sum(sqrt(square(values).add(1)));
  }
}
