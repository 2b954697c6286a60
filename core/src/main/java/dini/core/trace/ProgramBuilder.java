package dini.core.trace;

import dini.core.Primitive;
import dini.core.Program;
import dini.core.Program.Equation;
import dini.core.Tensor;
import dini.core.TensorType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects equations. Captured values are found as they come, so while building they have negative
 * numbers; freezing puts them first.
 */
final class ProgramBuilder {
  private final List<TensorType> types = new ArrayList<>();
  private final List<Tensor> constants = new ArrayList<>();
  private final Map<Tensor, Integer> constantNumbers = new IdentityHashMap<>();
  private final List<Equation> equations = new ArrayList<>();
  private int inputCount;

  /** The number of a new input; all inputs come before the first equation. */
  int input(TensorType type) {
    inputCount++;
    return variable(type);
  }

  /** The number of a captured value, the same each time. */
  int constant(Tensor value) {
    return constantNumbers.computeIfAbsent(
        value,
        absent -> {
          constants.add(value);
          return -constants.size();
        });
  }

  /** Adds an equation and returns the number of its first result; the others follow. */
  int equation(
      Primitive primitive, int[] operands, TensorType[] resultTypes, Optional<String> source) {
    int first = types.size();
    List<Integer> results = new ArrayList<>(resultTypes.length);
    for (TensorType type : resultTypes) {
      results.add(variable(type));
    }
    equations.add(new Equation(primitive, boxed(operands), results, source));
    return first;
  }

  private int variable(TensorType type) {
    types.add(type);
    return types.size() - 1;
  }

  private static List<Integer> boxed(int[] numbers) {
    List<Integer> boxed = new ArrayList<>(numbers.length);
    for (int number : numbers) {
      boxed.add(number);
    }
    return boxed;
  }

  /**
   * The program with the given outputs.
   *
   * @param capturesTraced whether values of tracers were used that cannot be told from others now
   */
  Closed freeze(int[] outputs, boolean capturesTraced) {
    return freeze(outputs, capturesTraced, constants);
  }

  /** The same with what was captured in the order of age, not in that of use. */
  Closed freezeByAge(int[] outputs, boolean capturesTraced) {
    return freeze(outputs, capturesTraced, constants.stream().sorted(Tracer.BY_AGE).toList());
  }

  private Closed freeze(int[] outputs, boolean capturesTraced, List<Tensor> captured) {
    Map<Tensor, Integer> places = new IdentityHashMap<>();
    for (Tensor value : captured) {
      places.put(value, places.size());
    }
    int[] constantPlaces = constants.stream().mapToInt(places::get).toArray();
    int shift = constants.size();
    List<TensorType> allTypes = new ArrayList<>(shift + types.size());
    captured.forEach(constant -> allTypes.add(constant.type()));
    allTypes.addAll(types);
    List<Equation> shifted =
        equations.stream()
            .map(
                equation ->
                    equation
                        .on(shift(equation.operands(), shift, constantPlaces))
                        .defining(shift(equation.results(), shift, constantPlaces)))
            .toList();
    return new Closed(
        new Program(
            allTypes, shift, inputCount, shifted, shift(boxed(outputs), shift, constantPlaces)),
        List.copyOf(captured),
        capturesTraced || constants.stream().anyMatch(constant -> constant instanceof Tracer));
  }

  private static List<Integer> shift(List<Integer> numbers, int shift, int[] constantPlaces) {
    return numbers.stream().map(n -> n < 0 ? constantPlaces[-n - 1] : n + shift).toList();
  }
}
