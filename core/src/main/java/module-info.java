/**
 * Tensors, the operations on them with their rules of differentiation and batching, the traces that
 * apply those rules, trees, linear maps, and the SIMD kernels below.
 *
 * <p>Only {@code dini.core} is for everyone; the other packages are the ground that the sister
 * modules build on and may change with any release.
 */
@SuppressWarnings("module") // the modules of the qualified exports are compiled after this one
module dini.core {
  requires jdk.incubator.vector;

  exports dini.core;
  exports dini.core.compile to
      dini.linalg,
      dini.functional;
  exports dini.core.dense to
      dini.linalg,
      dini.functional;
  exports dini.core.kernel to
      dini.linalg,
      dini.functional;
  exports dini.core.primitive to
      dini.linalg,
      dini.functional;
  exports dini.core.trace to
      dini.linalg,
      dini.functional;
  exports dini.core.tree to
      dini.linalg,
      dini.functional;
}
