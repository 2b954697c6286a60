package dini.functional;

import dini.core.Comparisons;
import dini.core.DType;
import dini.core.Elementwise;
import dini.core.Shape;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.trace.Closed;
import dini.core.trace.Staging;
import dini.functional.primitive.ScanLoop;
import dini.functional.primitive.WhileLoop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A loop that counts.
 *
 * @param carry what it takes from step to step
 * @param body the next carry, from the number of the step and the carry
 */
record CountedLoop<C>(Carry<C> carry, BiFunction<Tensor, C, C> body) {

  /** The last carry, for bounds that are known: a scan over the numbers. */
  C between(long lower, long upper, DType dtype) {
    int length = steps(lower, upper);
    List<TensorType> types = new ArrayList<>(carry.types());
    types.add(new TensorType(Shape.of(), dtype));
    Closed step =
        Staging.stage(
            all -> {
              int last = all.length - 1;
              return carry.next(body.apply(all[last], carry.with(Arrays.copyOf(all, last))));
            },
            types);
    long[] numbers = new long[length];
    Arrays.setAll(numbers, i -> lower + i);
    ScanLoop loop = new ScanLoop(step.program(), carry.count(), length, false);
    Tensor[] xs = {Shapes.astype(Tensors.longs(numbers), dtype)};
    return carry.with(loop.bind(step.constants(), carry.init().leaves(), xs));
  }

  private static int steps(long lower, long upper) {
    if (upper <= lower) {
      return 0;
    }
    long steps = upper - lower;
    // negative where the difference of two longs overflows
    if (steps < 0 || steps > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "foriLoop: from "
              + lower
              + " to "
              + upper
              + " there are more than "
              + Integer.MAX_VALUE
              + " steps; use whileLoop");
    }
    return (int) steps;
  }

  /** The last carry, for bounds of one type that are not known. */
  C between(Tensor lower, Tensor upper) {
    List<TensorType> types = new ArrayList<>(List.of(lower.type(), upper.type()));
    types.addAll(carry.types());
    Closed test = Staging.stage(all -> new Tensor[] {Comparisons.lt(all[0], all[1])}, types);
    Closed step =
        Staging.stage(
            all -> {
              C state = carry.with(Arrays.copyOfRange(all, 2, all.length));
              return joined(
                  Elementwise.add(all[0], 1), all[1], carry.next(body.apply(all[0], state)));
            },
            types);
    Tensor[] last = WhileLoop.of(test, step, joined(lower, upper, carry.init().leaves()));
    return carry.with(Arrays.copyOfRange(last, 2, last.length));
  }

  private static Tensor[] joined(Tensor first, Tensor second, Tensor[] rest) {
    Tensor[] all = new Tensor[rest.length + 2];
    all[0] = first;
    all[1] = second;
    System.arraycopy(rest, 0, all, 2, rest.length);
    return all;
  }
}
