package dini.functional.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dini.core.Elementwise;
import dini.core.Products;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Trees;
import dini.functional.Transforms;
import dini.functional.ValueAndGrad;
import dini.functional.golden.Comparison.Tolerance;
import dini.functional.optim.ChainState;
import dini.functional.optim.Optimizer;
import dini.functional.optim.Preset;
import dini.functional.optim.Updates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Twelve steps of whole optimizers against golden trajectories. */
class GoldenOptimizersTest {
  /** Rounding of the computation, beside what rounding of the starting point would change. */
  private static final double ROUNDING = 1e-13;

  private static final double SENSITIVITIES = 10;

  /** What holds for all cases, for those that do not state theirs. */
  private static final double LARGEST_SENSITIVITY = 2e-11;

  /** Losses and norms of gradients are functions of the parameters with slopes of at most 100. */
  private static final Tolerance OF_PARAMETERS = new Tolerance(1e-11, 1e-11, true, false);

  /** Optimizers of the golden files that the library has not. */
  private static final Set<String> ABSENT =
      Set.of(
          "adabelief",
          "adamaxw",
          "adan",
          "amsgrad",
          "contrib.ademamix",
          "contrib.adopt",
          "contrib.muon",
          "contrib.prodigy",
          "contrib.schedule_free_adamw",
          "contrib.schedule_free_sgd",
          "fromage",
          "gradient_descent_backtracking",
          "gradient_descent_zoom",
          "lamb",
          "lars",
          "lbfgs",
          "lion",
          "novograd",
          "optimistic_adam_v2",
          "optimistic_gradient_descent",
          "polyak_sgd",
          "rprop",
          "sign_sgd",
          "signum",
          "sm3",
          "yogi");

  /** The parameters, in the order of the golden files. */
  public record Params(Tensor w, Tensor b) {}

  /** Where golden cases stand, and whose defaults they have. */
  private record Section(String file, String cases, Preset preset) {
    List<JsonObject> entries() {
      return Golden.read(file).getAsJsonArray(cases).asList().stream()
          .map(JsonElement::getAsJsonObject)
          .toList();
    }
  }

  private static final List<Section> SECTIONS =
      List.of(
          new Section("optimizers_torchopt", "cases", Preset.TORCHOPT),
          new Section("optimizers_torchopt", "torch_optim_only", Preset.TORCH),
          new Section("optimizers_optax", "cases", Preset.OPTAX));

  @TestFactory
  Stream<DynamicNode> optimizers() {
    return SECTIONS.stream().map(GoldenOptimizersTest::section);
  }

  private static DynamicNode section(Section section) {
    JsonObject problem = Golden.read(section.file()).getAsJsonObject("problem");
    List<DynamicNode> tests = new ArrayList<>();
    for (JsonObject entry : section.entries()) {
      name(entry)
          .ifPresent(
              name -> {
                JsonObject config = entry.getAsJsonObject("config");
                Optimizer<ChainState> optimizer = Rules.rule(section.preset(), name, config);
                tests.add(dynamicTest(name + " " + config, () -> check(problem, entry, optimizer)));
              });
    }
    return dynamicContainer(section.file() + " " + section.cases(), tests);
  }

  /** The name of the optimizer, if the library has it. It has torch's Rprop, and not Optax's. */
  private static Optional<String> name(JsonObject entry) {
    String label = label(entry);
    String name = Rules.lower(label.replace("torch.optim.", ""));
    return Optional.of(name).filter(n -> Rules.NAMES.contains(n) && !label.equals("rprop"));
  }

  private static String label(JsonObject entry) {
    boolean amsgrad = entry.getAsJsonObject("config").has("amsgrad");
    return entry.get("optimizer").getAsString() + (amsgrad ? "(amsgrad)" : "");
  }

  private static void check(JsonObject problem, JsonObject entry, Optimizer<ChainState> optimizer) {
    Map<String, Tensor> values = values(problem);
    Function<Params, Tensor> loss = params -> loss(values, params);
    Tensor w = Golden.tensor(entry.getAsJsonObject("params").get("w"));
    Tensor b = Golden.tensor(entry.getAsJsonObject("params").get("b"));
    Comparison comparison = new Comparison();
    Params params = new Params(values.get("w0"), values.get("b0"));
    ChainState state = optimizer.init(params);
    for (int k = 0; k < w.shape().extent(0); k++) {
      ValueAndGrad<Params> at = Transforms.valueAndGrad(loss, params);
      compare(comparison, entry, "loss", k, at.value());
      compare(comparison, entry, "gradient_norm", k, Trees.treeNorm(at.grad()));
      Updates<Params, ChainState> step = optimizer.update(at.grad(), state, params);
      params = step.applyTo(params);
      state = step.state();
      Tolerance tolerance = new Tolerance(bound(entry, k), 0, false, false);
      comparison.tensor("w after " + (k + 1), Shapes.index(w, 0, k), params.w(), tolerance);
      comparison.tensor("b after " + (k + 1), Shapes.index(b, 0, k), params.b(), tolerance);
    }
    comparison.report(entry.get("optimizer") + " " + entry.get("config"));
  }

  private static double bound(JsonObject entry, int step) {
    double sensitivity =
        entry.has("sensitivity")
            ? Golden.tensor(entry.get("sensitivity")).item(step)
            : LARGEST_SENSITIVITY;
    return ROUNDING + SENSITIVITIES * sensitivity;
  }

  private static void compare(
      Comparison comparison, JsonObject entry, String field, int step, Tensor actual) {
    if (entry.has(field)) {
      Tensor expected = Shapes.index(Golden.tensor(entry.get(field)), 0, step);
      comparison.tensor(field + " before " + (step + 1), expected, actual, OF_PARAMETERS);
    }
  }

  private static Map<String, Tensor> values(JsonObject problem) {
    JsonObject arrays = problem.deepCopy();
    arrays.remove("formula");
    return Golden.map(arrays);
  }

  private static Tensor loss(Map<String, Tensor> values, Params params) {
    Tensor z = Products.matmul(values.get("X"), params.w()).add(params.b());
    Tensor fit = values.get("c").mul(Elementwise.softplus(z)).sum();
    return fit.add(params.w().mul(params.w()).sum().mul(0.1));
  }

  @Test
  void runsAllButWhatTheLibraryHasNot() {
    Set<String> skipped = new TreeSet<>();
    for (Section section : SECTIONS) {
      for (JsonObject entry : section.entries()) {
        if (name(entry).isEmpty()) {
          skipped.add(label(entry));
        }
      }
    }
    assertThat(skipped).isEqualTo(ABSENT);
  }
}
