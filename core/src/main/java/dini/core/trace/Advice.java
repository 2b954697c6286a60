package dini.core.trace;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Warnings about results, each once for every place in the user's code that asked for them. */
public final class Advice {
  private static final Logger LOG = System.getLogger("dini");
  private static final Set<String> GIVEN = ConcurrentHashMap.newKeySet();

  private Advice() {}

  /** Logs the message unless one on this topic was logged for the same place. */
  public static void warn(String topic, String message) {
    if (GIVEN.add(topic + " at " + caller())) {
      LOG.log(Level.WARNING, message);
    }
  }

  /** The first frame outside this library and the JDK. */
  private static String caller() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(frame -> !isOurs(frame.getClassName()))
                    .findFirst()
                    .map(StackWalker.StackFrame::toString)
                    .orElse("an unknown place"));
  }

  private static boolean isOurs(String className) {
    String packageName = className.substring(0, Math.max(0, className.lastIndexOf('.')));
    return packageName.startsWith("java.") // a composed function
        || packageName.startsWith("dini.core")
        || packageName.startsWith("dini.linalg")
        || packageName.equals("dini.functional");
  }
}
