package dini.functional.catalogue;

import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.square;
import static dini.core.Products.matmul;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.tensor;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.valueAndGrad;
import static dini.linalg.LinearSolvers.normalCg;

import dini.core.DType;
import dini.core.Dini;
import dini.core.Tensor;
import dini.core.kernel.BinaryKernel;
import dini.core.kernel.Kernels;
import dini.core.kernel.UnaryKernel;
import dini.functional.Jit;
import dini.functional.ValueAndGrad;
import dini.linalg.Policy;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One hash for each operation and precision: {@code tanh f64} is that of all its samples. The same
 * on every machine, which {@link BitsTest} holds it to.
 */
final class Bits {
  private Bits() {}

  /** What the line begins with that says who computed. */
  static final String ABOUT = "# ";

  private static final long SEED = 73;

  /** No multiple of any width, unroll or chunk. */
  private static final int FUNCTION = 20_011;

  /** Enough of a function for several threads. */
  private static final int SPLIT = 400_009;

  /** Enough of a sum for several threads. */
  private static final int SUMMED = 10_300_003;

  /** Prints who computes, and the hashes; with an argument those of small tensors only. */
  public static void main(String[] arguments) {
    Dini.Info info = Dini.info();
    System.out.println(
        ABOUT + info.version() + ", " + Kernels.chosen().name() + ", threads " + info.threads());
    SortedMap<String, String> hashes = small();
    if (arguments.length == 0) {
      hashes.putAll(large());
    }
    hashes.forEach((operation, hash) -> System.out.println(operation + " " + hash));
  }

  private static List<DType> precisions() {
    return List.of(DType.FLOAT64, DType.FLOAT32);
  }

  /** All operations of the catalogue, and a derivative through a solution. */
  static SortedMap<String, String> small() {
    SortedMap<String, String> hashes = new TreeMap<>();
    for (DType dtype : precisions()) {
      for (Entry entry : Catalogue.ALL) {
        put(hashes, entry.name(), dtype, Sample.each(entry, dtype, SEED));
      }
      put(hashes, "hypergradient", dtype, hash(hypergradient(dtype, 23, 7)));
    }
    return hashes;
  }

  /** What vector code of every shape, and several threads, have a part in. */
  static SortedMap<String, String> large() {
    SortedMap<String, String> hashes = new TreeMap<>();
    for (DType dtype : precisions()) {
      for (Entry entry : Catalogue.ALL) {
        if (!entry.large().isEmpty()) {
          Stream<Sample> samples =
              entry.large().stream().map(shapes -> new Sample(entry, shapes, dtype, SEED));
          put(hashes, entry.name() + " large", dtype, samples);
        }
      }
      put(hashes, "hypergradient large", dtype, hash(hypergradient(dtype, 700, 60)));
      put(hashes, "compiled chain", dtype, hash(chain(dtype)));
    }
    kernels64(hashes);
    kernels32(hashes);
    return hashes;
  }

  private static void put(
      SortedMap<String, String> hashes, String name, DType dtype, Stream<Sample> samples) {
    put(hashes, name, dtype, samples.mapToLong(Fingerprint::of).reduce(1, (x, y) -> 31 * x + y));
  }

  /** Several of one name, which entries may share, count together. */
  private static void put(SortedMap<String, String> hashes, String name, DType dtype, long hash) {
    String key = name.replace(' ', '-') + " " + dtype.shortName();
    long before = hashes.containsKey(key) ? Long.parseUnsignedLong(hashes.get(key), 16) : 0;
    hashes.put(key, "%016x".formatted(31 * before + hash));
  }

  // ---- programs ----

  /** Of a validation loss through the fit of a ridge regression, with respect to data too. */
  private static Tensor[] hypergradient(DType dtype, int rows, int features) {
    Tensor x = uniform(dtype, 1, rows * features).reshape(rows, features);
    Tensor y = uniform(dtype, 2, rows);
    BiFunction<Tensor, Tensor[], Tensor> objective =
        (w, p) ->
            sum(square(matmul(p[0], w).sub(y))).add(sum(square(w).mul(exp(p[1]))).mul(0.5 * rows));
    BiFunction<Tensor, Tensor[], Tensor> solve =
        customRoot(grad(objective), normalCg())
            .onResidual(Policy.IGNORE)
            .apply((w, p) -> w.sub(grad(objective).apply(w, p).mul(0.1 / rows)));
    Tensor start = ones(features).astype(dtype).mul(0.1);
    ValueAndGrad<Tensor[]> both =
        valueAndGrad(
            p -> sum(square(matmul(x, solve.apply(start, p)).sub(y))),
            new Tensor[] {x, tensor(-0.5).astype(dtype)});
    return new Tensor[] {both.value(), both.grad()[0], both.grad()[1]};
  }

