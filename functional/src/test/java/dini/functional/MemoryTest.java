package dini.functional;

import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.tanh;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.linspace;
import static dini.core.Tensors.scalar;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.linearize;
import static dini.functional.Transforms.vjp;
import static dini.functional.Unrolling.unroll;
import static dini.functional.Unrolling.unrollCheckpointed;
import static org.assertj.core.api.Assertions.assertThat;

import dini.core.Tensor;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Long computations, in a JVM of their own: what reverse mode keeps, and how deep it goes. */
class MemoryTest {

  /** The gradient of 200 steps on a megabyte. */
  static final class Steps {
    private static final int SIZE = 131_072;
    private static final int COUNT = 200;

    private Steps() {}

    public static void main(String[] arguments) {
      Tensor x0 = linspace(-3, 3, SIZE);
      Tensor g =
          grad(
              x -> {
                Tensor y = x;
                for (int i = 0; i < COUNT; i++) {
                  y = y.add(sin(y).mul(0.01));
                }
                return sum(y);
              },
              x0);
      double worst = 0;
      for (int i = 0; i < SIZE; i += 1009) {
        double y = x0.item(i);
        double exact = 1;
        for (int k = 0; k < COUNT; k++) {
          exact *= 1 + 0.01 * Math.cos(y);
          y += 0.01 * Math.sin(y);
        }
        worst = Math.max(worst, Math.abs(g.item(i) - exact) / exact);
      }
      System.out.println(worst < 1e-12 ? "right" : "off by " + worst);
    }
  }

  /** A chain of many operations, in each mode. */
  static final class Chain {
    private static final int LENGTH = 100_000;

    private Chain() {}

    public static void main(String[] arguments) {
      Function<Tensor, Tensor> f =
          x -> {
            Tensor y = x;
            for (int i = 0; i < LENGTH; i++) {
              y = y.mul(1 + 1e-5);
            }
            return y;
          };
      double exact = Math.exp(LENGTH * Math.log1p(1e-5));
      check(exact, grad(f, scalar(2)));
      check(exact, vjp(f, scalar(2)).pullback().apply(scalar(1)));
      check(exact, jvp(f, scalar(2), scalar(1)).tangent());
      check(exact, linearize(f, scalar(2)).map().apply(scalar(1)));
      check(0, grad(x -> grad(f, x), scalar(2)));
      System.out.println("right");
    }

    private static void check(double exact, Tensor derivative) {
      if (!(Math.abs(derivative.toDouble() - exact) <= 1e-9 * exact)) {
        throw new AssertionError(derivative + " instead of " + exact);
      }
    }
  }

  /** The gradient of a loop on 128 KB, of which each step keeps as much, or a checkpoint does. */
  static final class Unrolled {
    private static final int SIZE = 16_384;

    private Unrolled() {}

    public static void main(String[] arguments) {
      int steps = Integer.getInteger("steps");
      UnaryOperator<Tensor> step = y -> y.add(tanh(y).mul(0.001));
      Tensor x0 = linspace(-3, 3, SIZE);
      Function<Tensor, Tensor> last =
          Boolean.getBoolean("checkpointed")
              ? x -> sum(unrollCheckpointed(step, x, steps))
              : x -> sum(unroll(step, x, steps));
      Tensor g =
          Boolean.getBoolean("pullback")
              ? vjp(last, x0).pullback().apply(scalar(1))
              : grad(last, x0);
      double worst = 0;
      for (int i = 0; i < SIZE; i += 1009) {
        double y = x0.item(i);
        double exact = 1;
        for (int k = 0; k < steps; k++) {
          double t = Math.tanh(y);
          exact *= 1 + 0.001 * (1 - t * t);
          y += 0.001 * t;
        }
        worst = Math.max(worst, Math.abs(g.item(i) - exact) / exact);
      }
      System.out.println(worst < 1e-11 ? "right" : "off by " + worst);
    }
  }

  private static Child unrolled(int steps, int megabytes, boolean checkpointed, boolean pullback) {
    return Child.java(
        Unrolled.class,
        "-Xmx" + megabytes + "m",
        "-XX:+UseSerialGC",
        "-Dsteps=" + steps,
        "-Dcheckpointed=" + checkpointed,
        "-Dpullback=" + pullback);
  }

  /**
   * 160 steps took 7 MB and 2560 took 18, of which the program itself takes 3: 16 times the steps,
   * 4 times the memory. What K steps keep is 20 MB and 320.
   */
  @ParameterizedTest
  @CsvSource({"160, 10, false", "2560, 25, false", "2560, 25, true"})
  void memoryOfCheckpointedLoopsGrowsAsTheSquareRoot(int steps, int megabytes, boolean pullback) {
    Child child = unrolled(steps, megabytes, true, pullback);
    assertThat(child.out()).as(child.err()).isEqualToIgnoringNewLines("right");
    assertThat(child.status()).isZero();
  }

  @Test
  void withoutCheckpointsTheLoopDoesNotFit() {
    Child child = unrolled(160, 10, false, false);
    assertThat(child.err()).contains("OutOfMemoryError");
    assertThat(child.status()).isNotZero();
  }

  @Test
  void twoHundredStepsFitInFourHundredMegabytes() {
    // The serial collector: G1 would have regions of 1 MB in so small a heap, of which an array of
    // 1 MB takes two, so that the 200 cosines alone would fill it.
    Child child = Child.java(Steps.class, "-Xmx400m", "-XX:+UseSerialGC");
    assertThat(child.out()).as(child.err()).isEqualToIgnoringNewLines("right");
    assertThat(child.status()).isZero();
  }

  @Test
  void longChainsDoNotOverflowTheStack() {
    Child child = Child.java(Chain.class, "-Xmx400m", "-XX:+UseSerialGC", "-Xss512k");
    assertThat(child.out()).as(child.err()).isEqualToIgnoringNewLines("right");
    assertThat(child.status()).isZero();
  }
}
