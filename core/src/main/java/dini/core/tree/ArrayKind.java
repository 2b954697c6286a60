package dini.core.tree;

import java.lang.reflect.Array;

/** Arrays of objects of one component type. */
final class ArrayKind extends BranchKind {
  private final Class<?> component;

  ArrayKind(Class<?> component) {
    this.component = component;
  }

  @Override
  Object[] parts(Object value, Keys keys) {
    return (Object[]) value;
  }

  @Override
  Object rebuild(Object[] parts, Keys keys) {
    Object array = Array.newInstance(component, parts.length);
    System.arraycopy(parts, 0, array, 0, parts.length);
    return array;
  }

  @Override
  String say(Branch branch) {
    return "an array " + component.getTypeName() + "[" + branch.children.length + "]";
  }

  @Override
  String text(Branch branch) {
    return "[" + join(branch, i -> "") + "]";
  }
}
