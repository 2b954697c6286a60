package dini.functional.optim;

import dini.core.Tensor;
import dini.core.dense.DenseTensor;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Checks of hyperparameters whose value is known: constants, and tensors of one element with
 * values. A stand-in of a transformation is not read, and a tensor of more elements neither: that
 * would be a pass over it in every rule.
 */
final class Ranges {
  private Ranges() {}

  /** Anything but NaN: a negative learning rate goes uphill, an infinite one is its user's. */
  static Hyperparameter requireNumber(String what, Hyperparameter hyperparameter) {
    OptionalDouble value = known(what, hyperparameter);
    if (value.isPresent() && Double.isNaN(value.getAsDouble())) {
      throw new IllegalArgumentException(what + ": expected a number, got NaN");
    }
    return hyperparameter;
  }

  static Hyperparameter requireNotNegative(String what, Hyperparameter hyperparameter) {
    OptionalDouble value = known(what, hyperparameter);
    if (value.isPresent() && !(value.getAsDouble() >= 0)) {
      throw new IllegalArgumentException(
          what + ": expected a number not below 0, got " + value.getAsDouble());
    }
    return hyperparameter;
  }

  /** For rates of running averages: at 1 they would not move. */
  static Hyperparameter requireRate(String what, Hyperparameter hyperparameter) {
    OptionalDouble value = known(what, hyperparameter);
    if (value.isPresent() && !(value.getAsDouble() >= 0 && value.getAsDouble() < 1)) {
      throw new IllegalArgumentException(
          what + ": expected a number from 0 to below 1, got " + value.getAsDouble());
    }
    return hyperparameter;
  }

  private static OptionalDouble known(String what, Hyperparameter hyperparameter) {
    return switch (Objects.requireNonNull(hyperparameter, what)) {
      case Hyperparameter.Constant constant -> OptionalDouble.of(constant.value());
      case Hyperparameter.Variable variable -> known(variable.value());
      case Hyperparameter.Named named -> OptionalDouble.empty();
      case Schedule schedule -> OptionalDouble.empty();
    };
  }

  private static OptionalDouble known(Tensor value) {
    return value instanceof DenseTensor && value.size() == 1
        ? OptionalDouble.of(value.toDouble())
        : OptionalDouble.empty();
  }

  /** For what concerns all leaves at once and keeps no count. */
  static Hyperparameter requireGlobal(String what, Hyperparameter hyperparameter) {
    boolean global =
        switch (hyperparameter) {
          case Hyperparameter.Constant constant -> true;
          case Hyperparameter.Variable variable -> variable.value().rank() == 0;
          case Hyperparameter.Named named -> false;
          case Schedule schedule -> false;
        };
    if (!global) {
      throw new IllegalArgumentException(
          what + ": expected a constant or a scalar tensor for all leaves, got " + hyperparameter);
    }
    return requireNotNegative(what, hyperparameter);
  }
}
