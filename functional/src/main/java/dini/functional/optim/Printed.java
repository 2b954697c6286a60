package dini.functional.optim;

import dini.core.Tensor;
import dini.core.dense.DenseTensor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Rules and transformations as text that is the same in every run: no hashes of lambdas. */
final class Printed {
  private Printed() {}

  /** What a value is, with its components if it is a record of this package. */
  static String of(Object value) {
    return switch (value) {
      case Hyperparameter.Constant constant -> Double.toString(constant.value());
      case Tensor tensor -> number(tensor);
      case List<?> list ->
          list.stream().map(Printed::of).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> entry.getKey() + "=" + of(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case Object lambda when isLambda(lambda) -> "a " + kind(lambda);
      default -> value.toString();
    };
  }

  /** The components of a record of this package. */
  static String components(Record value) {
    return Arrays.stream(value.getClass().getRecordComponents())
        .map(component -> component.getName() + "=" + of(read(component, value)))
        .collect(Collectors.joining(", ", value.getClass().getSimpleName() + "[", "]"));
  }

  private static Object read(RecordComponent component, Record value) {
    try {
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(component.toString(), e);
    }
  }

  /** Lambdas and references to methods; other classes have a name, and perhaps a toString. */
  private static boolean isLambda(Object value) {
    return value.getClass().isHidden();
  }

  private static String kind(Object lambda) {
    Class<?>[] interfaces = lambda.getClass().getInterfaces();
    return interfaces.length == 0
        ? "function"
        : interfaces[0].getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static String number(Tensor tensor) {
    return tensor instanceof DenseTensor && tensor.rank() == 0
        ? Double.toString(tensor.toDouble())
        : "a tensor " + tensor.type();
  }
}
