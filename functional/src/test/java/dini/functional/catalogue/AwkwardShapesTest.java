package dini.functional.catalogue;

import dini.core.DType;
import dini.core.Index;
import dini.core.Shapes;
import dini.core.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every length around the lanes and the blocks of the kernels: bodies, tails and joints. */
class AwkwardShapesTest {
  private static final int LENGTHS = 70;

  /** Around the vectors unrolled by four, and the blocks of contiguous reductions. */
  private static final int[] JOINTS = {127, 128, 129, 1023, 1025, 32767, 32768, 32769, 70001};

  private static boolean elementwise(Entry entry, int arguments) {
    return entry.domains().size() == arguments
        && entry.large().stream().anyMatch(shapes -> shapes[0].length == 1)
        && entry.shapes().stream().anyMatch(shapes -> shapes[0].length == 0)
        && ElementwiseEntries.all().stream().anyMatch(each -> each.name().equals(entry.name()));
  }

  static Stream<Entry> unary() {
    return Catalogue.all().filter(entry -> elementwise(entry, 1));
  }

  static Stream<Entry> binary() {
    return Catalogue.all().filter(entry -> elementwise(entry, 2));
  }

  private static Tensor first(Tensor x, int n) {
    return x.rank() == 0 ? x : Shapes.slice(x, Index.to(n));
  }

  /** An element does not depend on how many others there are, nor on where it stands. */
  @ParameterizedTest
  @MethodSource("unary")
  void elementsDoNotDependOnTheLength(Entry entry) {
    check(entry, new int[][] {{LENGTHS}});
  }

  @ParameterizedTest
  @MethodSource("binary")
  void pairsDoNotDependOnTheLength(Entry entry) {
    check(entry, new int[][] {{LENGTHS}, {LENGTHS}});
    check(entry, new int[][] {{LENGTHS}, {}});
    check(entry, new int[][] {{}, {LENGTHS}});
  }

  private static void check(Entry entry, int[][] shapes) {
    for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
      Sample sample = new Sample(entry, shapes, dtype, 81);
      Tensor[] x = sample.arguments();
      Tensor all = entry.operation().apply(x)[0];
      for (int n = 0; n <= LENGTHS; n++) {
        int length = n;
        Tensor[] part = Stream.of(x).map(each -> first(each, length)).toArray(Tensor[]::new);
        String law = "of the first " + n;
        Close.bits(sample, law, new Tensor[] {first(all, n)}, entry.operation().apply(part));
        Tensor[] rest =
            Stream.of(x)
                .map(each -> each.rank() == 0 ? each : Shapes.slice(each, Index.from(length)))
                .toArray(Tensor[]::new);
        Tensor tail = Shapes.slice(all, Index.from(n));
        Close.bits(sample, "from " + n, new Tensor[] {tail}, entry.operation().apply(rest));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum",
        "prod",
        "norm",
        "max",
        "min",
        "mean",
        "logSumExp",
        "var",
        "std",
        "all",
        "any",
        "countNonZero"
      })
  void reductionsOfEveryLength(String name) {
    Entry entry = Catalogue.named(name);
    for (int n = 1; n <= LENGTHS; n++) {
      ValueTest.checkValue(new Sample(entry, new int[][] {{n}}, DType.FLOAT64, n));
      ValueTest.checkValue(new Sample(entry, new int[][] {{2, n}}, DType.FLOAT64, n));
    }
    for (int n : JOINTS) {
      ValueTest.checkValue(new Sample(entry, new int[][] {{n}}, DType.FLOAT64, n));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sum", "prod", "norm", "max", "min", "var", "countNonZero", "any of truths"})
  void axesOfEveryLength(String name) {
    Entry first = Catalogue.named(name + " over [0]");
    Entry middle = Catalogue.named(name + " over [1]");
    for (int n = 1; n <= LENGTHS; n += 3) {
      for (int inner : new int[] {1, 2, 7, 8, 9, 33}) {
        ValueTest.checkValue(new Sample(first, new int[][] {{n, inner}}, DType.FLOAT64, n));
        ValueTest.checkValue(new Sample(middle, new int[][] {{2, n, inner}}, DType.FLOAT64, n));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "matmul",
        "matmul, x transposed",
        "matmul, y transposed",
        "matmul, x transposed, y transposed"
      })
  void productsOfEveryExtent(String name) {
    Entry entry = Catalogue.named(name);
    boolean tx = name.contains("x transposed");
    boolean ty = name.contains("y transposed");
    int[] extents = {0, 1, 3, 8, 9, 17};
    for (int m : extents) {
      for (int n : extents) {
        for (int k : extents) {
          int[] x = tx ? new int[] {k, m} : new int[] {m, k};
          int[] y = ty ? new int[] {n, k} : new int[] {k, n};
          Sample sample = new Sample(entry, new int[][] {x, y}, DType.FLOAT64, m + n + k);
          ValueTest.checkValue(sample);
        }
      }
    }
  }
}
