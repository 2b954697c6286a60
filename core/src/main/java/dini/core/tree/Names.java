package dini.core.tree;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** How messages call values and classes. */
final class Names {
  private Names() {}

  /** What a path begins with. */
  static String root(Structure structure) {
    return switch (structure) {
      case Leaf.LEAF -> "tensor";
      case Fixed(Object value) -> root(value.getClass());
      case Branch branch -> branch.kind.root();
    };
  }

  /** What a path begins with: the simple name as a variable, unless the class says nothing. */
  static String root(Class<?> type) {
    String name = type.getSimpleName();
    boolean telling =
        !name.isEmpty()
            && type != Object.class
            && type != Optional.class
            && !type.isArray()
            && !type.isHidden()
            && !Collection.class.isAssignableFrom(type)
            && !Map.class.isAssignableFrom(type);
    return telling ? Character.toLowerCase(name.charAt(0)) + name.substring(1) : "tree";
  }

  /** Static data as Java source has them, where that is short. */
  static String literal(Object value) {
    return switch (value) {
      case String text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
      case Character character -> "'" + character + "'";
      default -> value.toString();
    };
  }
}
