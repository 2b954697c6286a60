package dini.functional;

import dini.linalg.Policy;
import java.util.function.BiFunction;

/** A root with two parameters as one whose parameter is the tree of them. */
record PackedRoot3<X, A, B>(Root<X, Root3.Parameters<A, B>> root) implements Root3<X, A, B> {

  /** A function of the parameters as one of their tree. */
  static <X, A, B, R> BiFunction<X, Parameters<A, B>, R> packed(F3<X, A, B, R> f) {
    return (x, p) -> f.apply(x, p.a(), p.b());
  }

  private static <X, A, B, R> F3<X, A, B, R> unpacked(BiFunction<X, Parameters<A, B>, R> f) {
    return (x, a, b) -> f.apply(x, new Parameters<>(a, b));
  }

  @Override
  public F3<X, A, B, X> apply(F3<X, A, B, X> solver) {
    return unpacked(root.apply(packed(solver)));
  }

  @Override
  public <U> F3<X, A, B, WithAux<X, U>> withAux(F3<X, A, B, WithAux<X, U>> solver) {
    return unpacked(root.withAux(packed(solver)));
  }

  @Override
  public <U> F3<X, A, B, WithAux<X, U>> withAux(F3<X, A, B, WithAux<X, U>> solver, U example) {
    return unpacked(root.withAux(packed(solver), example));
  }

  @Override
  public Root3<X, A, B> batched() {
    return new PackedRoot3<>(root.batched());
  }

  @Override
  public Root3<X, A, B> onUnsolved(Policy policy) {
    return new PackedRoot3<>(root.onUnsolved(policy));
  }

  @Override
  public Root3<X, A, B> onResidual(Policy policy) {
    return new PackedRoot3<>(root.onResidual(policy));
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
