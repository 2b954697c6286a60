package dini.functional.catalogue;

import static dini.core.Comparisons.gt;
import static dini.core.Elementwise.add;
import static dini.core.Elementwise.cos;
import static dini.core.Elementwise.div;
import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.mul;
import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.square;
import static dini.core.Elementwise.sub;
import static dini.core.Elementwise.tanh;
import static dini.core.Reductions.sum;
import static dini.functional.ControlFlow.cond;
import static dini.functional.ControlFlow.switchCase;

import dini.core.DType;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Programs of choices, one inside the other, whose arguments and captures are used several times,
 * in branches and outside. Where values are known the programs say the same as where they are not.
 *
 * @param numbers which operation on which values comes next, taken modulo what there is
 * @param passed whether branches get as argument what they would capture
 */
record RandomChoices(List<Integer> numbers, boolean passed)
    implements Function<List<Tensor>, Tensor> {

  private static final List<UnaryOperator<Tensor>> OF_ONE =
      List.of(
          x -> sin(x),
          x -> cos(x),
          x -> tanh(x),
          x -> exp(tanh(x)),
          x -> square(x).mul(0.3),
          x -> x.neg(),
          x -> x.mul(0.7).add(0.1));

  private static final List<BinaryOperator<Tensor>> OF_TWO =
      List.of(
          (x, y) -> add(x, y),
          (x, y) -> sub(x, y),
          (x, y) -> mul(x, tanh(y)),
          (x, y) -> div(x, square(y).add(1)),
          (x, y) -> mul(x, sum(y).mul(0.2)));

  /** Argument and result of a branch. */
  record Pair(Tensor first, Tensor second, List<Tensor> more) {}

  /** Reads the numbers one after the other, and the same again in every run. */
  private final class Run {
    private int at;

    private int next(int bound) {
      int number = numbers.get(at++ % numbers.size());
      return Math.floorMod(number + 31 * (at / numbers.size()), bound);
    }

    private Tensor one(List<Tensor> values) {
      return values.get(next(values.size()));
    }

    /** More values, made of those there are. */
    private void extend(List<Tensor> values, int steps, int depth) {
      for (int i = 0; i < steps; i++) {
        int kind = next(10);
        if (kind < 3) {
          values.add(OF_ONE.get(next(OF_ONE.size())).apply(one(values)));
        } else if (kind < 6 || depth == 0) {
          values.add(OF_TWO.get(next(OF_TWO.size())).apply(one(values), one(values)));
        } else {
          values.addAll(chosen(values, depth - 1, kind % 2 == 0));
        }
      }
    }

    /** Both branches are read off the numbers, whichever is taken: the next numbers do not move. */
    private List<Tensor> chosen(List<Tensor> values, int depth, boolean two) {
      Pair argument = new Pair(one(values), one(values), passed ? List.copyOf(values) : List.of());
      Tensor decides = sum(one(values));
      List<Tensor> captured = passed ? List.of() : List.copyOf(values);
      Function<Pair, Pair> no = branch(at + 3, captured, depth);
      Function<Pair, Pair> yes = branch(at + 11, captured, depth);
      Function<Pair, Pair> other = branch(at + 17, captured, depth);
      Tensor positive = gt(decides, 0);
      Pair result =
          two
              ? cond(positive, argument, yes, no)
              : switchCase(
                  Shapes.astype(positive, DType.INT64).add(next(2)),
                  argument,
                  List.of(no, yes, other));
      return List.of(result.first, result.second);
    }

    private Function<Pair, Pair> branch(int from, List<Tensor> captured, int depth) {
      return pair -> {
        Run inner = new Run();
        inner.at = from;
        List<Tensor> values = new ArrayList<>(List.of(pair.first, pair.second, pair.first));
        if (inner.next(5) > 0) {
          values.addAll(captured);
          values.addAll(pair.more);
        }
        if (inner.next(6) == 0) {
          values.add(Tensors.ones(3));
          return new Pair(values.getLast(), pair.second, List.of());
        }
        inner.extend(values, 6, depth);
        return new Pair(values.getLast(), inner.one(values), List.of());
      };
    }
  }

  @Override
  public Tensor apply(List<Tensor> x) {
    Run run = new Run();
    List<Tensor> values = new ArrayList<>(x);
    run.extend(values, 6, 2);
    Tensor total = sum(tanh(values.getLast()));
    for (Tensor value : values) {
      total = total.add(sum(tanh(value)).mul(0.125));
    }
    return total;
  }
}
