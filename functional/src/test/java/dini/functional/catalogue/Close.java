package dini.functional.catalogue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dini.core.Tensor;
import java.util.Arrays;

/** Comparisons of numbers that report where they were drawn and both of them. */
final class Close {
  private Close() {}

  /** Elements within a bound relative to 1 plus the largest. */
  static void tensors(
      Object context, String law, Tensor[] expected, Tensor[] actual, double bound) {
    assertEquals(Sample.types(expected), Sample.types(actual), () -> context + ": " + law);
    for (int i = 0; i < expected.length; i++) {
      Entry.Tolerance tolerance = new Entry.Tolerance(bound, true);
      values(context, law, Plain.of(expected[i]), Plain.of(actual[i]), tolerance);
    }
  }

  static void values(
      Object context, String law, Plain expected, Plain actual, Entry.Tolerance tolerance) {
    assertArrayEquals(expected.shape, actual.shape, () -> context + ": " + law + ": shape");
    double largest = 1 + Arrays.stream(expected.data).map(Math::abs).max().orElse(0);
    for (int i = 0; i < expected.data.length; i++) {
      double scale = tolerance.toLargest() ? largest : Math.abs(expected.data[i]);
      String place = law + ": element " + i;
      number(context, place, expected.data[i], actual.data[i], tolerance.relative() * scale);
    }
  }

  static void number(Object context, String law, double expected, double actual, double bound) {
    if (!(Math.abs(expected - actual) <= bound)
        && expected != actual
        && !(Double.isNaN(expected) && Double.isNaN(actual))) {
      fail(
          context
              + ": "
              + law
              + ": expected "
              + expected
              + ", got "
              + actual
              + ", difference "
              + (actual - expected)
              + ", allowed "
              + bound);
    }
  }

  /** Equal to the last bit. */
  static void bits(Object context, String law, Tensor[] expected, Tensor[] actual) {
    for (int i = 0; i < Math.max(expected.length, actual.length); i++) {
      assertEquals(expected[i], actual[i], context + ": " + law);
    }
  }
}
