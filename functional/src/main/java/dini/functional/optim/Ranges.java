package dini.functional.optim;

/**
 * Checks of hyperparameters that are constants: a tensor may be a stand-in without values, or out
 * of range on purpose.
 */
final class Ranges {
  private Ranges() {}

  static Hyperparameter requireNotNegative(String what, Hyperparameter hyperparameter) {
    if (hyperparameter instanceof Hyperparameter.Constant constant && !(constant.value() >= 0)) {
      throw new IllegalArgumentException(
          what + ": expected a number not below 0, got " + constant.value());
    }
    return hyperparameter;
  }

  /** For rates of running averages: at 1 they would not move. */
  static Hyperparameter requireRate(String what, Hyperparameter hyperparameter) {
    if (hyperparameter instanceof Hyperparameter.Constant constant
        && !(constant.value() >= 0 && constant.value() < 1)) {
      throw new IllegalArgumentException(
          what + ": expected a number from 0 to below 1, got " + constant.value());
    }
    return hyperparameter;
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
