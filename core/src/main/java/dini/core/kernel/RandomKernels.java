package dini.core.kernel;

/**
 * Random numbers in primitive arrays. Element i of a row is a function of the row's key and of i
 * alone: of the image of the counter {@code (0, i)} under {@link Threefry}. Its 64 bits are the two
 * words of the image, the first above the second, and its 32 bits are their exclusive or, as in
 * JAX.
 *
 * <p>Keys are pairs of words: row r has {@code keys[2 r]} and {@code keys[2 r + 1]}, and fills
 * {@code out[r n .. (r + 1) n - 1]}.
 *
 * <p>What becomes of b random bits, read as an unsigned number m, with {@code U = (m + 1/2) / 2^b}:
 *
 * <ul>
 *   <li>{@code UNIFORM}: the upper 53 bits over 2^53, for float the upper 24 over 2^24; so 0 may
 *       come and 1 not.
 *   <li>{@code NORMAL}: the U-quantile of the normal distribution.
 *   <li>{@code EXPONENTIAL}: {@code -log(1 - U)}.
 *   <li>{@code GUMBEL}: {@code -log(-log U)}.
 * </ul>
 *
 * <p>The last three take the distance of U from the nearer end of (0, 1), so that both tails are as
 * exact as the centre; for float they are computed in double and rounded.
 */
public final class RandomKernels {
  /** Elements between transformations of words: the words stay in the level 1 cache. */
  private static final int CHUNK = 512;

  private RandomKernels() {}

  /** The words of one chunk. */
  private record Words(int[] first, int[] second) {
    static Words forRowsOf(int n) {
      int size = Math.min(n, CHUNK);
      return new Words(new int[size], new int[size]);
    }

    void draw(int[] keys, int row, int start, int n) {
      Threefry.blocks(keys[2 * row], keys[2 * row + 1], 0, start, first, second, n);
    }

    long bits(int i) {
      return Threefry.join(first[i], second[i]);
    }
  }

  private static AssertionError notOf(Enum<?> law, String elements) {
    return new AssertionError(law + " is not defined for " + elements);
  }

  /** Floating numbers of a distribution. */
  public static void fill(RandomKernel law, int[] keys, int rows, double[] out, int n) {
    Words words = Words.forRowsOf(n);
    for (int row = 0; row < rows; row++) {
      for (int at = 0; at < n; at += CHUNK) {
        int count = Math.min(CHUNK, n - at);
        words.draw(keys, row, at, count);
        transform(law, words, out, row * n + at, count);
      }
    }
  }

