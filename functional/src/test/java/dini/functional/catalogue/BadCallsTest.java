package dini.functional.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assertions.assertAll;

import dini.core.DType;
import dini.core.Index;
import dini.core.Shape;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.TracerException;
import dini.core.dense.DenseTensor;
import dini.core.trace.Closed;
import dini.core.trace.Staging;
import dini.core.tree.Structure;
import dini.functional.random.Key;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Calls of all operations with random shapes, dtypes, axes and values, most of them bad. Each gives
 * tensors whose storage fits their types, and the types and bits that a recording of the same call
 * gives, or an exception of the documented kinds. All operations that go wrong are reported at
 * once, each with its first call. {@code mvn test -Ddini.calls=10000000} makes more of them.
 */
class BadCallsTest {
  private static final int CALLS = Integer.getInteger("dini.calls", 100_000);

  /** Call i draws its arguments from this number and i, so that each can be repeated alone. */
  private static final long SEED = 20240807;

  /** Every how many calls what was called is recorded too. */
  private static final int RECORDED = 8;

  /** The packages whose classes hold operations. */
  private static final Set<String> SUBJECTS =
      Set.of("dini.core", "dini.linalg", "dini.functional.random");

  private SplittableRandom random = new SplittableRandom(SEED);

  /** The operations: public static methods that take a tensor or a key, and give tensors. */
  private static List<Method> operations() {
    return LibraryClasses.in(SUBJECTS)
        .filter(subject -> Modifier.isPublic(subject.getModifiers()))
        .flatMap(subject -> Arrays.stream(subject.getDeclaredMethods()))
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> Modifier.isStatic(method.getModifiers()))
        .filter(method -> Stream.of(method.getParameterTypes()).anyMatch(BadCallsTest::isTensors))
        .filter(method -> Stream.of(method.getParameterTypes()).allMatch(BadCallsTest::isKnown))
        .filter(method -> isTree(method.getReturnType()))
        .sorted((x, y) -> x.toString().compareTo(y.toString()))
        .toList();
  }

  private static boolean isTree(Class<?> type) {
    return isTensors(type) || type == List.class || type.isRecord();
  }

  private static boolean isTensors(Class<?> type) {
    return type == Tensor.class || type == Tensor[].class || type == Key.class;
  }

  private static boolean isKnown(Class<?> type) {
    return isTensors(type)
        || type == int.class
        || type == int[].class
        || type == long.class
        || type == double.class
        || type == boolean.class
        || type == DType.class
        || type == Shape.class
        || type == TensorType.class
        || type == Index[].class
        || type == String.class
        || type.isEnum();
  }

  @Test
  void everyCallIsRightOrRefused() {
    List<Method> operations = operations();
    assertThat(operations).hasSizeGreaterThan(150);
    Set<Method> accepted = new HashSet<>();
    Map<Method, AssertionError> faults = new LinkedHashMap<>();
    for (int call = 0; call < CALLS; call++) {
      random = new SplittableRandom(SEED + call);
      Method operation = operations.get(call % operations.size());
      Object[] arguments = arguments(operation);
      try {
        if (check(operation, arguments, call / operations.size() % RECORDED == 0)) {
          accepted.add(operation);
        }
      } catch (AssertionError fault) {
        String text = "call " + call + ", " + text(operation, arguments);
        faults.computeIfAbsent(operation, each -> new AssertionError(text, fault));
      }
    }
    List<Method> never = operations.stream().filter(each -> !accepted.contains(each)).toList();
    assertAll(
        Stream.concat(
            faults.values().stream()
                .map(
                    fault ->
                        () -> {
                          throw fault;
                        }),
            Stream.of(() -> assertThat(never).as("operations that accepted no call").isEmpty())));
  }

  /** What a refusal begins with: starts in one axis are refused as starts in all. */
  private static String name(Method operation) {
    return operation.getName().startsWith("dynamic")
        ? operation.getName().replace("InDim", "")
        : operation.getName();
  }

  /** Whether the call was accepted. */
  private static boolean check(Method operation, Object[] arguments, boolean recorded) {
    try {
      List<Tensor> results = invoke(operation, arguments);
      results.forEach(BadCallsTest::requireWhole);
      if (recorded) {
        requireSameRecorded(operation, arguments, results);
      }
      return true;
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).startsWith(name(operation));
      return false;
    } catch (TracerException unasked) {
      return fail("no tracer was passed", unasked);
    }
  }

  /** The results; what an operation may throw, it throws. */
  private static List<Tensor> invoke(Method operation, Object[] arguments) {
    try {
      return List.of(Structure.flatten(operation.invoke(null, arguments)).leaves());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException documented) {
        throw documented;
      }
      if (e.getCause() instanceof TracerException documented) {
        throw documented;
      }
      return fail("undocumented", e.getCause());
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static void requireWhole(Tensor result) {
    assertThat(result).isInstanceOf(DenseTensor.class);
    assertThat(Array.getLength(((DenseTensor) result).data())).isEqualTo(result.shape().size());
  }

  /** A recording knows the types without the values, and gives the same bits. */
  private static void requireSameRecorded(
      Method operation, Object[] arguments, List<Tensor> results) {
    int[] places =
        IntStream.range(0, arguments.length)
            .filter(i -> isTensors(operation.getParameterTypes()[i]))
            .toArray();
    Structure.Flat flat =
        Structure.flatten(IntStream.of(places).mapToObj(i -> arguments[i]).toArray());
    Closed program;
    try {
      program =
          Staging.stage(
              staged -> {
                Object[] traced = (Object[]) flat.structure().unflatten(staged);
                Object[] replaced = arguments.clone();
                Arrays.setAll(traced, i -> replaced[places[i]] = traced[i]);
                try {
                  return invoke(operation, replaced).toArray(Tensor[]::new);
                } catch (IllegalArgumentException refused) {
                  return fail("refused when recorded", refused);
                }
              },
              Sample.types(flat.leaves()));
    } catch (TracerException _) {
      return; // an operation whose shape depends on values says so
    }
    assertThat(program.program().outputTypes())
        .isEqualTo(results.stream().map(Tensor::type).toList());
    assertThat(List.of(program.apply(flat.leaves()))).isEqualTo(results);
  }

  private static String text(Method operation, Object[] arguments) {
    return operation
        + " of "
        + Arrays.stream(arguments)
            .map(
                argument ->
                    argument instanceof int[] numbers
                        ? Arrays.toString(numbers)
                        : argument instanceof Object[] several
                            ? Arrays.toString(several)
                            : String.valueOf(argument))
            .toList();
  }

  // ---- random arguments ----

  private Object[] arguments(Method operation) {
    Class<?>[] types = operation.getParameterTypes();
    Object[] arguments = new Object[types.length];
    DType dtype = dtype();
    int[] shape = shape();
    for (int i = 0; i < types.length; i++) {
      // every other tensor after the first is about the first
      boolean about = i > 0 && types[i] == Tensor.class && oneIn(2);
      arguments[i] = about ? about(dtype, shape) : argument(types[i], dtype, shape);
    }
    return arguments;
  }

  /** A position or several in a tensor, or something for all its rows or columns. */
  private Tensor about(DType dtype, int[] shape) {
    int fewer = Math.max(0, shape.length - 1);
    return switch (random.nextInt(5)) {
      case 0 -> tensor(dtype, Arrays.copyOfRange(shape, shape.length - fewer, shape.length));
      case 1 -> tensor(dtype, Arrays.copyOf(shape, fewer));
      case 2 -> tensor(DType.INT64, new int[] {shape.length});
      case 3 -> tensor(DType.INT64, shape);
      default -> tensor(DType.INT64, new int[0]);
    };
  }

  private Object argument(Class<?> type, DType dtype, int[] shape) {
    if (type == Tensor.class) {
      return tensor(oneIn(6) ? dtype() : dtype, oneIn(3) ? shape() : shape);
    }
    if (type == Tensor[].class) {
      return IntStream.range(0, random.nextInt(4))
          .mapToObj(i -> tensor(oneIn(9) ? dtype() : dtype, oneIn(6) ? shape() : shape))
          .toArray(Tensor[]::new);
    }
    if (type == Key.class) {
      return new Key(Tensors.ints(random.nextInt(), random.nextInt()));
    }
    if (type == TensorType.class) {
      return new TensorType(Shape.of(shape), dtype);
    }
    if (type == int.class) {
      // not larger: what is asked for is also made
      int[] edges = {Integer.MIN_VALUE, Integer.MIN_VALUE + 1, -1000, 1000};
      return oneIn(20) ? edges[random.nextInt(edges.length)] : random.nextInt(-3, 5);
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
    if (type == Index[].class) {
      return IntStream.range(0, random.nextInt(4)).mapToObj(i -> index()).toArray(Index[]::new);
    }
    if (type == String.class) {
      return List.of("ij,jk->ik", "i,i->", "ii->i", "ij", "...i->...", "ij,,", "a->b", "")
          .get(random.nextInt(8));
    }
    Object[] constants = type.getEnumConstants();
    return constants[random.nextInt(constants.length)];
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  private DType dtype() {
    return oneIn(2) ? DType.FLOAT64 : DType.values()[random.nextInt(DType.values().length)];
  }

  private int[] shape() {
    if (oneIn(3)) {
      int n = random.nextInt(4);
      return new int[] {n, n};
    }
    return IntStream.range(0, random.nextInt(5)).map(i -> random.nextInt(4)).toArray();
  }

  private double number() {
    double[] edges = {0, -0.0, 1, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e308, 5e-324, -2.5};
    return oneIn(3) ? edges[random.nextInt(edges.length)] : random.nextInt(-2, 4);
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

  private Index index() {
    return switch (random.nextInt(6)) {
      case 0 -> Index.all();
      case 1 -> Index.at(random.nextInt(-4, 4));
      case 2 -> Index.range(random.nextInt(-4, 4), random.nextInt(-4, 4));
      case 3 -> Index.from(random.nextInt(-4, 4));
      case 4 -> Index.to(random.nextInt(-4, 4));
      default -> Index.range(random.nextInt(-4, 4), random.nextInt(-4, 4), oneIn(2) ? -1 : 2);
    };
  }
}
