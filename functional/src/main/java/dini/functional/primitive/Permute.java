package dini.functional.primitive;

import dini.core.DType;
import dini.core.Shape;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.kernel.RandomKernels;

/**
 * The numbers 0 .. count - 1 in random order.
 *
 * @param count how many
 */
public record Permute(int count) implements Keyed {
  @Override
  public String label() {
    return "permutation";
  }

  @Override
  public String parameters() {
    return "count=" + count;
  }

  @Override
  public TensorType ofOneKey() {
    return new TensorType(Shape.of(count), DType.INT64);
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor out = DenseTensor.allocate(type(arguments[0].type()));
    int[] words = arguments[0].ints();
    RandomKernels.permutations(words, words.length / 2, out.longs(), count);
    return out;
  }
}
