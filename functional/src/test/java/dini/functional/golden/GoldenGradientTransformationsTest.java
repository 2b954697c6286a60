package dini.functional.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.functional.golden.Comparison.Tolerance;
import dini.functional.optim.Optimizer;
import dini.functional.optim.Preset;
import dini.functional.optim.Updates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Four steps of gradient transformations, with zeros and missing gradients, and their states. */
class GoldenGradientTransformationsTest {
  /** Roundings of a few steps, of which variances lose a digit. */
  private static final Tolerance NEAR = new Tolerance(1e-14, 1e-12, false, false);

  /** Transformations that the library has not. */
  private static final Set<String> ABSENT =
      Set.of(
          "MultiSteps",
          "adaptive_grad_clip",
          "apply_every",
          "apply_if_finite",
          "centralize",
          "clip_by_block_rms",
          "freeze",
          "keep_params_nonnegative",
          "normalize_by_update_norm",
          "partition",
          "scale_by_adan",
          "scale_by_amsgrad",
          "scale_by_belief",
          "scale_by_lbfgs",
          "scale_by_lion",
          "scale_by_novograd",
          "scale_by_optimistic_gradient",
          "scale_by_param_block_norm",
          "scale_by_param_block_rms",
          "scale_by_polyak",
          "scale_by_rprop",
          "scale_by_sign",
          "scale_by_sm3",
          "scale_by_trust_ratio",
          "scale_by_yogi",
          "set_to_zero",
          "zero_nans");

  /** Parameters of which the second may lack a gradient. */
  public record Params(Tensor w, Optional<Tensor> b) {}

  private static final Map<String, Preset> LIBRARIES =
      Map.of("torchopt", Preset.TORCHOPT, "optax", Preset.OPTAX);

  private static final JsonObject FILE = Golden.read("transforms");

  @TestFactory
  Stream<DynamicNode> transformations() {
    return LIBRARIES.keySet().stream().sorted().map(GoldenGradientTransformationsTest::library);
  }

  private static DynamicNode library(String library) {
    List<DynamicNode> tests = new ArrayList<>();
    GradientTransformations table = new GradientTransformations(LIBRARIES.get(library));
    for (JsonObject entry : cases(library)) {
      String name = entry.get("transform").getAsString();
      if (GradientTransformations.NAMES.contains(name)) {
        JsonObject config = entry.getAsJsonObject("config");
        tests.add(dynamicTest(name + " " + config, () -> check(table.make(name, config), entry)));
      }
    }
    return dynamicContainer(library, tests);
  }

  private static <S> void check(Optimizer<S> transformation, JsonObject entry) {
    Map<String, Tensor> params = Golden.map(FILE.getAsJsonObject("inputs").get("params"));
    String inputs = entry.get("inputs").getAsString();
    Map<String, Tensor> gradients = Golden.map(FILE.getAsJsonObject("inputs").get(inputs));
    Map<String, Tensor> expected = Golden.map(entry.get("outputs"));
    List<Integer> missing =
        entry.has("missing_b_gradient_at_steps")
            ? Golden.list(entry.get("missing_b_gradient_at_steps")).stream()
                .map(JsonElement::getAsInt)
                .toList()
            : List.of();

    Comparison comparison = new Comparison();
    Params at = new Params(params.get("w"), Optional.of(params.get("b")));
    S state = transformation.init(at);
    for (int k = 0; k < gradients.get("w").shape().extent(0); k++) {
      Tensor w = Shapes.index(gradients.get("w"), 0, k);
      Optional<Tensor> b = Optional.of(Shapes.index(gradients.get("b"), 0, k));
      Params gradient = new Params(w, missing.contains(k) ? Optional.empty() : b);
      Updates<Params, S> step = transformation.update(gradient, state, at);
      state = step.state();
      Tensor wanted = Shapes.index(expected.get("w"), 0, k);
      comparison.tensor("w at " + k, wanted, step.updates().w(), NEAR);
      assertThat(step.updates().b().isPresent())
          .as("b at %d", k)
          .isEqualTo(gradient.b().isPresent());
      Tensor updateOfB = step.updates().b().orElse(Tensors.zeros(2));
      comparison.tensor("b at " + k, Shapes.index(expected.get("b"), 0, k), updateOfB, NEAR);
    }
    new FinalState(comparison, NEAR).compare(entry.get("final_state"), state);
    comparison.report(entry.get("transform") + " " + entry.get("config"));
  }

  @Test
  void runsAllButWhatTheLibraryHasNot() {
    Set<String> skipped = new TreeSet<>();
    for (String library : LIBRARIES.keySet()) {
      cases(library).forEach(entry -> skipped.add(entry.get("transform").getAsString()));
    }
    skipped.removeAll(GradientTransformations.NAMES);
    assertThat(skipped).isEqualTo(ABSENT);
  }

  private static List<JsonObject> cases(String library) {
    return FILE.getAsJsonObject(library).getAsJsonArray("cases").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .toList();
  }
}
