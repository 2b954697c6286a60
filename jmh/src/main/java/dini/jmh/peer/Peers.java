package dini.jmh.peer;

import java.util.List;
import java.util.stream.Stream;

/** Which peers this build has: those with native libraries come with profiles of Maven. */
public final class Peers {
  private Peers() {}

  /** Whether a method can be measured: false where it is named after a peer that is absent. */
  public static boolean areThereFor(String method) {
    return switch (method) {
      case "openBlas" -> OpenBlas.isPresent();
      case "pyTorch" -> PyTorch.isPresent();
      default -> true;
    };
  }

  /** Those that are absent, each with the profile that brings it. */
  public static List<String> absent() {
    return Stream.of(
            areThereFor("openBlas") ? "" : "OpenBLAS (-Ppeers)",
            areThereFor("pyTorch") ? "" : "PyTorch (-Ptorch)")
        .filter(peer -> !peer.isEmpty())
        .toList();
  }
}
