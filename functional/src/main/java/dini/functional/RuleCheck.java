package dini.functional;

import dini.core.Tensor;
import dini.core.TracerException;
import dini.core.trace.AuxiliaryTrace;
import dini.core.trace.Bind;
import dini.core.trace.Captures;
import dini.core.trace.DerivativeTrace;
import dini.core.trace.Differentiation.Duals;
import dini.core.trace.Leaves;
import dini.core.trace.NanWatch;
import dini.core.tree.Structure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Whether a custom rule can stand in for its function: what the function captures with a derivative
 * would lose it where the rule knows nothing of it. To find out, the function runs where the rule
 * is about to; one that captures nothing traced does so once for arguments of the same types.
 */
final class RuleCheck {
  private final Set<List<Object>> passed = ConcurrentHashMap.newKeySet();

  /**
   * Throws if a capture would lose its derivative.
   *
   * @param label the name in messages
   * @param structure that of the argument
   * @param f the function of leaves
   * @param rule the rule
   * @param primals the leaves that the rule gets
   * @param tangents their tangents
   * @param traces what differentiates now
   * @return what to {@link #pass} once the rule gave what is like the function's result, if it need
   *     not be checked again then
   */
  Optional<List<Object>> check(
      String label,
      Structure structure,
      Leaves f,
      CustomFunction.Rule rule,
      Tensor[] primals,
      Tensor[] tangents,
      List<DerivativeTrace> traces) {
    List<Object> key = List.of(structure, List.of(Bind.types(primals)));
    if (passed.contains(key)) {
      return Optional.empty();
    }
    // unwatched, since a rule may be there to avoid the NaN that the function makes on its way
    Captures captures = NanWatch.unwatched(() -> Captures.of(f, primals));
    for (DerivativeTrace trace : traces) {
      List<Tensor> used = moving(trace, captures);
      if (!used.isEmpty()) {
        requireTreated(label, used, moving(trace, ofRule(rule, primals, tangents)));
      }
    }
    return captures.isClosed() ? Optional.of(key) : Optional.empty();
  }

  /** Remembers that the rule fits the function for some arguments. */
  void pass(List<Object> key) {
    passed.add(key);
  }

  private static List<Tensor> moving(DerivativeTrace trace, Captures captures) {
    List<Tensor> moving = new ArrayList<>();
    for (Tensor captured : captures.captured()) {
      Tensor tangent = Spread.tangent(trace, captured);
      if (tangent != null && !AuxiliaryTrace.isTangent(tangent)) {
        moving.add(captured);
      }
    }
    return moving;
  }

  private static Captures ofRule(CustomFunction.Rule rule, Tensor[] primals, Tensor[] tangents) {
    int count = primals.length;
    Tensor[] both = Arrays.copyOf(primals, 2 * count);
    System.arraycopy(tangents, 0, both, count, count);
    return Captures.of(
        all -> {
          Tensor[] values = Arrays.copyOf(all, count);
          Duals duals = rule.apply(values, Arrays.copyOfRange(all, count, 2 * count));
          return Stream.concat(Arrays.stream(duals.values()), Arrays.stream(duals.tangents()))
              .filter(Objects::nonNull)
              .toArray(Tensor[]::new);
        },
        both);
  }

  /**
   * A rule treats what it captures too, or something else with a derivative in its place, as the
   * sine of what the function captures.
   */
  private static void requireTreated(String label, List<Tensor> used, List<Tensor> treated) {
    boolean inItsPlace = treated.stream().anyMatch(tensor -> !used.contains(tensor));
    if (inItsPlace || treated.containsAll(used)) {
      return;
    }
    Tensor lost = used.stream().filter(tensor -> !treated.contains(tensor)).findFirst().get();
    throw new TracerException(
        label
            + ": the function captured a value "
            + lost.type()
            + " that carries a derivative, which would be lost, since the rule does not use it;"
            + " what the function uses must be passed as an argument; wrap it in stopGradient if"
            + " it should carry none");
  }
}
