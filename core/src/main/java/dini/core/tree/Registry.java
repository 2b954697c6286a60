package dini.core.tree;

import dini.core.Static;
import dini.core.Tensor;
import dini.core.TreeException;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** The classes that users registered. Each entry lives as long as its class, and never changes. */
public final class Registry {
  private static final ClassValue<AtomicReference<RegisteredKind>> ENTRIES =
      new ClassValue<>() {
        @Override
        protected AtomicReference<RegisteredKind> computeValue(Class<?> type) {
          return new AtomicReference<>();
        }
      };

  private Registry() {}

  /**
   * Makes a class a tree.
   *
   * @param type the class
   * @param children gives the parts of an object
   * @param rebuild makes an object of other parts
   * @param <T> the class
   * @throws TreeException if the class is treated in another way already
   */
  public static <T> void register(
      Class<T> type, Function<T, List<?>> children, Function<List<?>, T> rebuild) {
    String reason = reason(type);
    RegisteredKind kind =
        new RegisteredKind(type, value -> children.apply(type.cast(value)), rebuild);
    if (reason.isEmpty() && !ENTRIES.get(type).compareAndSet(null, kind)) {
      reason = "it is registered already";
    }
    if (!reason.isEmpty()) {
      throw new TreeException("register: " + type.getTypeName() + ": " + reason);
    }
  }

  private static String reason(Class<?> type) {
    if (Tensor.class.isAssignableFrom(type)) {
      return "a tensor is a tree already";
    }
    if (type == Static.class || type.isEnum() || Enum.class.isAssignableFrom(type)) {
      return "it is static data";
    }
    if (type.isRecord()) {
      return "a record is a tree already";
    }
    if (type.isArray() || type.isPrimitive() || Kind.isOfJdk(type)) {
      return "how types of the JDK are treated is fixed";
    }
    if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
      return "no object is of this very class; register the classes that implement it";
    }
    return "";
  }

  static Optional<RegisteredKind> find(Class<?> type) {
    return Optional.ofNullable(ENTRIES.get(type).get());
  }
}