  private static void transform(RandomKernel law, Words words, double[] out, int oo, int n) {
    switch (law) {
      case UNIFORM -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = (words.bits(i) >>> 11) * 0x1p-53;
        }
      }
      case NORMAL -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = normal(words.bits(i));
        }
      }
      case EXPONENTIAL -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = minusLog(~words.bits(i));
        }
      }
      case GUMBEL -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = -Logarithm.log(minusLog(words.bits(i)));
        }
      }
      case BITS -> throw notOf(law, "doubles");
    }
  }

  /** The same for float. */
  public static void fill(RandomKernel law, int[] keys, int rows, float[] out, int n) {
    Words words = Words.forRowsOf(n);
    for (int row = 0; row < rows; row++) {
      for (int at = 0; at < n; at += CHUNK) {
        int count = Math.min(CHUNK, n - at);
        words.draw(keys, row, at, count);
        transform(law, words, out, row * n + at, count);
      }
    }
  }

  private static void transform(RandomKernel law, Words words, float[] out, int oo, int n) {
    int[] first = words.first;
    int[] second = words.second;
    switch (law) {
      case UNIFORM -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = ((first[i] ^ second[i]) >>> 8) * 0x1p-24f;
        }
      }
      case NORMAL -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = (float) normal(first[i] ^ second[i]);
        }
      }
      case EXPONENTIAL -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = (float) minusLog(~(first[i] ^ second[i]));
        }
      }
      case GUMBEL -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = (float) -Logarithm.log(minusLog(first[i] ^ second[i]));
        }
      }
      case BITS -> throw notOf(law, "floats");
    }
  }

  /** 32 random bits an element. */
  public static void bits(int[] keys, int rows, int[] out, int n) {
    Words words = Words.forRowsOf(n);
    for (int row = 0; row < rows; row++) {
      for (int at = 0; at < n; at += CHUNK) {
        int count = Math.min(CHUNK, n - at);
        words.draw(keys, row, at, count);
        for (int i = 0; i < count; i++) {
          out[row * n + at + i] = words.first[i] ^ words.second[i];
        }
      }
    }
  }

  /** 64 random bits an element. */
  public static void bits(int[] keys, int rows, long[] out, int n) {
    Words words = Words.forRowsOf(n);
    for (int row = 0; row < rows; row++) {
      for (int at = 0; at < n; at += CHUNK) {
        int count = Math.min(CHUNK, n - at);
        words.draw(keys, row, at, count);
        for (int i = 0; i < count; i++) {
          out[row * n + at + i] = words.bits(i);
        }
      }
    }
  }

  /** One random bit an element: the uppermost of its 32. */
  public static void bits(int[] keys, int rows, boolean[] out, int n) {
    Words words = Words.forRowsOf(n);
    for (int row = 0; row < rows; row++) {
      for (int at = 0; at < n; at += CHUNK) {
        int count = Math.min(CHUNK, n - at);
        words.draw(keys, row, at, count);
        for (int i = 0; i < count; i++) {
          out[row * n + at + i] = (words.first[i] ^ words.second[i]) < 0;
        }
      }
    }
  }

  /**
   * Integers from {@code low} to {@code low + span - 1}, all exactly as likely.
   *
   * @param span how many there are, unsigned and not 0
   */
  public static void integers(int[] keys, int rows, long low, long span, long[] out, int n) {
    Words words = Words.forRowsOf(n);
    for (int row = 0; row < rows; row++) {
      for (int at = 0; at < n; at += CHUNK) {
        int count = Math.min(CHUNK, n - at);
        words.draw(keys, row, at, count);
        for (int i = 0; i < count; i++) {
          out[row * n + at + i] = low + below(span, words.bits(i), keys, row, at + i);
        }
      }
    }
  }

  /** The numbers 0 .. n - 1 in random order, all orders as likely: inside-out Fisher and Yates. */
  public static void permutations(int[] keys, int rows, long[] out, int n) {
    Words words = Words.forRowsOf(n);
    for (int row = 0; row < rows; row++) {
      int start = row * n;
      for (int at = 0; at < n; at += CHUNK) {
        int count = Math.min(CHUNK, n - at);
        words.draw(keys, row, at, count);
        for (int i = 0; i < count; i++) {
          int last = at + i;
          int place = (int) below(last + 1, words.bits(i), keys, row, last);
          out[start + last] = out[start + place];
          out[start + place] = last;
        }
      }
    }
  }

  /** New keys: {@code out} has {@code rows x n} pairs of words. */
  public static void split(int[] keys, int rows, int[] out, int n) {
    Words words = Words.forRowsOf(n);
    for (int row = 0; row < rows; row++) {
      for (int at = 0; at < n; at += CHUNK) {
        int count = Math.min(CHUNK, n - at);
        words.draw(keys, row, at, count);
        for (int i = 0; i < count; i++) {
          int to = 2 * (row * n + at + i);
          out[to] = words.first[i];
          out[to + 1] = words.second[i];
        }
      }
    }
  }

  /** A new key for each key and number: the image of the number's upper and lower half. */
  public static void foldIn(int[] keys, long[] numbers, int[] out, int rows) {
    for (int row = 0; row < rows; row++) {
      long number = numbers[row];
      long image =
          Threefry.block(keys[2 * row], keys[2 * row + 1], (int) (number >>> 32), (int) number);
      out[2 * row] = (int) (image >>> 32);
      out[2 * row + 1] = (int) image;
    }
  }

  /**
   * A number below {@code span}, unsigned, from 64 bits, by multiplication and rarely rejection
   * (Lemire, Fast Random Integer Generation in an Interval, ACM TOMACS 29, 2019, algorithm 5). The
   * attempts after the first take their bits from the counters {@code (attempt, i)}.
   */
  private static long below(long span, long bits, int[] keys, int row, int i) {
    long low = bits * span;
    long high = Math.unsignedMultiplyHigh(bits, span);
    if (Long.compareUnsigned(low, span) < 0) {
      long threshold = Long.remainderUnsigned(-span, span);
      for (int attempt = 1; Long.compareUnsigned(low, threshold) < 0; attempt++) {
        long again = Threefry.block(keys[2 * row], keys[2 * row + 1], attempt, i);
        low = again * span;
        high = Math.unsignedMultiplyHigh(again, span);
      }
    }
    return high;
  }

  private static double normal(long bits) {
    long distance = bits ^ bits >> 63;
    double z = NormalQuantile.upper((distance + 0.5) * 0x1p-64);
    return bits < 0 ? z : -z;
  }

  private static double normal(int bits) {
    int distance = bits ^ bits >> 31;
    double z = NormalQuantile.upper((distance + 0.5) * 0x1p-32);
    return bits < 0 ? z : -z;
  }

  /** {@code -log U}. */
  private static double minusLog(long bits) {
    return bits >= 0
        ? -Logarithm.log((bits + 0.5) * 0x1p-64)
        : -Logarithm.log1p(-(~bits + 0.5) * 0x1p-64);
  }

  private static double minusLog(int bits) {
    return bits >= 0
        ? -Logarithm.log((bits + 0.5) * 0x1p-32)
        : -Logarithm.log1p(-(~bits + 0.5) * 0x1p-32);
  }
}