  /** A loss of many elements, compiled, with its gradient. */
  private static Tensor[] chain(DType dtype) {
    Tensor x = uniform(dtype, 3, SPLIT);
    Function<Tensor, ValueAndGrad<Tensor>> f =
        Jit.jit(z -> valueAndGrad(u -> sum(exp(u).mul(u.add(1)).sub(square(u))), z));
    return new Tensor[] {f.apply(x).value(), f.apply(x).grad()};
  }

  // ---- kernels ----

  private static Tensor uniform(DType dtype, long seed, int n) {
    return tensor(numbers(seed, n)).astype(dtype);
  }

  /** Numbers of [-1, 1). */
  private static double[] numbers(long seed, int n) {
    return new SplittableRandom(seed).doubles(n, -1, 1).toArray();
  }

  /** Numbers of all magnitudes that functions are used at, and zeros, infinities and NaN. */
  private static double[] magnitudes(long seed, int n) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] special = {0.0, -0.0, 1, -1, 1e300, 1e-310, -1e-45, 1.0 / 0, -1.0 / 0, 0.0 / 0};
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] =
          random.nextInt(50) == 0
              ? special[random.nextInt(special.length)]
              : StrictMath.scalb(random.nextDouble(-1, 1), random.nextInt(-12, 10));
    }
    return x;
  }

  private static float[] floats(double[] x) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = (float) x[i];
    }
    return y;
  }

  private static long hash(double... x) {
    long hash = 1;
    for (double element : x) {
      hash = hash * 0x9E3779B97F4A7C15L + Double.doubleToLongBits(element);
      hash ^= hash >>> 32;
    }
    return hash;
  }

  private static long hash(float[] x) {
    long hash = 1;
    for (float element : x) {
      hash = hash * 0x9E3779B97F4A7C15L + Float.floatToIntBits(element);
      hash ^= hash >>> 32;
    }
    return hash;
  }

  private static long hash(Tensor... tensors) {
    long hash = 1;
    for (Tensor x : tensors) {
      hash = 31 * hash + hash(x.toArray());
    }
    return hash;
  }

  private static void kernels64(SortedMap<String, String> hashes) {
    Kernels kernels = Kernels.chosen();
    DType dtype = DType.FLOAT64;
    double[] x = magnitudes(4, FUNCTION);
    double[] y = magnitudes(5, FUNCTION);
    double[] out = new double[FUNCTION];
    for (UnaryKernel op : UnaryKernel.values()) {
      kernels.unary(op, x, 0, out, 0, FUNCTION);
      put(hashes, "kernel " + name(op), dtype, hash(out));
    }
    for (BinaryKernel op : BinaryKernel.values()) {
      kernels.binary(op, x, 0, y, 0, out, 0, FUNCTION);
      long hash = hash(out);
      kernels.binary(op, x, 0, 1.75, out, 0, FUNCTION);
      hash = 31 * hash + hash(out);
      kernels.binary(op, -0.75, y, 0, out, 0, FUNCTION);
      put(hashes, "kernel " + name(op), dtype, 31 * hash + hash(out));
    }
    double[] many = numbers(6, SUMMED);
    double[] image = new double[SPLIT];
    kernels.unary(UnaryKernel.TANH, many, 1, image, 0, SPLIT);
    put(hashes, "kernel many tanh", dtype, hash(image));
    for (int n : new int[] {31, 100_003, SUMMED - 1}) {
      put(
          hashes,
          "kernel sums of " + n,
          dtype,
          hash(
              kernels.sum(many, 1, n),
              kernels.dot(many, 1, many, 0, n),
              kernels.nrm2(many, 1, n),
              kernels.max(many, 1, n),
              kernels.min(many, 1, n)));
    }
    double[] sums = new double[53];
    kernels.reduce(BinaryKernel.ADD, many, 1, SUMMED / 53, 53, sums);
    put(hashes, "kernel sums over rows", dtype, hash(sums));
    for (int[] extents : new int[][] {{19, 23, 17}, {300, 257, 229}, {131, 270, 1041}}) {
      int m = extents[0];
      int n = extents[1];
      int k = extents[2];
      for (int flags = 0; flags < 4; flags++) {
        double[] c = new double[m * n];
        kernels.gemm((flags & 1) != 0, flags > 1, m, n, k, many, 3, many, 7, c, 0);
        put(
            hashes,
            "kernel gemm %dx%dx%d".formatted(m, n, k) + List.of("", " t", " nt", " tt").get(flags),
            dtype,
            hash(c));
      }
    }
    for (int[] extents : new int[][] {{37, 41}, {1900, 1803}}) {
      int m = extents[0];
      int n = extents[1];
      double[] rows = new double[m];
      double[] columns = new double[n];
      double[] gram = new double[n];
      kernels.gemv(false, m, n, many, 3, many, 5, rows, 0);
      kernels.gemv(true, m, n, many, 3, many, 5, columns, 0);
      kernels.gram(m, n, many, 3, rows, 0, columns, 0, gram, 0);
      put(
          hashes,
          "kernel gemv %dx%d".formatted(m, n),
          dtype,
          hash(rows) + 31 * hash(columns) + 37 * hash(gram));
    }
  }

  private static void kernels32(SortedMap<String, String> hashes) {
    Kernels kernels = Kernels.chosen();
    DType dtype = DType.FLOAT32;
    float[] x = floats(magnitudes(4, FUNCTION));
    float[] y = floats(magnitudes(5, FUNCTION));
    float[] out = new float[FUNCTION];
    for (UnaryKernel op : UnaryKernel.values()) {
      kernels.unary(op, x, 0, out, 0, FUNCTION);
      put(hashes, "kernel " + name(op), dtype, hash(out));
    }
    for (BinaryKernel op : BinaryKernel.values()) {
      kernels.binary(op, x, 0, y, 0, out, 0, FUNCTION);
      long hash = hash(out);
      kernels.binary(op, x, 0, 1.75f, out, 0, FUNCTION);
      hash = 31 * hash + hash(out);
      kernels.binary(op, -0.75f, y, 0, out, 0, FUNCTION);
      put(hashes, "kernel " + name(op), dtype, 31 * hash + hash(out));
    }
    float[] many = floats(numbers(6, SUMMED));
    float[] image = new float[SPLIT];
    kernels.unary(UnaryKernel.TANH, many, 1, image, 0, SPLIT);
    put(hashes, "kernel many tanh", dtype, hash(image));
    for (int n : new int[] {31, 100_003, SUMMED - 1}) {
      put(
          hashes,
          "kernel sums of " + n,
          dtype,
          hash(
              kernels.sum(many, 1, n),
              kernels.dot(many, 1, many, 0, n),
              kernels.nrm2(many, 1, n),
              kernels.max(many, 1, n),
              kernels.min(many, 1, n)));
    }
    float[] sums = new float[53];
    kernels.reduce(BinaryKernel.ADD, many, 1, SUMMED / 53, 53, sums);
    put(hashes, "kernel sums over rows", dtype, hash(sums));
    for (int[] extents : new int[][] {{19, 23, 17}, {300, 257, 229}, {131, 270, 1041}}) {
      int m = extents[0];
      int n = extents[1];
      int k = extents[2];
      for (int flags = 0; flags < 4; flags++) {
        float[] c = new float[m * n];
        kernels.gemm((flags & 1) != 0, flags > 1, m, n, k, many, 3, many, 7, c, 0);
        put(
            hashes,
            "kernel gemm %dx%dx%d".formatted(m, n, k) + List.of("", " t", " nt", " tt").get(flags),
            dtype,
            hash(c));
      }
    }
    for (int[] extents : new int[][] {{37, 41}, {1900, 1803}}) {
      int m = extents[0];
      int n = extents[1];
      float[] rows = new float[m];
      float[] columns = new float[n];
      float[] gram = new float[n];
      kernels.gemv(false, m, n, many, 3, many, 5, rows, 0);
      kernels.gemv(true, m, n, many, 3, many, 5, columns, 0);
      kernels.gram(m, n, many, 3, rows, 0, columns, 0, gram, 0);
      put(
          hashes,
          "kernel gemv %dx%d".formatted(m, n),
          dtype,
          hash(rows) + 31 * hash(columns) + 37 * hash(gram));
    }
  }

  private static String name(Enum<?> op) {
    return op.name().toLowerCase(Locale.ROOT);
  }
}
