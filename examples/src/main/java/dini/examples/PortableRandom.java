package dini.examples;

import static dini.core.Tensors.tensor;

import dini.core.Shape;
import dini.core.Tensor;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;

/**
 * Random tensors that programs in other languages can make too: filled in row-major order from
 * {@code new SplittableRandom(seed).nextDouble()}.
 */
final class PortableRandom {
  private PortableRandom() {}

  /** Uniform numbers between 0 and 1. */
  static Tensor uniform(long seed, int... extents) {
    return fill(new SplittableRandom(seed)::nextDouble, extents);
  }

  /** Normal numbers by Box and Muller, the cosine of each pair: {@code √(-2 log(1-u)) cos(2πv)}. */
  static Tensor normal(long seed, int... extents) {
    SplittableRandom random = new SplittableRandom(seed);
    return fill(
        () -> {
          double radius = Math.sqrt(-2 * StrictMath.log1p(-random.nextDouble()));
          return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
        },
        extents);
  }

  /** The labels 0, …, classes - 1 with equal chances, as FLOAT64. */
  static Tensor labels(long seed, int classes, int... extents) {
    SplittableRandom random = new SplittableRandom(seed);
    return fill(() -> Math.floor(random.nextDouble() * classes), extents);
  }

  private static Tensor fill(DoubleSupplier next, int... extents) {
    Shape shape = Shape.of(extents);
    return tensor(shape, DoubleStream.generate(next).limit(shape.size()).toArray());
  }
}
