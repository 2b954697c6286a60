package dini.core.tree;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Values that are taken apart into others. */
abstract sealed class BranchKind implements Kind
    permits RecordKind, ListKind, MapKind, OptionalKind, ArrayKind, RegisteredKind {

  /** The keys of a value that is a map. */
  Keys keys(Object value) {
    return Keys.NONE;
  }

  /** The parts of a value, in order; a fresh array or one that is only read. */
  abstract Object[] parts(Object value, Keys keys);

  /** The value of this kind with other parts. */
  abstract Object rebuild(Object[] parts, Keys keys);

  /** What a path says to step to a part. */
  String label(int part, Keys keys) {
    return "[" + part + "]";
  }

  /** What a path begins with that has its root here. */
  String root() {
    return "tree";
  }

  /** Whether the values are records of exactly this class. */
  boolean isRecord(Class<? extends Record> type) {
    return false;
  }

  /** One kind for all that users may mix in two trees of one operation. */
  BranchKind family() {
    return this;
  }

  /** What a message calls a branch to tell it from another. */
  abstract String say(Branch branch);

  /** The text of a branch and what is below it. */
  abstract String text(Branch branch);

  /** The texts of the children, each with what precedes it. */
  static String join(Branch branch, IntFunction<String> prefix) {
    return IntStream.range(0, branch.children.length)
        .mapToObj(i -> prefix.apply(i) + branch.children[i])
        .collect(Collectors.joining(", "));
  }
}
