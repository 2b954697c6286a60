package dini.functional.golden;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dini.core.DType;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.functional.golden.Comparison.Tolerance;
import dini.functional.optim.Average;
import dini.functional.optim.CenteredMoments;
import dini.functional.optim.ChainState;
import dini.functional.optim.LeafStates;
import dini.functional.optim.Moments;
import dini.functional.optim.StepCount;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares the fields of states that both have. */
final class FinalState {
  private static final List<String> LEAVES = List.of("w", "b");

  private final Comparison comparison;
  private final Tolerance tolerance;

  FinalState(Comparison comparison, Tolerance tolerance) {
    this.comparison = comparison;
    this.tolerance = tolerance;
  }

  void compare(JsonElement expected, Object actual) {
    switch (actual) {
      case ChainState chain -> {
        JsonArray links = expected.getAsJsonArray();
        for (int i = 0; i < links.size(); i++) {
          compare(links.get(i), chain.states().get(i));
        }
      }
      case LeafStates<?> states -> leaves(expected.getAsJsonObject(), states.leaves());
      default -> {
        // nothing is remembered
      }
    }
  }

  private void leaves(JsonObject expected, Map<String, ?> actual) {
    if (expected.has("inner_state")) {
      leaves(expected.getAsJsonObject("inner_state"), actual);
      return;
    }
    expected
        .asMap()
        .forEach(
            (field, value) -> {
              for (int i = 0; i < LEAVES.size(); i++) {
                JsonElement own = value.isJsonArray() ? value.getAsJsonArray().get(i) : value;
                if (actual.containsKey(LEAVES.get(i))) {
                  Tensor wanted = Golden.tensor(own);
                  String what = field + " of " + LEAVES.get(i);
                  field(field, actual.get(LEAVES.get(i)))
                      .ifPresent(t -> comparison.elements(what, wanted, t, tolerance));
                } else if (value.isJsonArray() && !own.isJsonPrimitive() && !actual.isEmpty()) {
                  comparison.fail("no state of " + LEAVES.get(i));
                }
              }
            });
  }

  /** The field of a leaf's state that has a golden name, if there is one. */
  private static Optional<Tensor> field(String name, Object leaf) {
    if (name.equals("count")) {
      return Optional.of(Shapes.astype(count(leaf), DType.FLOAT64));
    }
    return switch (leaf) {
      case StepCount count -> Optional.empty();
      case Average average ->
          List.of("trace", "ema", "nu", "sum_of_squares").contains(name)
              ? Optional.of(average.average())
              : Optional.empty();
      case Moments moments ->
          switch (name) {
            case "mu", "e_g" -> Optional.of(moments.mu());
            case "nu", "e_x" -> Optional.of(moments.nu());
            default -> Optional.empty();
          };
      case CenteredMoments moments ->
          switch (name) {
            case "mu" -> Optional.of(moments.mu());
            case "nu" -> Optional.of(moments.variance().add(moments.mu().mul(moments.mu())));
            default -> Optional.empty();
          };
      default -> throw new IllegalArgumentException(leaf.toString());
    };
  }

  private static Tensor count(Object leaf) {
    return switch (leaf) {
      case StepCount count -> count.count();
      case Average average -> average.count();
      case Moments moments -> moments.count();
      case CenteredMoments moments -> moments.count();
      default -> throw new IllegalArgumentException(leaf.toString());
    };
  }
}
