package dini.functional.catalogue;

import dini.core.DType;
import dini.core.Elementwise;
import dini.core.Reductions;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Arguments drawn for an entry.
 *
 * @param entry the operation
 * @param shapes extents of all arguments
 * @param dtype of the floating arguments
 * @param seed the one number that everything is drawn from
 */
record Sample(Entry entry, int[][] shapes, DType dtype, long seed) {

  /** One sample of every case of shapes. */
  static Stream<Sample> each(Entry entry, DType dtype, long seed) {
    return entry.shapes().stream().map(shapes -> new Sample(entry, shapes, dtype, seed));
  }

  /** Likewise, with the large cases. */
  static Stream<Sample> eachAndLarge(Entry entry, DType dtype, long seed) {
    return Stream.concat(entry.shapes().stream(), entry.large().stream())
        .map(shapes -> new Sample(entry, shapes, dtype, seed));
  }

  Tensor[] arguments() {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor[] arguments = new Tensor[shapes.length];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = entry.domains().get(i).draw(random, shapes[i], dtype);
    }
    return arguments;
  }

  /** The arguments of some lanes, each argument stacked. */
  Tensor[] lanes(int count) {
    Tensor[][] each =
        LongStream.range(0, count)
            .mapToObj(lane -> new Sample(entry, shapes, dtype, seed + lane).arguments())
            .toArray(Tensor[][]::new);
    Tensor[] stacked = new Tensor[shapes.length];
    for (int i = 0; i < stacked.length; i++) {
      int argument = i;
      stacked[i] =
          Shapes.stack(0, Arrays.stream(each).map(lane -> lane[argument]).toArray(Tensor[]::new));
    }
    return stacked;
  }

  private int[] floatingPlaces() {
    return IntStream.range(0, shapes.length)
        .filter(i -> entry.domains().get(i).floating())
        .toArray();
  }

  /** The arguments that carry derivatives. */
  Tensor[] point() {
    Tensor[] arguments = arguments();
    return IntStream.of(floatingPlaces()).mapToObj(i -> arguments[i]).toArray(Tensor[]::new);
  }

  /** The operation as a function of {@link #point}, to its floating results. */
  Function<Tensor[], Tensor[]> function() {
    Tensor[] arguments = arguments();
    int[] places = floatingPlaces();
    return point -> {
      Tensor[] all = arguments.clone();
      for (int i = 0; i < places.length; i++) {
        all[places[i]] = point[i];
      }
      return floating(entry.operation().apply(all));
    };
  }

  static Tensor[] floating(Tensor[] tensors) {
    return Arrays.stream(tensors).filter(x -> x.dtype().isFloating()).toArray(Tensor[]::new);
  }

  /** A random tangent of some tensors, elements in [-1, 1]. */
  Tensor[] direction(int number, Tensor... like) {
    SplittableRandom random = new SplittableRandom(seed * 31 + number + 1);
    Tensor[] direction = new Tensor[like.length];
    for (int i = 0; i < like.length; i++) {
      double[] values = random.doubles(like[i].size(), -1, 1).toArray();
      direction[i] = Tensors.tensor(like[i].shape(), values).astype(like[i].dtype());
    }
    return direction;
  }

  /** The results weighted at random and added up: a scalar that sees every element. */
  Function<Tensor[], Tensor> weighted() {
    Function<Tensor[], Tensor[]> f = function();
    Tensor[] weights = direction(0, f.apply(point()));
    return point -> inner(weights, f.apply(point));
  }

  /** The inner product of two lists of tensors, as an operation. */
  static Tensor inner(Tensor[] x, Tensor[] y) {
    Tensor total = null;
    for (int i = 0; i < x.length; i++) {
      Tensor term = Reductions.sum(Elementwise.mul(x[i], y[i]));
      total = total == null ? term : Elementwise.add(total, term);
    }
    return total;
  }

  static List<TensorType> types(Tensor... tensors) {
    return Arrays.stream(tensors).map(Tensor::type).toList();
  }

  /** {@code matmul f64 [2, 3] [3] seed 7}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(entry + " " + dtype.shortName());
    for (int[] shape : shapes) {
      text.append(' ').append(Arrays.toString(shape));
    }
    return text.append(" seed ").append(seed).toString();
  }
}
