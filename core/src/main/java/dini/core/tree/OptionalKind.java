package dini.core.tree;

import java.util.Optional;

/** Optionals, through which paths go without a word. */
final class OptionalKind extends BranchKind {
  static final OptionalKind OPTIONAL = new OptionalKind();

  private OptionalKind() {}

  @Override
  Object[] parts(Object value, Keys keys) {
    return ((Optional<?>) value).stream().toArray();
  }

  @Override
  Object rebuild(Object[] parts, Keys keys) {
    return parts.length == 0 ? Optional.empty() : Optional.of(parts[0]);
  }

  @Override
  String label(int part, Keys keys) {
    return "";
  }

  @Override
  String say(Branch branch) {
    return branch.children.length == 0 ? "an empty Optional" : "an Optional with a value";
  }

  @Override
  String text(Branch branch) {
    return branch.children.length == 0 ? "Optional.empty" : "Optional[" + branch.children[0] + "]";
  }
}
