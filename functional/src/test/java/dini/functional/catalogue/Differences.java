package dini.functional.catalogue;

import dini.core.Elementwise;
import dini.core.Tensor;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Central differences of fourth order: {@code D(h) = (8 (f(h) - f(-h)) - f(2h) + f(-2h)) / 12h},
 * with error {@code h^4 f''''' / 30} from truncation and {@code 3/2 eps f / h} from rounding. Near
 * a singularity of a derivative the former is large: {@code D(h/2)} has a sixteenth of it, so the
 * two differ by 15/16 of the error, and twice that is allowed.
 */
final class Differences {
  private Differences() {}

  /** eps^(1/5) makes both errors of one size, eps^(4/5) = 3e-13. */
  private static final double STEP = 0x1p-10;

  /** Fifth derivatives in the domains are at most 1e5 times the value: 1e5 / 30 times 2^-40. */
  private static final double BOUND = 3e-9;

  static void check(
      Object context,
      String law,
      Function<Tensor[], Tensor[]> f,
      Tensor[] x,
      Tensor[] v,
      Tensor[] derivative) {
    Plain[] near = Plain.of(f.apply(moved(x, STEP / 2, v)));
    Plain[] nearBack = Plain.of(f.apply(moved(x, -STEP / 2, v)));
    Plain[] forward = Plain.of(f.apply(moved(x, STEP, v)));
    Plain[] back = Plain.of(f.apply(moved(x, -STEP, v)));
    Plain[] far = Plain.of(f.apply(moved(x, 2 * STEP, v)));
    Plain[] farBack = Plain.of(f.apply(moved(x, -2 * STEP, v)));
    for (int i = 0; i < derivative.length; i++) {
      double[] actual = derivative[i].toArray();
      double largest =
          Math.max(
              Arrays.stream(forward[i].data)
                  .filter(Double::isFinite)
                  .map(Math::abs)
                  .max()
                  .orElse(0),
              Arrays.stream(actual).filter(Double::isFinite).map(Math::abs).max().orElse(0));
      for (int k = 0; k < actual.length; k++) {
        if (Double.isNaN(forward[i].data[k])) {
          // an element that is NaN whatever x is has derivative 0
          Close.number(context, law + ": element " + k, 0, actual[k], 0);
          continue;
        }
        double one = forward[i].data[k] - back[i].data[k];
        double expected = (8 * one - (far[i].data[k] - farBack[i].data[k])) / (12 * STEP);
        double finer = (8 * (near[i].data[k] - nearBack[i].data[k]) - one) / (6 * STEP);
        double allowed = BOUND * (1 + largest) + 2 * Math.abs(expected - finer);
        String place = law + " against differences: element " + k;
        Close.number(context, place, expected, actual[k], allowed);
      }
    }
  }

  private static Tensor[] moved(Tensor[] x, double step, Tensor[] v) {
    Tensor[] moved = new Tensor[x.length];
    Arrays.setAll(moved, i -> Elementwise.add(x[i], v[i].mul(step)));
    return moved;
  }
}
