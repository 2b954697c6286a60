package dini.core.kernel;

import java.util.Optional;

/**
 * The one place where the implementation of {@link Kernels} is chosen, once, at start-up.
 *
 * <p>The system property {@code dini.kernels} forces {@code scalar} or {@code vector}.
 */
final class Choice {

  static final Kernels SCALAR = new ScalarKernels();

  /** Empty without the incubator module, and where vectors are narrower than 256 bits. */
  static final Optional<Kernels> VECTOR = vector();

  /** What all arithmetic goes through. */
  static final Kernels KERNELS = new SplitKernels(choose(System.getProperty("dini.kernels", "")));

  /** For people; empty where vector kernels were chosen. */
  static final Optional<String> WHY_SCALAR = whyScalar(System.getProperty("dini.kernels", ""));

  private Choice() {}

  private static Optional<String> whyScalar(String forced) {
    if (forced.equals("scalar")) {
      return Optional.of("dini.kernels=scalar");
    }
    if (VECTOR.isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        modulePresent()
            ? "this machine has no vectors of 256 bits or more"
            : "no module jdk.incubator.vector; add --add-modules jdk.incubator.vector");
  }

  private static boolean modulePresent() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  private static Optional<Kernels> vector() {
    // tested before any class that mentions a vector is loaded
    return modulePresent() ? VectorKernels.create() : Optional.empty();
  }

  private static Kernels choose(String forced) {
    return switch (forced) {
      case "scalar" -> SCALAR;
      case "vector" ->
          VECTOR.orElseThrow(
              () ->
                  new IllegalStateException(
                      "dini.kernels=vector, but there are no vector kernels: add the option"
                          + " --add-modules jdk.incubator.vector, on a machine with vectors of 256"
                          + " bits or more"));
      case "" -> {
        if (!modulePresent()) {
          System.getLogger("dini")
              .log(
                  System.Logger.Level.INFO,
                  "Using scalar kernels; with --add-modules jdk.incubator.vector Dini is faster");
        }
        yield VECTOR.orElse(SCALAR);
      }
      default ->
          throw new IllegalStateException(
              "dini.kernels=" + forced + ": expected scalar, vector, or nothing");
    };
  }
}
