package dini.functional.catalogue;

import static dini.functional.Jit.jit;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dini.core.Elementwise;
import dini.core.Reductions;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.functional.JitFunction;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * A choice that is known while the function runs, and one that a compiled program makes, are the
 * same function: values and derivatives of every order have the same bits.
 */
class ChoiceBitsTest {
  private static final int TRIES = 60;

  @Provide
  Arbitrary<RandomChoices> programs() {
    return numbers().map(numbers -> new RandomChoices(numbers, false));
  }

  @Provide
  Arbitrary<RandomChoices> closed() {
    return numbers().map(numbers -> new RandomChoices(numbers, true));
  }

  private static Arbitrary<List<Integer>> numbers() {
    return Arbitraries.integers().between(0, 1000).list().ofMinSize(20).ofMaxSize(60);
  }

  private static List<Tensor> random(int seed, int... extents) {
    SplittableRandom random = new SplittableRandom(seed);
    int size = extents.length == 1 ? extents[0] : extents[0] * extents[1];
    return List.of(
        Tensors.tensor(random.doubles(size, -1, 1).toArray()).reshape(extents),
        Tensors.tensor(random.doubles(size, -1, 1).toArray()).reshape(extents));
  }

  private static Tensor inner(List<Tensor> x, List<Tensor> y) {
    return Reductions.sum(Elementwise.mul(x.get(0), y.get(0)))
        .add(Reductions.sum(Elementwise.mul(x.get(1), y.get(1))));
  }

  private static <Y> void same(String law, Function<List<Tensor>, Y> f, List<Tensor> x) {
    JitFunction<List<Tensor>, Y> compiled = jit(f);
    assertThat(compiled.apply(x)).as(law).isEqualTo(f.apply(x));
    assertThat(compiled.cache().size()).as(law).isEqualTo(1);
  }

  /** The same but for the signs of zeros: captures of a branch not taken may change those. */
  private static void sameNumbers(
      String law, Function<List<Tensor>, List<Tensor>> f, List<Tensor> x) {
    same(law, z -> f.apply(z).stream().map(y -> y.add(0)).toList(), x);
  }

  @Property(tries = TRIES, seed = "20261123")
  void firstDerivatives(
      @ForAll("programs") RandomChoices f, @ForAll @IntRange(max = 999) int seed) {
    List<Tensor> x = random(seed, 3);
    List<Tensor> v = random(seed + 1, 3);
    same("value", f, x);
    same("grad", z -> grad(f, z), x);
    same("jvp", z -> jvp(f, z, v), x);
  }

  @Property(tries = TRIES, seed = "20261123")
  void secondDerivatives(
      @ForAll("programs") RandomChoices f, @ForAll @IntRange(max = 999) int seed) {
    List<Tensor> x = random(seed, 3);
    List<Tensor> v = random(seed + 1, 3);
    List<Tensor> w = random(seed + 2, 3);
    Function<List<Tensor>, Tensor> slope = z -> jvp(f, z, v).tangent();
    same("reverse over reverse", z -> grad(y -> inner(grad(f, y), v), z), x);
    same("forward over reverse", z -> jvp(y -> grad(f, y), z, w), x);
    same("reverse over forward", z -> grad(slope, z), x);
    same("forward over forward", z -> jvp(slope, z, w), x);
  }

  @Property(tries = TRIES / 2, seed = "20261123")
  void lanes(@ForAll("closed") RandomChoices f, @ForAll @IntRange(max = 999) int seed) {
    List<Tensor> xs = random(seed, 2, 3);
    List<Tensor> fixed = random(seed + 1, 3);
    // passed, as whether a branch not taken captures what has lanes is not known to the other
    // one is the same in all lanes: some choices are known though there are lanes
    Function<List<Tensor>, Tensor> mapped =
        z -> Reductions.sum(vmap((Tensor y) -> f.apply(List.of(z.get(0), y)), xs.get(0)));
    same("vmap of grad", z -> vmap((List<Tensor> y) -> grad(f, y), z), xs);
    same("grad of vmap", z -> grad(mapped, z), fixed);
    same("grad of grad of vmap", z -> grad(y -> inner(grad(mapped, y), fixed), z), fixed);
    same(
        "vmap of grad by what the lanes share",
        z -> vmap((Tensor y) -> grad(u -> f.apply(List.of(u, y)), z.get(0)), xs.get(1)),
        fixed);
  }

  @Property(tries = TRIES / 2, seed = "20261123")
  void capturesOfOuterDerivatives(
      @ForAll("programs") RandomChoices f, @ForAll @IntRange(max = 999) int seed) {
    List<Tensor> x = random(seed, 3);
    Tensor v = random(seed + 1, 3).getFirst();
    Function<List<Tensor>, Tensor> captured =
        z ->
            Reductions.sum(
                Elementwise.mul(
                    grad(u -> f.apply(List.of(u, Elementwise.sin(z.get(1)))), z.get(0)), v));
    sameNumbers("grad", z -> grad(captured, z), x);
    // forward, what is captured may be added up in another order: the last bits may differ
    UnaryOperator<List<Tensor>> forward = z -> List.of(jvp(captured, z, x).tangent());
    double expected = forward.apply(x).getFirst().toDouble();
    assertThat(jit((List<Tensor> z) -> forward.apply(z)).apply(x).getFirst().toDouble())
        .as("jvp")
        .isCloseTo(expected, within(1e-12 * Math.max(1, Math.abs(expected))));
  }
}
