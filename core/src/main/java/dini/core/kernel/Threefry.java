package dini.core.kernel;

/**
 * Threefry-2x32 with 20 rounds: a keyed bijection of pairs of 32-bit words whose images of the
 * counters 0, 1, 2, … pass every test of randomness that its authors tried (Salmon, Moraes, Dror
 * and Shaw, Parallel Random Numbers: As Easy as 1, 2, 3, SC 2011, section 4.2 and table 2).
 *
 * <p>Element i of a stream depends on the key and on i alone: there is no state to keep or to
 * share, so that neither threads nor lanes nor the order of evaluation can change a number. JAX
 * uses the same generator.
 */
public final class Threefry {
  /** What the key schedule mixes in, so that no key has all words 0. */
  private static final int PARITY = 0x1BD11BDA;

  private Threefry() {}

  /**
   * The images of the counters {@code (c0, c1 + i)} for i in 0 .. n - 1, where c1 + i wraps.
   *
   * <p>Four rounds a pass: so short a loop of integer operations on two arrays is one that the JIT
   * turns into vectors (1.2 ns a pair in the level 1 cache, where one loop of all twenty rounds
   * took 10).
   *
   * @param k0 the first word of the key
   * @param k1 the second word of the key
   * @param c0 the first word of all counters
   * @param c1 the second word of the first counter
   * @param first the first words of the images
   * @param second the second words of the images
   * @param n how many
   */
  public static void blocks(int k0, int k1, int c0, int c1, int[] first, int[] second, int n) {
    int k2 = k0 ^ k1 ^ PARITY;
    int start = c1 + k1;
    for (int i = 0; i < n; i++) {
      first[i] = c0 + k0;
      second[i] = start + i;
    }
    evenRounds(first, second, n, k1, k2 + 1);
    oddRounds(first, second, n, k2, k0 + 2);
    evenRounds(first, second, n, k0, k1 + 3);
    oddRounds(first, second, n, k1, k2 + 4);
    evenRounds(first, second, n, k2, k0 + 5);
  }

  private static void evenRounds(int[] first, int[] second, int n, int keyFirst, int keySecond) {
    for (int i = 0; i < n; i++) {
      int x = first[i];
      int y = second[i];
      x += y;
      y = Integer.rotateLeft(y, 13) ^ x;
      x += y;
      y = Integer.rotateLeft(y, 15) ^ x;
      x += y;
      y = Integer.rotateLeft(y, 26) ^ x;
      x += y;
      y = Integer.rotateLeft(y, 6) ^ x;
      first[i] = x + keyFirst;
      second[i] = y + keySecond;
    }
  }

  private static void oddRounds(int[] first, int[] second, int n, int keyFirst, int keySecond) {
    for (int i = 0; i < n; i++) {
      int x = first[i];
      int y = second[i];
      x += y;
      y = Integer.rotateLeft(y, 17) ^ x;
      x += y;
      y = Integer.rotateLeft(y, 29) ^ x;
      x += y;
      y = Integer.rotateLeft(y, 16) ^ x;
      x += y;
      y = Integer.rotateLeft(y, 24) ^ x;
      first[i] = x + keyFirst;
      second[i] = y + keySecond;
    }
  }

  /**
   * The image of one counter, both words in one: the first in the upper half.
   *
   * @param k0 the first word of the key
   * @param k1 the second word of the key
   * @param c0 the first word of the counter
   * @param c1 the second word of the counter
   */
  public static long block(int k0, int k1, int c0, int c1) {
    int[] first = new int[1];
    int[] second = new int[1];
    blocks(k0, k1, c0, c1, first, second, 1);
    return join(first[0], second[0]);
  }

  /** Two words in one. */
  static long join(int first, int second) {
    return (long) first << 32 | second & 0xFFFFFFFFL;
  }
}
