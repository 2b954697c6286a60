package dini.functional;

import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.TreeException;
import dini.core.trace.Differentiation.Duals;
import dini.core.tree.Structure;
import java.util.function.BiFunction;

/** A user's rule for forward mode, checked. */
final class JvpRule<X, Y> implements CustomFunction.Rule {
  private final Result<X, Y> function;
  private final Tree<X> argument;
  private final BiFunction<? super X, ? super X, Jvp<Y>> rule;

  JvpRule(Result<X, Y> function, Tree<X> argument, BiFunction<? super X, ? super X, Jvp<Y>> rule) {
    this.function = function;
    this.argument = argument;
    this.rule = rule;
  }

  @Override
  public Duals apply(Tensor[] primals, Tensor[] tangents) {
    Jvp<Y> jvp = rule.apply(argument.with(primals), argument.with(tangents));
    if (jvp == null || jvp.value() == null || jvp.tangent() == null) {
      throw new TreeException("customJvp: the rule returned null");
    }
    Structure.Flat value = function.ofRule("customJvp", jvp.value());
    Structure.Flat tangent = Structure.flatten(jvp.tangent());
    value.structure().requireSame("customJvp: the rule's tangent", tangent.structure());
    Tensor[] moved = tangent.leaves().clone();
    for (int i = 0; i < moved.length; i++) {
      Tensor leaf = value.leaves()[i];
      if (!leaf.dtype().isFloating()) {
        moved[i] = null;
      } else if (!moved[i].type().equals(leaf.type())) {
        throw new ShapeException(
            "customJvp: the rule gave a tangent "
                + moved[i].type()
                + " of a value "
                + leaf.type()
                + " at "
                + value.structure().path(i));
      }
    }
    return new Duals(value.leaves(), moved);
  }
}
