package dini.functional.catalogue;

import static dini.functional.Jit.jit;
import static dini.functional.Transforms.grad;
import static org.assertj.core.api.Assertions.assertThat;

import dini.core.Comparisons;
import dini.core.Cumulative;
import dini.core.DType;
import dini.core.Elementwise;
import dini.core.Index;
import dini.core.Indexing;
import dini.core.Rearrangements;
import dini.core.Reductions;
import dini.core.Shapes;
import dini.core.Sorting;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.functional.Checkpoint;
import dini.functional.ControlFlow;
import dini.functional.JitFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Programs drawn at random from operations on matrices that are large enough for chains, compiled:
 * chains that interleave, storage that is handed on, results that are views, arguments and each
 * other. The bits are those of the operations one by one, and no earlier result changes.
 */
class CompiledProgramsTest {
  /** Elements from 2,048 on are run in chains; neither extent is a power of two. */
  private static final int ROWS = 67;

  private static final int COLUMNS = 33;

  private static final int LENGTH = 18;

  /** Of a matrix, to a matrix of any shape. */
  private static final List<UnaryOperator<Tensor>> OF_ONE =
      List.of(
          Elementwise::tanh,
          x -> Elementwise.sin(x).mul(1),
          x -> Elementwise.square(x).mul(0.25),
          Tensor::neg,
          x -> Comparisons.where(Comparisons.gt(x, 0.1), x, x.mul(0.5)),
          x -> Comparisons.gt(x, 0).astype(x.dtype()).sub(x),
          x -> x.astype(DType.INT32).mul(3).astype(x.dtype()),
          x -> x.sub(Reductions.max(x, new int[] {1}, true)),
          x -> x.sub(Reductions.mean(x, new int[] {0}, true)),
          x -> x.mul(Reductions.sum(Elementwise.tanh(x))),
          x -> Reductions.sum(x, 0).add(x),
          x -> Reductions.sum(x, new int[] {1}, true).add(x),
          x -> Shapes.transpose(x),
          x -> Shapes.reshape(x, x.shape().extent(1), x.shape().extent(0)),
          x -> Rearrangements.flip(x, 0),
          x -> Cumulative.cumSum(x, 0).mul(0.01),
          x -> Sorting.sort(x, 1),
          x -> Shapes.concatenate(0, x.get(Index.from(1)), x.get(Index.to(1))),
          x -> Indexing.take(x, Sorting.argSort(x.get(Index.all(), Index.at(0)), 0), 0),
          x -> Checkpoint.checkpointName(x, "x"),
          x -> ControlFlow.foriLoop(0, 2, x, (i, z) -> z.mul(0.5)),
          x -> Shapes.broadcastTo(x.get(Index.to(1)), x.shape()),
          // the last: of a branch that runs at once, cotangents are added one by one
          x -> ControlFlow.cond(Comparisons.gt(Reductions.sum(x), 0), x, z -> z, Tensor::neg));

  private static final List<BinaryOperator<Tensor>> OF_TWO =
      List.of(
          Tensor::add,
          Tensor::sub,
          Tensor::mul,
          (x, y) -> x.div(Elementwise.square(y).add(1)),
          Elementwise::maximum,
          (x, y) -> Comparisons.where(Comparisons.gt(x, y), x, y.neg()),
          (x, y) -> x.add(y.get(Index.to(1))),
          (x, y) -> x.mul(y.get(Index.all(), Index.to(1))),
          (x, y) -> y.get(Index.all(), Index.to(1)).mul(x.get(Index.to(1))));

  /** All results of a program: the seed, and how many operations it chooses from. */
  private static List<Tensor> run(long seed, Tensor x, int operations) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Tensor> values = new ArrayList<>(List.of(x, Shapes.transpose(x).mul(0.5)));
    for (int i = 0; i < LENGTH; i++) {
      Tensor a = values.get(random.nextInt(values.size()));
      if (random.nextInt(5) < 3) {
        values.add(OF_ONE.get(random.nextInt(operations)).apply(a));
      } else {
        List<Tensor> fitting = values.stream().filter(b -> b.shape().equals(a.shape())).toList();
        Tensor b = fitting.get(random.nextInt(fitting.size()));
        values.add(OF_TWO.get(random.nextInt(OF_TWO.size())).apply(a, b));
      }
    }
    List<Tensor> results = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Tensor value = values.get(values.size() - 1 - random.nextInt(LENGTH));
      results.add(
          switch (random.nextInt(4)) {
            case 0 -> value.reshape(-1);
            case 1 -> Reductions.sum(value);
            default -> value;
          });
    }
    return results;
  }

  private static Tensor matrix(long seed, DType dtype) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = random.doubles(ROWS * COLUMNS, -2, 2).toArray();
    return Tensors.tensor(values).reshape(ROWS, COLUMNS).astype(dtype);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 100, 200, 300})
  void compiledProgramsHaveTheBitsOfTheirOperations(long first) {
    for (long seed = first; seed < first + 40; seed++) {
      long program = seed;
      for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
        Tensor x = matrix(seed, dtype);
        Tensor y = matrix(seed + 1, dtype);
        check(program, z -> run(program, z, OF_ONE.size()), x, y);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1000, 1100})
  void compiledGradientsHaveTheBitsOfTheirOperations(long first) {
    for (long seed = first; seed < first + 15; seed++) {
      long program = seed;
      Function<Tensor, Tensor> loss =
          z ->
              run(program, z, OF_ONE.size() - 1).stream()
                  .map(Reductions::sum)
                  .reduce(Tensor::add)
                  .orElseThrow();
      Function<Tensor, List<Tensor>> f = z -> List.of(grad(loss, z), loss.apply(z));
      check(program, f, matrix(seed, DType.FLOAT64), matrix(seed + 1, DType.FLOAT64));
    }
  }

  private static void check(long seed, Function<Tensor, List<Tensor>> f, Tensor x, Tensor y) {
    JitFunction<Tensor, List<Tensor>> compiled = jit(f);
    List<Tensor> expected = f.apply(x);
    List<Tensor> results = compiled.apply(x);
    assertThat(results).as("program %d", seed).isEqualTo(expected);
    assertThat(compiled.apply(y)).as("program %d again", seed).isEqualTo(f.apply(y));
    assertThat(results).as("earlier results of program %d", seed).isEqualTo(expected);
  }
}
