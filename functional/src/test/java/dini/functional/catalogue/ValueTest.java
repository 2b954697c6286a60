package dini.functional.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dini.core.DType;
import dini.core.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation against plain loops, and against itself in less precision. */
class ValueTest {
  /**
   * FLOAT32 against FLOAT64: 2^-24 times what {@link Entry.Tolerance#SUMS} counts, halved by signs.
   */
  private static final double NARROW = 1e-5;

  static Stream<Entry> entries() {
    return Catalogue.all();
  }

  static Stream<Entry> integers() {
    return Catalogue.all().filter(Entry::integers);
  }

  @ParameterizedTest
  @MethodSource("entries")
  void valueIsTheOracles(Entry entry) {
    Sample.eachAndLarge(entry, DType.FLOAT64, 11).forEach(ValueTest::checkValue);
  }

  static void checkValue(Sample sample) {
    Tensor[] arguments = sample.arguments();
    Plain[] expected = sample.entry().oracle().apply(Plain.of(arguments));
    Tensor[] actual = sample.entry().operation().apply(arguments);
    assertEquals(expected.length, actual.length, sample::toString);
    for (int i = 0; i < expected.length; i++) {
      Close.values(sample, "value", expected[i], Plain.of(actual[i]), sample.entry().tolerance());
    }
  }

  @ParameterizedTest
  @MethodSource("integers")
  void integersAreExact(Entry entry) {
    for (DType dtype : List.of(DType.INT32, DType.INT64)) {
      Sample.eachAndLarge(entry, dtype, 12).forEach(ValueTest::checkValue);
    }
  }

  @ParameterizedTest
  @MethodSource("entries")
  void float32IsNearFloat64(Entry entry) {
    Sample.eachAndLarge(entry, DType.FLOAT32, 13)
        .forEach(
            sample -> {
              Tensor[] narrow = sample.arguments();
              Tensor[] wide =
                  Arrays.stream(narrow)
                      .map(x -> x.dtype().isFloating() ? x.astype(DType.FLOAT64) : x)
                      .toArray(Tensor[]::new);
              Tensor[] expected = entry.operation().apply(wide);
              Tensor[] actual = entry.operation().apply(narrow);
              boolean toLargest = entry.tolerance().toLargest();
              for (int i = 0; i < expected.length; i++) {
                Close.values(
                    sample,
                    "float32",
                    Plain.of(expected[i]),
                    Plain.of(actual[i]),
                    new Entry.Tolerance(NARROW, toLargest));
              }
            });
  }
}
