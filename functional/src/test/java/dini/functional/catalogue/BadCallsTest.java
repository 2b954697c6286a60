package dini.functional.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assertions.assertAll;

import dini.core.At;
import dini.core.AtPoints;
import dini.core.Tensor;
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
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
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

  /** How many more calls are made of an operation that has not accepted any. */
  private static final int RARE = 20_000;

  /** Every how many calls what was called is recorded too. */
  private static final int RECORDED = 8;

  /** Every how many rounds what transforms functions is called: it costs twenty times as much. */
  private static final int CALLING = 4;

  /**
   * What can be called: public static methods of the whole API, and the methods of tensors, of
   * parts of them and of keys.
   */
  private static final Set<Class<?>> RECEIVERS =
      Set.of(Tensor.class, At.class, AtPoints.class, Key.class);

  private static List<Method> operations() {
    return LibraryClasses.in(NotCalled.API)
        .filter(subject -> Modifier.isPublic(subject.getModifiers()))
        .flatMap(subject -> Arrays.stream(subject.getDeclaredMethods()))
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> !method.isSynthetic() && !NotCalled.isOfJava(method))
        .filter(
            method ->
                Modifier.isStatic(method.getModifiers())
                    || RECEIVERS.contains(method.getDeclaringClass()))
        .sorted((x, y) -> x.toString().compareTo(y.toString()))
        .toList();
  }

  /** Those that are called; for each of the others there is a reason. */
  private static List<Method> called() {
    return operations().stream().filter(each -> NotCalled.why(each).isEmpty()).toList();
  }

  @Test
  void everyOperationIsCalledOrSaysWhyNot() {
    Map<String, List<String>> reasons = new TreeMap<>();
    operations()
        .forEach(
            each ->
                NotCalled.why(each)
                    .ifPresent(
                        why ->
                            reasons.computeIfAbsent(why, _ -> new ArrayList<>()).add(text(each))));
    reasons.forEach((why, methods) -> System.out.println("not called, " + why + ": " + methods));
    assertThat(called().stream().filter(each -> !BadArguments.areKnown(each)).map(Method::toString))
        .as("operations of which nobody knows arguments, or why not: see NotCalled")
        .isEmpty();
    assertThat(NotCalled.unused(operations())).as("reasons that no operation has").isEmpty();
  }

  private static String text(Method operation) {
    return operation.getDeclaringClass().getSimpleName() + "." + operation.getName();
  }

  @Test
  void everyCallIsRightOrRefused() {
    List<Method> operations = called();
    assertThat(operations).hasSizeGreaterThan(400);
    Set<Method> accepted = new HashSet<>();
    Map<Method, AssertionError> faults = new LinkedHashMap<>();
    for (int call = 0; call < CALLS; call++) {
      Method operation = operations.get(call % operations.size());
      boolean tame = NotCalled.isControl(operation);
      if (hasFunctions(operation) && !tame && call / operations.size() % CALLING != 0) {
        continue;
      }
      BadArguments random = new BadArguments(new SplittableRandom(SEED + call), tame);
      Object[] arguments = arguments(operation, random);
      try {
        if (check(operation, arguments, random, call / operations.size() % RECORDED == 0)) {
          accepted.add(operation);
        }
      } catch (AssertionError fault) {
        String text = "call " + call + ", " + text(operation, arguments);
        faults.computeIfAbsent(operation, each -> new AssertionError(text, fault));
      }
    }
    List<Method> never =
        operations.stream()
            .filter(each -> !accepted.contains(each) && !faults.containsKey(each))
            .filter(each -> IntStream.range(0, RARE).noneMatch(call -> isAccepted(each, call)))
            .toList();
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

  private static boolean isAccepted(Method operation, int call) {
    BadArguments random = new BadArguments(new SplittableRandom(SEED - 1 - call), false);
    return check(operation, arguments(operation, random), random, false);
  }

  /** The receiver, if there is one, and what is passed. */
  private static Object[] arguments(Method operation, BadArguments random) {
    Type[] passed = operation.getGenericParameterTypes();
    if (Modifier.isStatic(operation.getModifiers())) {
      return random.of(passed);
    }
    return random.of(
        Stream.concat(Stream.of(operation.getDeclaringClass()), Stream.of(passed))
            .toArray(Type[]::new));
  }

  /** Whether the call was accepted. */
  private static boolean check(
      Method operation, Object[] arguments, BadArguments random, boolean recorded) {
    boolean calls = hasFunctions(operation);
    try {
      List<Tensor> results = invoke(operation, arguments, random);
      results.forEach(BadCallsTest::requireWhole);
      if (recorded && !calls && isStaged(operation)) {
        requireSameRecorded(operation, arguments, random, results);
      }
      return true;
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).startsWith(calls ? "" : NotCalled.begin(operation));
      assertThat(refused.getMessage()).isNotBlank();
      return false;
    } catch (BadFunctions.Thrown own) {
      return false;
    } catch (TracerException unasked) {
      return calls ? false : fail("no tracer was passed", unasked);
    }
  }

  private static boolean hasFunctions(Method operation) {
    return Stream.of(operation.getParameterTypes())
        .anyMatch(type -> type.isInterface() && type != Tensor.class);
  }

  /** Whether it takes tensors and gives some. */
  private static boolean isStaged(Method operation) {
    Class<?> result = operation.getReturnType();
    return Modifier.isStatic(operation.getModifiers())
        && (isTensors(result) || result == List.class || result.isRecord())
        && Stream.of(operation.getParameterTypes()).anyMatch(BadCallsTest::isTensors);
  }

  private static boolean isTensors(Class<?> type) {
    return type == Tensor.class || type == Tensor[].class || type == Key.class;
  }

  /** The results; what an operation may throw, it throws. */
  private static List<Tensor> invoke(Method operation, Object[] arguments, BadArguments random) {
    try {
      Object result =
          Modifier.isStatic(operation.getModifiers())
              ? operation.invoke(null, arguments)
              : operation.invoke(arguments[0], Arrays.copyOfRange(arguments, 1, arguments.length));
      return Results.of(operation.getGenericReturnType(), result, random);
    } catch (InvocationTargetException e) {
      return thrown(e.getCause());
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    } catch (IllegalArgumentException | IllegalStateException | BadFunctions.Thrown e) {
      throw e;
    } catch (RuntimeException | Error e) {
      return thrown(e);
    }
  }

  private static List<Tensor> thrown(Throwable cause) {
    switch (cause) {
      case IllegalArgumentException documented -> throw documented;
      case TracerException documented -> throw documented;
      case BadFunctions.Thrown passed -> throw passed;
      default -> {
        return fail("undocumented", cause);
      }
    }
  }

  private static void requireWhole(Tensor result) {
    assertThat(result).isInstanceOf(DenseTensor.class);
    assertThat(Array.getLength(((DenseTensor) result).data())).isEqualTo(result.shape().size());
  }

  /** A recording knows the types without the values, and gives the same bits. */
  private static void requireSameRecorded(
      Method operation, Object[] arguments, BadArguments random, List<Tensor> results) {
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
                  return invoke(operation, replaced, random).toArray(Tensor[]::new);
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
}
