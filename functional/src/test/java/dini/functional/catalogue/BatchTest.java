package dini.functional.catalogue;

import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vmap;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dini.core.DType;
import dini.core.Index;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.functional.Axes;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code vmap(f)} against a loop, for every subset of the arguments that is mapped over. */
class BatchTest {
  private static final int LANES = 3;

  static Stream<Entry> entries() {
    return Catalogue.all();
  }

  static Stream<Entry> differentiable() {
    return Catalogue.differentiable().filter(Catalogue::hasFloatingResult);
  }

  /** Arguments of which some have lanes. */
  private record Lanes(Tensor[] arguments, int mask) {
    static Lanes of(Sample sample, int mask) {
      Tensor[] stacked = sample.lanes(LANES);
      Tensor[] single = sample.arguments();
      Tensor[] mixed = new Tensor[single.length];
      Arrays.setAll(mixed, i -> (mask >>> i & 1) != 0 ? stacked[i] : single[i]);
      return new Lanes(mixed, mask);
    }

    Axes axes() {
      int[] axes = new int[arguments.length];
      Arrays.setAll(axes, i -> (mask >>> i & 1) != 0 ? 0 : Axes.NONE);
      return Axes.in(axes);
    }

    /** The arguments of one lane. */
    Tensor[] lane(int lane) {
      Tensor[] one = new Tensor[arguments.length];
      Arrays.setAll(
          one, i -> (mask >>> i & 1) != 0 ? Shapes.index(arguments[i], 0, lane) : arguments[i]);
      return one;
    }

    /** The results of a function for each lane, stacked. */
    Tensor[] loop(Function<Tensor[], Tensor[]> f) {
      Tensor[][] results = new Tensor[LANES][];
      Arrays.setAll(results, lane -> f.apply(lane(lane)));
      Tensor[] stacked = new Tensor[results[0].length];
      Arrays.setAll(
          stacked,
          i -> Shapes.stack(0, Arrays.stream(results).map(r -> r[i]).toArray(Tensor[]::new)));
      return stacked;
    }
  }

  private static void check(Sample sample, String law, Function<Tensor[], Tensor[]> f) {
    for (int mask = 1; mask < 1 << sample.shapes().length; mask++) {
      Lanes lanes = Lanes.of(sample, mask);
      String subset = law + " over arguments " + Integer.toBinaryString(mask);
      Tensor[] mapped = vmap(lanes.axes(), f).apply(lanes.arguments());
      Close.tensors(sample, subset, lanes.loop(f), mapped, DerivativeTest.ROUNDING);
    }
  }

  @ParameterizedTest
  @MethodSource("entries")
  void vmapIsALoop(Entry entry) {
    Sample.each(entry, DType.FLOAT64, 41).forEach(BatchTest::checkLanes);
  }

  static void checkLanes(Sample sample) {
    check(sample, "vmap", sample.entry().operation()::apply);
  }

  @ParameterizedTest
  @MethodSource("entries")
  void noLanesGiveNoResults(Entry entry) {
    Sample.each(entry, DType.FLOAT64, 42)
        .forEach(
            sample -> {
              Tensor[] one = sample.lanes(1);
              Tensor[] none = new Tensor[one.length];
              Arrays.setAll(none, i -> Shapes.slice(one[i], Index.to(0)));
              Tensor[] results = vmap((Tensor[] x) -> entry.operation().apply(x), none);
              Tensor[] single = entry.operation().apply(sample.arguments());
              for (int i = 0; i < results.length; i++) {
                assertEquals(single[i].shape().insert(0, 0), results[i].shape(), sample::toString);
                assertEquals(single[i].dtype(), results[i].dtype(), sample::toString);
              }
            });
  }

  /** The weighted sum of the floating results as a function of all arguments. */
  private static Function<Tensor[], Tensor> weighted(Sample sample) {
    Tensor[] weights =
        sample.direction(0, Sample.floating(sample.entry().operation().apply(sample.arguments())));
    return x -> Sample.inner(weights, Sample.floating(sample.entry().operation().apply(x)));
  }

  @ParameterizedTest
  @MethodSource("differentiable")
  void vmapOfGradIsALoop(Entry entry) {
    Sample.each(entry, DType.FLOAT64, 43)
        .forEach(
            sample -> {
              Function<Tensor[], Tensor> g = weighted(sample);
              check(sample, "vmap of grad", x -> grad(g, x));
            });
  }

  @ParameterizedTest
  @MethodSource("differentiable")
  void vmapOfJvpIsALoop(Entry entry) {
    Sample.each(entry, DType.FLOAT64, 44)
        .forEach(
            sample -> {
              Function<Tensor[], Tensor[]> f =
                  x -> Sample.floating(sample.entry().operation().apply(x));
              Tensor[] v = sample.direction(1, sample.arguments());
              check(sample, "vmap of jvp", x -> jvp(f, x, v).tangent());
              check(sample, "vmap of jvp along x", x -> jvp(f, x, x).tangent());
            });
  }

  @ParameterizedTest
  @MethodSource("differentiable")
  void gradOfVmapIsTheGradOfALoop(Entry entry) {
    Sample.each(entry, DType.FLOAT64, 45)
        .forEach(
            sample -> {
              Function<Tensor[], Tensor> g = weighted(sample);
              int all = (1 << sample.shapes().length) - 1;
              for (int mask = 1; mask <= all; mask++) {
                Lanes lanes = Lanes.of(sample, mask);
                Function<Tensor[], Tensor> mapped = vmap(lanes.axes(), g);
                Tensor[] expected =
                    grad(
                        (Tensor[] x) -> {
                          Lanes moved = new Lanes(x, lanes.mask());
                          return moved.loop(one -> new Tensor[] {g.apply(one)})[0].sum();
                        },
                        lanes.arguments());
                Tensor[] actual = grad((Tensor[] x) -> mapped.apply(x).sum(), lanes.arguments());
                String law = "grad of vmap over arguments " + Integer.toBinaryString(mask);
                Close.tensors(sample, law, expected, actual, DerivativeTest.ROUNDING);
              }
            });
  }
}
