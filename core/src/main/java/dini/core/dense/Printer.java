package dini.core.dense;

/** Text of dense tensors. */
final class Printer {
  private Printer() {}

  static String print(DenseTensor x) {
    return x.type() + java.util.Arrays.toString(Reading.doubles(x));
  }
}
