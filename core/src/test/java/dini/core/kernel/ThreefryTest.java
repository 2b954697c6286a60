package dini.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The generator against its authors' vectors, and against the paper's text, round by round. */
class ThreefryTest {

  /** The vectors for 20 rounds that come with Random123, the authors' own implementation. */
  @ParameterizedTest
  @CsvSource({
    "00000000, 00000000, 00000000, 00000000, 6b200159, 99ba4efe",
    "ffffffff, ffffffff, ffffffff, ffffffff, 1cb996fc, bb002be7",
    "13198a2e, 03707344, 243f6a88, 85a308d3, c4923a9c, 483df7a0"
  })
  void knownAnswers(String k0, String k1, String c0, String c1, String first, String second) {
    long image = Threefry.block(hex(k0), hex(k1), hex(c0), hex(c1));
    assertThat(Long.toHexString(image)).isEqualTo(first + second);
  }

  private static int hex(String digits) {
    return Integer.parseUnsignedInt(digits, 16);
  }

  /** Section 4.2 of the paper, with its tables as arrays. */
  static long byTheBook(int k0, int k1, int c0, int c1) {
    int[] rotations = {13, 15, 26, 6, 17, 29, 16, 24};
    int[] key = {k0, k1, k0 ^ k1 ^ 0x1BD11BDA};
    int x = c0 + key[0];
    int y = c1 + key[1];
    for (int round = 0; round < 20; round++) {
      x += y;
      int turn = rotations[round % 8];
      y = (y << turn | y >>> 32 - turn) ^ x;
      if (round % 4 == 3) {
        int injection = round / 4 + 1;
        x += key[injection % 3];
        y += key[(injection + 1) % 3] + injection;
      }
    }
    return (long) x << 32 | y & 0xFFFFFFFFL;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 8, 9, 31, 33, 511, 512, 513, 10_007})
  void blocksOfEveryLength(int n) {
    int start = -5;
    int[] first = new int[n + 1];
    int[] second = new int[n + 1];
    for (int repeat = 0; repeat < 3; repeat++) {
      Threefry.blocks(0x12345678, -77, 3, start, first, second, n);
      for (int i = 0; i < n; i++) {
        long expected = byTheBook(0x12345678, -77, 3, start + i);
        assertThat(Threefry.join(first[i], second[i])).as("element %d", i).isEqualTo(expected);
      }
    }
    assertThat(first[n] | second[n]).as("what is behind the end").isZero();
  }

  /** One changed bit of key or counter changes half of the image, within 6 standard deviations. */
  @Test
  void everyBitOfTheInputReachesEveryBitOfTheImage() {
    int trials = 2_000;
    for (int bit = 0; bit < 128; bit++) {
      int[] flips = new int[64];
      for (int t = 0; t < trials; t++) {
        int[] in = {t, 31 * t, -t, t ^ 0x55};
        long image = Threefry.block(in[0], in[1], in[2], in[3]);
        in[bit / 32] ^= 1 << bit % 32;
        long changed = image ^ Threefry.block(in[0], in[1], in[2], in[3]);
        for (int i = 0; i < 64; i++) {
          flips[i] += (int) (changed >>> i & 1);
        }
      }
      double worst =
          Arrays.stream(flips).mapToDouble(count -> Math.abs(count - trials / 2.0)).max().orElse(0);
      assertThat(worst).as("input bit %d", bit).isLessThanOrEqualTo(6 * Math.sqrt(trials) / 2);
    }
  }
}
