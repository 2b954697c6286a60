package dini.functional.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dini.core.Trees;
import dini.functional.Certificate;
import dini.functional.Certificates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Bounds on derivatives of golden problems whose solvers are stopped early. */
class GoldenCertificateTest {
  private static final int[] NEWTON = {0, 1, 2, 3, 4, 8};
  private static final int[] DESCENT = {10, 30, 100, 300, 1000};

  /** The worst, of the starting points, is 3.3. */
  private static final double LOOSE = 5;

  /** Golden values are this accurate, relatively, and bounds on rounding this small. */
  private static final double ROUNDING = 1e-12;

  @TestFactory
  Stream<DynamicTest> problems() {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonElement element : Golden.read("implicit").getAsJsonArray("cases")) {
      JsonObject entry = element.getAsJsonObject();
      String name = entry.get("name").getAsString();
      Problem<?, ?> problem = Problems.ALL.get(name).apply(Golden.map(entry.get("inputs")));
      tests.add(dynamicTest(name, () -> check(problem, entry)));
    }
    return tests.stream();
  }

  private static <X, A> void check(Problem<X, A> problem, JsonObject entry) {
    A theta = problem.parameters().apply(entry.get("theta"));
    A tangent = problem.parameters().apply(entry.get("tangent"));
    X cotangent = problem.unknowns().apply(entry.get("cotangent"));
    A gradient = problem.parameters().apply(entry.get("gradient"));
    A vjp = problem.parameters().apply(entry.get("vjp"));
    X jvp = problem.unknowns().apply(entry.get("jvp"));
    iterates(problem, entry, theta)
        .forEach(
            (label, iterate) -> {
              X x = iterate.get();
              near(
                  label + ", gradient",
                  Certificates.certify(problem.stationary(), problem.outer(), x, theta),
                  gradient);
              near(
                  label + ", pullback",
                  Certificates.certifyVjp(problem.stationary(), x, theta, cotangent),
                  vjp);
              near(
                  label + ", tangent",
                  Certificates.certifyJvp(problem.stationary(), x, theta, tangent),
                  jvp);
            });
  }

  private static <X, A> Map<String, Supplier<X>> iterates(
      Problem<X, A> problem, JsonObject entry, A theta) {
    X x0 = problem.unknowns().apply(entry.get("x0"));
    X start = Trees.treeMap(leaf -> leaf.add(0.1), x0);
    Map<String, Supplier<X>> iterates = new LinkedHashMap<>();
    for (int steps : NEWTON) {
      iterates.put(
          steps + " steps of Newton's method",
          () -> Newton.solve(problem.stationary(), start, theta, steps));
    }
    for (int steps : problem.rate() == 0 ? new int[0] : DESCENT) {
      iterates.put(
          steps + " steps of the plain iteration",
          () -> Newton.descend(problem.stationary(), start, theta, problem.rate(), steps));
    }
    return iterates;
  }

  /** Every one of these solutions is near enough for a bound, which holds and is not loose. */
  private static <D> void near(String label, Certificate<D> certificate, D truth) {
    D difference = Trees.treeSub(certificate.derivative(), truth);
    double error = Trees.treeNorm(difference).toDouble();
    double rounding = ROUNDING * certificate.norm();
    assertThat(certificate.certified()).as("%s%n%s", label, certificate).isTrue();
    assertThat(error).as("%s%n%s", label, certificate).isLessThanOrEqualTo(certificate.bound());
    assertThat(certificate.bound())
        .as("%s%n%s", label, certificate)
        .isLessThanOrEqualTo(LOOSE * error + rounding);
  }
}
