package dini.core.kernel;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * The one place where the implementation of {@link Kernels} is chosen, once, at start-up: the
 * Vector API where its module is present, else portable Java. The property {@code dini.kernels},
 * {@code scalar} or {@code vector}, forces it.
 */
final class Choice {

  /** What all arithmetic goes through. */
  static final Kernels KERNELS = choose(System.getProperty("dini.kernels"));

  private Choice() {}

  private static Kernels choose(String wanted) {
    if ("scalar".equals(wanted)) {
      return new ScalarKernels();
    }
    // before any class that mentions a vector is loaded: without the module they do not link
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
      return new VectorKernels();
    }
    if ("vector".equals(wanted)) {
      throw new IllegalStateException(
          "dini.kernels=vector: the module jdk.incubator.vector is absent;"
              + " start Java with --add-modules jdk.incubator.vector");
    }
    Logger logger = System.getLogger("dini");
    logger.log(
        Level.INFO,
        "no module jdk.incubator.vector, so arithmetic is portable Java;"
            + " --add-modules jdk.incubator.vector would make it faster");
    return new ScalarKernels();
  }
}
