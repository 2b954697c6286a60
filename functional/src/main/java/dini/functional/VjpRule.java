package dini.functional;

import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.TreeException;
import dini.core.trace.Differentiation.Duals;
import dini.core.trace.Leaves;
import dini.core.trace.NanWatch;
import dini.core.tree.Structure;
import dini.functional.primitive.CustomPullback;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A user's rule for reverse mode. The tangents of the results are those of an operation that is
 * known by its transpose, the pullback.
 */
final class VjpRule<X, Y> implements CustomFunction.Rule {

  /**
   * What the forward pass gives.
   *
   * @param value the value
   * @param residuals what the pullback needs
   * @param backward the pullback, from the residuals and the cotangent of the value
   */
  record Forward<X, Y>(Y value, Tensor[] residuals, Backward<X, Y> backward) {}

  /** A pullback. */
  interface Backward<X, Y> {
    X apply(Tensor[] residuals, Y cotangent);
  }

  /** A forward pass. */
  interface Pass<X, Y> {
    Forward<X, Y> apply(X x);
  }

  private final Result<X, Y> function;
  private final Tree<X> argument;
  private final Pass<X, Y> forward;

  VjpRule(Result<X, Y> function, Tree<X> argument, Pass<X, Y> forward) {
    this.function = function;
    this.argument = argument;
    this.forward = forward;
  }

  @Override
  public Duals apply(Tensor[] primals, Tensor[] tangents) {
    Forward<X, Y> pass = forward.apply(argument.with(primals));
    Structure.Flat value = function.ofRule("customVjp", pass.value());
    List<TensorType> results = new ArrayList<>();
    for (Tensor leaf : value.leaves()) {
      if (leaf.dtype().isFloating()) {
        results.add(leaf.type());
      }
    }
    int count = pass.residuals().length;
    TensorType[] values =
        Arrays.stream(value.leaves()).map(Tensor::type).toArray(TensorType[]::new);
    Leaves backward =
        all -> {
          Tensor[] pulled =
              pulledBack(
                  pass.backward(),
                  Arrays.copyOf(all, count),
                  value.structure(),
                  cotangents(values, Arrays.copyOfRange(all, count, all.length)));
          NanWatch.check("customVjp (the pullback)", all, pulled);
          return pulled;
        };
    CustomPullback pullback = new CustomPullback(count, backward, results);
    Tensor[] found = pullback.bind(pass.residuals(), floating(tangents));
    Tensor[] moved = new Tensor[value.leaves().length];
    for (int i = 0, at = 0; i < moved.length; i++) {
      moved[i] = value.leaves()[i].dtype().isFloating() ? found[at++] : null;
    }
    return new Duals(value.leaves(), moved);
  }

  private static Tensor[] floating(Tensor[] leaves) {
    return Arrays.stream(leaves).filter(leaf -> leaf.dtype().isFloating()).toArray(Tensor[]::new);
  }

  /** Cotangents of all leaves of the value from those of the floating ones. */
  private static Tensor[] cotangents(TensorType[] values, Tensor[] floating) {
    Tensor[] all = new Tensor[values.length];
    for (int i = 0, at = 0; i < all.length; i++) {
      all[i] = values[i].dtype().isFloating() ? floating[at++] : Tensors.zeros(values[i]);
    }
    return all;
  }

  /** Safe: the structure is that of a Y. */
  @SuppressWarnings("unchecked")
  private Tensor[] pulledBack(
      Backward<X, Y> backward, Tensor[] residuals, Structure structure, Tensor[] cotangents) {
    X pulled = backward.apply(residuals, (Y) structure.unflatten(cotangents));
    if (pulled == null) {
      throw new TreeException("customVjp: the pullback returned null");
    }
    Structure.Flat flat = Structure.flatten(pulled);
    argument.structure().requireSame("customVjp: the pullback's result", flat.structure());
    for (int i = 0; i < flat.leaves().length; i++) {
      TensorType expected = argument.leaves()[i].type();
      if (expected.dtype().isFloating() && !flat.leaves()[i].type().equals(expected)) {
        throw new ShapeException(
            "customVjp: the pullback gave "
                + flat.leaves()[i].type()
                + " at "
                + argument.structure().path(i)
                + ", where the argument is "
                + expected);
      }
    }
    List<Tensor> wanted = new ArrayList<>();
    for (int i = 0; i < flat.leaves().length; i++) {
      if (argument.leaves()[i].dtype().isFloating()) {
        wanted.add(flat.leaves()[i]);
      }
    }
    return wanted.toArray(Tensor[]::new);
  }
}
