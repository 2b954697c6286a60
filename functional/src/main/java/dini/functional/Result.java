package dini.functional;

import dini.core.Tensor;
import dini.core.trace.Leaves;
import dini.core.tree.Structure;
import java.util.function.Function;

/** A function of trees as one of leaves, which remembers the structure of what it returned. */
final class Result<X, Y> implements Leaves {
  private final Function<? super X, ? extends Y> f;
  private final Tree<X> argument;
  private Structure structure;

  Result(Function<? super X, ? extends Y> f, Tree<X> argument) {
    this.f = f;
    this.argument = argument;
  }

  @Override
  public Tensor[] apply(Tensor[] leaves) {
    return returned(f.apply(argument.with(leaves))).leaves();
  }

  /** Takes apart what the function, or what stands in for it, returned. */
  Structure.Flat returned(Y result) {
    Structure.Flat flat = Structure.flatten(result);
    structure = flat.structure();
    return flat;
  }

  /** The structure of the returned tree; only after {@link #apply}. */
  Structure structure() {
    return structure;
  }

  /** The returned tree with the given leaves; only after {@link #apply}. */
  Tree<Y> tree(Tensor[] leaves) {
    return new Tree<>(leaves, structure);
  }
}
