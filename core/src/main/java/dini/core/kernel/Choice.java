package dini.core.kernel;

/** The one place where the implementation of {@link Kernels} is chosen, once, at start-up. */
final class Choice {

  /** What all arithmetic goes through. */
  static final Kernels KERNELS = choose();

  private Choice() {}

  private static Kernels choose() {
    return new ScalarKernels();
  }
}
