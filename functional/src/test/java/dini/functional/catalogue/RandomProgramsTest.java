package dini.functional.catalogue;

import static dini.functional.Jacobians.jacfwd;
import static dini.functional.Jacobians.jacrev;
import static dini.functional.Jit.jit;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.valueAndGrad;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dini.core.Elementwise;
import dini.core.Reductions;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.functional.Staged;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** All laws on random programs of 5 to 30 operations. */
class RandomProgramsTest {
  private static final int TRIES = 150;

  /** Central differences of functions whose third derivatives stay below some hundreds. */
  private static final double STEP = 1e-5;

  private static final double DIFFERENCES = 1e-6;

  /** Sums of the same terms in another order. */
  private static final double ROUNDING = 1e-11;

  @Provide
  Arbitrary<RandomProgram> programs() {
    Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 1000);
    return Combinators.combine(numbers, numbers, numbers)
        .as(RandomProgram.Choice::new)
        .list()
        .ofMinSize(5)
        .ofMaxSize(30)
        .map(RandomProgram::new);
  }

  private static Tensor random(int seed, int... extents) {
    SplittableRandom random = new SplittableRandom(seed);
    int size = IntStream.of(extents).reduce(1, (a, b) -> a * b);
    return Tensors.tensor(random.doubles(size, -1, 1).toArray()).reshape(extents);
  }

  private static double inner(Tensor x, Tensor y) {
    return Reductions.sum(Elementwise.mul(x, y)).toDouble();
  }

  private static void close(String law, Tensor actual, Tensor expected) {
    double scale = 1 + Reductions.max(Elementwise.abs(expected)).toDouble();
    double difference = Reductions.max(Elementwise.abs(actual.sub(expected))).toDouble();
    assertThat(difference).as(law).isLessThanOrEqualTo(ROUNDING * scale);
  }

  @Property(tries = TRIES, seed = "20240807")
  void recordedAndCompiledProgramsHaveTheBits(
      @ForAll("programs") RandomProgram program, @ForAll @IntRange(max = 999) int seed) {
    Tensor x = random(seed, 3, 2);
    Staged<Tensor, Tensor> staged = Staged.of(program, x);
    Tensor value = program.apply(x);
    Tensor gradient = grad(program, x);
    assertThat(staged.apply(x)).isEqualTo(value);
    assertThat(grad(staged, x)).isEqualTo(gradient);
    assertThat(jit(program).apply(x)).isEqualTo(value);
    assertThat(jit((Tensor z) -> valueAndGrad(program, z)).apply(x))
        .isEqualTo(valueAndGrad(program, x));
    Function<Tensor, Tensor> second = z -> grad(y -> inner(grad(program, y)), z);
    assertThat(jit(second).apply(x)).isEqualTo(second.apply(x));
    assertThat(Staged.of((Tensor z) -> grad(program, z), x).program().toString())
        .isEqualTo(Staged.of((Tensor z) -> grad(staged, z), x).program().toString());
  }

  private static Tensor inner(Tensor x) {
    return Reductions.sum(Elementwise.mul(x, random(5, 3, 2)));
  }

  @Property(tries = TRIES, seed = "20240807") // no kink within a step
  void derivativesAgreeWithDifferencesAndWithEachOther(
      @ForAll("programs") RandomProgram program, @ForAll @IntRange(max = 999) int seed) {
    Tensor x = random(seed, 3, 2);
    Tensor v = random(seed + 1, 3, 2);
    double forward = jvp(program, x, v).tangent().toDouble();
    double reverse = inner(grad(program, x), v);
    assertThat(reverse).isCloseTo(forward, within(ROUNDING * (1 + Math.abs(forward))));
    double above = program.apply(x.add(v.mul(STEP))).toDouble();
    double below = program.apply(x.sub(v.mul(STEP))).toDouble();
    double difference = (above - below) / (2 * STEP);
    assertThat(forward).isCloseTo(difference, within(DIFFERENCES * (1 + Math.abs(forward))));
  }

  @Property(tries = TRIES / 3, seed = "20240807")
  void secondDerivativesAgreeInAllModes(
      @ForAll("programs") RandomProgram program, @ForAll @IntRange(max = 999) int seed) {
    Tensor x = random(seed, 3, 2);
    Tensor forwardOverReverse = jacfwd((Tensor z) -> grad(program, z), x);
    close("reverse over reverse", jacrev((Tensor z) -> grad(program, z), x), forwardOverReverse);
    close("forward over forward", jacfwd((Tensor z) -> jacfwd(program, z), x), forwardOverReverse);
    close("reverse over forward", jacrev((Tensor z) -> jacfwd(program, z), x), forwardOverReverse);
  }

  @Property(tries = TRIES / 3, seed = "20240807")
  void lanesAreThoseOfALoop(
      @ForAll("programs") RandomProgram program, @ForAll @IntRange(max = 999) int seed) {
    Tensor xs = random(seed, 3, 3, 2);
    Tensor values = vmap(program, xs);
    Tensor gradients = vmap((Tensor x) -> grad(program, x), xs);
    Tensor[] loop = new Tensor[3];
    Tensor[] gradientLoop = new Tensor[3];
    for (int i = 0; i < 3; i++) {
      loop[i] = program.apply(xs.get(i));
      gradientLoop[i] = grad(program, xs.get(i));
    }
    close("vmap", values, Shapes.stack(0, loop));
    close("vmap of grad", gradients, Shapes.stack(0, gradientLoop));
    assertThat(vmap(jit(program), xs)).isEqualTo(values);
  }
}
