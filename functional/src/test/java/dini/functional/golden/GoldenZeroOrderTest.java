package dini.functional.golden;

import static dini.core.Elementwise.softplus;
import static dini.core.Elementwise.sqrt;
import static dini.core.Products.dot;
import static dini.core.Products.matmul;
import static dini.core.Reductions.min;
import static dini.core.Reductions.sum;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.valueAndGrad;
import static dini.functional.Transforms.vmap;
import static dini.functional.ZeroOrder.zeroOrder;
import static dini.functional.random.Keys.foldIn;
import static dini.functional.random.Keys.key;
import static dini.functional.random.Keys.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dini.core.DType;
import dini.core.Tensor;
import dini.functional.ValueAndGrad;
import dini.functional.ZeroOrder.Method;
import dini.functional.golden.Comparison.Tolerance;
import dini.functional.random.Distribution;
import dini.functional.random.Key;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Estimated gradients: for given directions, in expectation, and their spread. */
class GoldenZeroOrderTest {
  private static final JsonObject FILE = Golden.read("zero_order");

  /** Rounding of values of about 10, which the naive method divides by sigma, 0.01. */
  private static final Tolerance ROUNDING = new Tolerance(1e-12, 1e-12, false, false);

  private static final int SAMPLES = 50_000;

  /**
   * A normal number is further out with probability 1e-6. About 250 numbers are compared, so that a
   * right library fails with probability 3e-4, which was taken when the key was written down.
   */
  private static final double SIGMAS = 4.9;

  /**
   * How well the spread of so many samples is known: the fourth moment of the worst estimate here
   * is below 400 times the square of its second, sqrt(400 / 4 / SAMPLES) times the sigmas.
   */
  private static final double SPREAD = 0.22;

  // ---- the functions of the file ----

  private static Tensor quadratic(Tensor x) {
    return dot(x, matmul(at("A"), x)).mul(0.5).add(dot(at("a"), x)).add(number("c0"));
  }

  private static Tensor cubic(Tensor x) {
    return sum(at("d").mul(x.pow(3))).add(quadratic(x));
  }

  /** The two leaves of the tree's objective. */
  public record Params(Tensor w, Tensor b) {}

  private static Tensor layer(Params p) {
    JsonObject problem = tree().getAsJsonObject("problem");
    Tensor x = Golden.tensor(problem.get("X"));
    Tensor c = Golden.tensor(problem.get("c"));
    return sum(c.mul(softplus(matmul(x, p.w()).add(p.b())))).add(sum(p.w().pow(2)).mul(0.1));
  }

  private static Function<Tensor, Tensor> function(JsonObject golden) {
    return switch (golden.get("function").getAsString()) {
      case "quadratic" -> GoldenZeroOrderTest::quadratic;
      case "cubic" -> GoldenZeroOrderTest::cubic;
      default -> throw new IllegalArgumentException(golden.get("function").toString());
    };
  }

  private static JsonObject tree() {
    return FILE.getAsJsonObject("tree");
  }

  private static Tensor at(String name) {
    return Golden.tensor(FILE.get(name));
  }

  private static double number(String name) {
    return FILE.get(name).getAsDouble();
  }

  private static Method method(JsonObject golden) {
    return Method.valueOf(golden.get("method").getAsString().toUpperCase(Locale.ROOT));
  }

  private static double sigma(JsonObject golden) {
    return golden.get("sigma").getAsDouble();
  }

  private static Stream<JsonObject> cases(JsonObject of) {
    return of.getAsJsonArray("cases").asList().stream().map(JsonElement::getAsJsonObject);
  }

  private static String name(JsonObject golden) {
    String function = golden.has("function") ? golden.get("function").getAsString() : "tree";
    return function + " " + golden.get("method").getAsString() + " sigma " + sigma(golden);
  }

  // ---- given directions ----

  /**
   * The rows of a given tensor, one for each sample: row i is for the key that sample i uses for a
   * leaf, which is found by comparison, so that it works for all samples at once.
   */
  private static Distribution given(Key key, int leaf, Tensor rows) {
    int n = rows.shape().extent(0);
    Tensor keys = vmap(k -> foldIn(k, leaf), split(key, n)).words();
    return (own, shape) -> {
      Tensor same = min(keys.eq(own.words()).astype(DType.FLOAT64), 1);
      return matmul(same.reshape(1, n), rows.reshape(n, shape.size())).reshape(shape.toArray());
    };
  }

  @TestFactory
  Stream<DynamicTest> estimatesForGivenDirections() {
    return cases(FILE).map(each -> dynamicTest(name(each), () -> checkGiven(each)));
  }

  private static void checkGiven(JsonObject golden) {
    Key key = key(1);
    Tensor z = at("z");
    Distribution directions = given(key, 0, z);
    int n = z.shape().extent(0);
    Function<Tensor, Tensor> f = function(golden);
    ValueAndGrad<Tensor> both =
        valueAndGrad(
            x -> zeroOrder(f, method(golden), n, sigma(golden), directions, key, x), at("x"));
    Comparison comparison = new Comparison();
    Tensor expected = Golden.tensor(golden.get("estimate_given_z"));
    comparison.tensor("estimate", expected, both.grad(), ROUNDING);
    comparison.tensor("value", f.apply(at("x")), both.value(), Comparison.EXACT);
    comparison.report(name(golden));
  }

