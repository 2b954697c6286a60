package dini.core.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dini.core.DType;
import dini.core.Elementwise;
import dini.core.Index;
import dini.core.Primitive;
import dini.core.Reductions;
import dini.core.Shape;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.compile.Formula.Term;
import dini.core.dense.DenseTensor;
import dini.core.kernel.Kernels;
import dini.core.primitive.Binary;
import dini.core.primitive.Unary;
import dini.core.trace.Bind;
import dini.core.trace.Leaves;
import dini.core.trace.Staging;
import java.lang.reflect.Array;
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

  /** Where each input begins: no two vectors of different arrays lie alike. */
  private static final int[] OFFSETS = {3, 0, 7, 1, 5, 2, 4, 6, 9, 8, 11, 10};

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
      Object[] arrays = new Object[formula.arrays()];
      int[] offsets = Arrays.copyOf(OFFSETS, arrays.length);
      Tensor[] inputs = new Tensor[formula.inputs()];
      for (int i = 0; i < arrays.length; i++) {
        int length = i < inputs.length && formula.isUniform(i) ? 1 : n;
        DenseTensor all = values(random, dtype, offsets[i] + length);
        arrays[i] = all.data();
        if (i < inputs.length) {
          inputs[i] = all.get(Index.from(offsets[i]));
          inputs[i] = length == 1 && n != 1 ? inputs[i].reshape() : inputs[i];
        }
      }
      DenseTensor[] expected = expected(formula, inputs, n);
      loop.run(arrays, offsets, n);
      for (int i = 0; i < expected.length; i++) {
        int at = formula.inputs() + i;
        assertThat(part(arrays[at], offsets[at], n, dtype))
            .as("%s", formula)
            .isEqualTo(expected[i]);
      }
    }
  }

  private static Tensor part(Object data, int from, int n, DType dtype) {
    int length = Array.getLength(data);
    return new DenseTensor(new TensorType(Shape.of(length), dtype), data)
        .get(Index.range(from, from + n));
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
