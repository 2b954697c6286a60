package dini.functional.nn;

import static dini.core.Comparisons.eq;
import static dini.core.Comparisons.le;
import static dini.core.Comparisons.logicalAnd;
import static dini.core.Comparisons.where;
import static dini.core.Elementwise.abs;
import static dini.core.Elementwise.add;
import static dini.core.Elementwise.mul;
import static dini.core.Elementwise.neg;
import static dini.core.Elementwise.softplus;
import static dini.core.Elementwise.square;
import static dini.core.Elementwise.sub;

import dini.core.DTypeException;
import dini.core.Indexing.Mode;
import dini.core.Reductions;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.primitive.Binary;
import dini.core.primitive.Take;
import java.util.Arrays;

/**
 * What a prediction costs, one number for each example: {@link Reductions#mean(Tensor)} or {@link
 * Reductions#sum(Tensor)} makes one of all. Predictions and targets broadcast and have one floating
 * dtype; every loss has derivatives of every order in both.
 *
 * <pre>{@code
 * Tensor cost = mean(crossEntropy(net.apply(images), labels));
 * }</pre>
 */
public final class Losses {
  private Losses() {}

  /**
   * {@code (prediction - target)^2}, without a factor of 1/2.
   *
   * @param prediction the predictions
   * @param target the targets
   * @return the losses, of the common shape
   */
  public static Tensor squaredError(Tensor prediction, Tensor target) {
    Binary.SUB.type("squaredError", prediction.type(), target.type());
    return square(sub(prediction, target));
  }

  /**
   * The Huber loss of {@code e = prediction - target}: {@code e^2 / 2} where {@code |e| <= delta},
   * else {@code delta (|e| - delta / 2)}. Its derivative is e, held between -delta and delta; the
   * second one is 1 where {@code |e| <= delta}.
   *
   * @param prediction the predictions
   * @param target the targets
   * @param delta where the square ends, positive
   * @return the losses, of the common shape
   * @throws IllegalArgumentException if delta is not positive
   */
  public static Tensor huber(Tensor prediction, Tensor target, double delta) {
    if (!(delta > 0)) {
      throw new IllegalArgumentException("huber: delta must be positive, got " + delta);
    }
    checkPair("huber", prediction, target);
    Tensor error = sub(prediction, target);
    Tensor size = abs(error);
    Tensor near = le(size, delta);
    // an infinite error stays out of the square, whose derivative would be infinity times zero
    Tensor squared = mul(square(where(near, error, 0)), 0.5);
    return where(near, squared, mul(sub(size, 0.5 * delta), delta));
  }

  /**
   * The Huber loss with delta 1.
   *
   * @param prediction the predictions
   * @param target the targets
   * @return the losses, of the common shape
   */
  public static Tensor huber(Tensor prediction, Tensor target) {
    return huber(prediction, target, 1);
  }

  /**
   * The negative logarithm of the probability that a coin with log odds {@code logits} gives to the
   * target: {@code softplus(logits) - target * logits}, written {@code target softplus(-logits) +
   * (1 - target) softplus(logits)}, which keeps its digits where the prediction is right and sure.
   * Derivative {@code sigmoid(logits) - target}. NaN at an infinite logit whose sign is that of a
   * target of 0 or 1.
   *
   * @param logits the log odds of 1
   * @param target the targets, from 0 to 1
   * @return the losses, of the common shape
   */
  public static Tensor binaryLogistic(Tensor logits, Tensor target) {
    checkPair("binaryLogistic", logits, target);
    Tensor one = mul(target, softplus(neg(logits)));
    return add(one, mul(sub(1, target), softplus(logits)));
  }

  /**
   * The negative logarithm of the probability that the softmax of the last axis gives to the label,
   * {@code -logSoftmax(logits)[label]}; or, if the labels are floating, {@code -sum(labels *
   * logSoftmax(logits))} over the last axis, for labels that are probabilities, such as smoothed
   * ones, where a probability of 0 takes nothing of a logit of -infinity. Derivative in the logits
   * {@code softmax(logits) - labels}, with integer labels as one-hot vectors.
   *
   * @param logits the logits, classes along the last axis
   * @param labels integers, of the shape of the logits without its last axis, from 0 to before the
   *     number of classes, or counted from the end if negative; or probabilities, of the shape of
   *     the logits
   * @return the losses, of the shape of the logits without its last axis
   * @throws ShapeException if the labels have another shape
   * @throws DTypeException if the logits are not floating, or the labels neither of their dtype nor
   *     integers
   * @throws dini.core.IndexException if a label is no class
   */
  public static Tensor crossEntropy(Tensor logits, Tensor labels) {
    check(logits, labels);
    Tensor logs = Reductions.logSoftmax(logits, -1);
    if (!labels.dtype().isFloating()) {
      Take take = new Take(labels.rank(), true, Mode.THROW, "crossEntropy");
      Tensor chosen = take.bind(logs, Shapes.expandDims(labels, -1));
      return neg(Shapes.squeeze(chosen, -1));
    }
    Tensor impossible = logicalAnd(eq(labels, 0), eq(logs, Double.NEGATIVE_INFINITY));
    return neg(Reductions.sum(mul(labels, where(impossible, 0, logs)), -1));
  }

  private static void checkPair(String operation, Tensor prediction, Tensor target) {
    Binary.SUB.type(operation, prediction.type(), target.type());
    if (!prediction.dtype().isFloating()) {
      throw new DTypeException(
          operation
              + ": needs a floating dtype, got "
              + prediction.type()
              + " and "
              + target.type()
              + "; convert with astype");
    }
  }

  private static void check(Tensor logits, Tensor labels) {
    if (!logits.dtype().isFloating()
        || labels.dtype() != logits.dtype() && !labels.dtype().isInteger()) {
      throw new DTypeException(
          "crossEntropy: needs floating logits, and labels of their dtype or integers, got "
              + logits.type()
              + " and "
              + labels.type());
    }
    int[] extents = logits.shape().toArray();
    if (extents.length == 0) {
      throw new ShapeException("crossEntropy: the logits need an axis of classes, got a scalar");
    }
    Shape examples = Shape.of(Arrays.copyOf(extents, extents.length - 1));
    Shape expected = labels.dtype().isFloating() ? logits.shape() : examples;
    if (!labels.shape().equals(expected)) {
      throw new ShapeException(
          "crossEntropy: labels "
              + labels.type()
              + " for logits "
              + logits.type()
              + ", expected the shape "
              + expected);
    }
  }
}
