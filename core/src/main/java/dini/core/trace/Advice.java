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
    if (GIVEN.add(topic + " at " + UserCode.line().orElse("an unknown place"))) {
      LOG.log(Level.WARNING, message);
    }
  }
}
