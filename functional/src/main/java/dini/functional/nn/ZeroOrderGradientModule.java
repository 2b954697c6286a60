package dini.functional.nn;

import dini.core.Shape;
import dini.core.Tensor;
import dini.functional.ZeroOrder;
import dini.functional.ZeroOrder.Method;
import dini.functional.random.Distribution;
import dini.functional.random.Key;

/**
 * A module whose gradient is estimated from values, see {@link ZeroOrder}. It is a record: its
 * tensors are the parameters, and it says how to compute a value from them.
 *
 * <pre>{@code
 * record Net(Tensor w, Tensor b) implements ZeroOrderGradientModule<Batch> {
 *   public Tensor forward(Batch batch) {
 *     Tensor wrong = matmul(batch.x(), w).add(b).mul(batch.sign()).lt(0);
 *     return mean(wrong.astype(DType.FLOAT64));
 *   }
 *
 *   public int samples() {
 *     return 100;
 *   }
 *
 *   public double sigma() {
 *     return 0.1;
 *   }
 * }
 *
 * Net gradient = grad(net -> net.value(key, batch), net0);
 * }</pre>
 *
 * @param <I> the input, of any class; what it holds has no derivative unless it is a tensor that is
 *     being differentiated, whose derivative is the ordinary one
 */
public interface ZeroOrderGradientModule<I> {

  /**
   * The value, from the record's own tensors and an input. It is computed for many samples at once,
   * by {@code vmap}, and so cannot read its tensors; {@link ZeroOrder#blackBox} can.
   *
   * @param input the input
   * @return a floating scalar
   */
  Tensor forward(I input);

  /**
   * Directions to move the parameters in: independent numbers of mean 0 and variance 1. Normal ones
   * by default.
   *
   * @param key the key, which is used up
   * @param shape the shape
   * @return a tensor of that shape
   */
  default Tensor sample(Key key, Shape shape) {
    return Distribution.NORMAL.sample(key, shape);
  }

  /**
   * Which values the estimate is made of.
   *
   * @return the method; {@link Method#NAIVE} by default
   */
  default Method method() {
    return Method.NAIVE;
  }

  /**
   * How many directions.
   *
   * @return the number; 1 by default
   */
  default int samples() {
    return 1;
  }

  /**
   * How far to move.
   *
   * @return the distance in units of the distribution; 1 by default
   */
  default double sigma() {
    return 1;
  }

  /**
   * {@link #forward}, with the estimated derivative with respect to the record's tensors.
   *
   * @param key the key, which is used up where a derivative is asked for
   * @param input the input
   * @return the value of {@code forward(input)}
   * @throws dini.core.TreeException if the implementing class is not a record
   */
  default Tensor value(Key key, I input) {
    return ZeroOrder.zeroOrder(
        (ZeroOrderGradientModule<I> module) -> module.forward(input),
        method(),
        samples(),
        sigma(),
        this::sample,
        key,
        this);
  }
}
