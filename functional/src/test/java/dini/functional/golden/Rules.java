package dini.functional.golden;

import com.google.gson.JsonObject;
import dini.functional.optim.AdaDeltaRule;
import dini.functional.optim.AdaGradRule;
import dini.functional.optim.AdaMaxRule;
import dini.functional.optim.AdamRule;
import dini.functional.optim.AmsgradRule;
import dini.functional.optim.NAdamRule;
import dini.functional.optim.Preset;
import dini.functional.optim.RAdamRule;
import dini.functional.optim.RmsPropRule;
import dini.functional.optim.RpropRule;
import dini.functional.optim.Rule;
import dini.functional.optim.SgdRule;
import java.util.Locale;
import java.util.Set;

/** Whole optimizers by the names and with the arguments that golden files use. */
final class Rules {
  static final Set<String> NAMES =
      Set.of(
          "sgd",
          "adam",
          "adam(amsgrad)",
          "adamw",
          "adagrad",
          "rmsprop",
          "adadelta",
          "adamax",
          "radam",
          "nadam",
          "nadamw",
          "rprop");

  private Rules() {}

  /** The optimizer of a name with the defaults of a library and other arguments. */
  static Rule<?> rule(Preset preset, String name, JsonObject arguments) {
    Config config = new Config(arguments, new Schedulers());
    Rule<?> rule =
        switch (name) {
          case "sgd" -> sgd(preset.sgd(), config);
          case "adam" -> adam(preset.adam(), config);
          case "adamw" -> adam(preset.adamw(), config);
          case "adam(amsgrad)" -> amsgrad(preset.amsgrad(), config);
          case "nadam" ->
              preset == Preset.OPTAX
                  ? adam(preset.adam().withNesterov(true), config)
                  : nadam(preset.nadam(), config);
          case "nadamw" -> adam(preset.adamw().withNesterov(true), config);
          case "rprop" -> rprop(preset.rprop(), config);
          case "adagrad" -> adagrad(preset.adagrad(), config);
          case "rmsprop" -> rmsprop(preset.rmsprop(), config);
          case "adadelta" -> adadelta(preset, config);
          case "adamax" -> adamax(preset.adamax(), config);
          case "radam" -> radam(preset.radam(), config);
          default -> throw new IllegalArgumentException(name);
        };
    config.requireAllUsed();
    return rule;
  }

  static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static <R extends Rule<R>> R descent(R rule, Config config) {
    R r = rule;
    r = config.with("lr", r, Rule::withLr);
    r = config.with("learning_rate", r, Rule::withLr);
    r = config.with("weight_decay", r, Rule::withWeightDecay);
    r = config.withMask("mask", r, Rule::withDecayMask);
    return config.withFlag("maximize", r, Rule::withMaximize);
  }

  static SgdRule sgd(SgdRule rule, Config config) {
    SgdRule r = descent(rule, config);
    r = config.with("momentum", r, SgdRule::withMomentum);
    r = config.with("dampening", r, SgdRule::withDampening);
    return config.withFlag("nesterov", r, SgdRule::withNesterov);
  }

  static AdamRule adam(AdamRule rule, Config config) {
    AdamRule r = descent(rule, config);
    r = config.withBeta(0, r, AdamRule::withB1);
    r = config.withBeta(1, r, AdamRule::withB2);
    r = config.with("b1", r, AdamRule::withB1);
    r = config.with("b2", r, AdamRule::withB2);
    r = config.with("eps", r, AdamRule::withEps);
    r = config.with("eps_root", r, AdamRule::withEpsRoot);
    // changes how it is computed, not what
    config.flag("use_accelerated_op", false);
    return config.withFlag("nesterov", r, AdamRule::withNesterov);
  }

  private static AmsgradRule amsgrad(AmsgradRule rule, Config config) {
    if (!config.flag("amsgrad", false)) {
      throw new AssertionError("not amsgrad");
    }
    AmsgradRule r = descent(rule, config);
    r = config.withBeta(0, r, AmsgradRule::withB1);
    return config.withBeta(1, r, AmsgradRule::withB2);
  }

  private static NAdamRule nadam(NAdamRule rule, Config config) {
    return descent(rule, config);
  }

  private static RpropRule rprop(RpropRule rule, Config config) {
    RpropRule r = descent(rule, config);
    r = config.withPair("etas", 0, r, RpropRule::withShrink);
    r = config.withPair("etas", 1, r, RpropRule::withGrow);
    r = config.withPair("step_sizes", 0, r, RpropRule::withSmallest);
    return config.withPair("step_sizes", 1, r, RpropRule::withLargest);
  }

  static AdaGradRule adagrad(AdaGradRule rule, Config config) {
    AdaGradRule r = descent(rule, config);
    r = config.with("lr_decay", r, AdaGradRule::withLrDecay);
    r = config.with("initial_accumulator_value", r, AdaGradRule::withInitialAccumulator);
    return config.with("eps", r, AdaGradRule::withEps);
  }

  static RmsPropRule rmsprop(RmsPropRule rule, Config config) {
    RmsPropRule r = descent(rule, config);
    r = config.with("alpha", r, RmsPropRule::withDecay);
    r = config.with("decay", r, RmsPropRule::withDecay);
    r = config.with("eps", r, RmsPropRule::withEps);
    r = config.with("momentum", r, RmsPropRule::withMomentum);
    r = config.with("initial_scale", r, RmsPropRule::withInitialScale);
    r = config.withFlag("nesterov", r, RmsPropRule::withNesterov);
    r = config.withFlag("centered", r, RmsPropRule::withCentered);
    r = config.withFlag("eps_in_sqrt", r, RmsPropRule::withEpsInRoot);
    return config.withFlag("bias_correction", r, RmsPropRule::withBiasCorrection);
  }

  /** Without a learning rate Optax's has neither rate nor sign: it ascends. */
  private static AdaDeltaRule adadelta(Preset preset, Config config) {
    boolean ascends = preset == Preset.OPTAX && !config.has("learning_rate");
    AdaDeltaRule rule = preset.adadelta();
    return adadelta(ascends ? rule.withLr(-1) : rule, config);
  }

  static AdaDeltaRule adadelta(AdaDeltaRule rule, Config config) {
    AdaDeltaRule r = descent(rule, config);
    r = config.with("rho", r, AdaDeltaRule::withRho);
    return config.with("eps", r, AdaDeltaRule::withEps);
  }

  static AdaMaxRule adamax(AdaMaxRule rule, Config config) {
    AdaMaxRule r = descent(rule, config);
    r = config.withBeta(0, r, AdaMaxRule::withB1);
    r = config.withBeta(1, r, AdaMaxRule::withB2);
    r = config.with("b1", r, AdaMaxRule::withB1);
    r = config.with("b2", r, AdaMaxRule::withB2);
    return config.with("eps", r, AdaMaxRule::withEps);
  }

  static RAdamRule radam(RAdamRule rule, Config config) {
    RAdamRule r = descent(rule, config);
    r = config.withBeta(0, r, RAdamRule::withB1);
    r = config.withBeta(1, r, RAdamRule::withB2);
    r = config.with("b1", r, RAdamRule::withB1);
    r = config.with("b2", r, RAdamRule::withB2);
    r = config.with("eps", r, RAdamRule::withEps);
    r = config.with("eps_root", r, RAdamRule::withEpsRoot);
    if (config.has("threshold")) {
      r = r.withThreshold(config.number("threshold", 0));
    }
    return config.withFlag("nesterov", r, RAdamRule::withNesterov);
  }
}
