package dini.core.tree;

import dini.core.TreeException;

/**
 * Carries the reason why a value is no tree up to the root, and gathers the path on its way: so
 * that a walk that succeeds never keeps one.
 */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String path;

  Refusal(String reason) {
    this("", reason);
  }

  private Refusal(String path, String reason) {
    super(reason, null, false, false);
    this.path = path;
  }

  Refusal under(String label) {
    return new Refusal(label + path, getMessage());
  }

  TreeException under(Class<?> root) {
    return new TreeException(Names.root(root) + path + ": " + getMessage());
  }
}
