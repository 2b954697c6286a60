package dini.core.trace;

import java.util.Optional;
import java.util.Set;

/** Where in the user's code the library was called. */
final class UserCode {
  private static final StackWalker STACK = StackWalker.getInstance();

  /** Packages of the library that are no prefix of a user's. */
  private static final Set<String> OWN =
      Set.of(
          "dini.functional",
          "dini.functional.nn",
          "dini.functional.optim",
          "dini.functional.primitive",
          "dini.functional.random");

  private UserCode() {}

  /** The innermost line that is neither this library's nor the JDK's. */
  static Optional<String> line() {
    return STACK.walk(
        frames ->
            frames
                .filter(frame -> !isInternal(frame.getClassName()))
                .findFirst()
                .map(frame -> frame.toStackTraceElement().toString()));
  }

  private static boolean isInternal(String name) {
    return name.startsWith("dini.core.")
        || name.startsWith("dini.linalg.")
        || name.startsWith("java.")
        || name.startsWith("jdk.")
        || OWN.contains(name.substring(0, Math.max(0, name.lastIndexOf('.'))));
  }
}
