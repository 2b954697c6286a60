package dini.core.kernel;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SpecialFunctionsTest {
  private final SplittableRandom random = new SplittableRandom(7);

  private double between(double low, double high) {
    return random.nextDouble(low, high);
  }

  private static double gammaPoly(int n, double x) {
    double[] out = new double[1];
    PolygammaKernel.apply(n, new double[] {x}, out);
    return out[0];
  }

  void worst(
      String name, DoubleUnaryOperator f, UnaryOperator<BigDecimal> oracle, double lo, double hi) {
    double w = 0, at = 0, wa = 0;
    int n = name.startsWith("poly") || name.startsWith("lg") || name.startsWith("dig") ? 400 : 2000;
    if (name.startsWith("erf") || name.startsWith("gelu")) n = 300;
    for (int i = 0; i < n; i++) {
      double x = between(lo, hi);
      double y = f.applyAsDouble(x);
      double u = Oracle.ulps(y, x, oracle);
      if (u > w) {
        w = u;
        at = x;
      }
      wa = Math.max(wa, u * Math.ulp(y));
    }
    System.out.printf("%s [%s,%s] %.2f ulp at %s, abs %.3g%n", name, lo, hi, w, at, wa);
  }

  @Test
  void all() {
    for (double[] r : new double[][] {{0, .5}, {.5, 1}, {1, 3}, {3, 6}})
      worst("erf", ErrorFunction::erf, SpecialOracle::erf, r[0], r[1]);
    for (double[] r :
        new double[][] {{-6, -.5}, {-.5, .5}, {.5, 1}, {1, 3}, {3, 6}, {6, 15}, {15, 26}})
      worst("erfc", ErrorFunction::erfc, SpecialOracle::erfc, r[0], r[1]);
    for (double[] r : new double[][] {{-37, -8}, {-8, -.75}, {-.75, .75}, {.75, 8}})
      worst("gelu", ErrorFunction::gelu, SpecialOracle::gelu, r[0], r[1]);
    for (double[] r :
        new double[][] {
          {0.001, .3},
          {.3, .7},
          {.7, 1.3},
          {1.3, 1.7},
          {1.7, 2.3},
          {2.3, 3.3},
          {3.3, 8},
          {8, 20},
          {20, 1000},
          {-.3, 0},
          {-1, -.3},
          {-2, -1},
          {-20, -2}
        }) worst("lgamma", Gamma::lgamma, SpecialOracle::lgamma, r[0], r[1]);
    for (double[] r :
        new double[][] {
          {0.001, .3},
          {.3, 1},
          {1, 1.46},
          {1.4616, 1.4617},
          {1.46, 2},
          {2, 3},
          {3, 8},
          {8, 20},
          {20, 1000},
          {-.3, 0},
          {-1, -.3},
          {-2, -1},
          {-20, -2}
        }) worst("digamma", Gamma::digamma, SpecialOracle::digamma, r[0], r[1]);
    for (int k : new int[] {1, 2, 3, 4, 10, 30})
      for (double[] r :
          new double[][] {
            {0.001, .3}, {.3, 1}, {1, 3}, {3, 10}, {10, 20}, {20, 1000}, {-1, 0}, {-20, -1}
          })
        worst(
            "polygamma" + k, x -> gammaPoly(k, x), x -> SpecialOracle.polygamma(k, x), r[0], r[1]);
    for (double[] r : new double[][] {{0.001, .1}, {.1, 2}, {2, 100}})
      worst("asinh", Hyperbolic::asinh, SpecialOracle::asinh, r[0], r[1]);
    for (double[] r : new double[][] {{1, 1.01}, {1.1, 2}, {2, 100}})
      worst("acosh", Hyperbolic::acosh, SpecialOracle::acosh, r[0], r[1]);
    for (double[] r : new double[][] {{0.001, .1}, {.1, .5}, {.5, 1}})
      worst("atanh", Hyperbolic::atanh, SpecialOracle::atanh, r[0], r[1]);
    for (double[] r : new double[][] {{-1, 1}, {-1022, 1024}, {-1070, -1022}})
      worst("exp2", Exponential::exp2, SpecialOracle::exp2, r[0], r[1]);
    for (double[] r : new double[][] {{.5, .99}, {.99, 1.01}, {1, 2}, {2, 1e5}, {0, 1e-300}})
      worst("log2", Logarithm::log2, SpecialOracle::log2, r[0], r[1]);
    double w = 0;
    for (int i = 0; i < 2000; i++) {
      double x = between(-1, 1) * Math.scalb(1.0, random.nextInt(-6, 6)), y = between(-1, 1);
      double s = Math.scalb(1.0, random.nextInt(-1000, 1000));
      BigDecimal e = SpecialOracle.hypot(new BigDecimal(x * s), new BigDecimal(y * s));
      w =
          Math.max(
              w,
              new BigDecimal(Hypotenuse.of(x * s, y * s))
                  .subtract(e)
                  .abs()
                  .divide(new BigDecimal(Math.ulp(e.doubleValue())), Oracle.DIGITS)
                  .doubleValue());
    }
    System.out.println("hypot " + w);
    for (double[] r : new double[][] {{1e-9, 1e-3}, {.01, .85}, {.85, .9999}, {.999, 1 - 1e-10}}) {
      double wi = 0, at = 0;
      for (int i = 0; i < 300; i++) {
        double x = between(r[0], r[1]);
        double y = ErrorFunction.inverse(x);
        BigDecimal residual = SpecialOracle.erf(new BigDecimal(y)).subtract(new BigDecimal(x));
        double err =
            Math.abs(residual.doubleValue())
                / (1.1283791670955126 * StrictMath.exp(-y * y))
                / Math.ulp(y);
        if (err > wi) {
          wi = err;
          at = x;
        }
      }
      System.out.println("erfInv " + r[0] + " " + wi + " at " + at);
    }
  }
}
