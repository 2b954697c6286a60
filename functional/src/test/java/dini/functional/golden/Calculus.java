package dini.functional.golden;

import static dini.core.Elementwise.cos;
import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.log;
import static dini.core.Elementwise.log1p;
import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.sqrt;
import static dini.core.Elementwise.square;
import static dini.core.Elementwise.sub;
import static dini.core.Elementwise.tanh;
import static dini.core.Products.matmul;
import static dini.core.Reductions.norm;
import static dini.core.Reductions.prod;
import static dini.core.Reductions.sum;

import dini.core.Index;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.functional.Transforms;
import java.util.List;
import java.util.Map;

/** Golden formulas from analysis: iterations, coordinates, polynomials. */
final class Calculus {
  private Calculus() {}

  static void addTo(Map<String, Formula> formulas) {
    formulas.put("rosenbrock6", (in, params) -> rosenbrock(in.get(0)));
    formulas.put("logSumExpMatmul", (in, params) -> log(sum(exp(matmul(in.get(0), in.get(1))))));
    formulas.put(
        "residualNorm",
        (in, params) -> sqrt(sum(square(matmul(in.get(0), in.get(1)).sub(in.get(2))))));
    formulas.put("recurrence5", (in, params) -> recurrence(in));
    formulas.put("pendulumSteps", (in, params) -> pendulum(in));
    formulas.put("babylonianRoot", (in, params) -> babylonianRoot(in.get(0)));
    formulas.put("logisticMap6", (in, params) -> logisticMap(in));
    formulas.put("coulombEnergy", (in, params) -> coulombEnergy(in.get(0)));
    formulas.put("sphericalToCartesian", (in, params) -> spherical(in.get(0)));
    formulas.put("lotkaVolterraRk4", (in, params) -> lotkaVolterra(in.get(0), in.get(1)));
    formulas.put("unitVector", (in, params) -> in.get(0).div(norm(in.get(0))));
    formulas.put("gradientField", (in, params) -> gradientField(in.get(0)));
  }

  private static Tensor rosenbrock(Tensor x) {
    Tensor head = x.get(Index.to(-1));
    Tensor tail = x.get(Index.from(1));
    return sum(square(tail.sub(square(head))).mul(100).add(square(sub(1, head))));
  }

  private static Tensor recurrence(List<Tensor> in) {
    Tensor inputs = in.get(3);
    Tensor h = Tensors.zeros(2);
    Tensor total = Tensors.scalar(0);
    for (int t = 0; t < inputs.size(); t++) {
      h = tanh(matmul(in.get(0), h).add(in.get(1).mul(inputs.get(t))).add(in.get(2)));
      total = total.add(square(h.get(0)));
    }
    return total.add(h.get(1));
  }

  private static Tensor pendulum(List<Tensor> in) {
    Tensor q = in.get(0);
    Tensor p = in.get(1);
    Tensor k = in.get(2);
    for (int i = 0; i < 4; i++) {
      p = p.sub(sin(q).mul(k).mul(0.1));
      q = q.add(p.mul(0.1));
    }
    return sum(square(p)).mul(0.5).sub(k.mul(sum(cos(q))));
  }

  private static Tensor babylonianRoot(Tensor a) {
    Tensor x = Tensors.onesLike(a);
    for (int i = 0; i < 6; i++) {
      x = x.add(a.div(x)).mul(0.5);
    }
    return sum(x);
  }

  private static Tensor logisticMap(List<Tensor> in) {
    Tensor x = in.get(1);
    for (int i = 0; i < 6; i++) {
      x = in.get(0).mul(x).mul(sub(1, x));
    }
    return sum(x);
  }

  private static Tensor coulombEnergy(Tensor x) {
    Tensor energy = sum(square(x)).mul(0.5);
    for (int i = 0; i < x.shape().extent(0); i++) {
      for (int j = i + 1; j < x.shape().extent(0); j++) {
        energy = energy.add(norm(x.get(i).sub(x.get(j))).pow(-1));
      }
    }
    return energy;
  }

  private static Tensor spherical(Tensor x) {
    Tensor r = x.get(0);
    Tensor t = x.get(1);
    Tensor f = x.get(2);
    Tensor across = r.mul(sin(t));
    return Shapes.stack(0, across.mul(cos(f)), across.mul(sin(f)), r.mul(cos(t)));
  }

  private static Tensor lotkaVolterra(Tensor start, Tensor p) {
    double h = 0.1;
    Tensor s = start;
    for (int i = 0; i < 2; i++) {
      Tensor k1 = field(s, p);
      Tensor k2 = field(s.add(k1.mul(h / 2)), p);
      Tensor k3 = field(s.add(k2.mul(h / 2)), p);
      Tensor k4 = field(s.add(k3.mul(h)), p);
      s = s.add(k1.add(k2.mul(2)).add(k3.mul(2)).add(k4).mul(h / 6));
    }
    return s;
  }

  private static Tensor field(Tensor s, Tensor p) {
    Tensor both = s.get(0).mul(s.get(1));
    return Shapes.stack(
        0,
        p.get(0).mul(s.get(0)).sub(p.get(1).mul(both)),
        p.get(2).mul(both).sub(p.get(3).mul(s.get(1))));
  }

  private static Tensor gradientField(Tensor x) {
    return Transforms.grad(v -> sum(log1p(square(v))).mul(prod(v)), x);
  }
}
