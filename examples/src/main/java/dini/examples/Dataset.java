package dini.examples;

import static dini.core.Comparisons.eq;
import static dini.core.Comparisons.where;
import static dini.core.Elementwise.sqrt;
import static dini.core.Elementwise.square;
import static dini.core.Index.at;
import static dini.core.Index.from;
import static dini.core.Index.range;
import static dini.core.Index.to;
import static dini.core.Indexing.take;
import static dini.core.Reductions.max;
import static dini.core.Reductions.mean;
import static dini.core.Reductions.min;
import static dini.core.Tensors.arange;
import static dini.core.Tensors.ints;

import dini.core.Csv;
import dini.core.Index;
import dini.core.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A table whose rows are split at random: 60 % to fit to, 20 % to tune with, 20 % to judge by. The
 * features are standardized and the target is centred, by the statistics of the rows to fit to.
 *
 * @param features the names of the features
 * @param train the rows to fit to
 * @param validation the rows to tune with
 * @param test the rows to judge by
 */
record Dataset(List<String> features, Sample train, Sample validation, Sample test) {
  private static final int FEWEST_ROWS = 10;

  /** Numbers whose squares are sure to have sums in range; likewise one over it. */
  private static final double LARGEST = 1e100;

  /**
   * Splits a table.
   *
   * @param name where it came from, for messages
   * @param table the table
   * @param target the column to predict from all others
   * @throws BadInputException if there is no such column or no other, there are too few rows, a
   *     number is not finite, or a column is constant
   */
  static Dataset split(String name, Csv.Table table, String target) {
    check(name, table, target);
    Tensor shuffled = take(table.values(), ints(shuffle(rows(table))), 0);
    int fit = rows(table) * 3 / 5;
    int tune = rows(table) / 5;
    checkVaried(name, table, shuffled.get(to(fit)));
    int column = table.columns().indexOf(target);
    Tensor standard = standardize(shuffled, shuffled.get(to(fit)), column);
    return new Dataset(
        table.columns().stream().filter(other -> !other.equals(target)).toList(),
        sample(standard, to(fit), column),
        sample(standard, range(fit, fit + tune), column),
        sample(standard, from(fit + tune), column));
  }

  /** The numbers below n in random order, by Fisher and Yates. */
  static int[] shuffle(int n) {
    SplittableRandom random = new SplittableRandom(0);
    int[] order = IntStream.range(0, n).toArray();
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  private static Tensor standardize(Tensor rows, Tensor train, int target) {
    Tensor center = mean(train, 0);
    Tensor deviation = sqrt(mean(square(train.sub(center)), 0));
    Tensor isTarget = eq(arange(deviation.size()), target);
    return rows.sub(center).div(where(isTarget, 1, deviation));
  }

  private static Sample sample(Tensor table, Index rows, int target) {
    int[] features =
        IntStream.range(0, table.shape().extent(1)).filter(column -> column != target).toArray();
    return new Sample(take(table.get(rows), ints(features), 1), table.get(rows, at(target)));
  }

  private static int rows(Csv.Table table) {
    return table.values().shape().extent(0);
  }

  private static void check(String name, Csv.Table table, String target) {
    List<String> columns = table.columns();
    if (!columns.contains(target)) {
      throw refused(name, "no column " + quoted(target) + ", only " + columns);
    }
    if (columns.size() == 1) {
      throw refused(name, "no column beside the target " + quoted(target));
    }
    if (rows(table) < FEWEST_ROWS) {
      throw refused(name, rows(table) + " rows came, expected at least " + FEWEST_ROWS);
    }
    double[] values = table.values().toArray();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        String column = quoted(columns.get(i % columns.size()));
        int row = i / columns.size() + 1;
        throw refused(name, "column " + column + ", row " + row + ": " + values[i] + " came");
      }
    }
  }

  private static void checkVaried(String name, Csv.Table table, Tensor train) {
    double[] least = min(train, 0).toArray();
    double[] most = max(train, 0).toArray();
    for (int i = 0; i < least.length; i++) {
      double largest = Math.max(-least[i], most[i]);
      double span = most[i] - least[i];
      if (largest > LARGEST || span > 0 && span < 1 / LARGEST) {
        String column = quoted(table.columns().get(i));
        String range = least[i] + " to " + most[i];
        throw refused(name, "column " + column + " is from " + range + ": use another unit");
      }
      if (span == 0) {
        String column = quoted(table.columns().get(i));
        String where = " in all " + train.shape().extent(0) + " rows to fit to";
        throw refused(name, "column " + column + " is constant: " + train.item(0, i) + where);
      }
    }
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static BadInputException refused(String name, String why) {
    return new BadInputException("tune: " + name + ": " + why);
  }
}
