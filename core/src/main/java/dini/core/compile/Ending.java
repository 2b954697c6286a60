package dini.core.compile;

import dini.core.DType;
import dini.core.Program;
import dini.core.Program.Equation;
import dini.core.TensorType;
import dini.core.primitive.MatMul;
import dini.core.primitive.Reduce;
import java.util.Optional;

/** How a reduction of floating tensors takes in the blocks of a chain. */
sealed interface Ending {
  /** Rows up to this length are reduced as parts of blocks. */
  int LONGEST_ROW = 2048;

  /** Every block is a multiple of so many elements. */
  int row();

  /**
   * The sum of all elements, or of their products with those of another operand, in the blocks of
   * {@link dini.core.kernel.SumOrder}.
   */
  record Whole() implements Ending {
    @Override
    public int row() {
      return 1;
    }
  }

  /** Of every row of so many neighbouring elements. */
  record Rows(Reduce.Kind kind, int row) implements Ending {}

  /** Of so many rows, one after the other, element by element; again and again. */
  record Columns(Reduce.Kind kind, int row, int count) implements Ending {}

  /** How an equation ends a chain, if it can. */
  static Optional<Ending> of(Program program, Equation equation) {
    TensorType type = program.variables().get(equation.operands().getFirst());
    if (equation.primitive() instanceof MatMul) {
      TensorType other = program.variables().get(equation.operands().getLast());
      boolean vectors = type.shape().rank() == 1 && other.shape().rank() == 1;
      return vectors ? Optional.of(new Whole()) : Optional.empty();
    }
    if (!(equation.primitive() instanceof Reduce reduce)) {
      return Optional.empty();
    }
    boolean known =
        switch (reduce.kind()) {
          case SUM, MAX, MIN -> true;
          case PROD, ALL, ANY -> false;
        };
    boolean floating = type.dtype() == DType.FLOAT64 || type.dtype() == DType.FLOAT32;
    return known && floating && reduce.axes() != 0 ? of(reduce, type) : Optional.empty();
  }

  private static Optional<Ending> of(Reduce reduce, TensorType type) {
    long axes = reduce.axes();
    int first = Long.numberOfTrailingZeros(axes);
    int end = 64 - Long.numberOfLeadingZeros(axes);
    if (end - first != Long.bitCount(axes)) {
      return Optional.empty();
    }
    int rank = type.shape().rank();
    if (first == 0 && end == rank && reduce.kind() == Reduce.Kind.SUM) {
      return Optional.of(new Whole());
    }
    int count = product(type, first, end);
    int inner = product(type, end, rank);
    Ending ending =
        inner == 1 ? new Rows(reduce.kind(), count) : new Columns(reduce.kind(), inner, count);
    return ending.row() <= LONGEST_ROW ? Optional.of(ending) : Optional.empty();
  }

  private static int product(TensorType type, int from, int to) {
    int product = 1;
    for (int axis = from; axis < to; axis++) {
      product *= type.shape().extent(axis);
    }
    return product;
  }
}
