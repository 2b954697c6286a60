package dini.functional.primitive;

import dini.core.DType;
import dini.core.Shape;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.kernel.RandomKernels;

/**
 * New keys from one.
 *
 * @param count how many
 */
public record SplitKey(int count) implements Keyed {
  @Override
  public String label() {
    return "split";
  }

  @Override
  public String parameters() {
    return "count=" + count;
  }

  @Override
  public TensorType ofOneKey() {
    return new TensorType(Shape.of(count, 2), DType.INT32);
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor out = DenseTensor.allocate(type(arguments[0].type()));
    int[] words = arguments[0].ints();
    RandomKernels.split(words, words.length / 2, out.ints(), count);
    return out;
  }
}
