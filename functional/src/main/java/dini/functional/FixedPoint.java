package dini.functional;

import dini.core.Elementwise;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.tree.Structure;
import java.util.function.BiFunction;

/** The condition {@code x - T(x, θ)} of a fixed point; integer leaves are not compared. */
record FixedPoint<X, A>(BiFunction<X, A, X> map) implements BiFunction<X, A, X> {

  @Override
  public X apply(X x, A theta) {
    Tree<X> point = Tree.of(x);
    Structure.Flat image = Structure.flatten(map.apply(x, theta));
    point.structure().requireSame("customFixedPoint: the map's result", image.structure());
    Tensor[] difference = point.leaves().clone();
    for (int i = 0; i < difference.length; i++) {
      Tensor own = difference[i];
      if (!image.leaves()[i].type().equals(own.type())) {
        throw new ShapeException(
            "customFixedPoint: the map must return a tree like x, got "
                + image.leaves()[i].type()
                + " where x has "
                + own.type());
      }
      if (own.dtype().isFloating()) {
        difference[i] = Elementwise.sub(own, image.leaves()[i]);
      }
    }
    return point.with(difference);
  }
}
