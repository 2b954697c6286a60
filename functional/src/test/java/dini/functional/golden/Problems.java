package dini.functional.golden;

import static dini.core.Elementwise.cos;
import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.softplus;
import static dini.core.Elementwise.square;
import static dini.core.Elementwise.tanh;
import static dini.core.Products.matmul;
import static dini.core.Reductions.logSumExp;
import static dini.core.Reductions.mean;
import static dini.core.Reductions.sum;

import dini.core.DType;
import dini.core.Indexing;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.functional.Implicit;
import dini.functional.Transforms;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The golden problems: for each name what makes the problem from the constants of its record. */
final class Problems {
  static final Map<String, Function<Map<String, Tensor>, Problem<?, ?>>> ALL =
      Map.of(
          "ridge", Problems::ridge,
          "ridge_tree", Problems::ridgeTree,
          "logistic", Problems::logistic,
          "imaml", Problems::imaml,
          "equilibrium", Problems::equilibrium,
          "scalar", inputs -> scalar(),
          "qp_equality", inputs -> quadraticProgram(),
          "nested_bilevel", Problems::nested);

  private Problems() {}

  static Problem<Tensor, Tensor> ridge(Map<String, Tensor> in) {
    return Problem.argmin(
        (w, theta) -> ridgeObjective(in, w, theta),
        w -> mean(square(matmul(in.get("Xv"), w).sub(in.get("yv")))),
        0.1,
        Golden::tensor,
        Golden::tensor);
  }

  private static Tensor ridgeObjective(Map<String, Tensor> in, Tensor w, Tensor penalty) {
    Tensor error = mean(square(matmul(in.get("X"), w).sub(in.get("y"))));
    return error.mul(0.5).add(penalty.mul(sum(square(w))).mul(0.5));
  }

  private static Problem<Map<String, Tensor>, Map<String, Tensor>> ridgeTree(
      Map<String, Tensor> in) {
    return Problem.argmin(
        (p, theta) -> {
          Tensor w = p.get("w");
          Tensor b = p.get("b");
          Tensor error = mean(square(matmul(in.get("X"), w).add(b).sub(in.get("y"))));
          Tensor weights = sum(exp(theta.get("logl")).mul(square(w)));
          Tensor offset = square(theta.get("mu")).mul(sum(square(b)));
          Tensor coupling = sum(w).mul(sum(b));
          return error.mul(0.5).add(weights.mul(0.5)).add(offset.mul(0.5)).add(coupling.mul(0.1));
        },
        p -> mean(square(matmul(in.get("Xv"), p.get("w")).add(p.get("b")).sub(in.get("yv")))),
        0.1,
        Golden::map,
        Golden::map);
  }

  private static Problem<Tensor, Tensor> logistic(Map<String, Tensor> in) {
    return Problem.argmin(
        (w, theta) ->
            logisticLoss(in.get("X"), in.get("t"), w).add(sum(exp(theta).mul(square(w))).mul(0.5)),
        w -> logisticLoss(in.get("Xv"), in.get("tv"), w),
        0.1,
        Golden::tensor,
        Golden::tensor);
  }

  private static Tensor logisticLoss(Tensor x, Tensor target, Tensor w) {
    Tensor z = matmul(x, w);
    return mean(softplus(z).sub(target.mul(z)));
  }

  private static Problem<Map<String, Tensor>, Map<String, Tensor>> imaml(Map<String, Tensor> in) {
    return Problem.argmin(
        (p, theta) -> {
          Tensor weights = sum(square(p.get("W").sub(theta.get("W"))));
          Tensor offsets = sum(square(p.get("c").sub(theta.get("c"))));
          return crossEntropy(in.get("Xi"), in.get("li"), p).add(weights.add(offsets));
        },
        p -> crossEntropy(in.get("Xo"), in.get("lo"), p),
        0.1,
        Golden::map,
        Golden::map);
  }

  private static Tensor crossEntropy(Tensor x, Tensor labels, Map<String, Tensor> p) {
    Tensor z = matmul(x, p.get("W")).add(p.get("c"));
    Tensor classes = Shapes.expandDims(labels.astype(DType.INT64), -1);
    Tensor chosen = Shapes.squeeze(Indexing.takeAlongAxis(z, classes, -1), -1);
    return mean(logSumExp(z, -1).sub(chosen));
  }

  /** The plain iteration at rate -1 is the fixed-point iteration. */
  private static Problem<Tensor, Map<String, Tensor>> equilibrium(Map<String, Tensor> in) {
    return Problem.root(
        (z, theta) -> {
          Tensor driven = matmul(theta.get("U"), in.get("u")).add(theta.get("b"));
          return tanh(matmul(theta.get("W"), z).add(driven)).sub(z);
        },
        z -> sum(z.pow(3).add(z)),
        -1,
        Golden::tensor,
        Golden::map);
  }

  private static Problem<Tensor, Tensor> scalar() {
    return Problem.root(
        (x, theta) -> x.sub(cos(theta.mul(x))).sub(theta.mul(0.2)),
        x -> sin(x),
        0,
        Golden::tensor,
        Golden::tensor);
  }

  /** A saddle point: no plain iteration finds it. */
  private static Problem<Map<String, Tensor>, Map<String, Tensor>> quadraticProgram() {
    return Problem.root(
        (z, theta) -> {
          Tensor x = z.get("x");
          Tensor pull = matmul(theta.get("A"), z.get("nu"), true, false);
          Map<String, Tensor> conditions = new TreeMap<>();
          conditions.put("nu", matmul(theta.get("A"), x).sub(theta.get("b")));
          conditions.put("x", matmul(theta.get("Q"), x).add(theta.get("c")).add(pull));
          return conditions;
        },
        z -> sum(square(z.get("x"))).add(sum(z.get("nu"))),
        0,
        Golden::map,
        Golden::map);
  }

  /** An outer problem whose objective holds the solution of an inner one. */
  private static Problem<Tensor, Tensor> nested(Map<String, Tensor> in) {
    BiFunction<Tensor, Tensor, Tensor> inner =
        Implicit.<Tensor, Tensor>customArgmin((w, penalty) -> ridgeObjective(in, w, penalty))
            .apply(
                (init, penalty) ->
                    Newton.solve(
                        Transforms.<Tensor, Tensor>grad((w, l) -> ridgeObjective(in, w, l)),
                        init,
                        penalty));
    Tensor start = Tensors.zeros(in.get("X").shape().extent(1));
    return Problem.<Tensor, Tensor>argmin(
            (lambda, d) -> {
              Tensor w = inner.apply(start, exp(lambda));
              Tensor error = mean(square(matmul(in.get("Xv"), w).sub(in.get("yv")).sub(d)));
              return error.add(square(lambda).mul(0.01));
            },
            lambda -> square(lambda).add(lambda),
            0,
            Golden::tensor,
            Golden::tensor)
        .indefinite();
  }
}
