package dini.core.tree;

import java.util.List;
import java.util.function.Function;

/** Objects of a class that told how it is taken apart. */
final class RegisteredKind extends BranchKind {
  private final Class<?> type;
  private final Function<Object, List<?>> children;
  private final Function<List<?>, ?> rebuild;

  RegisteredKind(Class<?> type, Function<Object, List<?>> children, Function<List<?>, ?> rebuild) {
    this.type = type;
    this.children = children;
    this.rebuild = rebuild;
  }

  @Override
  Object[] parts(Object value, Keys keys) {
    List<?> parts = children.apply(value);
    if (parts == null) {
      throw new Refusal("the registered children of class " + type.getName() + " are null");
    }
    return parts.toArray();
  }

  @Override
  Object rebuild(Object[] parts, Keys keys) {
    return rebuild.apply(List.of(parts));
  }

  @Override
  String root() {
    return Names.root(type);
  }

  @Override
  String say(Branch branch) {
    return "class " + type.getName() + " with " + branch.children.length + " children";
  }

  @Override
  String text(Branch branch) {
    return type.getSimpleName() + "(" + join(branch, i -> "") + ")";
  }
}
