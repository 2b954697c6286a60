package dini.functional.optim;

import dini.core.DTypeException;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.Trees;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A number that an optimizer is told: a learning rate, a decay rate, an epsilon. It is a constant,
 * a tensor, which has a derivative and can so be learned, a {@link Schedule}, or one of these for
 * each leaf of the parameters.
 *
 * <pre>{@code
 * Hyperparameter a = Hyperparameter.of(0.9);
 * Hyperparameter b = Hyperparameter.of(tensor);              // differentiable
 * Hyperparameter c = Schedules.cosine(0.1, 1000);
 * Hyperparameter d = Hyperparameter.tree(rates);             // a tree like the parameters
 * Hyperparameter e = Hyperparameter.named(Map.of("w", a, "b", c));
 * }</pre>
 *
 * <p>A tensor is a scalar or broadcasts to the leaf: one of the leaf's shape is a rate for each
 * element. Any floating dtype fits every leaf. What is computed of hyperparameters before they meet
 * the leaf, such as {@code 1 - b^t}, is computed in FLOAT64.
 */
public sealed interface Hyperparameter
    permits Hyperparameter.Constant, Hyperparameter.Variable, Hyperparameter.Named, Schedule {

  /**
   * The value for one leaf.
   *
   * @param leaf the leaf's name
   * @param count the number of steps before this one, an INT64 scalar
   * @return a floating tensor
   * @throws IllegalArgumentException if there is none for this leaf
   */
  Tensor at(String leaf, Tensor count);

  /**
   * Whether it may depend on the count.
   *
   * @return true if a schedule is in it
   */
  boolean isScheduled();

  /**
   * A constant.
   *
   * @param value the number
   */
  record Constant(double value) implements Hyperparameter {
    @Override
    public Tensor at(String leaf, Tensor count) {
      return Tensors.scalar(value);
    }

    @Override
    public boolean isScheduled() {
      return false;
    }

    /** The number. */
    @Override
    public String toString() {
      return Printed.of(this);
    }
  }

  /**
   * A tensor, through which derivatives flow.
   *
   * @param value a floating tensor
   */
  record Variable(Tensor value) implements Hyperparameter {
    @Override
    public Tensor at(String leaf, Tensor count) {
      return value;
    }

    @Override
    public boolean isScheduled() {
      return false;
    }

    /** The number, or the type of a tensor that is none or has no values. */
    @Override
    public String toString() {
      return Printed.of(value);
    }
  }

  /**
   * One for each leaf.
   *
   * @param byName the hyperparameters by the names of the leaves
   */
  record Named(Map<String, ? extends Hyperparameter> byName) implements Hyperparameter {
    @Override
    public Tensor at(String leaf, Tensor count) {
      Hyperparameter own = byName.get(leaf);
      if (own == null) {
        throw new IllegalArgumentException(
            "hyperparameter: none for the leaf " + leaf + ", only for " + byName.keySet());
      }
      return own.at(leaf, count);
    }

    @Override
    public boolean isScheduled() {
      return byName.values().stream().anyMatch(Hyperparameter::isScheduled);
    }

    /** The hyperparameters by name. */
    @Override
    public String toString() {
      return Printed.of(byName);
    }
  }

  /**
   * A constant.
   *
   * @param value the number
   * @return the hyperparameter
   */
  static Hyperparameter of(double value) {
    return new Constant(value);
  }

  /**
   * A tensor, through which derivatives flow.
   *
   * @param value a floating scalar, or a tensor that broadcasts to the leaf
   * @return the hyperparameter
   * @throws DTypeException if it is not floating
   */
  static Hyperparameter of(Tensor value) {
    Objects.requireNonNull(value, "hyperparameter");
    if (!value.dtype().isFloating()) {
      throw new DTypeException(
          "hyperparameter: needs a floating tensor, got " + value.type() + "; convert with astype");
    }
    return new Variable(value);
  }

  /**
   * A tensor for each leaf.
   *
   * @param tree a tree like the parameters, of floating tensors that broadcast to their leaves
   * @return the hyperparameter
   * @throws dini.core.TreeException if it is not a tree
   * @throws DTypeException if a tensor is not floating
   */
  static Hyperparameter tree(Object tree) {
    NavigableMap<String, Hyperparameter> byName = new TreeMap<>();
    Trees.treeNamed(tree).forEach((name, value) -> byName.put(name, of(value)));
    return new Named(Collections.unmodifiableNavigableMap(byName));
  }

  /**
   * A hyperparameter for each leaf.
   *
   * @param byName hyperparameters by the names of the leaves ({@link Trees#treeNamed})
   * @return the hyperparameter
   */
  static Hyperparameter named(Map<String, ? extends Hyperparameter> byName) {
    Objects.requireNonNull(byName, "byName");
    return new Named(Collections.unmodifiableNavigableMap(new TreeMap<>(byName)));
  }
}
