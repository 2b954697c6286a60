package dini.functional;

import static dini.core.Comparisons.ge;
import static dini.core.Comparisons.gt;
import static dini.core.Comparisons.lt;
import static dini.core.Elementwise.abs;
import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.log;
import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.sqrt;
import static dini.core.Elementwise.tanh;
import static dini.core.Reductions.sum;
import static dini.core.Shapes.stack;
import static dini.core.Tensors.bools;
import static dini.core.Tensors.eye;
import static dini.core.Tensors.ints;
import static dini.core.Tensors.longs;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Checks.checkGrads;
import static dini.functional.ControlFlow.cond;
import static dini.functional.ControlFlow.foriLoop;
import static dini.functional.ControlFlow.switchCase;
import static dini.functional.ControlFlow.whileLoop;
import static dini.functional.Jacobians.jacfwd;
import static dini.functional.Jit.jit;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.linearTranspose;
import static dini.functional.Transforms.linearize;
import static dini.functional.Transforms.makeProgram;
import static dini.functional.Transforms.vjp;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.DType;
import dini.core.DTypeException;
import dini.core.IndexException;
import dini.core.ShapeException;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.TracerException;
import dini.core.TreeException;
import dini.functional.Checks.Mode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Choices, and loops without slices. */
class ControlFlowTest {
  private static final Tensor TRUE = bools(true).reshape();
  private static final Tensor FALSE = bools(false).reshape();

  // ---- cond ----

  @Test
  void condRunsOneBranchWhereThePredicateIsKnown() {
    AtomicInteger runs = new AtomicInteger();
    Tensor y =
        cond(
            TRUE,
            scalar(3),
            x -> x.toDouble() > 2 ? x.mul(2) : x,
            x -> {
              runs.incrementAndGet();
              return x;
            });
    assertThat(y).isEqualTo(scalar(6));
    assertThat(runs).hasValue(0);
    Tensor slope = grad(x -> cond(gt(x, 0), x, z -> z.mul(z), z -> z.neg()), scalar(3));
    assertThat(slope).isEqualTo(scalar(6));
  }

  private static Tensor piecewise(Tensor x, Tensor w) {
    return cond(
            gt(x, 0),
            Map.of("x", x),
            m -> List.of(sqrt(m.get("x")).mul(w), m.get("x")),
            m -> List.of(exp(m.get("x")).mul(w).mul(w), m.get("x").mul(2)))
        .get(0);
  }

  @Test
  void condOfLanesThatChooseDifferently() {
    Tensor x = tensor(4, -1, 0.25, -2);
    Tensor w = scalar(3);
    Tensor mapped = vmap(z -> piecewise(z, w), x);
    assertNear(mapped, 6, 9 * StrictMath.exp(-1), 1.5, 9 * StrictMath.exp(-2));
    // the square root of a negative number does not spoil the derivative of the other branch
    UnaryOperator<Tensor> slope = grad(z -> piecewise(z, w));
    Tensor slopes = vmap(slope, x);
    assertNear(slopes, 0.75, 9 * StrictMath.exp(-1), 3, 9 * StrictMath.exp(-2));
    Tensor byWeight = grad(v -> sum(vmap(z -> piecewise(abs(z).mul(0.5), v), x)), w);
    double roots = StrictMath.sqrt(2) + StrictMath.sqrt(0.5) + StrictMath.sqrt(0.125) + 1;
    assertNear(byWeight, roots);
  }

  @Test
  void condInProgramsShowsItsBranchesIndented() {
    String program =
        makeProgram((Tensor x) -> cond(gt(x, 0), x, z -> sin(z), z -> z.mul(2)), scalar(1))
            .toString();
    assertThat(program)
        .isEqualTo(
            """
            { lambda a:f64[] b:f64[] ; c:f64[] . let
                d:bool[] = gt c a
                e:f64[] = cond d b c
                    branch 0 = { lambda a:f64[] ; b:f64[] . let
                      c:f64[] = mul b a
                    in ( c ) }
                    branch 1 = { lambda ; a:f64[] . let
                      b:f64[] = sin a
                    in ( b ) }
              in ( e ) }\
            """);
  }

