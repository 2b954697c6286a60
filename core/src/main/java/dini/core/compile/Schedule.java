package dini.core.compile;

import dini.core.DType;
import dini.core.Program;
import dini.core.Program.Equation;
import dini.core.TensorType;
import dini.core.primitive.Pointwise;
import dini.core.primitive.Reduce;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The order in which equations run: elementwise equations over equally many elements, and the sums
 * that end them, are gathered in chains that run block by block; a chain runs just before the first
 * equation that needs one of its results.
 */
final class Schedule {
  /** From this many elements on a chain pays; below, every intermediate result is in L1 anyway. */
  private static final int LEAST = 2048;

  /** Keeps the blocks of all results of a chain in the nearest caches. */
  private static final int LONGEST = 48;

  private final Program program;
  private final List<List<Equation>> units = new ArrayList<>();
  private final Map<Integer, List<Equation>> open = new LinkedHashMap<>();

  /** The number of elements of the open chain that defines a variable, or 0. */
  private final int[] pending;

  private Schedule(Program program) {
    this.program = program;
    this.pending = new int[program.variables().size()];
  }

  /** The equations in an order to run them in, those of one chain together. */
  static List<List<Equation>> of(Program program, List<Equation> equations) {
    Schedule schedule = new Schedule(program);
    equations.forEach(schedule::add);
    List.copyOf(schedule.open.keySet()).forEach(schedule::close);
    return schedule.units;
  }

  private void add(Equation equation) {
    int elements = chained(equation);
    for (int operand : equation.operands()) {
      if (pending[operand] != 0 && pending[operand] != elements) {
        close(pending[operand]);
      }
    }
    if (elements == 0) {
      units.add(List.of(equation));
      return;
    }
    List<Equation> chain = open.computeIfAbsent(elements, absent -> new ArrayList<>());
    chain.add(equation);
    // who needs a sum needs the whole chain to have run
    pending[equation.results().getFirst()] = isSum(equation) ? -elements : elements;
    if (chain.size() == LONGEST) {
      close(elements);
    }
  }

  private void close(int elements) {
    List<Equation> chain = open.remove(Math.abs(elements));
    for (Equation equation : chain) {
      pending[equation.results().getFirst()] = 0;
    }
    units.add(List.copyOf(chain));
  }

  /** The number of elements of the chain that an equation belongs to, or 0. */
  private int chained(Equation equation) {
    if (isSum(equation)) {
      int operand = equation.operands().getFirst();
      return pending[operand] > 0 ? pending[operand] : 0;
    }
    int elements = type(equation.results().getFirst()).shape().size();
    return equation.primitive() instanceof Pointwise && elements >= LEAST ? elements : 0;
  }

  private boolean isSum(Equation equation) {
    return isSum(program, equation);
  }

  /** Whether an equation sums all elements of a floating tensor. */
  static boolean isSum(Program program, Equation equation) {
    if (!(equation.primitive() instanceof Reduce reduce) || reduce.kind() != Reduce.Kind.SUM) {
      return false;
    }
    TensorType type = program.variables().get(equation.operands().getFirst());
    return type.shape().rank() == Long.bitCount(reduce.axes())
        && reduce.axes() != 0
        && (type.dtype() == DType.FLOAT64 || type.dtype() == DType.FLOAT32);
  }

  private TensorType type(int variable) {
    return program.variables().get(variable);
  }
}
