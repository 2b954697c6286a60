package dini.functional;

import dini.core.Tensor;
import dini.core.TreeException;
import dini.core.trace.DerivativeTrace;
import dini.core.trace.TraceStack;
import java.util.function.Function;

/**
 * A function with other outputs as one without: the other outputs are set aside, without the
 * derivatives of the transformation that runs it.
 */
final class Auxiliary<X, Y, U> implements Function<X, Y> {
  private final Function<X, WithAux<Y, U>> f;
  private U aux;

  Auxiliary(Function<X, WithAux<Y, U>> f) {
    this.f = f;
  }

  static <X, U> WithAux<ValueAndGrad<X>, U> valueAndGrad(
      String operation, Function<X, WithAux<Tensor, U>> f, X x) {
    Auxiliary<X, Tensor, U> auxiliary = new Auxiliary<>(f);
    ValueAndGrad<X> result = Transforms.valueAndGrad(operation, auxiliary, x);
    return new WithAux<>(result, auxiliary.aux());
  }

  @Override
  public Y apply(X x) {
    DerivativeTrace trace = (DerivativeTrace) TraceStack.current().innermost();
    WithAux<Y, U> both = f.apply(x);
    if (both == null) {
      throw new TreeException("the function with other outputs returned null");
    }
    Tree<U> tree = Tree.of(both.aux());
    Tensor[] primals = tree.leaves().clone();
    for (int i = 0; i < primals.length; i++) {
      primals[i] = trace.returned(primals[i]);
    }
    aux = tree.with(primals);
    return both.value();
  }

  U aux() {
    return aux;
  }
}
