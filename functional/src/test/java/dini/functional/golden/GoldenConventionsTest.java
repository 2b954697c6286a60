package dini.functional.golden;

import static dini.core.Reductions.logSumExp;
import static dini.core.Reductions.norm;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonObject;
import dini.core.Elementwise;
import dini.core.Tensor;
import dini.functional.Jacobians;
import dini.functional.Transforms;
import dini.functional.golden.Comparison.Tolerance;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Values and derivatives at kinks, ties and singular points: those of the golden file, but where the
 * library decides otherwise.
 */
class GoldenConventionsTest {
  private static final Tolerance VALUE = Comparison.EDGE;

  /** Rounding of numbers that cancel; which zero a derivative is does not matter. */
  private static final Tolerance DERIVATIVE = new Tolerance(1e-15, 1e-12, true, false);

  private static final OpTable OPS = OpTable.all();

  /** Operations of the golden file that the library has not. */
  private static final Set<String> ABSENT = Set.of();

  /** Records that the library refuses: an index outside its axis is an error. */
  private static final Set<String> REFUSED = Set.of("take#0", "take#1");

  /** What the library says instead, by record and field; an empty list says that it is open. */
  private static final Map<String, Map<String, List<Tensor>>> OURS =
      Map.ofEntries(
          // the subgradient of smallest norm
          Map.entry("abs#0", both(0, 0)),
          Map.entry("norm#0", gradient(0, 0, 0)),
          Map.entry("norm#2", gradient(0, 0, 0)),
          Map.entry("norm#4", gradient(0, 0, -1, 1)),
          // the Euclidean norm at 0, and of nothing
          Map.entry("norm#1", flat(2)),
          Map.entry("norm#5", flat(0)),
          Map.entry("norm#6", flat(0)),
          // log of a sum that is 0
          Map.entry("logSumExp#0", flat(2)),
          Map.entry("logSumExp#3", flat(0)),
          // both derivatives are 0 at (0, 0); of second ones at 0 nothing is said
          Map.entry(
              "pow#0",
              Map.of(
                  "jvp", List.of(tensor(0, 0, 1, Math.log(2), Double.POSITIVE_INFINITY)),
                  "vjp",
                      List.of(
                          tensor(0, 0, 1, 0, Double.POSITIVE_INFINITY),
                          tensor(0, 0, 0, Math.log(2), 0)),
                  "second", List.of())));

  /** A derivative of elements. */
  private static Map<String, List<Tensor>> both(double... slopes) {
    return Map.of("jvp", List.of(tensor(slopes)), "vjp", List.of(tensor(slopes)));
  }

  /** A derivative of a scalar: along the ones, and the gradient. */
  private static Map<String, List<Tensor>> gradient(double jvp, double... gradient) {
    return Map.of("jvp", List.of(scalar(jvp)), "vjp", List.of(tensor(gradient)));
  }

  /** Derivatives of a scalar that are all 0. */
  private static Map<String, List<Tensor>> flat(int size) {
    return Map.of(
        "jvp", List.of(scalar(0)), "vjp", List.of(zeros(size)), "second", List.of(scalar(0)));
  }

  @TestFactory
  Stream<DynamicTest> conventions() {
    return records().entrySet().stream()
        .filter(record -> OPS.has(OpTable.key(record.getValue())))
        .map(record -> dynamicTest(record.getKey(), () -> check(record.getKey(), record.getValue())));
  }

  private static Map<String, JsonObject> records() {
    return Golden.named(Golden.read("conventions"), "cases", '#');
  }

  private static void check(String name, JsonObject entry) {
    OpRecord record = new OpRecord(op(name, entry), entry);
    if (entry.has("error") || REFUSED.contains(name)) {
      assertThatIllegalArgumentException().isThrownBy(record::value);
      return;
    }
    Comparison comparison = new Comparison();
    comparison.list("value", expected(name, entry, "output"), record.value(), VALUE);
    comparison.list("jvp", expected(name, entry, "jvp"), record.jvp().tangent(), DERIVATIVE);
    List<Tensor> pulled = record.vjp().pullback().apply(Golden.tensors(entry.get("cotangent")));
    comparison.list("vjp", expected(name, entry, "vjp"), pulled, DERIVATIVE);
    List<Tensor> second = expected(name, entry, "second");
    if (!second.isEmpty()) {
      comparison.list("second", second, record.second(), DERIVATIVE);
    }
    comparison.report(name + " " + entry.get("note"));
  }

  /** Two records are about a composition of where and log. */
  private static Op op(String name, JsonObject entry) {
    return switch (name) {
      case "where#0" ->
          (in, params) -> {
            Tensor x = in.get(0);
            return List.of(Elementwise.where(x.gt(0), Elementwise.log(x), 0));
          };
      case "where#1" ->
          (in, params) -> {
            Tensor x = in.get(0);
            return List.of(Elementwise.safeWhere(x.gt(0), x, Elementwise::log, 0));
          };
      default -> OPS.get(OpTable.key(entry));
    };
  }

  private static List<Tensor> expected(String name, JsonObject entry, String field) {
    Map<String, List<Tensor>> ours = OURS.getOrDefault(name, Map.of());
    return ours.containsKey(field) ? ours.get(field) : Golden.tensors(entry.get(field));
  }

  @Test
  void runsAllButWhatTheLibraryHasNot() {
    Set<String> skipped = new TreeSet<>();
    for (JsonObject entry : records().values()) {
      skipped.add(OpTable.key(entry));
    }
    skipped.removeIf(OPS::has);
    assertThat(skipped).isEqualTo(ABSENT);
  }

  @Test
  void differsOnlyInRecordsThatExist() {
    assertThat(records().keySet()).containsAll(OURS.keySet()).containsAll(REFUSED);
  }

  @Test
  void powHasMixedDerivativesWhereTheExponentIsZero() {
    Function<Tensor, Tensor> pow = p -> p.get(0).pow(p.get(1));
    Tensor point = tensor(2, 0);
    double log = Math.log(2);
    Comparison comparison = new Comparison();
    Tensor expected = tensor(0, 0.5, 0.5, log * log);
    comparison.elements("hessian", expected, Jacobians.hessian(pow, point), DERIVATIVE);
    Tensor third = Jacobians.jacfwd(p -> Jacobians.hessian(pow, p), point);
    Tensor thirds = tensor(0, -0.25, -0.25, log, -0.25, log, log, log * log * log);
    comparison.elements("third derivatives", thirds, third, DERIVATIVE);
    comparison.report("pow");
  }

  @Test
  void normNeitherOverflowsNorUnderflows() {
    Comparison comparison = new Comparison();
    for (double size : new double[] {1e300, 1e-300}) {
      Tensor x = tensor(3 * size, -4 * size);
      comparison.tensor("norm", scalar(5 * size), norm(x), VALUE);
      comparison.tensor("grad", tensor(0.6, -0.8), Transforms.grad(v -> norm(v), x), DERIVATIVE);
    }
    comparison.report("norm");
  }

  @Test
  void logSumExpWeighsInfinitiesAndNan() {
    Comparison comparison = new Comparison();
    Tensor infinite = Transforms.grad(v -> logSumExp(v), tensor(Double.POSITIVE_INFINITY, 1));
    comparison.tensor("at infinity", tensor(Double.NaN, 0), infinite, DERIVATIVE);
    Tensor missing = Transforms.grad(v -> logSumExp(v), tensor(Double.NaN, 1));
    comparison.tensor("at NaN", tensor(Double.NaN, Double.NaN), missing, DERIVATIVE);
    comparison.report("logSumExp");
  }
}
