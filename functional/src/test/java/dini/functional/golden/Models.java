package dini.functional.golden;

import static dini.core.Activations.gelu;
import static dini.core.Comparisons.safeWhere;
import static dini.core.Comparisons.where;
import static dini.core.Cumulative.cumLogSumExp;
import static dini.core.Cumulative.cumProd;
import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.log;
import static dini.core.Elementwise.log1p;
import static dini.core.Elementwise.sigmoid;
import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.softplus;
import static dini.core.Elementwise.sqrt;
import static dini.core.Elementwise.square;
import static dini.core.Elementwise.sub;
import static dini.core.Elementwise.tanh;
import static dini.core.Index.at;
import static dini.core.Index.from;
import static dini.core.Index.range;
import static dini.core.Index.to;
import static dini.core.Products.dot;
import static dini.core.Products.matmul;
import static dini.core.Reductions.logSoftmax;
import static dini.core.Reductions.logSumExp;
import static dini.core.Reductions.mean;
import static dini.core.Reductions.norm;
import static dini.core.Reductions.softmax;
import static dini.core.Reductions.sum;
import static dini.core.Shapes.concatenate;
import static dini.core.Special.lgamma;
import static dini.core.Special.xlog1py;
import static dini.core.Special.xlogy;

import com.google.gson.JsonObject;
import dini.core.Elementwise;
import dini.core.Indexing;
import dini.core.Shapes;
import dini.core.Sorting;
import dini.core.Tensor;
import dini.core.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Golden formulas from statistics and learning. */
final class Models {
  private static final double LOG_2_PI = Math.log(2 * Math.PI);

  private Models() {}

  static void addTo(Map<String, Formula> formulas) {
    formulas.put("mlpTanh", (in, params) -> mlpTanh(in));
    formulas.put("mlpSoftplus", (in, params) -> mlpSoftplus(in));
    formulas.put("ridgeLogistic", Models::ridgeLogistic);
    formulas.put("softmaxRegression", (in, params) -> softmaxRegression(in));
    formulas.put("attention3x4", (in, params) -> attention(in));
    formulas.put("huberRegression", (in, params) -> huberRegression(in));
    formulas.put("gaussianMixture", (in, params) -> gaussianMixture(in));
    formulas.put("layerNorm", (in, params) -> layerNorm(in));
    formulas.put("convolution1d", (in, params) -> convolution(in));
    formulas.put("stickBreakingEntropy", (in, params) -> stickBreakingEntropy(in.get(0)));
    formulas.put("embeddingScore", (in, params) -> embeddingScore(in));
    formulas.put("klOfSoftmaxes", (in, params) -> klOfSoftmaxes(in));
    formulas.put(
        "cosineSimilarity",
        (in, params) -> dot(in.get(0), in.get(1)).div(norm(in.get(0)).mul(norm(in.get(1)))));
    formulas.put("guardedLog", (in, params) -> guardedLog(in));
    formulas.put("guardedNorm", (in, params) -> guardedNorm(in.get(0)));
    formulas.put("softmaxVector", (in, params) -> softmax(in.get(0), -1));
    formulas.put("denseTanh", (in, params) -> tanh(matmul(in.get(0), in.get(1)).add(in.get(2))));
    formulas.put("sortedWeights", (in, params) -> sortedWeights(in.get(0)));
    formulas.put("cumulativeLogSumExp", (in, params) -> cumLogSumExp(in.get(0), 0));
    formulas.put("poissonRegression", (in, params) -> poissonRegression(in));
    formulas.put("gammaLogDensity", (in, params) -> gammaLogDensity(in));
    formulas.put("betaLogDensity", (in, params) -> betaLogDensity(in));
    formulas.put("studentTLogDensity", (in, params) -> studentTLogDensity(in));
    formulas.put("geluNet", (in, params) -> dot(in.get(2), gelu(matmul(in.get(0), in.get(1)))));
  }

  private static Tensor sortedWeights(Tensor x) {
    Tensor weights = Tensors.arange(5).add(1).div(5);
    return sum(weights.mul(Sorting.sort(x).pow(3)));
  }

  private static Tensor mlpTanh(List<Tensor> in) {
    Tensor hidden = tanh(matmul(in.get(0), in.get(2)).add(in.get(3)));
    Tensor predicted = matmul(hidden, in.get(4)).add(in.get(5));
    return mean(square(predicted.sub(in.get(1))));
  }

  private static Tensor mlpSoftplus(List<Tensor> in) {
    Tensor hidden = softplus(matmul(in.get(1), in.get(0)).add(in.get(2)));
    return sum(softplus(matmul(in.get(3), hidden).add(in.get(4))));
  }

  private static Tensor ridgeLogistic(List<Tensor> in, JsonObject params) {
    Tensor w = in.get(2);
    Tensor z = matmul(in.get(0), w).add(in.get(3));
    double lambda = params.get("lambda").getAsDouble();
    return mean(softplus(z).sub(in.get(1).mul(z))).add(sum(square(w)).mul(0.5 * lambda));
  }

