package dini.functional.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dini.core.DType;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.functional.golden.Comparison.Tolerance;
import dini.functional.optim.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Schedules against golden values, in double precision. */
class GoldenSchedulesTest {
  /** A few dozen roundings of the largest value: a cosine ends in 1 - 1, whose rounding is of 1. */
  private static final Tolerance NEAR = new Tolerance(0, 1e-14, false, false);

  /** Schedules that the library has not. */
  private static final Set<String> ABSENT =
      Set.of("cosine_onecycle_schedule", "linear_onecycle_schedule", "sgdr_schedule");

  private static final JsonObject FILE = Golden.read("schedules");

  @TestFactory
  Stream<DynamicNode> schedules() {
    return Stream.of("torchopt", "optax").map(GoldenSchedulesTest::library);
  }

  private static DynamicNode library(String library) {
    List<DynamicNode> tests = new ArrayList<>();
    for (JsonObject entry : cases(library)) {
      String name = entry.get("schedule").getAsString();
      if (Schedulers.NAMES.contains(name)) {
        tests.add(dynamicTest(name + " " + entry.get("config"), () -> check(name, entry)));
      }
    }
    return dynamicContainer(library, tests);
  }

  private static void check(String name, JsonObject entry) {
    Schedule schedule = new Schedulers().schedule(name, entry.getAsJsonObject("config"));
    Tensor counts = Golden.tensor(FILE.get("counts"));
    Tensor expected = Golden.tensor(entry.get("values"));
    double[] one = new double[counts.size()];
    for (int i = 0; i < one.length; i++) {
      one[i] = schedule.at((long) counts.item(i));
    }
    Comparison comparison = new Comparison();
    comparison.tensor("one by one", expected, Tensors.tensor(one), NEAR);
    Tensor all = schedule.at(Shapes.astype(counts, DType.INT64));
    comparison.tensor("at once", expected, Shapes.broadcastTo(all, expected.shape()), NEAR);
    comparison.report(name + " " + entry.get("config"));
  }

  @Test
  void runsAllButWhatTheLibraryHasNot() {
    Set<String> skipped = new TreeSet<>();
    for (String library : List.of("torchopt", "optax")) {
      cases(library).forEach(entry -> skipped.add(entry.get("schedule").getAsString()));
    }
    skipped.removeAll(Schedulers.NAMES);
    assertThat(skipped).isEqualTo(ABSENT);
  }

  private static List<JsonObject> cases(String library) {
    return FILE.getAsJsonObject(library).getAsJsonArray("cases").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .toList();
  }
}
