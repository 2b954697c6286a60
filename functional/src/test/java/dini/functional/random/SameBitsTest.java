package dini.functional.random;

import static org.assertj.core.api.Assertions.assertThat;

import dini.core.Tensor;
import dini.functional.Child;
import org.junit.jupiter.api.Test;

/** The numbers of a key, as one hash, here and in JVMs that run other code for the same loops. */
class SameBitsTest {

  /** Written down once: on every machine, now and later, a key gives these numbers. */
  private static final String HASH = "cf793967a9e72b6b";

  /** Prints the hash. */
  static final class Bits {
    private Bits() {}

    public static void main(String[] arguments) {
      System.out.println(hash());
    }

    static String hash() {
      long hash = 1;
      for (RandomTransformsTest.Named named : RandomTransformsTest.draws()) {
        for (int seed = 0; seed < 20; seed++) {
          Tensor drawn = named.draw().apply(Keys.key(seed));
          for (double value : drawn.toArray()) {
            hash = 31 * hash + Double.doubleToLongBits(value);
          }
        }
      }
      return Long.toHexString(hash);
    }
  }

  private static void assertSame(String... options) {
    Child child = Child.java(Bits.class, options);
    assertThat(child.out()).as(child.err()).isEqualToIgnoringNewLines(HASH);
  }

  @Test
  void hereAsWrittenDown() {
    assertThat(Bits.hash()).isEqualTo(HASH);
  }

  @Test
  void interpreted() {
    assertSame("-Xint");
  }

  @Test
  void withScalarKernels() {
    assertSame("-Ddini.kernels=scalar");
  }

  @Test
  void withTheFirstCompilerOnly() {
    assertSame("-XX:TieredStopAtLevel=1");
  }

  @Test
  void compiledAtOnceForNarrowVectors() {
    assertSame(
        "-Xcomp",
        "-XX:CompileCommand=quiet",
        "-XX:CompileOnly=dini.core.kernel.*::*",
        "-XX:MaxVectorSize=16");
  }
}
