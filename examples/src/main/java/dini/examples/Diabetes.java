package dini.examples;

import static dini.core.Elementwise.sqrt;
import static dini.core.Elementwise.square;
import static dini.core.Index.at;
import static dini.core.Index.from;
import static dini.core.Index.to;
import static dini.core.Indexing.take;
import static dini.core.Reductions.mean;
import static dini.core.Reductions.norm;
import static dini.core.Tensors.ints;

import dini.core.Csv;
import dini.core.Tensor;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The diabetes data of Efron, Hastie, Johnstone and Tibshirani (2004), Least Angle Regression,
 * Annals of Statistics 32(2): ten features of 442 patients, and the progression of the disease.
 */
final class Diabetes {
  static final String NAME = "diabetes.csv";

  private Diabetes() {}

  /** The table as it is; the target is its last column. */
  static Csv.Table table() {
    try (Reader in =
        new InputStreamReader(Diabetes.class.getResourceAsStream(NAME), StandardCharsets.UTF_8)) {
      return Csv.read(NAME, in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The rows that other languages can pick too: all columns standardized, then the features of each
   * patient scaled to norm 1; of the patients in the order of 442 portable random numbers, the
   * first 296.
   */
  static Sample unitRows() {
    Tensor table = standardized(table().values());
    int features = table.shape().extent(1) - 1;
    Tensor x = table.get(from(0), to(features));
    Tensor unit = x.div(norm(x, new int[] {1}, true));
    Tensor rows = ints(IntStream.of(order(table.shape().extent(0))).limit(296).toArray());
    return new Sample(take(unit, rows, 0), take(table.get(from(0), at(features)), rows, 0));
  }

  private static Tensor standardized(Tensor table) {
    Tensor centred = table.sub(mean(table, 0));
    return centred.div(sqrt(mean(square(centred), 0)));
  }

  private static int[] order(int rows) {
    double[] keys = PortableRandom.uniform(70, rows).toArray();
    return IntStream.range(0, rows)
        .boxed()
        .sorted(Comparator.comparingDouble(row -> keys[row]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
