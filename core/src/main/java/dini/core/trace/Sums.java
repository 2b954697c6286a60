package dini.core.trace;

import dini.core.Elementwise;
import dini.core.Tensor;
import dini.core.dense.DenseTensor;

/**
 * Numbered sums of cotangents, null where zero. A sum is added to in place once it is a buffer that
 * nobody else holds.
 */
final class Sums {
  private final Tensor[] values;

  /** Which values are such buffers; null while none is, as most sums have one term. */
  private boolean[] owned;

  Sums(int count) {
    values = new Tensor[count];
  }

  /** The sums, not a copy: once they are handed on, nothing may be added. */
  Tensor[] values() {
    return values;
  }

  /** Moves a sum out. */
  Tensor take(int i) {
    Tensor value = values[i];
    values[i] = null;
    return value;
  }

  void add(int i, Tensor term) {
    Tensor sum = values[i];
    if (sum == null) {
      values[i] = term;
    } else if (!(sum instanceof DenseTensor dense && term instanceof DenseTensor denseTerm)) {
      values[i] = Elementwise.add(sum, term);
    } else if (owned != null && owned[i]) {
      dense.addInPlace(denseTerm);
    } else {
      values[i] = Elementwise.add(sum, term);
      owned = owned == null ? new boolean[values.length] : owned;
      owned[i] = true;
    }
  }
}
