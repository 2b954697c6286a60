package dini.core.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lists. */
final class ListKind extends BranchKind {
  static final ListKind ARRAY_LIST = new ListKind();

  /** All lists that the JDK hides behind the interface, views of mutable ones too. */
  static final ListKind IMMUTABLE = new ListKind();

  private ListKind() {}

  @Override
  Object[] parts(Object value, Keys keys) {
    return ((List<?>) value).toArray();
  }

  @Override
  Object rebuild(Object[] parts, Keys keys) {
    return this == ARRAY_LIST ? new ArrayList<>(Arrays.asList(parts)) : List.of(parts);
  }

  @Override
  BranchKind family() {
    return IMMUTABLE;
  }

  @Override
  String say(Branch branch) {
    return "a list of " + branch.children.length;
  }

  @Override
  String text(Branch branch) {
    return "[" + join(branch, i -> "") + "]";
  }
}
