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
import dini.core.Comparisons;
import dini.core.Elementwise;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.functional.Jacobians;
import dini.functional.Transforms;
import dini.functional.golden.Comparison.Tolerance;
import dini.linalg.LinearAlgebra;
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
 * Values and derivatives at kinks, ties and singular points: those of the golden file, but where
 * the library decides otherwise.
 */
class GoldenConventionsTest {
  private static final Tolerance VALUE = Comparison.EDGE;

  /** Rounding of numbers that cancel; which zero a derivative is does not matter. */
  private static final Tolerance DERIVATIVE = new Tolerance(1e-15, 1e-12, true, false);

  private static final OpTable OPS = OpTable.all();

  /** Operations of the golden file that the library has not. */
  private static final Set<String> ABSENT = Set.of();

  /** An index outside its axis, a singular and an indefinite matrix are errors. */
  private static final Set<String> REFUSED =
      Set.of("take#0", "take#1", "atSet#0", "inv#0", "cholesky#0");

  /** The logarithm of a zero determinant has no derivative. */
  private static final Set<String> NO_DERIVATIVE = Set.of("slogdet#1");

  /** Operations whose zeros are results of rounding, whatever their sign. */
  private static final Set<String> SYSTEMS =
      Set.of(
          "cholesky",
          "det",
          "eigh",
          "expm",
          "inv",
          "lstsq",
          "matrixPower",
          "pinv",
          "qr",
          "slogdet",
          "svd");

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
          // the standard deviation of a constant; variance without degrees of freedom
          Map.entry("std#0", flat(3)),
          Map.entry(
              "var#0",
              Map.of(
                  "jvp", List.of(scalar(Double.NaN)),
                  "vjp", List.of(tensor(Double.NaN)),
                  "second", List.of(scalar(Double.NaN)))),
          // the first of equal elements
          Map.entry("cumMax#0", Map.of("vjp", List.of(tensor(3, 0, 0, 2, 0)))),
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
                  "second", List.of())),
          // of equal elements the first comes first, descending too
          Map.entry("sort#1", Map.of("jvp", List.of(tensor(10, 30, 20, 40)))),
          // the determinant is a polynomial, and 1 of an empty matrix
          Map.entry("det#1", Map.of("second", List.of(scalar(0)))),
          Map.entry("det#4", Map.of("output", List.of(scalar(1)))),
          // second derivatives of equal eigenvalues and singular values are open; vectors are unit
          Map.entry("eigh#1", Map.of("second", List.of())),
          // the direction changes the rank; the second derivative is that of pinv#0 and the product
          Map.entry("lstsq#0", Map.of("second", List.of(tensor(-0.039744, -0.128448)))),
          Map.entry("svd#0", Map.of("second", List.of())),
          Map.entry("svd#1", Map.of("second", List.of())),
          Map.entry(
              "eigh#2",
              Map.of(
                  "jvp", List.of(scalar(0)),
                  "vjp", List.of(zeros(2, 2)),
                  "second", List.of(scalar(0)))));

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
        .map(
            record ->
                dynamicTest(record.getKey(), () -> check(record.getKey(), record.getValue())));
  }

  private static Map<String, JsonObject> records() {
    return Golden.named(Golden.read("conventions"), "cases", '#');
  }

  private static void check(String name, JsonObject entry) {
    OpRecord record = new OpRecord(op(name, entry), entry);
    boolean open = entry.has("error");
    if (REFUSED.contains(name) || open && !OURS.containsKey(name)) {
      assertThatIllegalArgumentException().isThrownBy(record::value);
      return;
    }
    Comparison comparison = new Comparison();
    Tolerance tolerance =
        SYSTEMS.contains(entry.get("op").getAsString()) ? Comparison.EDGE_OF_SYSTEM : VALUE;
    comparison.list("value", expected(name, entry, "output"), record.value(), tolerance);
    if (NO_DERIVATIVE.contains(name)) {
      assertThatIllegalArgumentException().isThrownBy(record::jvp);
    } else if (!open) {
      derivatives(name, entry, record, comparison);
    }
    comparison.report(name + " " + entry.get("note"));
  }

  private static void derivatives(
      String name, JsonObject entry, OpRecord record, Comparison comparison) {
    comparison.list("jvp", expected(name, entry, "jvp"), record.jvp().tangent(), DERIVATIVE);
    List<Tensor> pulled = record.vjp().pullback().apply(Golden.tensors(entry.get("cotangent")));
    comparison.list("vjp", expected(name, entry, "vjp"), pulled, DERIVATIVE);
    List<Tensor> second = expected(name, entry, "second");
    if (!second.isEmpty()) {
      comparison.list("second", second, record.second(), DERIVATIVE);
    }
  }

  /** Two records are about a composition of where and log; those of qr leave the signs open. */
  private static Op op(String name, JsonObject entry) {
    Op op = OPS.get(OpTable.key(entry));
    if (entry.get("op").getAsString().equals("qr")) {
      return (in, params) -> signed(op.apply(in, params), Golden.tensors(entry.get("output")));
    }
    return switch (name) {
      case "where#0" ->
          (in, params) -> {
            Tensor x = in.get(0);
            return List.of(Comparisons.where(x.gt(0), Elementwise.log(x), 0));
          };
      case "where#1" ->
          (in, params) -> {
            Tensor x = in.get(0);
            return List.of(Comparisons.safeWhere(x.gt(0), x, Elementwise::log, 0));
          };
      default -> op;
    };
  }

  /** The factors with the signs of others. */
  private static List<Tensor> signed(List<Tensor> factors, List<Tensor> others) {
    Tensor r = others.get(1);
    int rank = r.shape().extent(0);
    double[] signs = new double[rank];
    for (int i = 0; i < rank; i++) {
      signs[i] = Math.signum(r.item(i, i));
    }
    Tensor columns = tensor(signs);
    Tensor rows = Shapes.expandDims(columns, 1);
    return List.of(factors.get(0).mul(columns), factors.get(1).mul(rows));
  }

  private static List<Tensor> expected(String name, JsonObject entry, String field) {
    Map<String, List<Tensor>> ours = ours(name);
    return ours.containsKey(field) ? ours.get(field) : Golden.tensors(entry.get(field));
  }

  private static Map<String, List<Tensor>> ours(String name) {
    return ElementwiseEdges.OURS.getOrDefault(name, OURS.getOrDefault(name, Map.of()));
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
    assertThat(records().keySet()).containsAll(ElementwiseEdges.OURS.keySet());
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
  void choleskyKeepsSubnormalNumbers() {
    Tensor factor = LinearAlgebra.cholesky(tensor(new double[][] {{1e-310}}));
    Comparison comparison = new Comparison();
    comparison.tensor("factor", tensor(new double[][] {{1e-155}}), factor, VALUE);
    comparison.report("cholesky");
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
