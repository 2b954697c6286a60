package dini.functional.golden;

import static dini.functional.Transforms.vmap;
import static dini.functional.random.Continuous.exponential;
import static dini.functional.random.Continuous.gumbel;
import static dini.functional.random.Continuous.normal;
import static dini.functional.random.Continuous.uniform;
import static dini.functional.random.Discrete.bits;
import static dini.functional.random.Keys.foldIn;
import static dini.functional.random.Keys.key;
import static dini.functional.random.Keys.split;
import static org.assertj.core.api.Assertions.assertThatObject;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dini.core.DType;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.functional.golden.Comparison.Tolerance;
import dini.functional.random.Key;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Keys, bits and numbers against JAX, and numbers against exact quantiles of the same bits. */
class GoldenRandomTest {

  /** A few roundings of quantiles whose condition is at most about 10 here. */
  private static final Tolerance EXACT = new Tolerance(2e-15, 2e-15, true, false);

  /** What JAX's own formulas lose, such as 1 - u. */
  private static final Tolerance JAX = new Tolerance(1e-13, 1e-13, true, false);

  /** One random bit more than JAX has. */
  private static final Tolerance UNIFORM = new Tolerance(0x1p-53, 0, false, false);

  private static final Tolerance UNIFORM32 = new Tolerance(0x1p-24, 0, false, false);

  /** The same, times the width 8, and two roundings. */
  private static final Tolerance RANGE = new Tolerance(0x1p-49, 0, false, false);

  /** Rounding to FLOAT32. */
  private static final Tolerance ROUNDED = new Tolerance(0, 0x1p-24, true, false);

  /** JAX computes in FLOAT32, from 23 bits. */
  private static final Tolerance JAX32 = new Tolerance(1e-5, 1e-5, false, false);

  @TestFactory
  Stream<DynamicTest> seedsOfTheFile() {
    return Golden.read("random").getAsJsonArray("cases").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .map(each -> DynamicTest.dynamicTest("seed " + each.get("seed"), () -> check(each)));
  }

  private static Tensor words(JsonElement golden) {
    return Golden.tensor(golden).astype(DType.INT32);
  }

  private static TensorType like(JsonElement golden, DType dtype) {
    return new TensorType(Golden.tensor(golden).shape(), dtype);
  }

  private static void check(JsonObject golden) {
    Key key = key(golden.get("seed").getAsLong());
    assertThatObject(key.words()).isEqualTo(words(golden.get("key")));
    Tensor three = words(golden.get("split3"));
    assertThatObject(split(key, three.shape().extent(0)).words()).isEqualTo(three);
    for (JsonElement each : golden.getAsJsonArray("fold_in")) {
      JsonObject fold = each.getAsJsonObject();
      assertThatObject(foldIn(key, fold.get("data").getAsLong()).words())
          .isEqualTo(words(fold.get("key")));
    }
    JsonElement narrow = golden.get("bits32");
    assertThatObject(bits(key, like(narrow, DType.INT32))).isEqualTo(words(narrow));
    JsonElement wide = golden.get("bits64");
    assertThatObject(bits(key, like(wide, DType.INT64))).isEqualTo(Golden.tensor(wide));
    Comparison comparison = new Comparison();
    continuous(key, golden, comparison);
    Tensor lanes = Golden.tensor(golden.get("vmap_normal"));
    int inner = lanes.shape().extent(1);
    Tensor mapped = vmap(k -> normal(k, inner), split(key, lanes.shape().extent(0)));
    comparison.tensor("vmap of normal", lanes, mapped, JAX);
    comparison.report("seed " + golden.get("seed"));
  }

  private static void continuous(Key key, JsonObject golden, Comparison comparison) {
    TensorType type = like(golden.get("uniform"), DType.FLOAT64);
    TensorType narrow = new TensorType(type.shape(), DType.FLOAT32);
    comparison.tensor("uniform", at(golden, "uniform"), uniform(key, type), UNIFORM);
    comparison.tensor("uniform32", at(golden, "uniform32"), wide(uniform(key, narrow)), UNIFORM32);
    comparison.tensor(
        "range", at(golden, "uniform_range"), uniform(key, type.shape(), -3, 5), RANGE);
    comparison.tensor("normal", at(golden, "normal"), normal(key, type), JAX);
    comparison.tensor("normal", at(golden, "normal_exact"), normal(key, type), EXACT);
    Tensor normal32 = wide(normal(key, narrow));
    comparison.tensor("normal32", at(golden, "normal32"), normal32, JAX32);
    comparison.tensor("normal32", at(golden, "normal32_exact"), normal32, ROUNDED);
    comparison.tensor("exponential", at(golden, "exponential"), exponential(key, type), JAX);
    comparison.tensor(
        "exponential", at(golden, "exponential_exact"), exponential(key, type), EXACT);
    comparison.tensor(
        "exponential32",
        at(golden, "exponential32_exact"),
        wide(exponential(key, narrow)),
        ROUNDED);
    comparison.tensor("gumbel", at(golden, "gumbel"), gumbel(key, type), JAX);
    comparison.tensor("gumbel", at(golden, "gumbel_exact"), gumbel(key, type), EXACT);
    comparison.tensor("gumbel32", at(golden, "gumbel32_exact"), wide(gumbel(key, narrow)), ROUNDED);
  }

  private static Tensor wide(Tensor x) {
    return x.astype(DType.FLOAT64);
  }

  private static Tensor at(JsonObject golden, String name) {
    return Golden.tensor(golden.get(name));
  }

  /** A number folded in is a counter, so that the authors' vectors can be asked for. */
  @TestFactory
  Stream<DynamicTest> knownAnswers() {
    return Golden.read("random").getAsJsonArray("known_answers").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.get("image").toString(),
                    () -> {
                      int[] counter = Golden.ints(each.get("counter"));
                      long number = (long) counter[0] << 32 | counter[1] & 0xFFFFFFFFL;
                      Key key = new Key(Tensors.ints(Golden.ints(each.get("key"))));
                      assertThatObject(foldIn(key, number).words())
                          .isEqualTo(Tensors.ints(Golden.ints(each.get("image"))));
                    }));
  }
}
