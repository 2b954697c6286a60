package dini.functional.optim;

import static dini.core.Comparisons.safeWhere;
import static dini.core.Elementwise.abs;
import static dini.core.Elementwise.pow;
import static dini.core.Elementwise.stopGradient;

import dini.core.Comparisons;
import dini.core.DType;
import dini.core.Reductions;
import dini.core.Shapes;
import dini.core.Tensor;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

/** Norms of all elements of all leaves, in FLOAT64, with derivative 0 where they are 0. */
final class GlobalNorm {
  private GlobalNorm() {}

  /** The p-norm, of at least one leaf. */
  static Tensor of(Collection<Tensor> leaves, double p) {
    if (p == 1) {
      return each(leaves, leaf -> Reductions.sum(abs(leaf))).sum();
    }
    if (p == 2) {
      return Reductions.norm(each(leaves, Reductions::norm));
    }
    Tensor largest = Reductions.max(each(leaves, GlobalNorm::largest));
    return Double.isInfinite(p) ? largest : of(leaves, p, stopGradient(largest));
  }

  private static Tensor largest(Tensor leaf) {
    Tensor sizes = abs(leaf);
    return leaf.size() == 0 ? Reductions.sum(sizes) : Reductions.max(sizes);
  }

  /** {@code m (sum (|x| / m)^p)^(1/p)}, the same for all m: with the largest nothing overflows. */
  private static Tensor of(Collection<Tensor> leaves, double p, Tensor largest) {
    Tensor unit = Comparisons.where(largest.eq(0), 1, largest);
    UnaryOperator<Tensor> powers = sizes -> pow(sizes, p);
    Tensor sum =
        each(
                leaves,
                leaf -> {
                  Tensor sizes = Shapes.astype(abs(leaf), DType.FLOAT64).div(unit);
                  return Reductions.sum(safeWhere(sizes.ne(0), sizes, powers, 0));
                })
            .sum();
    return safeWhere(sum.ne(0), sum, s -> pow(s, 1 / p), 0).mul(unit);
  }

  private static Tensor each(Collection<Tensor> leaves, UnaryOperator<Tensor> norm) {
    List<Tensor> norms =
        leaves.stream().map(leaf -> Shapes.astype(norm.apply(leaf), DType.FLOAT64)).toList();
    return Shapes.stack(0, norms);
  }
}
