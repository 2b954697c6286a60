package dini.core.dense;

import static dini.core.Tensors.bools;
import static dini.core.Tensors.floats;
import static dini.core.Tensors.full;
import static dini.core.Tensors.ints;
import static dini.core.Tensors.longs;
import static dini.core.Tensors.nested;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static org.assertj.core.api.Assertions.assertThat;

import dini.core.DType;
import dini.core.Shape;
import dini.core.Tensor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The values before the type are what {@code print(array)} gives in NumPy 2.4.6. */
class PrinterTest {

  private static Tensor range(int... extents) {
    Shape shape = Shape.of(extents);
    return tensor(shape, IntStream.range(0, shape.size()).asDoubleStream().toArray());
  }

  @Test
  void wholeNumbersKeepThePoint() {
    assertThat(tensor(1, 2, 3)).hasToString("[1. 2. 3.]  f64[3]");
  }

  @Test
  void decimalsAreAlignedAtThePoint() {
    assertThat(tensor(1, 2.5, 3.25)).hasToString("[1.   2.5  3.25]  f64[3]");
    assertThat(tensor(1.0 / 3, 2.0 / 3, -1))
        .hasToString("[ 0.33333333  0.66666667 -1.        ]  f64[3]");
  }

  @Test
  void rowsAreAligned() {
    assertThat(tensor(new double[][] {{1, -2.5}, {100.125, 0}}))
        .hasToString(
            """
            [[  1.     -2.5  ]
             [100.125   0.   ]]  f64[2,2]\
            """);
  }

  @Test
  void blocksAreSeparatedByBlankLines() {
    assertThat(nested(new int[][][][] {{{{0, 1}}, {{2, 3}}}, {{{4, 5}}, {{6, 7}}}}))
        .hasToString(
            """
            [[[[0 1]]

              [[2 3]]]


             [[[4 5]]

              [[6 7]]]]  i32[2,2,1,2]\
            """);
  }

  @Test
  void powersOfTenAreUsedForLargeSmallAndWideRanges() {
    assertThat(tensor(1e8, 1)).hasToString("[1.e+08 1.e+00]  f64[2]");
    assertThat(tensor(99999999, 1e6)).hasToString("[99999999.  1000000.]  f64[2]");
    assertThat(tensor(1e-5, 1)).hasToString("[1.e-05 1.e+00]  f64[2]");
    assertThat(tensor(1000, 1)).hasToString("[1000.    1.]  f64[2]");
    assertThat(tensor(1001, 1)).hasToString("[1.001e+03 1.000e+00]  f64[2]");
    assertThat(tensor(1e100, 1.5e-7, 0, -2))
        .hasToString("[ 1.0e+100  1.5e-007  0.0e+000 -2.0e+000]  f64[4]");
  }

  @Test
  void roundingCarriesIntoTheNextPowerOfTen() {
    assertThat(tensor(9.9999999999e5, 1e-3)).hasToString("[1.e+06 1.e-03]  f64[2]");
  }

  @Test
  void cutDigitsAreRoundedFromTheExactValue() {
    assertThat(tensor(0.123456785, 0.123456775, 0.5000000050000001))
        .hasToString("[0.12345678 0.12345678 0.50000001]  f64[3]");
  }

  @Test
  void valuesThatAreNotFiniteAreWordsAndTheZeroKeepsItsSign() {
    assertThat(tensor(1.5, Double.NaN, Double.NEGATIVE_INFINITY))
        .hasToString("[ 1.5  nan -inf]  f64[3]");
    assertThat(tensor(Double.NaN, Double.POSITIVE_INFINITY)).hasToString("[nan inf]  f64[2]");
    assertThat(tensor(-0.0, 0.0)).hasToString("[-0.  0.]  f64[2]");
  }

