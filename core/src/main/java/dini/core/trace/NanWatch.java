package dini.core.trace;

import dini.core.NanException;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Rules;
import dini.core.primitive.Single;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Finds the first operation that makes a NaN. While nobody watches, on any thread, it costs {@link
 * Bind} the look at one static field.
 */
public final class NanWatch {
  private NanWatch() {}

  private static final ScopedValue<Boolean> WATCHED = ScopedValue.newInstance();
  private static final ScopedValue<Boolean> BACKWARD = ScopedValue.newInstance();

  /**
   * How many scopes are open. Not volatile: a thread that watches has written it itself, and for
   * the others it does not matter when they see it.
   */
  private static int scopes;

  /** Runs a computation whose operations are watched. */
  public static <T> T watching(Supplier<? extends T> computation) {
    count(1);
    try {
      return ScopedValue.where(WATCHED, true).call(computation::get);
    } finally {
      count(-1);
    }
  }

  /** Runs a computation whose operations are not watched. */
  public static <T> T unwatched(Supplier<? extends T> computation) {
    return mayWatch()
        ? ScopedValue.where(WATCHED, false).call(computation::get)
        : computation.get();
  }

  private static synchronized void count(int change) {
    scopes += change;
  }

  /** Whether operations of this thread are watched. */
  public static boolean isWatching() {
    return mayWatch() && WATCHED.orElse(false);
  }

  /** Whether some thread may watch. */
  static boolean mayWatch() {
    return scopes != 0;
  }

  /** Runs the backward pass of a derivative, which messages mention. */
  static <T> T backward(Supplier<? extends T> pass) {
    return WATCHED.orElse(false) ? ScopedValue.where(BACKWARD, true).call(pass::get) : pass.get();
  }

  static DenseTensor value(Single rule, DenseTensor... arguments) {
    DenseTensor result =
        switch (arguments.length) {
          case 1 -> rule.value(arguments[0]);
          case 2 -> rule.value(arguments[0], arguments[1]);
          default -> rule.value(arguments);
        };
    check(rule.label(), arguments, result);
    return result;
  }

  static DenseTensor[] evaluate(Rules rule, DenseTensor[] arguments) {
    DenseTensor[] results = rule.evaluate(arguments);
    check(rule.label(), arguments, results);
    return results;
  }

  /**
   * Checks what code of the user gave that may compute in plain Java, where no operation is seen.
   * While values are not known, as in a function that is being recorded, there is nothing to check.
   *
   * @param code what it is, for the message
   */
  public static void check(String code, Tensor[] arguments, Tensor[] results) {
    if (isWatching() && Bind.isKnown(arguments) && Bind.isKnown(results)) {
      check(code, known(arguments), known(results));
    }
  }

  private static DenseTensor[] known(Tensor[] tensors) {
    return Arrays.stream(tensors).map(Bind::peek).toArray(DenseTensor[]::new);
  }

  private static void check(String what, DenseTensor[] arguments, DenseTensor... results) {
    if (WATCHED.orElse(false) && hasNan(results) && !hasNan(arguments)) {
      List<TensorType> types = Arrays.stream(arguments).map(Tensor::type).toList();
      throw new NanException(
          "debugNans: "
              + what
              + " of "
              + types
              + " gave NaN, and its arguments have none"
              + (BACKWARD.isBound() ? "; in the backward pass of a derivative" : "")
              + "; "
              + UserCode.line()
                  .map(line -> "called at " + line)
                  .orElse("called by the library itself"));
    }
  }

  private static boolean hasNan(DenseTensor... tensors) {
    for (DenseTensor tensor : tensors) {
      switch (tensor.data()) {
        case double[] values -> {
          for (double value : values) {
            if (value != value) {
              return true;
            }
          }
        }
        case float[] values -> {
          for (float value : values) {
            if (value != value) {
              return true;
            }
          }
        }
        default -> {
          // integers and truth values
        }
      }
    }
    return false;
  }
}
