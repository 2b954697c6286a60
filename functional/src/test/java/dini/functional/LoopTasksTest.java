package dini.functional;

import static dini.core.Comparisons.gt;
import static dini.core.Cumulative.cumMax;
import static dini.core.Elementwise.abs;
import static dini.core.Elementwise.add;
import static dini.core.Elementwise.div;
import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.square;
import static dini.core.Elementwise.sub;
import static dini.core.Elementwise.tanh;
import static dini.core.Indexing.at;
import static dini.core.Indexing.take;
import static dini.core.Products.matvec;
import static dini.core.Reductions.max;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.arange;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static dini.functional.ControlFlow.associativeScan;
import static dini.functional.ControlFlow.foriLoop;
import static dini.functional.ControlFlow.scan;
import static dini.functional.ControlFlow.whileLoop;
import static dini.functional.Jacobians.hessian;
import static dini.functional.Jit.jit;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;

import dini.core.Index;
import dini.core.Shapes;
import dini.core.Tensor;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What loops are written for, against the same in the loops of Java or in closed form. */
class LoopTasksTest {
  record Cell(Tensor w, Tensor u, Tensor b) {}

  record Pair(Tensor a, Tensor b) {}

  private static final Cell CELL =
      new Cell(
          tensor(new double[][] {{0.1, 0.2, 0.3}, {-0.4, 0.5, 0.6}}),
          tensor(new double[][] {{0.1, -0.2}, {0.3, 0.4}}),
          tensor(0.1, -0.1));
  private static final Tensor SERIES = sin(arange(12)).reshape(4, 3);

  private static void assertClose(Tensor actual, Tensor expected, double tolerance) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    Near.assertNear(tolerance, actual, expected.toArray());
  }

  private static Tensor step(Cell cell, Tensor h, Tensor x) {
    return tanh(add(add(matvec(cell.w(), x), matvec(cell.u(), h)), cell.b()));
  }

  private static Tensor scanned(Cell cell, Tensor xs) {
    return scan(
            (Tensor h, Tensor x) -> {
              Tensor next = step(cell, h, x);
              return new Scan<>(next, sum(square(next)));
            },
            zeros(2),
            xs)
        .ys()
        .sum();
  }

  private static Tensor looped(Cell cell, Tensor xs) {
    Tensor h = zeros(2);
    Tensor cost = scalar(0);
    for (int i = 0; i < xs.shape().extent(0); i++) {
      h = step(cell, h, xs.get(Index.at(i)));
      cost = cost.add(sum(square(h)));
    }
    return cost;
  }

  @Test
  void recurrentNetwork() {
    Cell expected = grad(c -> looped(c, SERIES), CELL);
    Cell eager = grad(c -> scanned(c, SERIES), CELL);
    Cell compiled = jit((Cell cell) -> grad(c -> scanned(c, SERIES), cell)).apply(CELL);
    for (Cell cell : new Cell[] {eager, compiled}) {
      assertClose(cell.w(), expected.w(), 1e-14);
      assertClose(cell.u(), expected.u(), 1e-14);
      assertClose(cell.b(), expected.b(), 1e-14);
    }
    assertClose(
        hessian(c -> scanned(c, SERIES), CELL), hessian(c -> looped(c, SERIES), CELL), 1e-13);
    Tensor both = Shapes.stack(0, SERIES, SERIES.mul(2));
    assertClose(
        vmap(xs -> grad(c -> scanned(c, xs), CELL).b(), both).get(Index.at(1)),
        grad(c -> looped(c, SERIES.mul(2)), CELL).b(),
        1e-14);
  }

  /** w - 0.1 grad(sum w^4), three times. */
  @Test
  void metaGradientThroughAnInnerLoop() {
    Function<Tensor, Tensor> descent = w -> w.sub(grad(z -> sum(square(square(z))), w).mul(0.1));
    Function<Tensor, Tensor> looped =
        start -> sum(square(foriLoop(0, 3, start, (i, w) -> descent.apply(w))));
    Function<Tensor, Tensor> plain =
        w -> sum(square(descent.apply(descent.apply(descent.apply(w)))));
    Tensor x = tensor(0.5, 0.7);
    assertClose(grad(looped, x), grad(plain, x), 1e-15);
    assertClose(hessian(looped, x), hessian(plain, x), 1e-14);
    assertClose(jit((Tensor z) -> grad(looped, z)).apply(x), grad(plain, x), 1e-15);
  }

  /** h[i] = a[i] h[i - 1] + b[i], as a filter has it, by combining affine maps. */
  @Test
  void affineRecurrenceByAssociativeScan() {
    Function<Tensor, Tensor> combined =
        x ->
            sum(
                associativeScan(
                        (Pair l, Pair r) -> new Pair(l.a().mul(r.a()), r.a().mul(l.b()).add(r.b())),
                        new Pair(x, x.mul(x)))
                    .b());
    Function<Tensor, Tensor> plain =
        x -> {
          Tensor h = scalar(0);
          Tensor total = scalar(0);
          for (int i = 0; i < 5; i++) {
            Tensor here = x.get(Index.at(i));
            h = here.mul(h).add(here.mul(here));
            total = total.add(h);
          }
          return total;
        };
    Tensor x = tensor(0.5, 0.2, 0.3, 0.7, 0.1);
    assertClose(grad(combined, x), grad(plain, x), 1e-15);
    assertClose(hessian(combined, x), hessian(plain, x), 1e-14);
  }

  /** Newton's square root: every lane takes its own number of steps; d sqrt(a) = 1 / (2 sqrt a). */
  @Test
  void newtonUnderVmap() {
    Function<Tensor, Tensor> root =
        a ->
            whileLoop(
                    new Pair(ones(), a),
                    c -> gt(abs(div(c.b(), c.a()).sub(c.a())), 1e-9),
                    c -> new Pair(add(c.a(), div(c.b(), c.a())).mul(0.5), c.b()))
                .a();
    Tensor as = tensor(4, 9, 1, 1e6);
    Jvp<Tensor> roots = jvp((Tensor z) -> vmap(root, z), as, ones(4));
    assertClose(roots.value(), tensor(2, 3, 1, 1000), 1e-12);
    // the lane of 1 ends before its first step, and the first guess has no derivative
    assertClose(roots.tangent(), tensor(0.25, 1.0 / 6, 0, 5e-4), 1e-9);
  }

  @Test
  void aBufferThatIsFilledStepByStep() {
    Function<Tensor, Tensor> f =
        x ->
            sum(
                square(
                    foriLoop(0, 4, zeros(4), (i, kept) -> at(kept, i).set(take(x, i, 0).mul(2)))));
    assertThat(grad(f, arange(4))).isEqualTo(tensor(0, 8, 16, 24));
  }

  /** The largest fall below the running maximum: from 5 to 2. */
  @Test
  void drawdown() {
    Tensor slope = grad(x -> max(sub(cumMax(x, 0), x)), tensor(1, 5, 2, 6, 4));
    assertThat(slope).isEqualTo(tensor(0, 1, -1, 0, 0));
  }
}
