package dini.functional.golden;

import com.google.gson.JsonObject;
import dini.core.Comparisons;
import dini.core.Elementwise;
import dini.core.Tensor;

/** Operations on elements. */
final class ElementwiseOps {
  private ElementwiseOps() {}

  static void addTo(OpTable table) {
    table.unary("neg", Elementwise::neg);
    table.unary("abs", Elementwise::abs);
    table.unary("sign", Elementwise::sign);
    table.unary("square", Elementwise::square);
    table.unary("reciprocal", Elementwise::reciprocal);
    table.unary("sqrt", Elementwise::sqrt);
    table.unary("exp", Elementwise::exp);
    table.unary("expm1", Elementwise::expm1);
    table.unary("log", Elementwise::log);
    table.unary("log1p", Elementwise::log1p);
    table.unary("sin", Elementwise::sin);
    table.unary("cos", Elementwise::cos);
    table.unary("tanh", Elementwise::tanh);
    table.unary("sigmoid", Elementwise::sigmoid);
    table.unary("softplus", Elementwise::softplus);
    table.unary("relu", Elementwise::relu);
    table.unary("floor", Elementwise::floor);
    table.unary("ceil", Elementwise::ceil);
    table.unary("round", Elementwise::round);
    table.withParams("clip", (inputs, params) -> clip(inputs.get(0), params));
    table.binary("add", Elementwise::add);
    table.binary("sub", Elementwise::sub);
    table.binary("mul", Elementwise::mul);
    table.binary("div", Elementwise::div);
    table.binary("maximum", Elementwise::maximum);
    table.binary("minimum", Elementwise::minimum);
    table.binary("eq", Comparisons::eq);
    table.binary("ne", Comparisons::ne);
    table.binary("lt", Comparisons::lt);
    table.binary("le", Comparisons::le);
    table.binary("gt", Comparisons::gt);
    table.binary("ge", Comparisons::ge);
    table.withParams(
        "pow",
        (inputs, params) ->
            params.has("exponent")
                ? Elementwise.pow(inputs.get(0), params.get("exponent").getAsDouble())
                : Elementwise.pow(inputs.get(0), inputs.get(1)));
    table.withParams(
        "integerPow",
        (inputs, params) -> Elementwise.pow(inputs.get(0), params.get("n").getAsInt()));
    table.withParams(
        "where",
        (inputs, params) -> Comparisons.where(inputs.get(0), inputs.get(1), inputs.get(2)));
  }

  /** A missing bound leaves a maximum or a minimum. */
  private static Tensor clip(Tensor x, JsonObject params) {
    boolean hasLow = Golden.has(params, "lo");
    boolean hasHigh = Golden.has(params, "hi");
    if (hasLow && hasHigh) {
      return Elementwise.clip(x, params.get("lo").getAsDouble(), params.get("hi").getAsDouble());
    } else if (hasLow) {
      return Elementwise.maximum(x, params.get("lo").getAsDouble());
    } else {
      return Elementwise.minimum(x, params.get("hi").getAsDouble());
    }
  }
}
