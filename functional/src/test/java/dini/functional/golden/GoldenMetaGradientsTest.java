package dini.functional.golden;

import static dini.functional.optim.Transformations.chain;
import static dini.functional.optim.Transformations.clipGradNorm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dini.core.Elementwise;
import dini.core.Products;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.Trees;
import dini.functional.Jacobians;
import dini.functional.Transforms;
import dini.functional.golden.Comparison.Tolerance;
import dini.functional.optim.Hyperparameter;
import dini.functional.optim.MetaAdaDelta;
import dini.functional.optim.MetaAdaGrad;
import dini.functional.optim.MetaAdaMax;
import dini.functional.optim.MetaAdam;
import dini.functional.optim.MetaAdamW;
import dini.functional.optim.MetaOptimizer;
import dini.functional.optim.MetaRAdam;
import dini.functional.optim.MetaRmsProp;
import dini.functional.optim.MetaSgd;
import dini.functional.optim.Preset;
import dini.functional.optim.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Derivatives through K steps of an optimizer, in reverse and in forward mode, against those by
 * complex steps, which no derivative rule has part in.
 */
class GoldenMetaGradientsTest {
  private static final Tolerance NEAR = new Tolerance(1e-9, 1e-9, false, false);
  private static final Tolerance VALUE = new Tolerance(0, 1e-11, false, false);

  /** The inner parameters. */
  public record Params(Tensor w, Tensor b) {}

  /** What the outer loss is differentiated with respect to. */
  public record Outer(Tensor phi, Tensor w0, Tensor b0, Tensor lr) {}

  /** Makes an optimizer of start, arguments and learning rate. */
  private interface Maker {
    MetaOptimizer<Params> make(Params start, Config config, UnaryOperator<Hyperparameter> lr);
  }

  private static final Map<String, Maker> MAKERS =
      Map.of(
          "MetaSGD",
          (p, config, lr) -> new MetaSgd<>(p, r -> with(lr, Rules.sgd(r, config))),
          "MetaAdam",
          (p, config, lr) -> new MetaAdam<>(p, r -> with(lr, Rules.adam(r, config))),
          "MetaAdamW",
          (p, config, lr) -> new MetaAdamW<>(p, r -> with(lr, Rules.adam(r, config))),
          "MetaAdaGrad",
          (p, config, lr) -> new MetaAdaGrad<>(p, r -> with(lr, Rules.adagrad(r, config))),
          "MetaRMSProp",
          (p, config, lr) -> new MetaRmsProp<>(p, r -> with(lr, Rules.rmsprop(r, config))),
          "MetaAdaDelta",
          (p, config, lr) -> new MetaAdaDelta<>(p, r -> with(lr, Rules.adadelta(r, config))),
          "MetaAdaMax",
          (p, config, lr) -> new MetaAdaMax<>(p, r -> with(lr, Rules.adamax(r, config))),
          "MetaRAdam",
          (p, config, lr) -> new MetaRAdam<>(p, r -> with(lr, Rules.radam(r, config))),
          "MetaOptimizer(chain(clip_grad_norm(max_norm=0.5), sgd))",
          (p, config, lr) ->
              new MetaOptimizer<>(
                  p, chain(clipGradNorm(0.5), with(lr, Rules.sgd(Preset.TORCH.sgd(), config)))));

  private static <R extends Rule<R>> R with(UnaryOperator<Hyperparameter> lr, R rule) {
    return rule.withLr(lr.apply(rule.descent().lr()));
  }

  private static final JsonObject FILE = Golden.read("meta_torchopt");

  @TestFactory
  Stream<DynamicTest> metaGradients() {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonElement element : FILE.getAsJsonArray("cases")) {
      JsonObject entry = element.getAsJsonObject();
      tests.add(dynamicTest(name(entry), () -> check(entry)));
    }
    return tests.stream();
  }

  private static String name(JsonObject entry) {
    return entry.get("optimizer").getAsString()
        + " "
        + entry.get("config")
        + " K="
        + entry.get("K")
        + " "
        + entry.get("problem");
  }

  private static void check(JsonObject entry) {
    String problem = entry.get("problem").getAsString();
    Map<String, Tensor> values =
        Golden.map(FILE.getAsJsonObject("problems").getAsJsonObject(problem));
    Map<String, Tensor> expected = Golden.map(entry.get("gradient"));
    Function<Outer, Tensor> loss = outer -> run(entry, values, outer, expected.containsKey("lr"));
    Outer point = new Outer(values.get("phi"), values.get("w0"), values.get("b0"), lr(entry));

    Comparison comparison = new Comparison();
    Tensor outer = Golden.tensor(entry.get("outer_loss"));
    comparison.tensor("outer loss", outer, loss.apply(point), VALUE);
    compare(comparison, "grad", expected, Transforms.grad(loss, point));
    Tensor forward = Shapes.reshape(Jacobians.jacfwd(loss, point), -1);
    compare(comparison, "jacfwd", expected, Trees.ravel(point).unravel().apply(forward));
    comparison.report(name(entry));
  }

  private static void compare(
      Comparison comparison, String mode, Map<String, Tensor> expected, Outer actual) {
    Map<String, Tensor> named = Trees.treeNamed(actual);
    expected.forEach((name, e) -> comparison.elements(mode + " " + name, e, named.get(name), NEAR));
  }

  private static Tensor run(
      JsonObject entry, Map<String, Tensor> values, Outer outer, boolean learnsRate) {
    Config config = new Config(entry.getAsJsonObject("config"), new Schedulers());
    Maker maker = MAKERS.get(entry.get("optimizer").getAsString());
    MetaOptimizer<Params> optimizer =
        maker.make(
            new Params(outer.w0(), outer.b0()),
            config,
            given -> learnsRate ? Hyperparameter.of(outer.lr()) : given);
    config.requireAllUsed();
    for (int k = 0; k < entry.get("K").getAsInt(); k++) {
      optimizer.step(params -> inner(values, params, outer.phi()));
    }
    return outer(values, optimizer.params(), outer.phi());
  }

  /** The rate of the case, 0 where it is a schedule and nothing depends on this. */
  private static Tensor lr(JsonObject entry) {
    JsonElement lr = entry.getAsJsonObject("config").get("lr");
    return Tensors.scalar(lr.isJsonPrimitive() ? lr.getAsDouble() : 0);
  }

  private static Tensor inner(Map<String, Tensor> values, Params params, Tensor phi) {
    Tensor z = Products.matmul(values.get("X").mul(phi), params.w()).add(params.b());
    Tensor fit = values.get("c").mul(Elementwise.softplus(z)).sum();
    Tensor penalties = values.get("r").mul(Elementwise.exp(phi));
    Tensor squares = params.w().mul(params.w());
    return fit.add(Shapes.expandDims(penalties, 1).mul(squares).sum());
  }

  private static Tensor outer(Map<String, Tensor> values, Params params, Tensor phi) {
    Tensor fit = Products.matmul(values.get("V"), params.w()).add(params.b());
    Tensor residuals = fit.sub(values.get("T"));
    Tensor penalty = phi.mul(phi).sum().mul(0.05);
    return residuals.mul(residuals).sum().mul(0.5).add(penalty);
  }

  @Test
  void knowsEveryOptimizer() {
    List<String> names = new ArrayList<>();
    for (JsonElement element : FILE.getAsJsonArray("cases")) {
      names.add(element.getAsJsonObject().get("optimizer").getAsString());
    }
    assertThat(MAKERS.keySet()).containsAll(names);
  }
}
