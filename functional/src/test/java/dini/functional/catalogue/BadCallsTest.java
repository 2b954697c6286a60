package dini.functional.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dini.core.DType;
import dini.core.Index;
import dini.core.Indexing;
import dini.core.Shape;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.TracerException;
import dini.core.dense.DenseTensor;
import dini.core.trace.Closed;
import dini.core.trace.Staging;
import dini.core.tree.Structure;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Calls of all operations with random shapes, dtypes, axes and values, most of them bad. Each gives
 * tensors whose storage fits their types, and the types that a recording of the same call gives, or
 * an exception of the documented kinds. The system property {@code dini.calls} sets their number.
 */
class BadCallsTest {
  private static final int CALLS = Integer.getInteger("dini.calls", 100_000);

  /** Every how many calls what was called is recorded too. */
  private static final int RECORDED = 8;

  private static final Class<?>[] SUBJECTS = {
    dini.core.Elementwise.class,
    dini.core.Comparisons.class,
    dini.core.Reductions.class,
    dini.core.Shapes.class,
    Indexing.class,
    dini.core.Products.class,
    dini.core.Sorting.class,
    dini.core.Convolutions.class,
    dini.linalg.LinearAlgebra.class
  };

  private final SplittableRandom random = new SplittableRandom(20240807);

  /** The operations: public static methods that take a tensor, and give tensors. */
  private static List<Method> operations() {
    return Arrays.stream(SUBJECTS)
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
    return type == Tensor.class || type == Tensor[].class;
  }

  private static boolean isKnown(Class<?> type) {
    return isTensors(type)
        || type == int.class
        || type == int[].class
        || type == double.class
        || type == boolean.class
        || type == DType.class
        || type == Shape.class
        || type == Index[].class
        || type == String.class
        || type.isEnum();
  }

  @Test
  void everyCallIsRightOrRefused() throws IllegalAccessException {
    List<Method> operations = operations();
    assertThat(operations).hasSizeGreaterThan(80);
    Map<String, Integer> accepted = new TreeMap<>();
    for (int call = 0; call < CALLS; call++) {
      Method operation = operations.get(call % operations.size());
      Object[] arguments = arguments(operation);
      List<Tensor> results = results(operation, arguments);
      if (results != null) {
        accepted.merge(operation.toString(), 1, Integer::sum);
        results.forEach(result -> requireWhole(operation, arguments, result));
        if (call / operations.size() % RECORDED == 0) {
          requireSameTypes(operation, arguments, results);
        }
      }
    }
    List<String> never =
        operations.stream()
            .map(Method::toString)
            .filter(name -> !accepted.containsKey(name))
            .toList();
    assertThat(never).as("operations that accepted no call").isEmpty();
  }

  /** The results, or null where the call was refused. */
  private static List<Tensor> results(Method operation, Object[] arguments)
      throws IllegalAccessException {
    try {
      return List.of(Structure.flatten(operation.invoke(null, arguments)).leaves());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        assertThat(refused.getMessage()).as(() -> text(operation, arguments)).isNotBlank();
        return null;
      }
      return fail(text(operation, arguments), e.getCause());
    }
  }

  private static void requireWhole(Method operation, Object[] arguments, Tensor result) {
    assertThat(result).as(() -> text(operation, arguments)).isInstanceOf(DenseTensor.class);
    assertThat(Array.getLength(((DenseTensor) result).data()))
        .as(() -> text(operation, arguments))
        .isEqualTo(result.shape().size());
  }

  /** A recording knows the types without the values. */
  private static void requireSameTypes(Method operation, Object[] arguments, List<Tensor> results) {
    List<Tensor> tensors = new ArrayList<>();
    for (Object argument : arguments) {
      if (argument instanceof Tensor tensor) {
        tensors.add(tensor);
      }
    }
    try {
      Closed program =
          Staging.stage(
              staged -> {
                Object[] replaced = arguments.clone();
                for (int i = 0, at = 0; i < replaced.length; i++) {
                  replaced[i] = replaced[i] instanceof Tensor ? staged[at++] : replaced[i];
                }
                try {
                  return Structure.flatten(operation.invoke(null, replaced)).leaves();
                } catch (InvocationTargetException e) {
                  if (e.getCause() instanceof TracerException needsValues) {
                    throw needsValues;
                  }
                  return fail("recorded: " + text(operation, arguments), e.getCause());
                } catch (IllegalAccessException e) {
                  throw new AssertionError(e);
                }
              },
              Sample.types(tensors.toArray(Tensor[]::new)));
      assertThat(program.program().outputTypes())
          .as(() -> text(operation, arguments))
          .isEqualTo(results.stream().map(Tensor::type).toList());
    } catch (TracerException _) {
      // an operation whose shape depends on values says so
    }
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
      arguments[i] = argument(types[i], dtype, shape);
    }
    return arguments;
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
    if (type == int.class) {
      // not larger: what is asked for is also made
      int[] edges = {Integer.MIN_VALUE, Integer.MIN_VALUE + 1, -1000, 1000};
      return oneIn(20) ? edges[random.nextInt(edges.length)] : random.nextInt(-3, 5);
    }
    if (type == int[].class) {
      return IntStream.range(0, random.nextInt(4)).map(i -> random.nextInt(-3, 5)).toArray();
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
    return IntStream.range(0, random.nextInt(4)).map(i -> random.nextInt(4)).toArray();
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
