package dini.functional.random;

import static dini.core.Tensors.ints;
import static dini.core.Tensors.longs;
import static dini.core.Tensors.scalar;
import static dini.functional.Transforms.vmap;
import static dini.functional.random.Continuous.normal;
import static dini.functional.random.Continuous.uniform;
import static dini.functional.random.Keys.foldIn;
import static dini.functional.random.Keys.key;
import static dini.functional.random.Keys.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dini.core.DTypeException;
import dini.core.IndexException;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.Tensors;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeysTest {
  private static final int N = 100_000;

  @Test
  void keyOfSeedHasItsTwoHalves() {
    assertThat(key(5)).isEqualTo(new Key(ints(0, 5)));
    assertThat(key(-1)).isEqualTo(new Key(ints(-1, -1)));
    assertThat(key(1L << 32)).isEqualTo(new Key(ints(1, 0)));
  }

  @Test
  void sameKeySameNumbers() {
    assertThat(normal(key(3), 4)).isEqualTo(normal(key(3), 4));
    assertThat(normal(key(3), 4)).isNotEqualTo(normal(key(4), 4));
  }

  @Test
  void splitMakesABatch() {
    Key keys = split(key(1), 5);
    assertThat(keys.shape()).isEqualTo(Shape.of(5));
    assertThat(keys.get(-1)).isEqualTo(keys.get(4));
    assertThat(keys.get(2).shape()).isEqualTo(Shape.SCALAR);
    assertThat(split(key(1)).shape()).isEqualTo(Shape.of(2));
    assertThat(split(key(1), 0).shape()).isEqualTo(Shape.of(0));
    assertThat(split(key(1), 3).get(2)).isEqualTo(keys.get(2));
  }

  @Test
  void foldingInIsSplittingByNumber() {
    Key keys = split(key(1), 5);
    for (int i = 0; i < 5; i++) {
      assertThat(foldIn(key(1), i)).isEqualTo(keys.get(i));
      assertThat(foldIn(key(1), ints(i).get(0))).isEqualTo(keys.get(i));
    }
    assertThat(foldIn(key(1), 1L << 40)).isNotEqualTo(foldIn(key(1), 0));
    assertThat(foldIn(key(1), -1)).isNotEqualTo(foldIn(key(1), 0xFFFFFFFFL));
  }

  @Test
  void foldsInTracedNumbers() {
    Tensor each = vmap(i -> normal(foldIn(key(9), i), 2), Tensors.longs(0, 1, 7));
    assertThat(each.get(2)).isEqualTo(normal(foldIn(key(9), 7), 2));
    Tensor ofKeys = vmap(k -> normal(foldIn(k, 7), 2), split(key(9), 3));
    assertThat(ofKeys.get(1)).isEqualTo(normal(foldIn(split(key(9), 3).get(1), 7), 2));
  }

  @Test
  void keysOfManySplitsAreAllDifferent() {
    Set<Long> seen = new HashSet<>();
    for (int seed = 0; seed < 10; seed++) {
      Key keys = split(key(seed), 1000);
      int[] words = vmap(k -> split(k, 10).words(), keys).toIntArray();
      for (int i = 0; i < words.length; i += 2) {
        seen.add((long) words[i] << 32 | words[i + 1] & 0xFFFFFFFFL);
      }
    }
    assertThat(seen).hasSize(100_000);
  }

  @Test
  void numbersOfSplitKeysAreIndependent() {
    Key keys = split(key(11), 3);
    double[] own = normal(key(11), N).toArray();
    double[] first = normal(keys.get(0), N).toArray();
    double[] second = normal(keys.get(1), N).toArray();
    double[] grandchild = normal(split(keys.get(0)).get(0), N).toArray();
    Statistics.assertUncorrelated("two children", first, second);
    Statistics.assertUncorrelated("parent and child", own, first);
    Statistics.assertUncorrelated("parent and grandchild", own, grandchild);
    Statistics.assertUncorrelated("child and its child", first, grandchild);
    Statistics.assertUncorrelated(
        "nearby seeds", normal(key(0), N).toArray(), normal(key(1), N).toArray());
  }

  /** The first number of each of many keys is as random as many numbers of one. */
  @Test
  void numbersAcrossKeysAreRandom() {
    double[] across = vmap(k -> uniform(k), split(key(12), N)).toArray();
    Statistics.assertDistribution("first numbers of keys", across, x -> x);
    double[] seeds = new double[20_000];
    for (int i = 0; i < seeds.length; i++) {
      seeds[i] = uniform(key(i)).toDouble();
    }
    Statistics.assertDistribution("first numbers of seeds", seeds, x -> x);
  }

  @Test
  void refusesWhatIsNoKey() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> split(key(0), -1))
        .withMessageContaining("-1");
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> normal(split(key(0), 3), 2))
        .withMessageContaining("normal: expected one key, got a batch of shape (3,)");
    assertThatExceptionOfType(ShapeException.class).isThrownBy(() -> split(split(key(0))));
    assertThatExceptionOfType(ShapeException.class).isThrownBy(() -> foldIn(split(key(0)), 1));
    assertThatExceptionOfType(ShapeException.class).isThrownBy(() -> key(0).get(0));
    assertThatExceptionOfType(IndexException.class).isThrownBy(() -> split(key(0)).get(2));
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> normal(new Key(ints(1, 2, 3)), 2))
        .withMessageContaining("two words");
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> normal(new Key(ints(1).get(0)), 2));
    assertThatExceptionOfType(DTypeException.class)
        .isThrownBy(() -> normal(new Key(longs(1, 2)), 2))
        .withMessageContaining("INT32");
    assertThatExceptionOfType(DTypeException.class)
        .isThrownBy(() -> foldIn(key(0), scalar(1)))
        .withMessageContaining("integer");
    assertThatExceptionOfType(ShapeException.class).isThrownBy(() -> foldIn(key(0), longs(1, 2)));
  }
}
