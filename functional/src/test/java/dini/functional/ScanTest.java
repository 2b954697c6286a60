package dini.functional;

import static dini.core.Comparisons.lt;
import static dini.core.Elementwise.add;
import static dini.core.Elementwise.cos;
import static dini.core.Elementwise.mul;
import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.tanh;
import static dini.core.Products.matmul;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.arange;
import static dini.core.Tensors.longs;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.Checks.checkGrads;
import static dini.functional.ControlFlow.associativeScan;
import static dini.functional.ControlFlow.map;
import static dini.functional.ControlFlow.scan;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.makeProgram;
import static dini.functional.Transforms.valueAndGrad;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.DType;
import dini.core.Elementwise;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.TreeException;
import dini.core.dense.DenseTensor;
import dini.core.trace.Bind;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Loops over slices. */
class ScanTest {
  private static final Tensor W = tensor(new double[][] {{0.3, -0.2}, {0.5, 0.7}});
  private static final Tensor XS =
      tensor(new double[][] {{0.1, 0.4}, {-0.3, 0.2}, {0.6, -0.5}, {0.2, 0.9}, {-0.7, 0.3}});
  private static final Tensor H = tensor(0.2, -0.4);

  /** A network with two leaves of state, one of them integer. */
  private static Scan<Map<String, Tensor>, List<Tensor>> step(
      Tensor w, Map<String, Tensor> c, Tensor x) {
    Tensor h = tanh(matmul(w, c.get("h")).add(x));
    Tensor n = c.get("n").add(1);
    return new Scan<>(Map.of("h", h, "n", n), List.of(h.mul(x), n, sum(h)));
  }

  private static Tensor loss(Map<String, Tensor> carry, List<Tensor> ys) {
    Tensor weights = ys.get(1).astype(ys.get(0).dtype());
    return sum(carry.get("h").mul(carry.get("h")))
        .add(sum(mul(sum(ys.get(0), 1), weights)))
        .add(sum(cos(ys.get(2))));
  }

  private static Tensor scanned(ScanOptions options, Tensor w, Tensor h, Tensor xs) {
    Scan<Map<String, Tensor>, List<Tensor>> result =
        scan(
            options,
            (Map<String, Tensor> c, Tensor x) -> step(w, c, x),
            Map.of("h", h, "n", longs(0).reshape()),
            xs);
    return loss(result.carry(), result.ys());
  }

