package dini.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands behind the name of a command. Each option is taken by whoever knows it; then come the
 * other arguments in order, and in the end nothing may be left.
 */
final class Arguments {
  private final String command;
  private final List<String> left;

  /** The name of a command, and behind it what nobody has taken. */
  Arguments(List<String> line) {
    this.command = line.getFirst();
    this.left = new ArrayList<>(line.subList(1, line.size()));
  }

  /** Whether the option is there. */
  boolean flag(String option) {
    return left.removeAll(List.of(option));
  }

  /** The value of {@code --option value} or {@code --option=value}; of several the last. */
  Optional<String> option(String option) {
    Optional<String> value = Optional.empty();
    for (int i = 0; i < left.size(); ) {
      if (left.get(i).startsWith(option + "=")) {
        value = Optional.of(left.remove(i).substring(option.length() + 1));
      } else if (left.get(i).equals(option)) {
        left.remove(i);
        if (i == left.size()) {
          throw new BadInputException(command + ": " + option + " came without a value");
        }
        value = Optional.of(left.remove(i));
      } else {
        i++;
      }
    }
    return value;
  }

  /** The value of an option that is a whole number. */
  int option(String option, int otherwise) {
    return option(option).map(value -> whole(option, value)).orElse(otherwise);
  }

  /** The next argument, once all options have been taken. */
  Optional<String> next() {
    if (left.isEmpty()) {
      return Optional.empty();
    }
    if (left.getFirst().startsWith("--")) {
      end();
    }
    return Optional.of(left.removeFirst());
  }

  /** The next argument, once all options have been taken, which is a whole number. */
  Optional<Integer> nextWhole(String name) {
    return next().map(value -> whole(name, value));
  }

  private int whole(String name, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new BadInputException(
          command + ": " + name + " " + value + " came, expected a whole number");
    }
  }

  /**
   * Refuses what nobody has taken.
   *
   * @throws BadInputException if there is any
   */
  void end() {
    if (!left.isEmpty()) {
      throw new BadInputException(
          "%s: %s is none of its arguments; see dini %1$s --help"
              .formatted(command, left.getFirst()));
    }
  }
}
