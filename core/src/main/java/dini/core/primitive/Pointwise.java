package dini.core.primitive;

import dini.core.Shape;
import dini.core.dense.Broadcast;
import dini.core.dense.DenseTensor;
import dini.core.kernel.BinaryKernel;

/**
 * A primitive each element of whose result depends on the elements that broadcast to it alone, at
 * most three. It can run over any part of them, which is how the compiler runs chains of such
 * primitives block by block.
 */
public interface Pointwise extends Writing {

  /**
   * Computes n elements of the result, at {@code at} and on. An operand is read at its offset and
   * on, or is the one element there where its bit of {@code uniform} is set (1, 2 and 4 for x, y
   * and z); if n is above 1 at least one is not uniform. Operands that there are none of are any
   * object.
   */
  void run(
      Object x, int xo, Object y, int yo, Object z, int zo, int uniform, Object out, int at, int n);

  /** The time of an element, roughly, by which work is split over threads. */
  default double picoseconds() {
    return BinaryKernel.CHEAP;
  }

  @Override
  default void write(DenseTensor[] arguments, DenseTensor out) {
    Shape shape = out.shape();
    DenseTensor x = arguments[0];
    DenseTensor y = arguments.length < 2 ? x : arguments[1];
    if (arguments.length == 3) {
      DenseTensor z = arguments[2];
      int n = shape.size();
      int uniform = 0;
      Object[] data = new Object[3];
      for (int i = 0; i < 3; i++) {
        boolean one = arguments[i].shape().size() == 1 && n != 1;
        uniform |= one ? 1 << i : 0;
        data[i] = one ? arguments[i].data() : BroadcastTo.dense(arguments[i], shape).data();
      }
      if (uniform == 7) {
        data[0] = BroadcastTo.dense(x, shape).data();
        uniform = 6;
      }
      run(data[0], 0, data[1], 0, data[2], 0, uniform, out.data(), 0, n);
      return;
    }
    Broadcast.forEachRun(
        x.shape(),
        y.shape(),
        shape,
        (xo, xStep, yo, yStep, oo, n) ->
            run(
                x.data(),
                xo,
                y.data(),
                yo,
                y.data(),
                0,
                (xStep == 0 ? 1 : 0) + (yStep == 0 ? 2 : 0),
                out.data(),
                oo,
                n));
  }
}
