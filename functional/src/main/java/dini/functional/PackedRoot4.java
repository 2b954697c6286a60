package dini.functional;

import dini.linalg.Policy;
import java.util.function.BiFunction;

/** A root with three parameters as one whose parameter is the tree of them. */
record PackedRoot4<X, A, B, C>(Root<X, Root4.Parameters<A, B, C>> root)
    implements Root4<X, A, B, C> {

  /** A function of the parameters as one of their tree. */
  static <X, A, B, C, R> BiFunction<X, Parameters<A, B, C>, R> packed(F4<X, A, B, C, R> f) {
    return (x, p) -> f.apply(x, p.a(), p.b(), p.c());
  }

  private static <X, A, B, C, R> F4<X, A, B, C, R> unpacked(
      BiFunction<X, Parameters<A, B, C>, R> f) {
    return (x, a, b, c) -> f.apply(x, new Parameters<>(a, b, c));
  }

  @Override
  public F4<X, A, B, C, X> apply(F4<X, A, B, C, X> solver) {
    return unpacked(root.apply(packed(solver)));
  }

  @Override
  public <U> F4<X, A, B, C, WithAux<X, U>> withAux(F4<X, A, B, C, WithAux<X, U>> solver) {
    return unpacked(root.withAux(packed(solver)));
  }

  @Override
  public <U> F4<X, A, B, C, WithAux<X, U>> withAux(
      F4<X, A, B, C, WithAux<X, U>> solver, U example) {
    return unpacked(root.withAux(packed(solver), example));
  }

  @Override
  public Root4<X, A, B, C> batched() {
    return new PackedRoot4<>(root.batched());
  }

  @Override
  public Root4<X, A, B, C> onUnsolved(Policy policy) {
    return new PackedRoot4<>(root.onUnsolved(policy));
  }

  @Override
  public Root4<X, A, B, C> onResidual(Policy policy) {
    return new PackedRoot4<>(root.onResidual(policy));
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
