package dini.core.primitive;

/** Names of primitives as they appear in programs and messages. */
final class Labels {
  private Labels() {}

  /** An enum constant in camel case: {@code SECH_SQUARED} is {@code sechSquared}. */
  static String of(Enum<?> constant) {
    StringBuilder label = new StringBuilder();
    boolean up = false;
    for (char c : constant.name().toCharArray()) {
      if (c == '_') {
        up = true;
      } else {
        label.append(up ? c : Character.toLowerCase(c));
        up = false;
      }
    }
    return label.toString();
  }
}
