package dini.core.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dini.core.DType;
import dini.core.Elementwise;
import dini.core.Index;
import dini.core.Primitive;
import dini.core.Reductions;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.compile.Chain.Place;
import dini.core.compile.Formula.Term;
import dini.core.dense.DenseTensor;
import dini.core.kernel.Kernels;
import dini.core.primitive.Binary;
import dini.core.primitive.Unary;
import dini.core.trace.Bind;
import dini.core.trace.Leaves;
import dini.core.trace.Staging;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoopsTest {
  private static final List<Primitive> OPERATIONS =
      Stream.<Primitive>concat(Arrays.stream(Binary.values()), Arrays.stream(Unary.values()))
          .filter(Formula::has)
          .toList();

  @BeforeEach
  void onVectors() {
    assumeTrue(Kernels.vector().isPresent());
  }

  private static Formula random(SplittableRandom random, DType dtype) {
    int inputs = random.nextInt(1, 6);
    int terms = random.nextInt(1, 12);
    List<Term> all = new ArrayList<>();
    for (int i = 0; i < terms; i++) {
      Primitive operation = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
      int x = random.nextInt(inputs + i);
      all.add(new Term(operation, x, operation instanceof Binary ? random.nextInt(inputs + i) : x));
    }
    List<Integer> stored =
        IntStream.range(0, terms)
            .filter(i -> i == terms - 1 || random.nextInt(4) == 0)
            .boxed()
            .limit(Formula.MOST_ARRAYS - inputs)
            .toList();
    // the first input keeps all its elements: something has to
    int uniform = random.nextInt(1 << inputs) & -2;
    return new Formula(dtype, inputs, uniform, all, stored);
  }

  private static DenseTensor values(SplittableRandom random, DType dtype, int n) {
    double[] special = {0, -0.0, 1, -1, Double.NaN, Double.POSITIVE_INFINITY, 0x1p-1074, 1e300};
    double[] values = random.doubles(n, -2, 2).toArray();
    for (int i = 0; i < n; i += 5) {
      values[i] = special[random.nextInt(special.length)];
    }
    return Bind.read(Tensors.tensor(values).astype(dtype));
  }

  /** The terms one after the other, by the operations themselves. */
  private static DenseTensor[] expected(Formula formula, Tensor[] inputs, int n) {
    List<Tensor> known = new ArrayList<>(Arrays.asList(inputs));
    for (Term term : formula.terms()) {
      Tensor x = known.get(term.x());
      known.add(
          term.operation() instanceof Binary
              ? Bind.bind((Binary) term.operation(), x, known.get(term.y()))
              : Bind.bind((Unary) term.operation(), x));
    }
    return formula.stored().stream()
        .map(i -> known.get(formula.inputs() + i))
        .map(x -> Bind.read(Shapes.broadcastTo(x, n)))
        .toArray(DenseTensor[]::new);
  }

  @Test
  void loopsHaveTheBitsOfTheirTerms() throws ReflectiveOperationException {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 300; round++) {
      DType dtype = random.nextBoolean() ? DType.FLOAT64 : DType.FLOAT32;
      int bits = Kernels.vectorBits().orElse(512) / (dtype == DType.FLOAT64 ? 64 : 32);
      Formula formula = random(random, dtype);
      Loop loop = LoopCode.of(formula, bits);
      int n = random.nextInt(70);
      int count = formula.arrays();
      int from = random.nextInt(10);
      DenseTensor[] values = new DenseTensor[count];
      Place[] places = new Place[count];
      Tensor[] inputs = new Tensor[formula.inputs()];
      for (int i = 0; i < count; i++) {
        boolean uniform = formula.isUniform(i);
        boolean scratch = !uniform && random.nextBoolean();
        int start = scratch || uniform ? 0 : from;
        values[i] = values(random, dtype, uniform ? 1 : start + n);
        places[i] = new Place(scratch, i, uniform, null);
        if (i < inputs.length) {
          inputs[i] = uniform ? values[i].reshape() : values[i].get(Index.from(start));
        }
      }
      DenseTensor[] expected = expected(formula, inputs, n);
      Object[] scratch = Arrays.stream(values).map(DenseTensor::data).toArray();
      Frame frame = new Frame(values, scratch, new Scratch(), new Frame[0]);
      loop.run(frame, places, from, n);
      for (int i = 0; i < expected.length; i++) {
        int at = formula.inputs() + i;
        int start = places[at].offset(from, n);
        assertThat(values[at].get(Index.range(start, start + n)))
            .as("%s", formula)
            .isEqualTo(expected[i]);
      }
    }
  }

  private static Tensor[] step(Tensor[] arguments) {
    Tensor p = arguments[0];
    Tensor pull = p.sub(arguments[1]).mul(1.5);
    Tensor moved = p.add(pull.add(arguments[2]).mul(-0.05));
    return new Tensor[] {moved, Reductions.sum(pull.mul(pull)), Elementwise.tanh(moved)};
  }

  /** A program before and after its loops are there: repeated operands, sums, several results. */
  @Test
  void aProgramKeepsItsBitsWhenItsLoopsCome() throws ReflectiveOperationException {
    SplittableRandom random = new SplittableRandom(8);
    for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
      for (int lanes : new int[] {1, 3, 40}) {
        Tensor[] x = {
          values(random, dtype, lanes * 77).reshape(lanes, 77),
          values(random, dtype, 77),
          values(random, dtype, lanes * 77).reshape(lanes, 77)
        };
        DenseTensor[] inputs = Arrays.stream(x).map(Bind::read).toArray(DenseTensor[]::new);
        Leaves f = LoopsTest::step;
        Executable executable =
            Executable.of(Staging.stage(f, Arrays.stream(x).map(Tensor::type).toList()));
        DenseTensor[] before = executable.run(inputs);
        assertThat(Loops.makeAll()).isPositive();
        assertThat(executable.run(inputs)).isEqualTo(before);
        assertThat(before).isEqualTo(dense(step(x)));
      }
    }
  }

  private static DenseTensor[] dense(Tensor... tensors) {
    return Arrays.stream(tensors).map(Bind::read).toArray(DenseTensor[]::new);
  }
}
