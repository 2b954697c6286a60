package dini.functional.catalogue;

import static dini.functional.catalogue.Domain.REAL;

import dini.core.DType;
import dini.core.Reductions;
import dini.core.Shape;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.functional.Gauss;
import dini.functional.ZeroOrder;
import dini.functional.ZeroOrder.Method;
import dini.functional.catalogue.Entry.Tolerance;
import dini.functional.random.Continuous;
import dini.functional.random.Discrete;
import dini.functional.random.Distribution;
import dini.functional.random.Key;
import dini.functional.random.Keys;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongToDoubleFunction;

/** Random numbers, as functions of the words of their key. */
final class RandomEntries {
  private RandomEntries() {}

  private static final Domain WORDS = Domain.of(DType.INT32, random -> random.nextInt());

  /** Any number that a double holds. */
  private static final Domain NUMBERS =
      Domain.of(DType.INT64, random -> random.nextLong(-1L << 50, 1L << 50));

  /** The quantile by other means has 1e-14, for what its condition leaves of it. */
  private static final Tolerance QUANTILE = new Tolerance(1e-13, false);

  private static final Tolerance ROUNDED = new Tolerance(0x1p-24, false);

  /** More than the words that are made at once. */
  private static final Shape MANY = Shape.of(3, 201);

  private static final BigInteger RANGE = BigInteger.ONE.shiftLeft(64);

  private static final int[] ROTATIONS = {13, 15, 26, 6, 17, 29, 16, 24};

  /** Threefry-2x32 as the paper has it; both words in one. */
  private static long image(Plain key, int c0, int c1) {
    int k0 = (int) key.data[0];
    int k1 = (int) key.data[1];
    int[] schedule = {k0, k1, k0 ^ k1 ^ 0x1BD11BDA};
    int x = c0 + k0;
    int y = c1 + k1;
    for (int round = 0; round < 20; round++) {
      x += y;
      y = Integer.rotateLeft(y, ROTATIONS[round % 8]) ^ x;
      if (round % 4 == 3) {
        int injection = round / 4 + 1;
        x += schedule[injection % 3];
        y += schedule[(injection + 1) % 3] + injection;
      }
    }
    return (long) x << 32 | y & 0xFFFFFFFFL;
  }

  private static int narrow(long image) {
    return (int) (image >>> 32) ^ (int) image;
  }

  /** The elements as functions of 64 bits each. */
  private static Plain each(Plain key, Shape shape, LongToDoubleFunction element) {
    double[] data = new double[shape.size()];
    for (int i = 0; i < data.length; i++) {
      data[i] = element.applyAsDouble(image(key, 0, i));
    }
    return new Plain(shape.toArray(), data);
  }

  /** The place of bits between 0 and 1/2, from the nearer end. */
  private static double distance(long bits, int width) {
    BigInteger range = BigInteger.ONE.shiftLeft(width + 1);
    BigInteger number =
        BigInteger.valueOf(bits)
            .mod(BigInteger.ONE.shiftLeft(width))
            .shiftLeft(1)
            .add(BigInteger.ONE);
    return number.min(range.subtract(number)).doubleValue() / range.doubleValue();
  }

  private static boolean isUpper(long bits, int width) {
    return (bits >>> width - 1 & 1) == 1;
  }

  private static double normal(long bits, int width) {
    double p = distance(bits, width);
    double z = p < 0.0227 ? Gauss.quantileOfTail(p) : Gauss.quantileOfCentre(0.5 - p);
    return isUpper(bits, width) ? z : -z;
  }

  private static double exponential(long bits, int width) {
    double p = distance(bits, width);
    return isUpper(bits, width) ? -StrictMath.log(p) : -StrictMath.log1p(-p);
  }

  private static double gumbel(long bits, int width) {
    return -StrictMath.log(exponential(~bits, width));
  }

  /** A number below a bound: from the upper half of a product, unless that is one of too many. */
  private static long below(BigInteger bound, Plain key, int i) {
    BigInteger excess = RANGE.mod(bound);
    for (int attempt = 0; ; attempt++) {
      BigInteger product = BigInteger.valueOf(image(key, attempt, i)).mod(RANGE).multiply(bound);
      if (product.mod(RANGE).compareTo(excess) >= 0) {
        return product.shiftRight(64).longValue();
      }
    }
  }

