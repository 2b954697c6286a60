package dini.core;

import java.util.Collections;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * An elementary operation, as it appears in the equations of a {@link Program}. The rules by which
 * it is evaluated, differentiated, transposed and batched are internal.
 */
public interface Primitive {
  /**
   * The name in printed programs: {@code mul}, {@code matmul}.
   *
   * @return the name
   */
  String label();

  /**
   * The static parameters as printed, {@code ""} if there are none: {@code axes=[0, 1]}.
   *
   * @return the parameters
   */
  default String parameters() {
    return "";
  }

  /**
   * The program that the operation runs in its turn, if it has one: that of the map of a linear
   * solve. The captured values of that program are the first operands of the operation.
   *
   * @return the program
   */
  default Optional<Program> subprogram() {
    return Optional.empty();
  }

  /**
   * The programs that the operation runs in its turn, if it has any: the branches of a choice, the
   * condition and the body of a loop. What they captured are operands of the operation, in order.
   *
   * @return the programs, by their names in printed programs
   */
  default SequencedMap<String, Program> bodies() {
    return Collections.emptyNavigableMap();
  }
}
