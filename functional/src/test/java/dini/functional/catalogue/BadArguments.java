package dini.functional.catalogue;

import dini.core.At;
import dini.core.AtPoints;
import dini.core.Comparisons;
import dini.core.DType;
import dini.core.Index;
import dini.core.Indexing;
import dini.core.Shape;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.Window;
import dini.core.Window.Padding;
import dini.functional.Axes;
import dini.functional.ScanOptions;
import dini.functional.random.Key;
import dini.linalg.LinearAlgebra;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The random arguments of one call: most do not fit each other, and some do. */
final class BadArguments {
  private final SplittableRandom random;
  private final boolean tame;
  private final DType dtype;
  private final int[] shape;

  /** The trees drawn so far, by the type variable that they stand for. */
  private final Map<TypeVariable<?>, Object> trees = new HashMap<>();

  /**
   * Arguments of one call.
   *
   * @param random what is drawn from
   * @param tame whether numbers stay small, since they count steps, and tensors mostly choose
   */
  BadArguments(SplittableRandom random, boolean tame) {
    this.random = random;
    this.tame = tame;
    this.dtype = dtype();
    this.shape = shape();
  }

  // ---- which types there are arguments of ----

  static boolean areKnown(Method method) {
    return Arrays.stream(method.getGenericParameterTypes()).allMatch(BadArguments::isKnown);
  }

  private static boolean isKnown(Type type) {
    return switch (type) {
      case Class<?> plain -> isKnown(plain);
      case ParameterizedType generic when generic.getRawType() == List.class ->
          isElement(bound(generic.getActualTypeArguments()[0]));
      case ParameterizedType generic -> BadFunctions.isKnown(generic);
      case TypeVariable<?> variable -> variable.getBounds()[0] == Object.class;
      default -> false;
    };
  }

  private static boolean isElement(Type type) {
    return type == Tensor.class
        || type instanceof ParameterizedType function && BadFunctions.isKnown(function);
  }

  private static boolean isKnown(Class<?> type) {
    return List.of(
                Tensor.class,
                Tensor[].class,
                Key.class,
                int.class,
                int[].class,
                long.class,
                double.class,
                boolean.class,
                DType.class,
                Shape.class,
                TensorType.class,
                Index.class,
                Index[].class,
                String.class,
                Window.class,
                Axes.class,
                ScanOptions.class,
                LinearAlgebra.Lu.class,
                boolean[].class,
                float[].class,
                long[].class,
                double[].class,
                double[][].class)
            .contains(type)
        || At.class.isAssignableFrom(type)
        || type.isEnum();
  }

  /** The type itself, or the upper bound of a wildcard. */
  static Type bound(Type type) {
    return type instanceof WildcardType wildcard
        ? wildcard.getLowerBounds().length == 1
            ? wildcard.getLowerBounds()[0]
            : wildcard.getUpperBounds()[0]
        : type;
  }

  // ---- arguments ----