  @Test
  void condComparesItsBranchesOnlyWhereItIsRecorded() {
    UnaryOperator<Tensor> f = z -> cond(gt(z, 0), z, p -> p, p -> stack(0, p, p));
    assertThat(f.apply(scalar(-1))).isEqualTo(tensor(-1, -1));
    assertThatThrownBy(() -> makeProgram(f, scalar(-1)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("cond");
    assertThatThrownBy(() -> vmap(f, tensor(-1, 1)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("cond");
  }

  @Test
  void condDifferentiatesWhatBranchesCaptured() {
    Tensor x = scalar(0.7);
    for (double sign : new double[] {1, -1}) {
      Function<Tensor, Tensor> f =
          w ->
              ControlFlow.scan(
                      1,
                      c ->
                          new Scan<>(
                              cond(
                                  gt(c.mul(sign), 0),
                                  c,
                                  z -> sin(z.mul(w)),
                                  z -> exp(z).mul(w).mul(w)),
                              c),
                      x)
                  .carry();
      checkGrads(f, scalar(1.3), 3);
    }
  }

  @Test
  void condChecksItsArguments() {
    Tensor x = scalar(1);
    assertThatThrownBy(() -> cond(x, x, z -> z, z -> z))
        .isInstanceOf(DTypeException.class)
        .hasMessageContaining("cond: the predicate must be BOOL, got f64[]");
    assertThatThrownBy(() -> cond(bools(true, false), x, z -> z, z -> z))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("scalar");
    assertThatThrownBy(() -> makeProgram((Tensor z) -> cond(gt(z, 0), z, y -> y, y -> ints(1)), x))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("f64[]")
        .hasMessageContaining("i32[1]");
    assertThatThrownBy(
            () ->
                makeProgram(
                    (Tensor z) ->
                        ControlFlow.<Tensor, Object>cond(gt(z, 0), z, y -> y, y -> List.of(y)),
                    x))
        .isInstanceOf(TreeException.class)
        .hasMessageContaining("cond: the results of two branches differ");
    assertThatThrownBy(() -> cond(TRUE, x, z -> null, z -> z)).isInstanceOf(TreeException.class);
  }

  // ---- switchCase ----

  private static final List<Function<Tensor, Tensor>> BRANCHES =
      List.of(x -> x.mul(10), x -> sin(x), x -> x.mul(x));

  @Test
  void switchCaseTakesTheBranchOfItsIndex() {
    Tensor x = scalar(3);
    Tensor at = longs(2).reshape();
    assertThat(switchCase(at, x, BRANCHES)).isEqualTo(scalar(9));
    assertThat(switchCase(ints(-3).reshape(), x, BRANCHES)).isEqualTo(scalar(30));
    Tensor lanes = vmap(i -> switchCase(i, x, BRANCHES), ints(2, 0, -2, 1));
    assertNear(lanes, 9, 30, StrictMath.sin(3), StrictMath.sin(3));
    Tensor slopes = vmap(i -> grad(z -> switchCase(i, z, BRANCHES), x), longs(0, 1, 2));
    assertNear(slopes, 10, StrictMath.cos(3), 6);
  }

  @Test
  void switchCaseRefusesWhatIsNoBranch() {
    Tensor x = scalar(3);
    assertThatThrownBy(() -> switchCase(longs(3).reshape(), x, BRANCHES))
        .isInstanceOf(IndexException.class)
        .hasMessageContaining("switchCase: index 3 for 3 branches");
    assertThatThrownBy(() -> vmap(i -> switchCase(i, x, BRANCHES), ints(0, 3)))
        .isInstanceOf(IndexException.class);
    assertThatThrownBy(() -> switchCase(x, x, BRANCHES)).isInstanceOf(DTypeException.class);
    assertThatThrownBy(() -> switchCase(longs(0).reshape(), x, List.<Function<Tensor, Tensor>>of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // ---- whileLoop ----

  /** Newton's steps to the square root: more of them for larger numbers. */
  private static Tensor root(Tensor a) {
    return whileLoop(a, x -> gt(abs(x.mul(x).sub(a)), a.mul(1e-13)), x -> x.add(a.div(x)).mul(0.5));
  }

  @Test
  void whileLoopRunsUntilTheConditionFails() {
    assertNear(root(scalar(2)), StrictMath.sqrt(2));
    assertThat(whileLoop(scalar(5), x -> lt(x, 0), x -> x.mul(0))).isEqualTo(scalar(5));
    Tensor single = whileLoop(scalar(1).astype(DType.FLOAT32), x -> lt(x, 100), x -> x.mul(3));
    assertThat(single).isEqualTo(scalar(243).astype(DType.FLOAT32));
  }

  @Test
  void whileLoopHasForwardDerivativesOfEveryOrder() {
    Function<Tensor, Tensor> f = ControlFlowTest::root;
    Tensor one = scalar(1);
    Function<Tensor, Tensor> first = a -> jvp(f, a, one).tangent();
    assertNear(1e-9, first.apply(scalar(2)), 0.5 / StrictMath.sqrt(2));
    assertNear(1e-6, jvp(first, scalar(2), one).tangent(), -0.25 * StrictMath.pow(2, -1.5));
    Function<List<Tensor>, Tensor> both =
        p ->
            whileLoop(
                    List.of(p.get(0), ints(0).reshape()),
                    c -> lt(c.get(1), 5),
                    c -> List.of(sin(c.get(0).mul(p.get(1))), c.get(1).add(1)))
                .get(0);
    checkGrads(CheckOptions.standard(), both, List.of(scalar(0.3), scalar(1.2)), 3, Mode.FORWARD);
  }

  @Test
  void whileLoopRefusesReverseModeAndNamesWhatServes() {
    List.<Runnable>of(
            () -> grad(ControlFlowTest::root, scalar(2)),
            () -> linearize(ControlFlowTest::root, scalar(2)),
            () -> grad(a -> jvp(ControlFlowTest::root, a, scalar(1)).tangent(), scalar(2)),
            () -> vmap(a -> grad(ControlFlowTest::root, a), tensor(2, 3)),
            () -> grad(a -> sum(vmap(ControlFlowTest::root, a)), tensor(2, 3)))
        .forEach(
            run ->
                assertThatThrownBy(run::run)
                    .isInstanceOf(TracerException.class)
                    .hasMessageContaining("whileLoop: reverse mode")
                    .hasMessageContaining("foriLoop")
                    .hasMessageContaining("scan"));
    // what carries no derivative may run in it
    Tensor gradient = grad(a -> a.mul(root(scalar(4))), scalar(3));
    assertNear(gradient, 2);
  }

  @Test
  void whileLoopOfLanesStopsEachAtItsOwnStep() {
    Tensor a = tensor(2, 1e6, 0.01);
    Tensor mapped = vmap(ControlFlowTest::root, a);
    for (int i = 0; i < 3; i++) {
      assertThat(mapped.toArray()[i]).isEqualTo(root(scalar(a.toArray()[i])).toDouble());
    }
    Function<Tensor, Tensor> slope = x -> jvp(ControlFlowTest::root, x, scalar(1)).tangent();
    Tensor slopes = vmap(slope, a);
    for (int i = 0; i < 3; i++) {
      assertThat(slopes.toArray()[i]).isEqualTo(slope.apply(scalar(a.toArray()[i])).toDouble());
    }
    Tensor nested = vmap(row -> vmap(ControlFlowTest::root, row), a.reshape(3, 1));
    assertThat(nested.reshape(3)).isEqualTo(mapped);
    assertThat(vmap(ControlFlowTest::root, Tensors.zeros(0)).shape().toArray()).containsExactly(0);
  }

  @Test
  void finishedLanesAreFrozenThoughTheirStepsWouldFail() {
    // below 1 the next step would be the logarithm of a negative number
    Function<Tensor, Tensor> f = x -> whileLoop(x, z -> gt(z, 1), z -> log(z));
    Tensor mapped = vmap(f, tensor(0.5, 3, 100));
    assertNear(
        mapped,
        0.5,
        StrictMath.log(StrictMath.log(3)),
        StrictMath.log(StrictMath.log(StrictMath.log(100))));
  }

  @Test
  void lanesThatTheConditionDoesNotSeeStepTogether() {
    Function<Tensor, Tensor> f =
        x ->
            whileLoop(
                    List.of(ints(0).reshape(), x, scalar(1)),
                    c -> lt(c.get(0), 3),
                    c -> List.of(c.get(0).add(1), c.get(1).mul(2), c.get(2).add(1)))
                .get(1);
    Tensor mapped = vmap(f, tensor(1, 2));
    assertThat(mapped).isEqualTo(tensor(8, 16));
    assertThat(makeProgram((Tensor x) -> vmap(f, x), tensor(1, 2)).toString())
        .contains("condition = ")
        .doesNotContain("where");
  }

  @Test
  void whileLoopChecksItsCarryLeafByLeaf() {
    Map<String, Tensor> init = Map.of("n", longs(0).reshape(), "x", tensor(1, 2), "y", scalar(0));
    assertThatThrownBy(
            () ->
                whileLoop(
                    init,
                    c -> lt(c.get("n"), 3),
                    c ->
                        Map.of(
                            "n", c.get("n").astype(DType.FLOAT64),
                            "x", sum(c.get("x")),
                            "y", c.get("y"))))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("whileLoop: the body changed the carry")
        .hasMessageContaining("[\"n\"] was i64[] and became f64[]")
        .hasMessageContaining("[\"x\"] was f64[2] and became f64[]")
        .hasMessageNotContaining("[\"y\"]");
    assertThatThrownBy(() -> whileLoop(scalar(1), x -> x, x -> x))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("bool[], got f64[]");
    assertThatThrownBy(() -> whileLoop(List.of(scalar(1)), x -> lt(x.get(0), 0), x -> List.of()))
        .isInstanceOf(TreeException.class);
    assertThatThrownBy(() -> whileLoop(scalar(1), x -> lt(x, 0), x -> x.add(x.toDouble())))
        .isInstanceOf(TracerException.class);
  }

  @Test
  void loopsEndWhenTheThreadIsInterrupted() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> whileLoop(scalar(1), x -> gt(x, 0), x -> x))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  // ---- foriLoop ----

  @Test
  void foriLoopCountsFromLowerToBeforeUpper() {
    assertThat(foriLoop(2, 5, longs(0).reshape(), (i, c) -> c.mul(10).add(i)))
        .isEqualTo(longs(234).reshape());
    assertThat(foriLoop(5, 2, scalar(1), (i, c) -> c.mul(0))).isEqualTo(scalar(1));
    Tensor from = ints(-1).reshape();
    Tensor to = ints(3).reshape();
    assertThat(foriLoop(from, to, ints(0).reshape(), (i, c) -> c.add(i)))
        .isEqualTo(ints(2).reshape());
  }

  @Test
  void foriLoopOfKnownBoundsHasAllDerivatives() {
    Function<List<Tensor>, Tensor> f =
        p ->
            foriLoop(
                0,
                4,
                p.get(0),
                (i, c) -> sin(c.mul(p.get(1))).add(c.mul(i.astype(DType.FLOAT64)).mul(0.1)));
    checkGrads(f, List.of(scalar(0.3), scalar(1.2)), 3);
    Tensor bound = longs(4).reshape();
    Function<Tensor, Tensor> byTensor =
        x -> foriLoop(longs(0).reshape(), bound, x, (i, c) -> tanh(c));
    Function<Tensor, Tensor> byNumber = x -> foriLoop(0, 4, x, (i, c) -> tanh(c));
    assertThat(grad(byTensor::apply, scalar(2))).isEqualTo(grad(byNumber::apply, scalar(2)));
  }

  @Test
  void foriLoopOfBoundsPerLaneIsAWhileLoop() {
    Tensor powers =
        vmap(n -> foriLoop(longs(0).reshape(), n, scalar(1), (i, c) -> c.mul(2)), longs(0, 3, 5));
    assertThat(powers).isEqualTo(tensor(1, 8, 32));
    assertThatThrownBy(
            () ->
                vmap(
                    n ->
                        grad(
                            x -> foriLoop(longs(0).reshape(), n, x, (i, c) -> c.mul(2)), scalar(1)),
                    longs(0, 3)))
        .isInstanceOf(TracerException.class)
        .hasMessageContaining("reverse mode");
    assertThatThrownBy(
            () -> foriLoop(longs(0).reshape(), ints(3).reshape(), scalar(1), (i, c) -> c))
        .isInstanceOf(DTypeException.class);
  }

  @Test
  void linearLoopsAreTransposed() {
    // the number of the step is carried beside what is linear
    Function<Tensor, Tensor> f =
        x ->
            ControlFlow.scan(
                    4,
                    c ->
                        new Scan<>(
                            List.of(c.get(0).add(1), c.get(1).mul(c.get(0)).mul(2)), c.get(1)),
                    List.of(scalar(1), x))
                .carry()
                .get(1);
    assertNear(linearTranspose(f, scalar(0)).apply(scalar(1)), 16 * 24);
    Function<Tensor, Tensor> sums =
        x -> ControlFlow.scan((c, y) -> new Scan<>(c.add(y), c.add(y)), scalar(0), x).ys();
    assertThat(linearTranspose(sums, Tensors.zeros(3)).apply(tensor(1, 10, 100)))
        .isEqualTo(tensor(111, 110, 100));
    // the tangent of a loop is linear in the direction, whatever else it carries
    Function<Tensor, Tensor> pushed =
        v -> jvp((Tensor x) -> foriLoop(0, 3, x, (i, c) -> sin(c)), scalar(0.7), v).tangent();
    Tensor slope = grad(x -> foriLoop(0, 3, x, (i, c) -> sin(c)), scalar(0.7));
    assertNear(linearTranspose(pushed, scalar(0)).apply(scalar(1)), slope.toDouble());
    Function<Tensor, Tensor> chosen = x -> cond(ge(x.mul(0), 0), x, z -> z.mul(3), z -> z);
    assertThatThrownBy(() -> linearTranspose(chosen, scalar(0)).apply(scalar(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void pullbacksOfProgramsOfLoops() {
    Function<Tensor, Tensor> f = x -> foriLoop(0, 3, x, (i, c) -> sin(c));
    Vjp<Tensor, Tensor> vjp = vjp(f, scalar(0.7));
    assertThat(vjp.pullback().apply(scalar(1))).isEqualTo(grad(f::apply, scalar(0.7)));
    assertThat(vjp.pullback().apply(scalar(2)).toDouble())
        .isEqualTo(2 * grad(f::apply, scalar(0.7)).toDouble());
    assertThat(FALSE.toDouble()).isZero();
  }

  @Test
  void tooManyStepsAreRefused() {
    assertThatThrownBy(
            () -> foriLoop(scalarLong(0), scalarLong(1L << 40), scalar(0), (i, c) -> c.add(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("foriLoop: from 0 to 1099511627776");
    assertThatThrownBy(
            () ->
                foriLoop(
                    scalarLong(Long.MIN_VALUE),
                    scalarLong(Long.MAX_VALUE),
                    scalar(0),
                    (i, c) -> c.add(1)))
        .isInstanceOf(IllegalArgumentException.class);
    Tensor none =
        foriLoop(
            scalarLong(Long.MAX_VALUE), scalarLong(Long.MIN_VALUE), scalar(7), (i, c) -> c.add(1));
    assertThat(none).isEqualTo(scalar(7));
  }

  private static Tensor scalarLong(long value) {
    return longs(value).reshape();
  }

  @Test
  void jacobianOfAWhileLoopIsThatOfItsTangents() {
    Function<Tensor, Tensor> f = x -> whileLoop(x, c -> lt(sum(c), 10), c -> c.mul(c));
    Tensor x = tensor(1.5, 2);
    // two squares: x^4, whose derivative is 4 x^3
    Tensor columns = tensor(new double[][] {{13.5, 0}, {0, 32}});
    assertThat(jacfwd(f, x)).isEqualTo(columns);
    assertThat(vmap((Tensor e) -> jvp(f, x, e).tangent(), eye(2))).isEqualTo(columns);
    assertThat(jit((Tensor z) -> jacfwd(f, z)).apply(x)).isEqualTo(columns);
    Tensor second = jacfwd((Tensor z) -> jacfwd(f, z), x);
    assertThat(second.get(0).get(0)).isEqualTo(tensor(27, 0));
    assertThat(vmap((Tensor z) -> jacfwd(f, z), x.reshape(1, 2)))
        .isEqualTo(columns.reshape(1, 2, 2));
    assertThat(jacfwd(z -> f.apply(z.get("x")), Map.of("x", x, "n", ints(3))))
        .isEqualTo(tensor(new double[][] {{0, 13.5, 0}, {0, 0, 32}}));
    assertThatThrownBy(() -> Jacobians.jacrev(f, x))
        .isInstanceOf(TracerException.class)
        .hasMessageContaining("jacfwd");
  }
}
