package dini.functional;

import dini.core.Tensor;
import dini.core.TreeException;
import dini.core.trace.Leaves;
import dini.core.tree.Structure;
import java.util.Arrays;
import java.util.function.BiFunction;

/** One step of a scan on leaves: carry and slice, to carry and what is kept. */
final class ScanStep<C, X, Y> implements Leaves {
  private final BiFunction<? super C, ? super X, Scan<C, Y>> body;
  private final Carry<C> carry;
  private final Tree<X> slices;
  private Structure kept;

  ScanStep(BiFunction<? super C, ? super X, Scan<C, Y>> body, Carry<C> carry, Tree<X> slices) {
    this.body = body;
    this.carry = carry;
    this.slices = slices;
  }

  Carry<C> carry() {
    return carry;
  }

  Tree<X> slices() {
    return slices;
  }

  @Override
  public Tensor[] apply(Tensor[] leaves) {
    int count = carry.count();
    Scan<C, Y> step =
        body.apply(
            carry.with(Arrays.copyOf(leaves, count)),
            slices.with(Arrays.copyOfRange(leaves, count, leaves.length)));
    if (step == null || step.ys() == null) {
      throw new TreeException(
          carry.operation() + ": the body returned null" + (step == null ? "" : " to keep"));
    }
    Tensor[] next = carry.next(step.carry());
    Structure.Flat given = Structure.flatten(step.ys());
    if (kept != null) {
      kept.requireSame(carry.operation() + ": what two steps give", given.structure());
    }
    kept = given.structure();
    Tensor[] all = Arrays.copyOf(next, count + given.leaves().length);
    System.arraycopy(given.leaves(), 0, all, count, given.leaves().length);
    return all;
  }

  /** The leaves of the last carry and of what was kept as trees; only after a step was taken. */
  @SuppressWarnings("unchecked")
  Scan<C, Y> result(Tensor[] leaves) {
    int count = carry.count();
    return new Scan<>(
        carry.with(Arrays.copyOf(leaves, count)),
        (Y) kept.unflatten(Arrays.copyOfRange(leaves, count, leaves.length)));
  }
}
