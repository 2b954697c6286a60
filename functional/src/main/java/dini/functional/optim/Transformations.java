package dini.functional.optim;

import static dini.core.Comparisons.where;
import static dini.core.Elementwise.neg;

import dini.core.DType;
import dini.core.Shapes;
import dini.core.Tensor;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The parts that optimizers are made of. Each is an {@link Optimizer} itself, and {@link #chain}
 * joins them.
 *
 * <pre>{@code
 * Optimizer<ChainState> optimizer =
 *     chain(
 *         clipGradNorm(1.0),
 *         scaleByAdam(),
 *         addDecayedWeights(0.01, Set.of("w")::contains),
 *         scaleByLearningRate(Schedules.cosine(0.1, 1000)));
 * }</pre>
 */
public final class Transformations {
  private Transformations() {}

  /**
   * Transformations one after the other: the updates of each are the gradients of the next.
   *
   * @param links the transformations in order
   * @return the chain
   */
  public static Optimizer<ChainState> chain(Optimizer<?>... links) {
    return new Chain(List.of(links));
  }

  /**
   * Nothing.
   *
   * @return a transformation that changes no gradient
   */
  public static Optimizer<Stateless> identity() {
    return new Pure("identity()", gradients -> gradients);
  }

  /**
   * A transformation of some of the leaves; the others pass unchanged and are not in its state.
   *
   * @param inner the transformation, which sees no other leaves
   * @param mask which leaves, by name: {@code Set.of("w", "layers[0].w")::contains} for instance
   * @param <S> the tree of its state
   * @return the transformation
   */
  public static <S> Optimizer<S> masked(Optimizer<S> inner, Predicate<String> mask) {
    return new Masked<>(inner, mask);
  }

  /**
   * A rule for one leaf applied to all of them.
   *
   * @param rule the rule
   * @param <L> the tree of the state of one leaf
   * @return the transformation
   */
  public static <L> Optimizer<LeafStates<L>> leafwise(Leafwise<L> rule) {
    return new PerLeaf<>(rule);
  }

  // ---- without memory ----

  /**
   * A function of each gradient.
   *
   * @param function from a gradient to another of its type
   * @return the transformation
   */
  public static Optimizer<Stateless> hook(UnaryOperator<Tensor> function) {
    return Pure.each("hook", (name, gradient) -> function.apply(gradient));
  }

  /**
   * A function of each gradient and the name of its leaf.
   *
   * @param function from a name and a gradient to another gradient of its type
   * @return the transformation
   */
  public static Optimizer<Stateless> hook(BiFunction<String, Tensor, Tensor> function) {
    return Pure.each("hook", function);
  }

  /**
   * Turns gradients round.
   *
   * @return the transformation {@code -g}
   */
  public static Optimizer<Stateless> maximize() {
    return Pure.each("maximize()", (name, gradient) -> neg(gradient));
  }

  /**
   * Replaces NaN by 0, and infinities by the largest numbers of the dtype.
   *
   * @return the transformation, with derivative 0 where it replaces
   */
  public static Optimizer<Stateless> nanToNum() {
    return Pure.each(
        "nanToNum()", (name, g) -> nanToNum(g, 0, largest(g.dtype()), -largest(g.dtype())));
  }

  /**
   * Replaces NaN and infinities.
   *
   * @param nan what comes for NaN
   * @param positive what comes for infinity
   * @param negative what comes for -infinity
   * @return the transformation, with derivative 0 where it replaces
   */
  public static Optimizer<Stateless> nanToNum(double nan, double positive, double negative) {
    return Pure.each("nanToNum()", (name, g) -> nanToNum(g, nan, positive, negative));
  }

  private static double largest(DType dtype) {
    return dtype == DType.FLOAT32 ? Float.MAX_VALUE : Double.MAX_VALUE;
  }

  private static Tensor nanToNum(Tensor g, double nan, double positive, double negative) {
    Tensor numbers = where(g.ne(g), nan, g);
    Tensor above = where(g.eq(Double.POSITIVE_INFINITY), positive, numbers);
    return where(g.eq(Double.NEGATIVE_INFINITY), negative, above);
  }

  /**
   * Multiplies.
   *
   * @param factor the factor
   * @return the transformation {@code factor g}
   */
  public static Optimizer<LeafStates<StepCount>> scale(double factor) {
    return scale(Hyperparameter.of(factor));
  }

  /**
   * Multiplies. A schedule is read at the count before the step.
   *
   * @param factor the factor
   * @return the transformation {@code factor g}
   */
  public static Optimizer<LeafStates<StepCount>> scale(Hyperparameter factor) {
    return Counted.of(
        "scale", factor, (leaf, count) -> leaf.gradient().mul(leaf.value(factor, count)));
  }

  /**
   * Multiplies by the value of a schedule at the count before the step.
   *
   * @param factor the schedule
   * @return the transformation {@code factor(t) g}
   */
  public static Optimizer<LeafStates<StepCount>> scaleBySchedule(Schedule factor) {
    return scale(factor);
  }

  /**
   * Makes of a gradient what is added to the parameters.
   *
   * @param lr the learning rate
   * @return the transformation {@code -lr g}
   */
  public static Optimizer<LeafStates<StepCount>> scaleByLearningRate(double lr) {
    return scaleByLearningRate(Hyperparameter.of(lr));
  }

  /**
   * Makes of a gradient what is added to the parameters. A schedule is read at the count before the
   * step.
   *
   * @param lr the learning rate
   * @return the transformation {@code -lr g}
   */
  public static Optimizer<LeafStates<StepCount>> scaleByLearningRate(Hyperparameter lr) {
    return Counted.of(
        "scaleByLearningRate",
        lr,
        (leaf, count) -> leaf.gradient().mul(neg(leaf.value(lr, count))));
  }

  /**
   * Adds a multiple of the parameters.
   *
   * @param rate the multiple
   * @return the transformation {@code g + rate x}
   */
  public static Optimizer<LeafStates<StepCount>> addDecayedWeights(double rate) {
    return addDecayedWeights(rate, EveryLeaf.MASK);
  }

  /**
   * Adds a multiple of some of the parameters.
   *
   * @param rate the multiple
   * @param mask which leaves, by name
   * @return the transformation
   */
  public static Optimizer<LeafStates<StepCount>> addDecayedWeights(
      double rate, Predicate<String> mask) {
    return addDecayedWeights(Hyperparameter.of(rate), mask);
  }

  /**
   * Adds a multiple of some of the parameters.
   *
   * @param rate the multiple
   * @param mask which leaves, by name
   * @return the transformation
   * @throws IllegalArgumentException if the multiple is known and negative
   */
  public static Optimizer<LeafStates<StepCount>> addDecayedWeights(
      Hyperparameter rate, Predicate<String> mask) {
    Ranges.requireNotNegative("addDecayedWeights", rate);
    Optimizer<LeafStates<StepCount>> all =
        Counted.of(
            "addDecayedWeights",
            rate,
            (leaf, count) -> leaf.gradient().add(leaf.param().mul(leaf.value(rate, count))));
    return masked(all, mask);
  }

  // ---- clipping ----

  /**
   * Cuts every element to [-bound, bound].
   *
   * @param bound the bound
   * @return the transformation
   */
  public static Optimizer<LeafStates<StepCount>> clip(double bound) {
    return clip(Hyperparameter.of(bound));
  }

  /**
   * Cuts every element to [-bound, bound]. At a bound the derivative is 1/2.
   *
   * @param bound the bound
   * @return the transformation
   * @throws IllegalArgumentException if it is a negative constant
   */
  public static Optimizer<LeafStates<StepCount>> clip(Hyperparameter bound) {
    Ranges.requireNotNegative("clip", bound);
    return Counted.of(
        "clip",
        bound,
        (leaf, count) -> {
          Tensor high = leaf.value(bound, count);
          return leaf.gradient().minimum(high).maximum(neg(high));
        });
  }

  /**
   * Multiplies all gradients by {@code min(1, maxNorm / (norm + 1e-6))}, with the Euclidean norm of
   * all elements of all leaves, as torch does, but differentiable.
   *
   * @param maxNorm the largest norm
   * @return the transformation, to be refined with its {@code with} methods
   */
  public static ClipGradNorm clipGradNorm(double maxNorm) {
    return clipGradNorm(Hyperparameter.of(maxNorm));
  }

  /**
   * Multiplies all gradients by {@code min(1, maxNorm / (norm + 1e-6))}, with the Euclidean norm of
   * all elements of all leaves, as torch does, but differentiable.
   *
   * @param maxNorm the largest norm, a constant or a scalar tensor
   * @return the transformation, to be refined with its {@code with} methods
   */
  public static ClipGradNorm clipGradNorm(Hyperparameter maxNorm) {
    return new ClipGradNorm(maxNorm, 2, false, false);
  }

  /**
   * Multiplies all gradients by {@code maxNorm / norm} if their Euclidean norm is not below {@code
   * maxNorm}, as Optax does.
   *
   * @param maxNorm the largest norm
   * @return the transformation
   */
  public static Optimizer<Stateless> clipByGlobalNorm(double maxNorm) {
    return clipByGlobalNorm(Hyperparameter.of(maxNorm));
  }

  /**
   * Multiplies all gradients by {@code maxNorm / norm} if their Euclidean norm is not below {@code
   * maxNorm}, as Optax does.
   *
   * @param maxNorm the largest norm, a constant or a scalar tensor
   * @return the transformation
   */
  public static Optimizer<Stateless> clipByGlobalNorm(Hyperparameter maxNorm) {
    Ranges.requireGlobal("clipByGlobalNorm: maxNorm", maxNorm);
    return new Pure(
        "clipByGlobalNorm(" + Printed.of(maxNorm) + ")",
        gradients -> gradients.isEmpty() ? gradients : clipped(gradients, maxNorm));
  }

  private static SequencedMap<String, Tensor> clipped(
      SequencedMap<String, Tensor> gradients, Hyperparameter maxNorm) {
    Tensor norm = GlobalNorm.of(gradients.values(), 2);
    Tensor bound = Shapes.astype(maxNorm.at("maxNorm", StepCount.ZERO), DType.FLOAT64);
    Tensor factor = where(norm.lt(bound), 1, Numerics.quotient(bound, norm));
    return Pure.map(gradients, (name, g) -> g.mul(Shapes.astype(factor, g.dtype())));
  }

  // ---- with memory ----

  /**
   * A trace of gradients: {@code trace' = momentum trace + g}.
   *
   * @param momentum the part of the trace that is kept
   * @return the transformation
   */
  public static Optimizer<LeafStates<Average>> trace(double momentum) {
    return trace(Hyperparameter.of(momentum), Hyperparameter.of(0), false);
  }

  /**
   * A trace of gradients: {@code trace' = momentum trace + (1 - dampening) g}, where the dampening
   * begins with the second step of a leaf. The update is the trace, or with Nesterov's momentum
   * {@code g + momentum trace'}.
   *
   * @param momentum the part of the trace that is kept; with the constant 0 nothing is dampened
   * @param dampening what is taken off the gradient
   * @param nesterov whether the update looks one step ahead
   * @return the transformation
   * @throws IllegalArgumentException if Nesterov's momentum is asked for with momentum 0 or with
   *     dampening
   */
  public static Optimizer<LeafStates<Average>> trace(
      Hyperparameter momentum, Hyperparameter dampening, boolean nesterov) {
    Ranges.requireNotNegative("trace: momentum", momentum);
    if (nesterov && (Numerics.isConstant(momentum, 0) || !Numerics.isConstant(dampening, 0))) {
      throw new IllegalArgumentException(
          "trace: nesterov needs momentum and no dampening, got " + momentum + " and " + dampening);
    }
    return leafwise(new Momentum(momentum, dampening, nesterov));
  }

  /**
   * A running average of gradients, {@code average' = decay average + (1 - decay) g}, divided by
   * {@code 1 - decay^t}.
   *
   * @param decay the rate of the average
   * @return the transformation
   */
  public static Optimizer<LeafStates<Average>> ema(double decay) {
    return ema(Hyperparameter.of(decay), true);
  }

  /**
   * A running average of gradients, {@code average' = decay average + (1 - decay) g}.
   *
   * @param decay the rate of the average
   * @param debias whether the update is divided by {@code 1 - decay^t}
   * @return the transformation
   * @throws IllegalArgumentException if the rate is a constant not in [0, 1)
   */
  public static Optimizer<LeafStates<Average>> ema(Hyperparameter decay, boolean debias) {
    Ranges.requireRate("ema: decay", decay);
    return leafwise(new Ema(decay, debias));
  }

  /**
   * Adam without learning rate and decay, with the defaults of {@link Preset#TORCH}.
   *
   * @return the transformation
   */
  public static Optimizer<LeafStates<Moments>> scaleByAdam() {
    return scaleByAdam(Preset.TORCH.adam());
  }

  /**
   * Adam without learning rate and decay.
   *
   * @param rule the other hyperparameters
   * @return the transformation
   */
  public static Optimizer<LeafStates<Moments>> scaleByAdam(AdamRule rule) {
    return rule.scaler();
  }

  /**
   * AdaMax without learning rate and decay.
   *
   * @param rule the other hyperparameters
   * @return the transformation
   */
  public static Optimizer<LeafStates<Moments>> scaleByAdamax(AdaMaxRule rule) {
    return rule.scaler();
  }

  /**
   * Rectified Adam without learning rate and decay.
   *
   * @param rule the other hyperparameters
   * @return the transformation
   */
  public static Optimizer<LeafStates<Moments>> scaleByRadam(RAdamRule rule) {
    return rule.scaler();
  }

  /**
   * Divides by the root of a running average of squares: RMSProp, not centered, without momentum,
   * learning rate and decay.
   *
   * @param rule the other hyperparameters
   * @return the transformation
   */
  public static Optimizer<LeafStates<Average>> scaleByRms(RmsPropRule rule) {
    return rule.scaleByRms();
  }

  /**
   * Divides by the running standard deviation: RMSProp, centered, without momentum, learning rate
   * and decay.
   *
   * @param rule the other hyperparameters
   * @return the transformation
   */
  public static Optimizer<LeafStates<CenteredMoments>> scaleByStddev(RmsPropRule rule) {
    return rule.scaleByStddev();
  }

  /**
   * Divides by the root of the sum of all squares: AdaGrad without learning rate and decay.
   *
   * @param rule the other hyperparameters
   * @return the transformation
   */
  public static Optimizer<LeafStates<Average>> scaleByRss(AdaGradRule rule) {
    return rule.scaler();
  }

  /**
   * AdaDelta without learning rate and decay.
   *
   * @param rule the other hyperparameters
   * @return the transformation
   */
  public static Optimizer<LeafStates<Moments>> scaleByAdadelta(AdaDeltaRule rule) {
    return rule.scaler();
  }
}
