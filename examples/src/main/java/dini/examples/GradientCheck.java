package dini.examples;

import static dini.core.Reductions.norm;
import static dini.core.Tensors.eye;
import static dini.core.Tensors.tensor;

import dini.core.Tensor;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Gradients without differentiation, to compare with. */
final class GradientCheck {
  private GradientCheck() {}

  /** The length of a step from the point: small, but far above rounding errors. */
  private static final double STEP = 1e-4;

  /** How far a gradient at x is from the central differences of f, relative to their norm. */
  static double relativeError(Function<Tensor, Tensor> f, Tensor x, Tensor gradient) {
    Tensor steps = eye(x.size()).mul(STEP);
    Tensor differences =
        tensor(
            IntStream.range(0, x.size())
                .mapToObj(i -> steps.get(i))
                .mapToDouble(step -> f.apply(x.add(step)).sub(f.apply(x.sub(step))).toDouble())
                .map(difference -> difference / (2 * STEP))
                .toArray());
    return norm(gradient.sub(differences)).div(norm(differences)).toDouble();
  }
}
