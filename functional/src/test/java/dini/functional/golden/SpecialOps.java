package dini.functional.golden;

import dini.core.Activations;
import dini.core.Elementwise;
import dini.core.Powers;
import dini.core.Reductions;
import dini.core.Special;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.Trigonometric;
import dini.functional.nn.Losses;
import java.util.function.BinaryOperator;

/** Operations on elements beyond arithmetic, and losses. */
final class SpecialOps {
  private SpecialOps() {}

  static void addTo(OpTable table) {
    table.unary("rsqrt", Powers::rsqrt);
    table.unary("cbrt", Powers::cbrt);
    table.unary("exp2", Powers::exp2);
    table.unary("log2", Powers::log2);
    table.unary("log10", Powers::log10);
    table.unary("tan", Trigonometric::tan);
    table.unary("asin", Trigonometric::asin);
    table.unary("acos", Trigonometric::acos);
    table.unary("atan", Trigonometric::atan);
    table.unary("sinh", Trigonometric::sinh);
    table.unary("cosh", Trigonometric::cosh);
    table.unary("asinh", Trigonometric::asinh);
    table.unary("acosh", Trigonometric::acosh);
    table.unary("atanh", Trigonometric::atanh);
    table.unary("erf", Special::erf);
    table.unary("erfc", Special::erfc);
    table.unary("erfInv", Special::erfInv);
    table.unary("lgamma", Special::lgamma);
    table.unary("digamma", Special::digamma);
    table.unary("gelu", Activations::gelu);
    table.unary("silu", Activations::silu);
    table.unary("logSigmoid", Activations::logSigmoid);
    table.binary("atan2", Trigonometric::atan2);
    table.binary("hypot", Trigonometric::hypot);
    table.binary("mod", Elementwise::mod);
    table.binary("floorDiv", Elementwise::floorDiv);
    table.binary("copySign", Elementwise::copySign);
    table.binary("logAddExp", Special::logAddExp);
    table.binary("xlogy", Special::xlogy);
    table.binary("xlog1py", Special::xlog1py);
    loss(table, "squaredError", Losses::squaredError);
    loss(table, "binaryLogistic", Losses::binaryLogistic);
    loss(table, "crossEntropy", Losses::crossEntropy);
    table.withParams(
        "huber",
        (inputs, params) -> {
          double delta = params.get("delta").getAsDouble();
          // the record of conventions gives the error only
          Tensor target = inputs.size() > 1 ? inputs.get(1) : Tensors.scalar(0);
          Tensor losses = Losses.huber(inputs.get(0), target, delta);
          return params.has("reduction")
              ? reduced(losses, params.get("reduction").getAsString())
              : losses;
        });
  }

  private static void loss(OpTable table, String name, BinaryOperator<Tensor> loss) {
    table.withParams(
        name,
        (inputs, params) ->
            reduced(
                loss.apply(inputs.get(0), inputs.get(1)), params.get("reduction").getAsString()));
  }

  private static Tensor reduced(Tensor losses, String reduction) {
    return switch (reduction) {
      case "none" -> losses;
      case "mean" -> Reductions.mean(losses);
      case "sum" -> Reductions.sum(losses);
      default -> throw new AssertionError(reduction);
    };
  }
}
