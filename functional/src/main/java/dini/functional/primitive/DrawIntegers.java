package dini.functional.primitive;

import dini.core.DType;
import dini.core.Shape;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.kernel.RandomKernels;

/**
 * Independent integers, all of a range as likely.
 *
 * @param shape the shape for one key
 * @param low the least
 * @param span how many there are, unsigned and not 0
 */
public record DrawIntegers(Shape shape, long low, long span) implements Keyed {
  @Override
  public String label() {
    return "randint";
  }

  @Override
  public String parameters() {
    return "shape=" + shape + ", min=" + low + ", max=" + (low + span);
  }

  @Override
  public TensorType ofOneKey() {
    return new TensorType(shape, DType.INT64);
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor out = DenseTensor.allocate(type(arguments[0].type()));
    int[] words = arguments[0].ints();
    RandomKernels.integers(words, words.length / 2, low, span, out.longs(), shape.size());
    return out;
  }
}
