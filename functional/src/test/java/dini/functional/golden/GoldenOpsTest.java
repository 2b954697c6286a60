package dini.functional.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dini.core.Tensor;
import dini.functional.golden.Comparison.Tolerance;
import dini.functional.golden.Difference.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Operations against golden values: every record of every operation that the library has. */
class GoldenOpsTest {
  private static final OpTable OPS = OpTable.all();

  private static final List<String> FAMILIES =
      List.of(
          "ops_unary",
          "ops_binary",
          "ops_reduction",
          "ops_shape",
          "ops_index",
          "ops_linalg",
          "ops_loss");

  /** Families whose values are computed to the last digits, element by element. */
  private static final Set<String> ELEMENTWISE = Set.of("ops_unary", "ops_binary");

  /** Families whose values are moved or summed to the last digits. */
  private static final Set<String> ACCURATE = Set.of("ops_reduction", "ops_index");

  /** Families whose values are moved. */
  private static final Set<String> MOVING = Set.of("ops_shape");

  /** What the golden files have and the library has not. */
  private static final Set<String> ABSENT = Set.of();

  @TestFactory
  Stream<DynamicNode> operations() {
    return FAMILIES.stream().map(this::family);
  }

  private DynamicNode family(String family) {
    JsonObject file = Golden.read(family);
    List<DynamicNode> tests = new ArrayList<>();
    Golden.named(file, "cases", '#')
        .forEach((name, entry) -> add(tests, name, entry, () -> plain(family, name, entry)));
    Golden.named(file, "special", '!')
        .forEach((name, entry) -> add(tests, name, entry, () -> special(family, name, entry)));
    return dynamicContainer(family, tests);
  }

  private void add(List<DynamicNode> tests, String name, JsonObject entry, Runnable test) {
    if (OPS.has(OpTable.key(entry))) {
      Difference difference = Difference.KNOWN.get(name);
      if (difference == null || difference.kind() == Kind.SIGN_OF_ZERO) {
        tests.add(dynamicTest(name, test::run));
      } else if (difference.kind() == Kind.REFUSED) {
        tests.add(dynamicTest(name + " is refused", () -> refused(entry)));
      } else if (difference.kind() == Kind.UNDEFINED) {
        tests.add(dynamicTest(name + " is undefined", () -> undefined(entry)));
      }
    }
  }

  private void plain(String family, String name, JsonObject entry) {
    OpRecord record = new OpRecord(OPS.get(OpTable.key(entry)), entry);
    Comparison comparison = new Comparison();
    List<Tensor> expected = Golden.tensors(entry.get("output"));
    comparison.list("value", expected, record.value(), valueTolerance(family));
    Tolerance tolerance = derivativeTolerance(family);
    if (entry.has("jvp")) {
      List<Tensor> tangents = record.jvp().tangent();
      comparison.list("jvp", Golden.tensors(entry.get("jvp")), tangents, tolerance);
    }
    if (entry.has("vjp")) {
      List<Tensor> pulled = record.vjp().pullback().apply(Golden.tensors(entry.get("cotangent")));
      comparison.list("vjp", Golden.tensors(entry.get("vjp")), pulled, tolerance);
    }
    if (entry.has("second")) {
      List<Tensor> second = Golden.tensors(entry.get("second"));
      comparison.list("second", second, record.second(), tolerance);
    }
    comparison.report(describe(name, entry));
  }

  private void special(String family, String name, JsonObject entry) {
    OpRecord record = new OpRecord(OPS.get(OpTable.key(entry)), entry);
    JsonElement expected = entry.has("reference") ? entry.get("reference") : entry.get("output");
    Comparison comparison = new Comparison();
    comparison.list("value", Golden.tensors(expected), record.value(), edgeTolerance(name, family));
    comparison.report(describe(name, entry));
  }

  private void refused(JsonObject entry) {
    OpRecord record = new OpRecord(OPS.get(OpTable.key(entry)), entry);
    assertThatIllegalArgumentException().isThrownBy(record::value);
  }

  /** Either is a fair answer to infinities and NaN in a system. */
  private void undefined(JsonObject entry) {
    OpRecord record = new OpRecord(OPS.get(OpTable.key(entry)), entry);
    try {
      boolean hasNan = false;
      for (Tensor output : record.value()) {
        hasNan |= Arrays.stream(output.toArray()).anyMatch(Double::isNaN);
      }
      assertThat(hasNan).isTrue();
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining(entry.get("op").getAsString());
    }
  }

  private static Tolerance valueTolerance(String family) {
    if (MOVING.contains(family)) {
      return Comparison.EXACT;
    }
    if (ELEMENTWISE.contains(family)) {
      return Comparison.VALUE_OF_ELEMENT;
    }
    return ACCURATE.contains(family) ? Comparison.VALUE : Comparison.DERIVATIVE;
  }

  /** The vjp of an operation on several arguments sums over broadcast axes, others do not. */
  private static Tolerance derivativeTolerance(String family) {
    return family.equals("ops_unary") ? Comparison.DERIVATIVE_OF_ELEMENT : Comparison.DERIVATIVE;
  }

  private static Tolerance edgeTolerance(String name, String family) {
    if (family.equals("ops_linalg")) {
      return Comparison.EDGE_OF_SYSTEM;
    }
    return Difference.KNOWN.containsKey(name) ? Comparison.EDGE.unsigned() : Comparison.EDGE;
  }

  private static String describe(String name, JsonObject entry) {
    List<String> shapes = new ArrayList<>();
    for (JsonElement input : entry.getAsJsonArray("inputs")) {
      shapes.add(Golden.tensor(input).type().toString());
    }
    String tag = entry.has("tag") ? " " + entry.get("tag").getAsString() : "";
    return name + tag + " " + entry.get("params") + " of " + shapes;
  }

  @Test
  void runsAllButWhatTheLibraryHasNot() {
    Set<String> skipped = new TreeSet<>();
    for (String family : FAMILIES) {
      for (String section : List.of("cases", "special")) {
        Golden.named(Golden.read(family), section, '#')
            .values()
            .forEach(
                entry -> {
                  String key = OpTable.key(entry);
                  if (!OPS.has(key)) {
                    skipped.add(key);
                  }
                });
      }
    }
    assertThat(skipped).isEqualTo(ABSENT);
  }

  @Test
  void differsOnlyInRecordsThatExist() {
    Set<String> names = new TreeSet<>();
    for (String family : FAMILIES) {
      JsonObject file = Golden.read(family);
      names.addAll(Golden.named(file, "cases", '#').keySet());
      names.addAll(Golden.named(file, "special", '!').keySet());
    }
    assertThat(names).containsAll(Difference.KNOWN.keySet());
  }
}
