package dini.functional.catalogue;

import static dini.core.Comparisons.gt;
import static dini.core.Comparisons.where;
import static dini.core.Elementwise.add;
import static dini.core.Elementwise.cos;
import static dini.core.Elementwise.div;
import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.maximum;
import static dini.core.Elementwise.mul;
import static dini.core.Elementwise.sigmoid;
import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.softplus;
import static dini.core.Elementwise.square;
import static dini.core.Elementwise.sub;
import static dini.core.Elementwise.tanh;
import static dini.core.Products.matmul;
import static dini.core.Products.outer;
import static dini.core.Reductions.logSumExp;
import static dini.core.Reductions.max;
import static dini.core.Reductions.mean;
import static dini.core.Reductions.softmax;
import static dini.core.Reductions.sum;

import dini.core.Index;
import dini.core.Indexing;
import dini.core.Shape;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.functional.Transforms;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A well-typed expression of operations chosen by numbers: whatever the numbers are, they stand for
 * a program, so that a failure shrinks to a short one. Its argument is one matrix (3, 2).
 *
 * @param choices which operation on which earlier results
 */
record RandomProgram(List<Choice> choices) implements Function<Tensor, Tensor> {

  /** Numbers that are taken modulo what there is to choose from. */
  record Choice(int operation, int first, int second) {}

  private static final Shape ARGUMENT = Shape.of(3, 2);

  /** Results stay near 1, so that differences tell something: what may grow is bounded by tanh. */
  private static final List<UnaryOperator<Tensor>> OF_ONE =
      List.of(
          x -> tanh(x),
          x -> sin(x),
          x -> cos(x),
          x -> sigmoid(x),
          x -> softplus(x),
          x -> exp(tanh(x)),
          x -> square(tanh(x)),
          x -> div(x, square(x).add(1)),
          x -> x.neg(),
          x -> x.mul(0.5).add(0.25),
          x -> where(gt(x, 0.1), x.mul(2), square(x)).sub(tanh(x)),
          x -> sum(x),
          x -> mean(x),
          x -> logSumExp(x),
          x -> Shapes.transpose(x),
          x -> Shapes.reshape(x, x.size()),
          x -> Shapes.expandDims(x, 0));

  private static final List<UnaryOperator<Tensor>> OF_AXES =
      List.of(
          x -> sum(x, 0),
          x -> mean(x, -1),
          x -> max(x, 0),
          x -> logSumExp(x, -1),
          x -> softmax(x, -1),
          x -> Shapes.slice(x, Index.range(0, 1)),
          x -> Shapes.concatenate(0, x, tanh(x)),
          x -> Indexing.take(x, Tensors.tensor(0, 0).astype(dini.core.DType.INT64), 0));

  private static final List<BinaryOperator<Tensor>> OF_TWO =
      List.of(
          (x, y) -> add(x, y),
          (x, y) -> sub(x, y),
          (x, y) -> mul(x, tanh(y)),
          (x, y) -> div(x, square(y).add(1)),
          (x, y) -> maximum(x, y),
          (x, y) -> where(gt(x, 0), x, y));

  private static final List<BinaryOperator<Tensor>> OF_MATRICES =
      List.of((x, y) -> matmul(tanh(x), y), (x, y) -> matmul(x, tanh(y), true, true));

  @Override
  public Tensor apply(Tensor x) {
    List<Tensor> values = new ArrayList<>(List.of(x));
    for (Choice choice : choices) {
      values.add(next(choice, values));
    }
    // every result counts, and the last one most
    Tensor total = sum(tanh(values.getLast()));
    for (Tensor value : values) {
      total = total.add(mean(tanh(value)).mul(0.125));
    }
    return total;
  }

  private static Tensor next(Choice choice, List<Tensor> values) {
    Tensor x = choose(values, choice.first);
    int kind = choice.operation % 8;
    int which = choice.operation / 8;
    if (kind < 3 || x.size() > 40) {
      return choose(OF_ONE, which).apply(x.size() > 40 ? mean(x) : x);
    }
    if (kind < 5) {
      return x.rank() == 0 ? square(tanh(x)) : choose(OF_AXES, which).apply(x);
    }
    if (kind < 7) {
      Tensor y = choose(fitting(values, other -> broadcast(x, other)), choice.second);
      return choose(OF_TWO, which).apply(x, y);
    }
    if (x.rank() != 2) {
      return x.rank() == 1 ? outer(x, tanh(x)) : x.add(0.5);
    }
    List<Tensor> rights = fitting(values, y -> y.rank() == 2 && fit(x, y));
    return rights.isEmpty()
        ? matmul(x, tanh(x), false, true)
        : OF_MATRICES.getFirst().apply(x, choose(rights, choice.second));
  }

  private static boolean fit(Tensor x, Tensor y) {
    return x.shape().extent(1) == y.shape().extent(0);
  }

  private static boolean broadcast(Tensor x, Tensor y) {
    for (int back = 1; back <= Math.min(x.rank(), y.rank()); back++) {
      int a = x.shape().extent(-back);
      int b = y.shape().extent(-back);
      if (a != b && a != 1 && b != 1) {
        return false;
      }
    }
    return true;
  }

  private static List<Tensor> fitting(List<Tensor> values, Predicate<Tensor> condition) {
    return values.stream().filter(condition).toList();
  }

  private static <T> T choose(List<T> from, int number) {
    return from.get(number % from.size());
  }

  /** What it stands for. */
  @Override
  public String toString() {
    return Transforms.makeProgram(this, Tensors.zeros(ARGUMENT.toArray())).toString();
  }
}
