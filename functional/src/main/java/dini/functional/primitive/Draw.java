package dini.functional.primitive;

import dini.core.DType;
import dini.core.Shape;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.kernel.RandomKernel;
import dini.core.kernel.RandomKernels;
import java.util.Locale;

/**
 * Independent numbers of a distribution without parameters: floating ones, or bits.
 *
 * @param law the distribution; BITS for integers and BOOL, the others for floating dtypes
 * @param shape the shape for one key
 * @param dtype the dtype
 */
public record Draw(RandomKernel law, Shape shape, DType dtype) implements Keyed {
  @Override
  public String label() {
    return law.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String parameters() {
    return "shape=" + shape + ", dtype=" + dtype.shortName();
  }

  @Override
  public TensorType ofOneKey() {
    return new TensorType(shape, dtype);
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor keys = arguments[0];
    DenseTensor out = DenseTensor.allocate(type(keys.type()));
    int[] words = keys.ints();
    int rows = words.length / 2;
    int n = shape.size();
    switch (dtype) {
      case FLOAT64 -> RandomKernels.fill(law, words, rows, out.doubles(), n);
      case FLOAT32 -> RandomKernels.fill(law, words, rows, out.floats(), n);
      case INT32 -> RandomKernels.bits(words, rows, out.ints(), n);
      case INT64 -> RandomKernels.bits(words, rows, out.longs(), n);
      case BOOL -> RandomKernels.bits(words, rows, out.booleans(), n);
    }
    return out;
  }
}
