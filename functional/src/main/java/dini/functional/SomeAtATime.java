package dini.functional;

import dini.core.Index;
import dini.core.Shape;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.tree.Structure;
import java.util.Arrays;
import java.util.function.Function;

/**
 * A function of slices, some of which are computed together.
 *
 * @param f the function of a slice
 * @param size how many together
 */
record SomeAtATime<X, Y>(Function<? super X, ? extends Y> f, int size) {

  /** Batch after batch, then the slices that are left. */
  Y of(Tree<X> slices, int length) {
    int batches = length / size;
    int whole = batches * size;
    Tensor[] leaves = slices.leaves();
    Tensor[] batched = new Tensor[leaves.length];
    Tensor[] rest = new Tensor[leaves.length];
    for (int i = 0; i < leaves.length; i++) {
      Shape lane = leaves[i].shape().remove(0);
      batched[i] =
          Shapes.reshape(
              Shapes.slice(leaves[i], Index.to(whole)), lane.insert(0, size).insert(0, batches));
      rest[i] = Shapes.slice(leaves[i], Index.from(whole));
    }
    Y together = ControlFlow.map((X x) -> Transforms.vmap(f, x), slices.with(batched));
    Structure.Flat flat = Structure.flatten(together);
    Tensor[] results = flat.leaves();
    for (int i = 0; i < results.length; i++) {
      Shape lane = results[i].shape().remove(0).remove(0);
      results[i] = Shapes.reshape(results[i], lane.insert(0, whole));
    }
    if (whole < length) {
      Tensor[] others = Structure.flatten(Transforms.vmap(f, slices.with(rest))).leaves();
      Arrays.setAll(results, i -> Shapes.concatenate(0, results[i], others[i]));
    }
    return rebuilt(flat.structure(), results);
  }

  /** Safe: the structure is that of a Y, and is rebuilt in the same classes. */
  @SuppressWarnings("unchecked")
  private static <Y> Y rebuilt(Structure structure, Tensor[] leaves) {
    return (Y) structure.unflatten(leaves);
  }
}