  private static Plain permutation(Plain key, int n) {
    List<Double> order = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int place = (int) below(BigInteger.valueOf(i + 1), key, i);
      order.add(order.isEmpty() || place == i ? i : order.get(place));
      order.set(place, (double) i);
    }
    return new Plain(new int[] {n}, order.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static TensorType type(Shape shape, DType dtype) {
    return new TensorType(shape, dtype);
  }

  private static Entry entry(
      String name, BiFunction<Key, Shape, Tensor> operation, LongToDoubleFunction element) {
    return Entry.of(
            name, x -> operation.apply(new Key(x[0]), MANY), x -> each(x[0], MANY, element), WORDS)
        .at("[2]");
  }

  private static Entry law(
      String name,
      BiFunction<Key, TensorType, Tensor> operation,
      LongToDoubleFunction wide,
      DoubleUnaryOperator rounding,
      Tolerance tolerance,
      DType dtype) {
    return entry(
            name + " " + dtype.shortName(),
            (key, shape) -> operation.apply(key, type(shape, dtype)),
            image -> rounding.applyAsDouble(wide.applyAsDouble(image)))
        .within(tolerance);
  }

  private interface OfBits {
    double apply(long bits, int width);
  }

  /**
   * Both precisions; {@code crossesZero} says that elements near 0 are differences of larger ones.
   */
  private static List<Entry> both(
      String name,
      BiFunction<Key, TensorType, Tensor> operation,
      OfBits quantile,
      boolean crossesZero) {
    Tolerance wide = new Tolerance(QUANTILE.relative(), crossesZero);
    Tolerance narrow = new Tolerance(ROUNDED.relative(), crossesZero);
    return List.of(
        law(name, operation, m -> quantile.apply(m, 64), v -> v, wide, DType.FLOAT64),
        law(
            name,
            operation,
            m -> quantile.apply(narrow(m), 32),
            v -> (float) v,
            narrow,
            DType.FLOAT32));
  }

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    entries.addAll(both("normal", Continuous::normal, RandomEntries::normal, false));
    entries.addAll(both("exponential", Continuous::exponential, RandomEntries::exponential, false));
    entries.addAll(both("gumbel", Continuous::gumbel, RandomEntries::gumbel, true));
    entries.add(
        entry(
            "uniform f64",
            (k, s) -> Continuous.uniform(k, type(s, DType.FLOAT64)),
            m -> (m >>> 11) * 0x1p-53));
    entries.add(
        entry(
            "uniform f32",
            (k, s) -> Continuous.uniform(k, type(s, DType.FLOAT32)),
            m -> (narrow(m) >>> 8) * 0x1p-24));
    entries.add(entry("bits i64", (k, s) -> Discrete.bits(k, type(s, DType.INT64)), m -> m));
    entries.add(
        entry("bits i32", (k, s) -> Discrete.bits(k, type(s, DType.INT32)), RandomEntries::narrow));
    entries.add(
        entry("bits bool", (k, s) -> Discrete.bits(k, type(s, DType.BOOL)), m -> narrow(m) >>> 31));
    for (long max : new long[] {10, Long.MAX_VALUE / 4 * 3}) {
      BigInteger span = BigInteger.valueOf(max).add(BigInteger.TWO);
      entries.add(
          Entry.of(
                  "randint below " + max,
                  x -> Discrete.randint(new Key(x[0]), Shape.of(3, 201), -2, max),
                  x -> {
                    double[] data = new double[603];
                    for (int i = 0; i < data.length; i++) {
                      data[i] = below(span, x[0], i) - 2;
                    }
                    return new Plain(new int[] {3, 201}, data);
                  },
                  WORDS)
              .at("[2]"));
    }
    for (int n = 0; n < 2; n++) {
      entries.addAll(few(Shape.of(n)));
    }
    entries.addAll(few(Shape.SCALAR));
    entries.add(
        Entry.of(
                "permutation",
                x -> Discrete.permutation(new Key(x[0]), 603),
                x -> permutation(x[0], 603),
                WORDS)
            .at("[2]"));
    entries.add(
        Entry.of(
                "split",
                x -> Keys.split(new Key(x[0]), 600).words(),
                x ->
                    Plain.each(
                        new int[] {600, 2}, i -> (int) (image(x[0], 0, i[0]) >>> 32 * (1 - i[1]))),
                WORDS)
            .at("[2]"));
    entries.add(
        Entry.of(
                "foldIn",
                x -> Keys.foldIn(new Key(x[0]), x[1]).words(),
                x -> {
                  long number = (long) x[1].data[0];
                  long image = image(x[0], (int) (number >>> 32), (int) number);
                  return new Plain(new int[] {2}, new double[] {(int) (image >>> 32), (int) image});
                },
                WORDS,
                NUMBERS)
            .at("[2] []"));
    entries.add(zeroOrder());
    return entries;
  }

  /** Draws of no element or one. */
  private static List<Entry> few(Shape shape) {
    List<Entry> entries = new ArrayList<>();
    entries.add(
        Entry.of(
                "uniform of shape " + shape,
                x -> Continuous.uniform(new Key(x[0]), type(shape, DType.FLOAT64)),
                x -> each(x[0], shape, m -> (m >>> 11) * 0x1p-53),
                WORDS)
            .at("[2]"));
    entries.add(
        Entry.of(
                "randint of shape " + shape,
                x -> Discrete.randint(new Key(x[0]), shape, 0, 10),
                x -> Plain.each(shape.toArray(), i -> below(BigInteger.TEN, x[0], 0)),
                WORDS)
            .at("[2]"));
    if (shape.rank() == 1) {
      int n = shape.size();
      entries.add(
          Entry.of(
                  "permutation of " + n,
                  x -> Discrete.permutation(new Key(x[0]), n),
                  x -> permutation(x[0], n),
                  WORDS)
              .at("[2]"));
    }
    return entries;
  }

  /** In one dimension, along 1 or -1, the difference quotient of a parabola is its derivative. */
  private static Entry zeroOrder() {
    return Entry.of(
            "zeroOrder of a parabola",
            x ->
                ZeroOrder.zeroOrder(
                    (Tensor t) -> Reductions.sum(t.mul(t).mul(1.5).add(t)),
                    Method.ANTITHETIC,
                    3,
                    0.5,
                    Distribution.RADEMACHER,
                    new Key(x[0]),
                    x[1]),
            x -> {
              double t = x[1].data[0];
              return new Plain(new int[0], new double[] {t * t * 1.5 + t});
            },
            WORDS,
            REAL)
        .at("[2] []", "[2] [1]");
  }
}
