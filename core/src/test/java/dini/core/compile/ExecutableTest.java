package dini.core.compile;

import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.sechSquared;
import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.square;
import static dini.core.Elementwise.tanh;
import static dini.core.Index.range;
import static dini.core.Products.dot;
import static dini.core.Reductions.max;
import static dini.core.Reductions.sum;
import static dini.core.Shapes.pad;
import static dini.core.Tensors.linspace;
import static dini.core.Tensors.scalar;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dini.core.Comparisons;
import dini.core.DType;
import dini.core.Index;
import dini.core.Program;
import dini.core.Rearrangements;
import dini.core.Reductions;
import dini.core.Shape;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.dense.DenseTensor;
import dini.core.kernel.Threads;
import dini.core.trace.Bind;
import dini.core.trace.Closed;
import dini.core.trace.Leaves;
import dini.core.trace.Staging;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutableTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Calls in which C2 has compiled everything, on a busy machine too. */
  private static final int ROUNDS = 3000;

  /** Headers, types and short arrays of a result, and of the lists of arguments of some steps. */
  private static final int BOOKKEEPING = 2048;

  private static Closed stage(Leaves f, Tensor... examples) {
    return Staging.stage(f, Arrays.stream(examples).map(Tensor::type).toList());
  }

  private static DenseTensor[] dense(Tensor... tensors) {
    return Arrays.stream(tensors).map(Bind::read).toArray(DenseTensor[]::new);
  }

  private static Tensor[] valley(Tensor[] arguments) {
    Tensor x = arguments[0];
    Tensor head = x.get(Index.to(-1));
    Tensor step = x.get(Index.from(1)).sub(square(head));
    return new Tensor[] {sum(square(step).mul(100).add(square(head.sub(1)))), tanh(step)};
  }

  /** Small and large: single steps, and chains. */
  @Test
  void allocatesItsResultsAndLittleElse() {
    for (int n : new int[] {10, 100_000}) {
      Tensor x = linspace(-1, 1, n);
      Executable executable = Executable.of(stage(ExecutableTest::valley, x));
      DenseTensor[] inputs = dense(x);
      long bound = 8L * n + BOOKKEEPING;
      long least = Long.MAX_VALUE;
      for (int round = 0; round < ROUNDS && least > bound; round++) {
        least = Math.min(least, bytes(executable, inputs, n > 1000 ? 1 : 100));
      }
      assertThat(least).isLessThanOrEqualTo(bound);
    }
  }

  private static long bytes(Executable executable, DenseTensor[] inputs, int calls) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < calls; i++) {
      executable.run(inputs);
    }
    return (THREADS.getCurrentThreadAllocatedBytes() - before) / calls;
  }

  @Test
  void keepsEarlierResults() {
    Tensor x = linspace(-1, 1, 5000);
    Executable executable = Executable.of(stage(ExecutableTest::valley, x));
    DenseTensor[] first = executable.run(dense(x));
    DenseTensor copy = new DenseTensor(first[1].type(), first[1].doubles().clone());
    executable.run(dense(x.mul(2)));
    assertThat(first[1]).isEqualTo(copy);
  }

  @Test
  void gathersElementwiseEquationsInChains() {
    Tensor x = linspace(-1, 1, 5000);
    assertThat(Executable.of(stage(ExecutableTest::valley, x)).stepCount())
        .as("one chain, which reads two slices")
        .isEqualTo(1);
  }

  /** What is repeated as a whole is read where it is if blocks can be cut to fit, else copied. */
  @Test
  void chainsReadWhatIsRepeated() {
    for (int rows : new int[] {40, 41, 7}) {
      DenseTensor x = (DenseTensor) Tensors.linspace(-2, 3, 9 * rows * 40).reshape(9, rows, 40);
      DenseTensor y = (DenseTensor) Tensors.linspace(1, 2, rows * 40).reshape(rows, 40);
      DenseTensor z = (DenseTensor) Tensors.linspace(3, 5, 40);
      DenseTensor u = y.withShape(Shape.of(1, rows, 40));
      Leaves f =
          all -> {
            Tensor w = all[0].sub(all[1]).mul(all[2]).add(all[3]).mul(all[0]);
            return new Tensor[] {w, Reductions.sum(w, 2), Reductions.sum(w.mul(all[1]), 1)};
          };
      DenseTensor[] inputs = {x, y, z, u};
      assertThat(Executable.of(stage(f, inputs)).run(inputs)).isEqualTo(f.apply(inputs));
    }
  }

  /** A stencil reads slices block by block; slices that are results are stored. */
  @Test
  void chainsReadSlices() {
    for (int n : new int[] {70, 64, 15}) {
      DenseTensor x = (DenseTensor) Tensors.linspace(-2, 3, 52 * n).reshape(52, n);
      Leaves f =
          all -> {
            Tensor ring = Shapes.pad(all[0], new int[] {1, 1}, new int[] {1, 1}, 0);
            Tensor above = ring.get(Index.range(0, 52), Index.range(1, n + 1));
            Tensor left = ring.get(Index.range(1, 53), Index.range(0, n));
            Tensor twice = square(all[0].mul(2));
            Tensor flipped = Rearrangements.flip(twice, 0, 1);
            Tensor sum = above.sub(left).mul(all[0]).add(flipped);
            return new Tensor[] {sum, left, Reductions.sum(sum.mul(above), 1), flipped};
          };
      DenseTensor[] inputs = {x};
      assertThat(Executable.of(stage(f, inputs)).run(inputs)).isEqualTo(f.apply(inputs));
    }
  }

  @Test
  void partialRunsComputeWhatTheyHaveInCommonOnce() {
    Tensor a = linspace(0, 1, 3);
    Tensor x = linspace(1, 2, 3);
    Closed closed =
        stage(
            both -> new Tensor[] {tanh(both[0]).mul(both[1]), square(both[0]), both[0], both[1]},
            a,
            x);
    Partial partial = Partial.of(closed, 1);
    DenseTensor[] common = partial.common(dense(a));
    for (Tensor other : List.of(x, x.neg())) {
      assertThat(partial.run(common, dense(other)))
          .containsExactly(dense(tanh(a).mul(other), square(a), a, other));
    }
  }

  @Test
  void simplifiedProgramsSayNothingTwice() {
    Tensor x = linspace(0, 1, 3);
    Closed closed =
        stage(
            in -> {
              Tensor unused = in[0].sub(7);
              Tensor once = tanh(in[0].mul(2));
              Tensor again = tanh(in[0].mul(2));
              return new Tensor[] {once.add(again).mul(1).reshape(3), unused.sub(unused).get(0)};
            },
            x);
    Program program = Simplifier.simplify(closed).program();
    assertThat(program.equations().stream().map(equation -> equation.primitive().label()))
        .containsExactly("sub", "mul", "tanh", "add", "sub", "slice", "reshape");
    assertThat(program.constantCount()).isEqualTo(2);
    assertThat(program.inputTypes()).containsExactly(new TensorType(x.shape(), DType.FLOAT64));
  }

  @Test
  void programsThatAreOnlyRunMeetProductsInEitherOrder() {
    Tensor x = linspace(-1, 1, 6);
    Leaves f =
        in -> {
          Tensor y = in[0].reshape(2, 3);
          Tensor z = in[1].reshape(2, 3);
          return new Tensor[] {y.mul(z).add(z.mul(y)).reshape(6), y.sub(sum(in[0]))};
        };
    Closed closed = stage(f, x, x);
    Program program = Simplifier.forValues(closed).program();
    assertThat(program.equations().stream().map(equation -> equation.primitive().label()))
        .containsExactly("reshape", "reshape", "mul", "add", "reshape", "sum", "sub");
    DenseTensor[] inputs = dense(x, exp(x));
    assertThat(Executable.of(closed).run(inputs)).containsExactly(dense(f.apply(inputs)));
  }

  /** A chain goes on through reshapes; those whose results are needed after it are views. */
  @Test
  void chainsSeeThroughReshapes() {
    Leaves f =
        in -> {
          Tensor flat = in[0].mul(3).reshape(6000);
          Tensor less = flat.sub(1);
          Tensor grid = tanh(flat.add(in[1])).reshape(40, 150);
          return new Tensor[] {grid, sum(grid.mul(in[2]), 0).reshape(10, 15), less};
        };
    Tensor x = linspace(-1, 1, 6000);
    DenseTensor[] inputs = dense(x.reshape(60, 100), exp(x), x.reshape(40, 150));
    Executable executable = Executable.of(stage(f, inputs));
    assertThat(executable.run(inputs)).containsExactly(dense(f.apply(inputs)));
    // the chain, and two views
    assertThat(executable.stepCount()).isEqualTo(3);
  }

  /** Five slices of a padded grid, of all kinds of rows, and the derivative: no grid is padded. */
  @Test
  void stencilsReadWhereTheNeighboursStand() {
    for (int[] grid :
        new int[][] {{64, 64}, {3, 1000}, {40, 300}, {300, 40}, {7, 1025}, {2, 5000}}) {
      int m = grid[0];
      int n = grid[1];
      Leaves f =
          in -> {
            Tensor ring = pad(in[0], new int[] {1, 2}, new int[] {1, 3}, 0);
            Tensor above = ring.get(range(0, m), range(2, n + 2));
            Tensor below = ring.get(range(2, m + 2), range(2, n + 2));
            Tensor left = ring.get(range(1, m + 1), range(1, n + 1));
            Tensor right = ring.get(range(1, m + 1), range(5, n + 5));
            Tensor sum = in[0].mul(4).sub(above).sub(below).mul(in[1]).sub(left).sub(right);
            return new Tensor[] {sum, sum(square(left))};
          };
      Tensor x = sin(linspace(0, 99, m * n));
      DenseTensor[] inputs = dense(x.reshape(m, n), linspace(1, 2, n));
      Executable executable = Executable.of(stage(f, inputs));
      assertThat(executable.run(inputs)).containsExactly(dense(f.apply(inputs)));
      assertThat(executable.stepCount()).isEqualTo(1);
    }
  }

  /** Long paddings of nothing, of one element, of a row, a column and a cube, of every dtype. */
  @Test
  void chainsReadPaddingsOfLittle() {
    int[][] shapes = {{0, 50}, {50, 0}, {1, 1}, {1, 50}, {50, 1}, {3, 2, 20}};
    for (DType dtype : DType.values()) {
      for (int[] shape : shapes) {
        int[] around = new int[shape.length];
        Arrays.fill(around, 24);
        Leaves f =
            in -> {
              Tensor padded = pad(in[0], around, around, 0);
              return new Tensor[] {padded.mul(in[1]), padded.add(in[1])};
            };
        Tensor x = Tensors.ones(new TensorType(Shape.of(shape), dtype));
        DenseTensor[] inputs = dense(x, scalar(3).astype(dtype));
        if (dtype == DType.BOOL) {
          f = in -> new Tensor[] {Comparisons.logicalNot(pad(in[0], around, around, 0)), in[1]};
        }
        Executable executable = Executable.of(stage(f, inputs));
        assertThat(executable.run(inputs))
            .as("%s", x.type())
            .containsExactly(dense(f.apply(inputs)));
      }
    }
  }

  /** Of what is inside, outside, given, repeated, reshaped; in the blocks of the kernel. */
  @Test
  void innerProductsEndChains() {
    Leaves f =
        in -> {
          Tensor x = in[0].reshape(in[0].size());
          Tensor y = x.mul(3).add(1);
          Tensor z = y.mul(y).sub(x);
          return new Tensor[] {z, dot(x, z), dot(y, y), dot(z, y), dot(x.sub(1), in[1])};
        };
    for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
      for (int n : new int[] {2048, 4096, 30_000}) {
        Tensor x = sin(linspace(0, 99, n)).astype(dtype);
        DenseTensor[] inputs = dense(x.reshape(2, n / 2), exp(x));
        Executable executable = Executable.of(stage(f, inputs));
        assertThat(executable.run(inputs)).containsExactly(dense(f.apply(inputs)));
        // a view, and the chain
        assertThat(executable.stepCount()).isEqualTo(2);
      }
    }
  }

  @Test
  void resultsMayBeWrittenToGivenStorage() {
    Tensor x = linspace(0, 1, 6);
    Leaves f = in -> new Tensor[] {in[0].mul(in[1]).reshape(3, 2), in[1], in[0].add(in[1])};
    Partial partial = Partial.of(stage(f, x, x), 1);
    DenseTensor[] storage = dense(linspace(7, 8, 6), linspace(7, 8, 6));
    DenseTensor[] common = partial.common(dense(x));
    DenseTensor[] results = partial.runInto(storage, common, dense(exp(x)));
    assertThat(results).containsExactly(dense(f.apply(new Tensor[] {x, exp(x)})));
    assertThat(results[0].data()).isSameAs(storage[0].data());
    assertThat(storage[1]).isEqualTo(linspace(7, 8, 6));
    assertThat(partial.runInto(new DenseTensor[0], common, dense(x))[0].data())
        .isNotSameAs(storage[0].data());
  }

  /** Both from one exponential, in either order, one of them or both needed afterwards. */
  @Test
  void tanhAndItsSlopeHaveTheBitsOfEach() {
    Leaves f =
        in -> {
          Tensor x = in[0].mul(in[1]);
          Tensor slope = sechSquared(x);
          Tensor y = tanh(x);
          Tensor z = tanh(y);
          return new Tensor[] {y, sum(slope.mul(y)), z.mul(sechSquared(y)), sechSquared(z)};
        };
    for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
      for (int n : new int[] {1, 9, 2048, 5001}) {
        DenseTensor[] inputs = dense(linspace(-9, 400, n).astype(dtype), scalar(0.9).astype(dtype));
        Executable executable = Executable.of(stage(f, inputs));
        assertThat(executable.run(inputs)).containsExactly(dense(f.apply(inputs)));
      }
    }
  }

  /** Sums of all, of rows and over rows, repeated operands, results inside and outside. */
  @Test
  void splitChainsGiveTheSameBits() {
    Leaves f =
        in -> {
          Tensor x = in[0];
          Tensor y = exp(x.mul(in[1]).sub(1)).sub(in[2]);
          return new Tensor[] {sum(square(y)), sum(y.mul(x), 1), sum(y, 0), max(y, 0), y};
        };
    for (int[] shape : new int[][] {{1000, 1003}, {100_003, 10}, {4001, 256}, {1_000_003, 1}}) {
      for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
        int rows = shape[0];
        int columns = shape[1];
        Tensor x = linspace(-1, 1, rows * columns).reshape(rows, columns).astype(dtype);
        Tensor row = linspace(0, 1, columns).astype(dtype);
        Tensor column = linspace(0, 1, rows).reshape(rows, 1).astype(dtype);
        Executable executable = Executable.of(stage(f, x, row, column));
        DenseTensor[] whole = Threads.limited(1, () -> executable.run(dense(x, row, column)));
        for (int threads = 1; threads <= Threads.most(); threads++) {
          int limit = threads;
          DenseTensor[] split = Threads.limited(limit, () -> executable.run(dense(x, row, column)));
          assertThat(split).as("%d threads", limit).containsExactly(whole);
        }
        assertThat(Threads.limited(1, () -> f.apply(new Tensor[] {x, row, column})))
            .containsExactly(whole);
      }
    }
  }

  /** Sums over some rows, again and again: a part has whole sums. */
  @Test
  void splitChainsKeepSumsTogether() {
    Tensor x = linspace(-1, 1, 701 * 37 * 41).reshape(701, 37, 41);
    Executable executable =
        Executable.of(stage(in -> new Tensor[] {sum(square(exp(in[0])), 1)}, x));
    DenseTensor[] whole = Threads.limited(1, () -> executable.run(dense(x)));
    assertThat(executable.run(dense(x))).containsExactly(whole);
  }
}