  @TestFactory
  Stream<DynamicTest> estimatesForGivenDirectionsOfATree() {
    return cases(tree()).map(each -> dynamicTest(name(each), () -> checkTree(each)));
  }

  private static void checkTree(JsonObject golden) {
    Key key = key(2);
    JsonObject problem = tree().getAsJsonObject("problem");
    Tensor ofW = Golden.tensor(tree().get("z_w"));
    Tensor ofB = Golden.tensor(tree().get("z_b"));
    Params at = new Params(Golden.tensor(problem.get("w0")), Golden.tensor(problem.get("b0")));
    Distribution w = given(key, 0, ofW);
    Distribution b = given(key, 1, ofB);
    Distribution directions =
        (k, shape) -> shape.equals(at.w().shape()) ? w.sample(k, shape) : b.sample(k, shape);
    int n = ofW.shape().extent(0);
    Params estimate =
        grad(
            p ->
                zeroOrder(
                    GoldenZeroOrderTest::layer,
                    method(golden),
                    n,
                    sigma(golden),
                    directions,
                    key,
                    p),
            at);
    JsonObject expected = golden.getAsJsonObject("estimate_given_z");
    Comparison comparison = new Comparison();
    comparison.tensor("w", Golden.tensor(expected.get("w")), estimate.w(), ROUNDING);
    comparison.tensor("b", Golden.tensor(expected.get("b")), estimate.b(), ROUNDING);
    comparison.report(name(golden));
  }

  // ---- expectations ----

  /** Single estimates, one a row. */
  private static Tensor singles(JsonObject golden, Distribution distribution, long seed) {
    Function<Tensor, Tensor> f = function(golden);
    Tensor x = at("x");
    return vmap(
        k -> grad(y -> zeroOrder(f, method(golden), 1, sigma(golden), distribution, k, y), x),
        split(key(seed), SAMPLES));
  }

  private static Tensor deviation(Tensor rows) {
    Tensor centred = rows.sub(rows.mean(0));
    return sqrt(centred.pow(2).mean(0));
  }

  private static void assertMean(String what, Tensor expected, Tensor mean, Tensor deviation) {
    for (int i = 0; i < expected.size(); i++) {
      assertThat(Math.abs(mean.item(i) - expected.item(i)))
          .as("%s: element %d of %s, expected %s", what, i, mean, expected)
          .isLessThanOrEqualTo(SIGMAS * deviation.item(i) / Math.sqrt(SAMPLES) + 1e-12);
    }
  }

  @TestFactory
  Stream<DynamicTest> normalEstimatesAreUnbiasedAndHaveTheRightSpread() {
    return cases(FILE).map(each -> dynamicTest(name(each), () -> checkNormal(each)));
  }

  private static void checkNormal(JsonObject golden) {
    Tensor rows = singles(golden, Distribution.NORMAL, 3);
    Tensor deviation = Golden.tensor(golden.get("single_sample_std_normal"));
    Tensor expected = Golden.tensor(golden.get("expectation_normal"));
    assertMean(name(golden), expected, rows.mean(0), deviation);
    Tensor ratio = deviation(rows).div(deviation);
    assertThat(Arrays.stream(ratio.toArray())).allMatch(r -> Math.abs(r - 1) <= SPREAD);
  }

  /** The samples of one call are as many independent ones. */
  @TestFactory
  Stream<DynamicTest> meansOfOneCallAreUnbiased() {
    return cases(FILE)
        .map(
            golden ->
                dynamicTest(
                    name(golden),
                    () -> {
                      Tensor mean =
                          grad(
                              x ->
                                  zeroOrder(
                                      function(golden),
                                      method(golden),
                                      SAMPLES,
                                      sigma(golden),
                                      Distribution.NORMAL,
                                      key(4),
                                      x),
                              at("x"));
                      Tensor deviation = Golden.tensor(golden.get("single_sample_std_normal"));
                      Tensor expected = Golden.tensor(golden.get("expectation_normal"));
                      assertMean(name(golden), expected, mean, deviation);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> rademacherEstimatesAreUnbiased() {
    return cases(FILE).map(each -> dynamicTest(name(each), () -> checkRademacher(each)));
  }

  private static void checkRademacher(JsonObject golden) {
    Tensor rows = singles(golden, Distribution.RADEMACHER, 5);
    Tensor expected = Golden.tensor(golden.get("expectation_rademacher"));
    assertMean(name(golden), expected, rows.mean(0), deviation(rows));
  }

  /** The confidence intervals above can tell the right scale from others. */
  @TestFactory
  Stream<DynamicTest> intervalsExcludeAWrongScale() {
    return cases(FILE)
        .filter(golden -> method(golden) != Method.NAIVE && sigma(golden) < 1)
        .map(
            golden ->
                dynamicTest(
                    name(golden),
                    () -> {
                      Tensor expected = Golden.tensor(golden.get("expectation_normal"));
                      Tensor deviation = Golden.tensor(golden.get("single_sample_std_normal"));
                      for (int i = 0; i < expected.size(); i++) {
                        double wrong = Math.abs(expected.item(i)) * (1 - sigma(golden));
                        assertThat(SIGMAS * deviation.item(i) / Math.sqrt(SAMPLES))
                            .isLessThan(wrong);
                      }
                    }));
  }
}