  private static Tensor looped(boolean reverse, Tensor w, Tensor h, Tensor xs) {
    int n = xs.shape().extent(0);
    Map<String, Tensor> carry = Map.of("h", h, "n", longs(0).reshape());
    List<List<Tensor>> ys = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Tensor x = Shapes.index(xs, 0, reverse ? n - 1 - i : i);
      Scan<Map<String, Tensor>, List<Tensor>> next = step(w, carry, x);
      carry = next.carry();
      ys.add(next.ys());
    }
    if (reverse) {
      Collections.reverse(ys);
    }
    List<Tensor> stacked = new ArrayList<>();
    for (int k = 0; k < 3; k++) {
      int leaf = k;
      stacked.add(Shapes.stack(0, ys.stream().map(y -> y.get(leaf)).toList()));
    }
    return loss(carry, stacked);
  }

  private static final List<ScanOptions> OPTIONS =
      List.of(
          ScanOptions.forward(),
          ScanOptions.backward(),
          ScanOptions.forward().withSnapshots(1),
          ScanOptions.backward().withSnapshots(2),
          ScanOptions.forward().withSnapshots(9));

  @Test
  void scanIsTheJavaLoop() {
    for (ScanOptions options : OPTIONS) {
      for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
        double tolerance = dtype == DType.FLOAT64 ? 1e-13 : 1e-5;
        Tensor w = W.astype(dtype);
        Tensor h = H.astype(dtype);
        Tensor xs = XS.astype(dtype);
        Function<List<Tensor>, Tensor> own = p -> scanned(options, p.get(0), p.get(1), p.get(2));
        Function<List<Tensor>, Tensor> plain =
            p -> looped(options.reverse(), p.get(0), p.get(1), p.get(2));
        List<Tensor> at = List.of(w, h, xs);
        ValueAndGrad<List<Tensor>> actual = valueAndGrad(own, at);
        ValueAndGrad<List<Tensor>> expected = valueAndGrad(plain, at);
        assertThat(actual.value()).isEqualTo(expected.value());
        for (int i = 0; i < 3; i++) {
          assertThat(actual.grad().get(i).type()).isEqualTo(at.get(i).type());
          assertNear(tolerance, actual.grad().get(i), expected.grad().get(i).toArray());
        }
        assertThat(jvp(own, at, at)).isEqualTo(jvp(plain, at, at));
      }
    }
  }

  @Test
  void derivativesOfEveryOrderAreLimits() {
    for (ScanOptions options : OPTIONS.subList(0, 3)) {
      Function<List<Tensor>, Tensor> f = p -> scanned(options, p.get(0), p.get(1), p.get(2));
      checkGrads(f, List.of(W, H, Shapes.slice(XS, dini.core.Index.to(3))), 3);
    }
  }

  @Test
  void lanesInsideAndOutsideOfDerivatives() {
    Tensor lanes = Shapes.stack(0, H, H.mul(2), H.mul(-1));
    for (ScanOptions options : OPTIONS) {
      UnaryOperator<Tensor> gradient = grad(h -> scanned(options, W, h, XS));
      Tensor mapped = vmap(gradient, lanes);
      Tensor outside = grad(hs -> sum(vmap(h -> scanned(options, W, h, XS), hs)), lanes);
      for (int i = 0; i < 3; i++) {
        double[] expected = gradient.apply(Shapes.index(lanes, 0, i)).toArray();
        assertNear(Shapes.index(mapped, 0, i), expected);
        assertNear(Shapes.index(outside, 0, i), expected);
      }
      Tensor weights = Shapes.stack(0, W, W.mul(2));
      Tensor byWeight = vmap(w -> grad(h -> scanned(options, w, h, XS), H), weights);
      assertNear(Shapes.index(byWeight, 0, 0), gradient.apply(H).toArray());
    }
  }

  @Test
  void scansNest() {
    Function<Tensor, Tensor> f =
        x ->
            scan(
                    3,
                    c ->
                        new Scan<>(
                            scan((d, s) -> new Scan<>(sin(d.mul(x)).add(s), d), c, arange(2))
                                .carry(),
                            c),
                    x)
                .carry();
    checkGrads(f, scalar(0.4), 3);
    Tensor mapped = vmap(x -> grad(f::apply, x), tensor(0.4, 0.1));
    assertNear(
        mapped, grad(f::apply, scalar(0.4)).toDouble(), grad(f::apply, scalar(0.1)).toDouble());
  }

  @Test
  void solversInsideOfALoopAreDifferentiated() {
    // z^3 + z = c, a step
    BiFunction<Tensor, Tensor, Tensor> solve =
        customRoot((Tensor z, Tensor c) -> z.mul(z).mul(z).add(z).sub(c))
            .apply(
                (z, c) -> {
                  Tensor at = z;
                  for (int i = 0; i < 50; i++) {
                    Tensor value = at.mul(at).mul(at).add(at).sub(c);
                    at = at.sub(value.div(at.mul(at).mul(3).add(1)));
                  }
                  return at;
                });
    Function<Tensor, Tensor> f =
        c -> scan(3, x -> new Scan<>(solve.apply(scalar(0.5), x.mul(c)), x), scalar(1)).carry();
    checkGrads(f, scalar(1.7), 2);
  }

  @Test
  void emptyLoopsAndThoseThatKeepNothing() {
    Scan<Tensor, Tensor> none =
        scan((c, x) -> new Scan<>(c.add(sum(x)), sin(x)), scalar(2), zeros(0, 3));
    assertThat(none.carry()).isEqualTo(scalar(2));
    assertThat(none.ys()).isEqualTo(zeros(0, 3));
    Tensor slope = grad(c -> scan(0, z -> new Scan<>(sin(z), z), c).carry(), scalar(2));
    assertThat(slope).isEqualTo(scalar(1));
    Scan<Tensor, List<Tensor>> kept =
        scan((c, x) -> new Scan<>(c.mul(x), List.<Tensor>of()), scalar(1), tensor(2, 3, 4));
    assertThat(kept.carry()).isEqualTo(scalar(24));
    assertThat(kept.ys()).isEmpty();
  }

  @Test
  void scanChecksItsArguments() {
    assertThatThrownBy(
            () ->
                scan(
                    (Tensor c, List<Tensor> x) -> new Scan<>(c, c),
                    scalar(0),
                    List.of(zeros(3), zeros(4))))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("scan: tree[1] is f64[4]")
        .hasMessageContaining("3 slices");
    assertThatThrownBy(() -> scan((c, x) -> new Scan<>(c, x), scalar(0), scalar(1)))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> scan((c, x) -> new Scan<>(c, c), scalar(0), List.of()))
        .isInstanceOf(TreeException.class)
        .hasMessageContaining("give a length");
    assertThatThrownBy(() -> scan((c, x) -> new Scan<>(x, x), scalar(0), zeros(2, 3)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("was f64[] and became f64[3]");
    assertThatThrownBy(() -> scan((Tensor c, Tensor x) -> null, scalar(0), zeros(2)))
        .isInstanceOf(TreeException.class);
    assertThatThrownBy(() -> scan(-1, c -> new Scan<>(c, c), scalar(0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ScanOptions.forward().withSnapshots(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The lines of the class page. */
  @Test
  void examplesAreAsTheySay() {
    Tensor xs = tensor(1, 2, 3);
    Tensor first = ControlFlow.whileLoop(scalar(1), x -> lt(x, 100), x -> x.mul(3));
    Tensor power = ControlFlow.foriLoop(0, 10, scalar(1), (i, x) -> x.mul(2));
    Scan<Tensor, Tensor> sums = scan((sum, x) -> new Scan<>(sum.add(x), sum), scalar(0), xs);
    assertThat(first).isEqualTo(scalar(243));
    assertThat(power).isEqualTo(scalar(1024));
    assertThat(sums).isEqualTo(new Scan<>(scalar(6), tensor(0, 1, 3)));
  }

  @Test
  void programsHaveOneEquationForAllSteps() {
    String program =
        makeProgram(
                (Tensor xs) -> scan((c, x) -> new Scan<>(c.add(x), c.mul(x)), scalar(0), xs).ys(),
                zeros(1000))
            .toString();
    assertThat(program)
        .isEqualTo(
            """
            { lambda a:f64[] ; b:f64[1000] . let
                c:f64[] d:f64[1000] = scan[length=1000] a b
                    body = { lambda ; a:f64[] b:f64[] . let
                      c:f64[] = add a b
                      d:f64[] = mul a b
                    in ( c d ) }
              in ( d ) }\
            """);
  }

  // ---- snapshots ----

  /** How many steps a gradient runs, and the most carries that were alive in one of them. */
  private record Account(int runs, int alive) {}

  private static Account account(int steps, ScanOptions options) {
    List<WeakReference<DenseTensor>> seen = new ArrayList<>();
    AtomicInteger runs = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    grad(
        x ->
            scan(
                    options,
                    (Tensor c, Tensor s) -> {
                      runs.incrementAndGet();
                      seen.add(new WeakReference<>(Bind.peek(c)));
                      System.gc();
                      most.accumulateAndGet(alive(seen), Math::max);
                      return new Scan<>(sin(c.add(s)), List.<Tensor>of());
                    },
                    x,
                    zeros(steps))
                .carry(),
        scalar(0.3));
    return new Account(runs.get(), most.get());
  }

  /** A step that runs again sees the same carry again. */
  private static int alive(List<WeakReference<DenseTensor>> seen) {
    Set<DenseTensor> alive = Collections.newSetFromMap(new IdentityHashMap<>());
    seen.stream().map(WeakReference::get).filter(Objects::nonNull).forEach(alive::add);
    return alive.size();
  }

  @Test
  void snapshotsAreAsManyAsAskedForAndStepsAsFewAsCanBe() {
    for (int[] each : new int[][] {{10, 1}, {10, 2}, {10, 3}, {15, 4}, {4, 9}}) {
      int steps = each[0];
      int snapshots = each[1];
      Account account = account(steps, ScanOptions.forward().withSnapshots(snapshots));
      assertThat(account.runs()).isEqualTo(fewest(steps, snapshots) + steps);
      // beside the snapshots, the carry that is passed to the step; it would be all without them
      assertThat(account.alive()).isLessThanOrEqualTo(Math.min(snapshots, steps) + 1);
    }
  }

  /** By trying all splits: Griewank and Walther's recursion. */
  private static int fewest(int steps, int snapshots) {
    return fewest(steps, snapshots, new HashMap<>());
  }

  private static int fewest(int steps, int snapshots, Map<List<Integer>, Integer> known) {
    if (steps == 1) {
      return 0;
    }
    if (snapshots == 1) {
      return steps * (steps - 1) / 2;
    }
    Integer found = known.get(List.of(steps, snapshots));
    if (found == null) {
      found = Integer.MAX_VALUE;
      for (int m = 1; m < steps; m++) {
        int with = m + fewest(m, snapshots, known) + fewest(steps - m, snapshots - 1, known);
        found = Math.min(found, with);
      }
      known.put(List.of(steps, snapshots), found);
    }
    return found;
  }

  @Test
  void scheduleIsTheBestThereIs() {
    for (int steps = 1; steps <= 60; steps++) {
      for (int snapshots = 1; snapshots <= 7; snapshots++) {
        int best = fewest(steps, snapshots);
        assertThat(Revolve.advances(steps, snapshots)).isEqualTo(best);
        assertThat(taken(steps, snapshots)).isEqualTo(best);
      }
    }
    // three runs of each step for (s + 1)(s + 2) / 2 steps
    assertThat(Revolve.runs(66, 10)).isEqualTo(2);
    assertThat(Revolve.runs(67, 10)).isEqualTo(3);
  }

  private static int taken(int steps, int snapshots) {
    if (steps == 1) {
      return 0;
    }
    int m = Revolve.split(steps, snapshots);
    return m + taken(m, snapshots) + taken(steps - m, Math.max(1, snapshots - 1));
  }

  @Test
  void snapshotsHaveTheBitsOfTheJavaLoop() {
    for (int snapshots : new int[] {1, 2, 3}) {
      ScanOptions options = ScanOptions.forward().withSnapshots(snapshots);
      assertThat(grad(w -> scanned(options, w, H, XS), W))
          .isEqualTo(grad(w -> looped(false, w, H, XS), W));
    }
  }

  // ---- associativeScan ----

  @Test
  void associativeScanGivesAllPartialCombinations() {
    for (int n = 0; n <= 17; n++) {
      Tensor xs = arange(n).mul(0.5).add(1);
      Tensor sums = associativeScan(Elementwise::add, xs);
      Tensor back = associativeScan(Elementwise::add, xs, true, 0);
      double[] expected = new double[n];
      double[] fromEnd = new double[n];
      for (int i = 0; i < n; i++) {
        expected[i] = (i == 0 ? 0 : expected[i - 1]) + xs.toArray()[i];
        int j = n - 1 - i;
        fromEnd[j] = (i == 0 ? 0 : fromEnd[j + 1]) + xs.toArray()[j];
      }
      assertNear(sums, expected);
      assertNear(back, fromEnd);
    }
  }

  /** x -> a x + b as a pair; the second after the first. */
  private static List<Tensor> after(List<Tensor> f, List<Tensor> g) {
    return List.of(mul(g.get(0), f.get(0)), add(mul(g.get(0), f.get(1)), g.get(1)));
  }

  @Test
  void linearRecurrencesInLogarithmicDepth() {
    Tensor a = tensor(0.5, -0.3, 0.8, 1.1, 0.2, -0.9, 0.4);
    Tensor b = tensor(1, 2, -1, 0.5, 0.3, 0.1, -0.2);
    Function<List<Tensor>, Tensor> parallel = p -> associativeScan(ScanTest::after, p).get(1);
    Function<List<Tensor>, Tensor> sequential =
        p ->
            scan(
                    (Tensor c, List<Tensor> s) -> {
                      Tensor next = c.mul(s.get(0)).add(s.get(1));
                      return new Scan<>(next, next);
                    },
                    scalar(0),
                    p)
                .ys();
    List<Tensor> at = List.of(a, b);
    assertNear(parallel.apply(at), sequential.apply(at).toArray());
    List<Tensor> expected = grad((List<Tensor> p) -> sum(sin(sequential.apply(p))), at);
    List<Tensor> actual = grad((List<Tensor> p) -> sum(sin(parallel.apply(p))), at);
    assertNear(actual.get(0), expected.get(0).toArray());
    assertNear(actual.get(1), expected.get(1).toArray());
    checkGrads(parallel, at, 2);
  }

  @Test
  void associativeScanAlongAnyAxisAndUnderVmap() {
    Tensor rows = associativeScan(Elementwise::add, XS, false, -1);
    Tensor mapped = vmap(row -> associativeScan(Elementwise::add, row), XS);
    assertThat(mapped).isEqualTo(rows);
    Tensor columns = associativeScan(Elementwise::mul, XS, true, 0);
    assertNear(Shapes.index(columns, 0, 3), 0.2 * -0.7, 0.9 * 0.3);
    assertThatThrownBy(() -> associativeScan((x, y) -> sum(x), XS))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("associativeScan: the operation changed its argument");
  }

  // ---- map ----

  @Test
  void mapIsVmapOneOrSomeAtATime() {
    Function<Tensor, List<Tensor>> f = x -> List.of(sin(x), sum(x.mul(x)));
    List<Tensor> expected = vmap(f, XS);
    assertThat(map(f, XS)).isEqualTo(expected);
    for (int size : new int[] {1, 2, 3, 5, 8}) {
      List<Tensor> batched = map(size, f, XS);
      assertNear(batched.get(0), expected.get(0).toArray());
      assertNear(batched.get(1), expected.get(1).toArray());
      Tensor slope = grad(x -> sum(map(size, f, x).get(1)), XS);
      assertNear(slope, XS.mul(2).toArray());
    }
    assertThat(map(f, zeros(0, 2)).get(0)).isEqualTo(zeros(0, 2));
    assertThat(map(2, f, zeros(0, 2)).get(1)).isEqualTo(Tensors.zeros(0));
    assertThatThrownBy(() -> map(0, f, XS)).isInstanceOf(IllegalArgumentException.class);
  }
}
