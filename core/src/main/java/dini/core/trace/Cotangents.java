package dini.core.trace;

import dini.core.Elementwise;
import dini.core.Tensor;
import dini.core.dense.DenseTensor;

/** Sums of cotangents, in place where the sum is a buffer that nobody else holds. */
final class Cotangents {
  private Cotangents() {}

  /** Whether adding to {@code sum} may overwrite it, if it is a sum that this class made. */
  static boolean canReuse(Tensor sum, Tensor term) {
    return sum instanceof DenseTensor && term instanceof DenseTensor;
  }

  /** {@code sum + term}, in a fresh tensor or, where owned, in the storage of {@code sum}. */
  static Tensor add(Tensor sum, boolean owned, Tensor term) {
    if (owned && canReuse(sum, term)) {
      ((DenseTensor) sum).addInPlace((DenseTensor) term);
      return sum;
    }
    return Elementwise.add(sum, term);
  }
}