  private static Tensor softmaxRegression(List<Tensor> in) {
    Tensor z = matmul(in.get(0), in.get(2)).add(in.get(3));
    Tensor chosen = Indexing.takeAlongAxis(z, Shapes.expandDims(in.get(1), -1), -1);
    return mean(logSumExp(z, -1).sub(Shapes.squeeze(chosen, -1)));
  }

  private static Tensor attention(List<Tensor> in) {
    Tensor x = in.get(0);
    Tensor queries = matmul(x, in.get(1));
    Tensor keys = matmul(x, in.get(2));
    Tensor weights = softmax(matmul(queries, keys, false, true).div(2), -1);
    return sum(square(matmul(weights, matmul(x, in.get(3)))));
  }

  private static Tensor huberRegression(List<Tensor> in) {
    Tensor error = matmul(in.get(0), in.get(2)).sub(in.get(1));
    Tensor size = Elementwise.abs(error);
    return sum(where(size.le(1), square(error).mul(0.5), size.sub(0.5)));
  }

  private static Tensor gaussianMixture(List<Tensor> in) {
    Tensor weights = logSoftmax(in.get(0), -1);
    Tensor x = Shapes.expandDims(in.get(3), 1);
    Tensor scaled = x.sub(in.get(1)).div(exp(in.get(2)));
    Tensor logs = weights.sub(square(scaled).mul(0.5)).sub(in.get(2)).sub(0.5 * LOG_2_PI);
    return sum(logSumExp(logs, -1));
  }

  private static Tensor layerNorm(List<Tensor> in) {
    Tensor centred = in.get(0).sub(mean(in.get(0)));
    Tensor deviation = sqrt(mean(square(centred)).add(0.001));
    return sum(sin(in.get(1).mul(centred).div(deviation).add(in.get(2))));
  }

  private static Tensor convolution(List<Tensor> in) {
    Tensor signal = in.get(0);
    Tensor kernel = in.get(1);
    int width = kernel.size();
    List<Tensor> outputs = new ArrayList<>();
    for (int i = 0; i + width <= signal.size(); i++) {
      outputs.add(dot(kernel, signal.get(range(i, i + width))));
    }
    Tensor y = Shapes.stack(0, outputs);
    return sum(square(y)).add(sum(Elementwise.relu(y.add(10))));
  }

  private static Tensor stickBreakingEntropy(Tensor v) {
    Tensor breaks = sigmoid(v);
    Tensor left = cumProd(sub(1, breaks), 0);
    Tensor before = concatenate(0, Tensors.ones(1), left.get(to(-1)));
    Tensor weights = concatenate(0, breaks.mul(before), left.get(from(-1)));
    return sum(weights.mul(log(weights))).mul(-1);
  }

  private static Tensor embeddingScore(List<Tensor> in) {
    Tensor rows = Indexing.take(in.get(0), Tensors.longs(0, 2, 2, 1), 0);
    Tensor product = sum(rows.get(at(1)).mul(rows.get(at(3))));
    return sum(tanh(matmul(rows, in.get(1)))).add(product.mul(0.1));
  }

  private static Tensor klOfSoftmaxes(List<Tensor> in) {
    Tensor p = softmax(in.get(0), -1);
    return sum(p.mul(log(p).sub(log(softmax(in.get(1), -1)))));
  }

  private static Tensor guardedLog(List<Tensor> in) {
    Tensor x = in.get(0);
    Tensor inside = x.gt(0);
    Tensor logs = log(where(inside, x, 1));
    return sum(in.get(1).mul(where(inside, logs, x.mul(2))));
  }

  private static Tensor guardedNorm(Tensor x) {
    Tensor s = sum(square(x));
    Tensor root = safeWhere(s.gt(0), s, t -> sqrt(t).add(1), 1);
    return root.add(x.get(0).mul(x.get(1)).mul(0.5));
  }

  private static Tensor poissonRegression(List<Tensor> in) {
    Tensor z = matmul(in.get(0), in.get(2));
    return sum(exp(z).sub(in.get(1).mul(z)).add(lgamma(in.get(1).add(1))));
  }

  private static Tensor gammaLogDensity(List<Tensor> in) {
    Tensor a = in.get(0);
    Tensor b = in.get(1);
    Tensor x = in.get(2);
    Tensor constant = a.mul(log(b)).sub(lgamma(a));
    return sum(constant.add(a.sub(1).mul(log(x))).sub(b.mul(x)));
  }

  private static Tensor betaLogDensity(List<Tensor> in) {
    Tensor a = in.get(0);
    Tensor b = in.get(1);
    Tensor x = in.get(2);
    Tensor constant = lgamma(a).add(lgamma(b)).sub(lgamma(a.add(b)));
    return sum(xlogy(a.sub(1), x).add(xlog1py(b.sub(1), x.neg())).sub(constant));
  }

  private static Tensor studentTLogDensity(List<Tensor> in) {
    Tensor v = in.get(0);
    Tensor s = in.get(2);
    Tensor t = in.get(3).sub(in.get(1)).div(s);
    Tensor half = v.add(1).mul(0.5);
    Tensor constant =
        lgamma(half).sub(lgamma(v.mul(0.5))).sub(log(v.mul(Math.PI)).mul(0.5)).sub(log(s));
    return sum(constant.sub(half.mul(log1p(square(t).div(v)))));
  }
}