  Object[] of(Type... types) {
    Object[] arguments = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      // every other tensor after the first is about the first
      boolean about = i > 0 && !tame && types[i] == Tensor.class && oneIn(2);
      arguments[i] = about ? about() : argument(types[i]);
    }
    return arguments;
  }

  /** A position or several in a tensor, or something for all its rows or columns. */
  private Tensor about() {
    int fewer = Math.max(0, shape.length - 1);
    return switch (random.nextInt(9)) {
      case 5 -> tensor(dtype, Arrays.copyOf(shape, Math.min(1, shape.length)));
      case 6 -> tensor(dtype, Arrays.copyOfRange(shape, fewer, shape.length));
      case 0 -> tensor(dtype, Arrays.copyOfRange(shape, shape.length - fewer, shape.length));
      case 1 -> tensor(dtype, Arrays.copyOf(shape, fewer));
      case 2, 7, 8 -> tensor(DType.INT64, new int[] {shape.length});
      case 3 -> tensor(DType.INT64, shape);
      default -> tensor(DType.INT64, new int[0]);
    };
  }

  Object argument(Type type) {
    return switch (type) {
      case Class<?> plain -> argument(plain);
      case WildcardType wildcard -> argument(bound(wildcard));
      case TypeVariable<?> variable -> tree(variable);
      case ParameterizedType generic when generic.getRawType() == List.class ->
          list(bound(generic.getActualTypeArguments()[0]));
      case ParameterizedType generic -> BadFunctions.of(generic, random);
      default -> throw new AssertionError(type);
    };
  }

  private List<?> list(Type element) {
    int count = oneIn(2) ? shape.length : random.nextInt(4);
    boolean positions = oneIn(2);
    return IntStream.range(0, count)
        .mapToObj(i -> element == Tensor.class ? element(positions) : argument(element))
        .toList();
  }

  private Tensor element(boolean position) {
    return position ? tensor(DType.INT64, new int[0]) : own();
  }

  /** A tensor or a list of them; further ones for a variable are mostly like the first. */
  private Object tree(TypeVariable<?> variable) {
    Object first = trees.get(variable);
    Object tree;
    if (first == null) {
      int size = random.nextInt(5);
      tree = size > 2 ? own() : IntStream.range(0, size).mapToObj(i -> own()).toList();
      trees.put(variable, tree);
      return tree;
    }
    boolean like = !oneIn(4);
    return first instanceof List<?> list
        ? list.stream().map(each -> like ? like((Tensor) each) : own()).toList()
        : like ? like((Tensor) first) : own();
  }

  private Tensor own() {
    return tensor(oneIn(6) ? dtype() : dtype, oneIn(6) ? shape() : shape);
  }

  private Tensor like(Tensor first) {
    return tensor(first.dtype(), first.shape().toArray());
  }

  private Object argument(Class<?> type) {
    if (type == Tensor.class && tame && !oneIn(4)) {
      int[] axes = oneIn(2) ? shape : new int[0];
      return oneIn(2) ? tensor(DType.BOOL, axes) : tensor(DType.INT64, new int[0]);
    }
    if (type == Tensor.class) {
      return tensor(oneIn(6) ? dtype() : dtype, oneIn(3) ? shape() : shape);
    }
    if (type == Tensor[].class) {
      return IntStream.range(0, random.nextInt(4)).mapToObj(i -> own()).toArray(Tensor[]::new);
    }
    if (type == Key.class) {
      return key();
    }
    if (type == TensorType.class) {
      return new TensorType(Shape.of(shape), dtype);
    }
    if (type == int.class) {
      return count();
    }
    if (type == int[].class) {
      return oneIn(2)
          ? IntStream.of(shape).map(extent -> random.nextInt(-1, extent + 2)).toArray()
          : IntStream.range(0, random.nextInt(4)).map(i -> random.nextInt(-3, 5)).toArray();
    }
    if (type == long.class) {
      return oneIn(20) ? random.nextLong() : random.nextLong(-3, 5);
    }
    if (type == double.class) {
      return number();
    }
    if (type == boolean.class) {
      return random.nextBoolean();
    }
    if (type == DType.class) {
      return dtype();
    }
    if (type == Shape.class) {
      return Shape.of(oneIn(2) ? shape() : shape);
    }
    if (type == String.class) {
      return List.of("ij,jk->ik", "i,i->", "ii->i", "ij", "...i->...", "ij,,", "a->b", "")
          .get(random.nextInt(8));
    }
    return structured(type);
  }

  private Object structured(Class<?> type) {
    if (type.isArray() && type != Index[].class) {
      return numbers(type);
    }
    if (type == Index.class) {
      return index();
    }
    if (type == Index[].class) {
      return indices();
    }
    if (type == Window.class) {
      return window();
    }
    if (type == Axes.class) {
      return oneIn(2) ? Axes.in(axes()) : Axes.in(axes()).withOut(random.nextInt(-2, 2));
    }
    if (type == ScanOptions.class) {
      ScanOptions options = oneIn(2) ? ScanOptions.forward() : ScanOptions.backward();
      return oneIn(2) ? options : options.withSnapshots(random.nextInt(1, 4));
    }
    if (type == LinearAlgebra.Lu.class) {
      return oneIn(2)
          ? LinearAlgebra.lu(tensor(DType.FLOAT64, new int[] {shape.length, shape.length}))
          : new LinearAlgebra.Lu(own(), own(), own());
    }
    if (type == AtPoints.class || type == At.class && oneIn(2)) {
      return points();
    }
    if (type == At.class) {
      return ranges();
    }
    Object[] constants = type.getEnumConstants();
    return constants[random.nextInt(constants.length)];
  }

  /** As many as there are elements, mostly. */
  private Object numbers(Class<?> type) {
    double[] numbers =
        IntStream.range(0, oneIn(6) ? 3 : Shape.of(shape).size())
            .mapToDouble(i -> number())
            .toArray();
    if (type == double[][].class) {
      return IntStream.range(0, random.nextInt(4))
          .mapToObj(i -> oneIn(6) ? new double[1] : numbers)
          .toArray(double[][]::new);
    }
    Tensor tensor = Tensors.tensor(numbers);
    return switch (type.getComponentType().getName()) {
      case "boolean" -> Comparisons.ne(tensor, 0).toBooleanArray();
      case "float" -> tensor.astype(DType.FLOAT32).toFloatArray();
      case "long" -> tensor.astype(DType.INT64).toLongArray();
      default -> numbers;
    };
  }

  /** One key, or rarely something else. */
  private Key key() {
    return new Key(
        oneIn(12)
            ? tensor(oneIn(2) ? DType.INT32 : dtype, oneIn(2) ? new int[] {3, 2} : shape)
            : Tensors.ints(random.nextInt(), random.nextInt()));
  }

  /** Positions that there are, or not: what is wrong with those shows when they are used. */
  private AtPoints points() {
    int[] extents = shape.length == 0 ? new int[] {2} : shape;
    int[] own = oneIn(2) ? new int[0] : new int[] {random.nextInt(3)};
    return Indexing.at(tensor(dtype, extents), tensor(DType.INT64, own));
  }

  private At ranges() {
    Index[] indices = IntStream.of(shape).mapToObj(i -> range()).toArray(Index[]::new);
    return Indexing.at(tensor(dtype, shape), indices);
  }

  private Window window() {
    int[] n = IntStream.range(0, 4).map(i -> oneIn(20) ? 1000 : random.nextInt(1, 4)).toArray();
    return new Window(n[0], n[1], n[2], n[3], padding());
  }

  private Padding padding() {
    return oneIn(2)
        ? new Padding.Same()
        : new Padding.Explicit(
            random.nextInt(3), random.nextInt(3), random.nextInt(3), random.nextInt(3));
  }

  private int[] axes() {
    return IntStream.range(0, oneIn(3) ? 2 : 1)
        .map(i -> oneIn(5) ? Axes.NONE : random.nextInt(-2, 2))
        .toArray();
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  private int count() {
    // not larger: what is asked for is also made
    int[] edges = {Integer.MIN_VALUE, Integer.MIN_VALUE + 1, -1000, 1000};
    if (oneIn(3)) {
      return 1;
    }
    return !tame && oneIn(20) ? edges[random.nextInt(edges.length)] : random.nextInt(-3, 5);
  }

  private DType dtype() {
    return oneIn(2) ? DType.FLOAT64 : DType.values()[random.nextInt(DType.values().length)];
  }

  private int[] shape() {
    if (oneIn(3)) {
      int n = random.nextInt(4);
      return new int[] {n, n};
    }
    if (oneIn(6)) {
      int n = random.nextInt(1, 4);
      int m = random.nextInt(1, 4);
      return new int[] {n, n, m, m};
    }
    return IntStream.range(0, random.nextInt(5)).map(i -> random.nextInt(4)).toArray();
  }

  private double number() {
    double[] edges = {0, -0.0, 1, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e308, 5e-324, -2.5};
    return !tame && oneIn(3) ? edges[random.nextInt(edges.length)] : random.nextInt(-2, 4);
  }

  private Tensor tensor(DType dtype, int[] extents) {
    Shape shape = Shape.of(extents);
    double[] values = new double[shape.size()];
    boolean wild = oneIn(3);
    for (int i = 0; i < values.length; i++) {
      values[i] =
          wild ? number() : dtype.isFloating() ? random.nextDouble(-2, 2) : random.nextInt(-1, 3);
    }
    return Tensors.tensor(shape, values).astype(dtype);
  }

  private Index[] indices() {
    return IntStream.range(0, random.nextInt(4)).mapToObj(i -> index()).toArray(Index[]::new);
  }

  private Index index() {
    return oneIn(6) ? Index.at(random.nextInt(-4, 4)) : range();
  }

  private Index range() {
    return switch (random.nextInt(5)) {
      case 0 -> Index.all();
      case 1 -> Index.range(random.nextInt(-4, 4), random.nextInt(-4, 4));
      case 2 -> Index.from(random.nextInt(-4, 4));
      case 3 -> Index.to(random.nextInt(-4, 4));
      default -> Index.range(random.nextInt(-4, 4), random.nextInt(-4, 4), oneIn(2) ? -1 : 2);
    };
  }
}
