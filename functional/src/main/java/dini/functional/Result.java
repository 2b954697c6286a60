package dini.functional;

import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.trace.Leaves;
import dini.core.tree.Structure;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A function of trees as one of leaves, which remembers the structure of what it returned. */
final class Result<X, Y> implements Leaves {
  private final Function<? super X, ? extends Y> f;
  private final Tree<X> argument;
  private Structure structure;
  private Optional<Signature> own = Optional.empty();

  /** What the function itself returned. */
  private record Signature(Structure structure, List<TensorType> types) {}

  Result(Function<? super X, ? extends Y> f, Tree<X> argument) {
    this.f = f;
    this.argument = argument;
  }

  @Override
  public Tensor[] apply(Tensor[] leaves) {
    Structure.Flat flat = Structure.flatten(f.apply(argument.with(leaves)));
    structure = flat.structure();
    own = Optional.of(new Signature(structure, ControlFlow.types(flat.leaves())));
    return flat.leaves();
  }

  /**
   * Takes apart what a rule returned for the value, which is to be like what the function itself
   * returned, if it ran.
   */
  Structure.Flat ofRule(String operation, Y result) {
    Structure.Flat flat = Structure.flatten(result);
    own.ifPresent(signature -> requireLike(operation, signature, flat));
    structure = flat.structure();
    return flat;
  }

  private static void requireLike(String operation, Signature own, Structure.Flat flat) {
    own.structure.requireSame(operation + ": the rule's value", flat.structure());
    for (int i = 0; i < flat.leaves().length; i++) {
      TensorType given = flat.leaves()[i].type();
      TensorType expected = own.types.get(i);
      if (!given.equals(expected)) {
        throw new ShapeException(
            operation
                + ": the rule gave a value "
                + given
                + " at "
                + own.structure.path(i)
                + ", where the function gives "
                + expected);
      }
    }
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
