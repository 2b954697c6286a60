package dini.functional.golden;

import static dini.core.Tensors.tensor;

import dini.core.Tensor;
import java.util.List;
import java.util.Map;

/** What the library says of elementwise operations at edges where the golden file does not. */
final class ElementwiseEdges {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;
  private static final double LOG_2 = Math.log(2);
  private static final double LOG_3 = Math.log(3);

  /** digamma, trigamma and its derivative at -0.5 and -1.5. */
  private static final double[][] NEAR = {
    {0.036489973978576521, 8.9348022005446793, -0.82879664423432},
    {0.70315664064524319, 9.3792466449891238, -0.2362040516417274}
  };

  /** By record and field. */
  static final Map<String, Map<String, List<Tensor>>> OURS =
      Map.ofEntries(
          // the limit from inside
          Map.entry("atanh#0", Map.of("second", one(-INF, INF))),
          // infinite at zero by its sign, at the other poles NaN
          Map.entry(
              "lgamma#0",
              Map.of(
                  "jvp", one(-INF, NEAR[0][0], NEAR[1][0], NAN),
                  "vjp", one(-INF, NEAR[0][0], NEAR[1][0], NAN))),
          Map.entry(
              "digamma#0",
              Map.of(
                  "output", one(-INF, NEAR[0][0], NEAR[1][0], NAN),
                  "second", one(-INF, NEAR[0][2], NEAR[1][2], NAN))),
          // mpmath
          Map.entry(
              "digamma#1",
              Map.of(
                  "jvp", one(NEAR[0][1], 10.785152066579579, 10.864181760517212),
                  "vjp", one(NEAR[0][1], 10.785152066579579, 10.864181760517212),
                  "second", one(NEAR[0][2], 22.260337608348369, -22.278541957846911))),
          // the limits at the infinities
          Map.entry("silu#0", saturated()),
          Map.entry("gelu#0", saturated()),
          // the subgradient of smallest norm
          Map.entry(
              "hypot#0",
              Map.of(
                  "jvp", one(0, 1, Math.sqrt(2)),
                  "vjp", List.of(tensor(0, 1, Math.sqrt(0.5)), tensor(0, 0, Math.sqrt(0.5))))),
          Map.entry("hypot#1", Map.of("jvp", one(1.4), "vjp", List.of(tensor(0.6), tensor(0.8)))),
          // a remainder of zero takes the divisor's sign
          Map.entry("mod#0", Map.of("output", one(0, 0, 0))),
          Map.entry(
              "logAddExp#0",
              Map.of(
                  "jvp", one(1, 1, 1, 1),
                  "vjp", List.of(tensor(0.5, 0.5, 0, 1), tensor(0.5, 0.5, 1, 0)),
                  "second", one(0, 0, 0, 0))),
          // at zero the logarithm does not matter, but its derivative does
          Map.entry(
              "xlogy#0",
              Map.of(
                  "jvp", one(-INF, LOG_2, NAN),
                  "vjp", List.of(tensor(-INF, LOG_2, -INF), tensor(0, 0, INF)),
                  "second", one(INF, 1, NAN))),
          Map.entry(
              "xlog1py#0",
              Map.of(
                  "jvp", one(-INF, LOG_3, NAN),
                  "vjp", List.of(tensor(-INF, LOG_3, -INF), tensor(0, 0, INF)),
                  "second", one(INF, 2.0 / 3, NAN))));

  private ElementwiseEdges() {}

  private static List<Tensor> one(double... elements) {
    return List.of(tensor(elements));
  }

  private static Map<String, List<Tensor>> saturated() {
    return Map.of(
        "output", one(INF, -0.0, 800, -0.0),
        "jvp", one(1, 0, 1, 0),
        "vjp", one(1, 0, 1, 0),
        "second", one(0, 0, 0, 0));
  }
}
