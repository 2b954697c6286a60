package dini.core.tree;

import dini.core.Tensor;
import dini.core.TreeException;

/** Finds where two structures differ, and says so. */
final class Difference {
  private Difference() {}

  static void refuse(String operation, Structure expected, Structure other) {
    if (!expected.equals(other)) {
      find(operation, Names.root(expected), expected, other, false);
    }
  }

  static void refuseUnlessWithin(String operation, Structure expected, Structure other) {
    if (!expected.equals(other)) {
      find(operation, Names.root(expected), expected, other, true);
    }
  }

  private static void find(
      String operation, String path, Structure expected, Structure other, boolean mayLack) {
    if (expected instanceof Branch a && other instanceof Branch b && alike(a, b)) {
      for (int i = 0; i < a.children.length; i++) {
        find(operation, path + a.label(i), a.children[i], b.children[i], mayLack);
      }
    } else if (!expected.equals(other) && !(mayLack && isEmptyOptional(expected, other))) {
      throw new TreeException(
          operation + ": " + path + ": " + say(expected) + " and " + say(other) + " differ");
    }
  }

  private static boolean alike(Branch a, Branch b) {
    return a.kind.family() == b.kind.family()
        && a.children.length == b.children.length
        && a.keys.names().equals(b.keys.names());
  }

  private static boolean isEmptyOptional(Structure expected, Structure other) {
    return expected instanceof Branch a
        && other instanceof Branch b
        && a.kind == OptionalKind.OPTIONAL
        && b.kind == OptionalKind.OPTIONAL
        && b.children.length == 0;
  }

  private static String say(Structure structure) {
    return switch (structure) {
      case Leaf.LEAF -> "a tensor";
      case Fixed fixed -> fixed.toString();
      case Branch branch -> branch.kind.say(branch);
    };
  }

  static TreeException count(Structure structure, Tensor[] leaves) {
    return new TreeException(
        "unflatten: "
            + structure
            + " has "
            + structure.leafCount()
            + " leaves, got "
            + leaves.length);
  }
}