  @Test
  void floatsHaveDigitsAndLimitsOfTheirOwn() {
    assertThat(floats(.1f, .2f, 1f / 3)).hasToString("[0.1        0.2        0.33333334]  f32[3]");
    assertThat(floats(999999, 1000)).hasToString("[999999.   1000.]  f32[2]");
    assertThat(floats(1e6f, 1)).hasToString("[1.e+06 1.e+00]  f32[2]");
    assertThat(floats(213276.1f, -5.246813e-7f, -1.4671937e-3f))
        .hasToString("[ 2.1327609e+05 -5.2468130e-07 -1.4671937e-03]  f32[3]");
  }

  @Test
  void integersAndTruthValuesStandAtTheRight() {
    assertThat(nested(new int[][] {{1, -20}, {300, 4}}))
        .hasToString(
            """
            [[  1 -20]
             [300   4]]  i32[2,2]\
            """);
    assertThat(longs(Long.MIN_VALUE, 5))
        .hasToString("[-9223372036854775808                    5]  i64[2]");
    assertThat(bools(true, false)).hasToString("[ true false]  bool[2]");
  }

  @Test
  void scalarsShowAllTheirDigits() {
    assertThat(scalar(1)).hasToString("1.0  f64[]");
    assertThat(scalar(1.0 / 3)).hasToString("0.3333333333333333  f64[]");
    assertThat(scalar(-0.0)).hasToString("-0.0  f64[]");
    assertThat(scalar(1e-5)).hasToString("1e-05  f64[]");
    assertThat(scalar(1.5e-7)).hasToString("1.5e-07  f64[]");
    assertThat(scalar(1e15)).hasToString("1000000000000000.0  f64[]");
    assertThat(scalar(1e16)).hasToString("1e+16  f64[]");
    assertThat(scalar(Double.NEGATIVE_INFINITY)).hasToString("-inf  f64[]");
    assertThat(full(16777216, DType.FLOAT32)).hasToString("1.6777216e+07  f32[]");
    assertThat(full(7, DType.INT64)).hasToString("7  i64[]");
    assertThat(full(1, DType.BOOL)).hasToString("true  bool[]");
  }

  @Test
  void nothingIsAPairOfBrackets() {
    assertThat(ints()).hasToString("[]  i32[0]");
    assertThat(zeros(2, 0)).hasToString("[]  f64[2,0]");
  }

  @Test
  void longRowsAreBroken() {
    assertThat(
            tensor(
                Shape.of(2, 12), IntStream.range(0, 24).mapToDouble(i -> Math.sqrt(i)).toArray()))
        .hasToString(
            """
            [[0.         1.         1.41421356 1.73205081 2.         2.23606798
              2.44948974 2.64575131 2.82842712 3.         3.16227766 3.31662479]
             [3.46410162 3.60555128 3.74165739 3.87298335 4.         4.12310563
              4.24264069 4.35889894 4.47213595 4.58257569 4.69041576 4.79583152]]  f64[2,12]\
            """);
  }

  @Test
  void theMiddleOfMoreThanAThousandElementsIsLeftOut() {
    assertThat(range(1000).toString()).contains(" 500. ").doesNotContain("...");
    assertThat(range(1001)).hasToString("[   0.    1.    2. ...  998.  999. 1000.]  f64[1001]");
    assertThat(range(2, 600))
        .hasToString(
            """
            [[0.000e+00 1.000e+00 2.000e+00 ... 5.970e+02 5.980e+02 5.990e+02]
             [6.000e+02 6.010e+02 6.020e+02 ... 1.197e+03 1.198e+03 1.199e+03]]  f64[2,600]\
            """);
    assertThat(range(40, 40).astype(DType.INT64))
        .hasToString(
            """
            [[   0    1    2 ...   37   38   39]
             [  40   41   42 ...   77   78   79]
             [  80   81   82 ...  117  118  119]
             ...
             [1480 1481 1482 ... 1517 1518 1519]
             [1520 1521 1522 ... 1557 1558 1559]
             [1560 1561 1562 ... 1597 1598 1599]]  i64[40,40]\
            """);
  }

  @Test
  void elementsThatAreLeftOutDoNotChangeTheFormat() {
    double[] values = new double[1001];
    values[500] = 1e300;
    assertThat(tensor(values)).hasToString("[0. 0. 0. ... 0. 0. 0.]  f64[1001]");
  }
}
