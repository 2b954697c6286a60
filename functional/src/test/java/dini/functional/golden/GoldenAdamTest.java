package dini.functional.golden;

import static dini.functional.Transforms.vjp;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.functional.Vjp;
import dini.functional.primitive.FusedAdam;
import dini.functional.primitive.FusedAdam.Constants;
import dini.functional.primitive.FusedAdam.Step;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One step of Adam and its pullback against {@code adam_op} of {@code meta_torchopt.json}. */
class GoldenAdamTest {
  /** The values were rounded once more where they were written. */
  private static final double VALUES = 1e-15;

  /** Relative to each element: terms of the pullback cancel to 1e-3 of their size and less. */
  private static final double GRADIENTS = 1e-11;

  record Three(Tensor first, Tensor second, Tensor third) {}

  record Case(String name, JsonObject json) {
    double number(String key) {
      return json.get(key).getAsDouble();
    }

    Three three(String first, String second, String third) {
      return new Three(
          Golden.tensor(json.get(first)),
          Golden.tensor(json.get(second)),
          Golden.tensor(json.get(third)));
    }

    Constants constants() {
      double b1 = number("b1");
      double b2 = number("b2");
      double count = number("count");
      return new Constants(
          Tensors.scalar(b1),
          Tensors.scalar(b2),
          Tensors.scalar(number("eps")),
          Tensors.scalar(number("eps_root")),
          Tensors.scalar(1 - StrictMath.pow(b1, count)),
          Tensors.scalar(1 - StrictMath.pow(b2, count)));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    List<JsonElement> records = Golden.read("meta_torchopt").getAsJsonArray("adam_op").asList();
    assertThat(records).isNotEmpty();
    return records.stream()
        .map(JsonElement::getAsJsonObject)
        .map(json -> new Case(json.get("case").getAsString(), json));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void stepAndPullbackAreTheTruth(Case given) {
    Constants constants = given.constants();
    Vjp<Three, Three> vjp =
        vjp(
            x -> {
              Step step = FusedAdam.update(x.first(), x.second(), x.third(), constants);
              return new Three(step.mu(), step.nu(), step.direction());
            },
            given.three("g", "mu", "nu"));
    near(VALUES, vjp.value(), given.three("new_mu", "new_nu", "update"));
    Three gradient =
        vjp.pullback().apply(given.three("cotangent_mu", "cotangent_nu", "cotangent_update"));
    JsonObject truth = given.json().getAsJsonObject("gradient");
    near(GRADIENTS, gradient, new Case(given.name(), truth).three("g", "mu", "nu"));
  }

  private static void near(double tolerance, Three actual, Three expected) {
    near(tolerance, actual.first(), expected.first());
    near(tolerance, actual.second(), expected.second());
    near(tolerance, actual.third(), expected.third());
  }

  private static void near(double tolerance, Tensor actual, Tensor expected) {
    for (int i = 0; i < expected.size(); i++) {
      double error = Math.abs(actual.item(i) - expected.item(i));
      assertThat(error)
          .as("element %d: %s, expected %s", i, actual.item(i), expected.item(i))
          .isLessThanOrEqualTo(tolerance * Math.abs(expected.item(i)));
    }
  }
}
