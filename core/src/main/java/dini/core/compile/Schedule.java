package dini.core.compile;

import dini.core.Program;
import dini.core.Program.Equation;
import dini.core.Shape;
import dini.core.TensorType;
import dini.core.primitive.Pointwise;
import dini.core.primitive.Reshape;
import dini.core.primitive.Shift;
import dini.core.primitive.Slice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The order in which equations run: elementwise equations over equally many elements, the slices
 * and shifts that they read, and the reductions that end them, are gathered in chains that run
 * block by block; a chain runs just before the first equation that needs one of its results.
 */
final class Schedule {
  /** From this many elements on a chain pays; below, every intermediate result is in L1 anyway. */
  private static final int LEAST = 2048;

  /** Likewise for arithmetic that one loop computes. */
  private static final int LEAST_FUSED = 8;

  /** Slices of shorter rows are taken as a whole. */
  private static final int LEAST_ROW = 16;

  /** More elements than any chain has. */
  private static final int MANY = Integer.MAX_VALUE;

  /** Keeps the blocks of all results of a chain in the nearest caches. */
  private static final int LONGEST = 48;

  private final Program program;
  private final List<List<Equation>> units = new ArrayList<>();
  private final Map<Integer, Open> open = new LinkedHashMap<>();

  /** The number of elements of the open chain that defines a variable; negative for a reduction. */
  private final int[] pending;

  /** A chain that more equations may join. */
  private static final class Open {
    private final List<Equation> equations = new ArrayList<>();
    private BlockUnit unit = BlockUnit.ANY;
  }

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
    Optional<Ending> ending = Ending.of(program, equation);
    int elements = ending.isPresent() ? ended(equation, ending.get()) : chained(equation);
    for (int operand : equation.operands()) {
      // some read other places of their operand than their block
      boolean ready = pending[operand] == elements && !isMoved(equation);
      if (pending[operand] != 0 && !ready) {
        close(pending[operand]);
      }
    }
    if (elements == 0) {
      units.add(List.of(equation));
      return;
    }
    Open chain = open.computeIfAbsent(elements, absent -> new Open());
    chain.equations.add(equation);
    // who needs the result of a reduction needs the whole chain to have run
    pending[equation.results().getFirst()] = ending.isPresent() ? -elements : elements;
    if (chain.equations.size() == LONGEST) {
      close(elements);
    }
  }

  private void close(int elements) {
    List<Equation> chain = open.remove(Math.abs(elements)).equations;
    for (Equation equation : chain) {
      pending[equation.results().getFirst()] = 0;
    }
    units.add(List.copyOf(chain));
  }

  /** The number of elements of the chain that a reduction ends, or 0. */
  private int ended(Equation equation, Ending ending) {
    int elements = 0;
    for (int operand : equation.operands()) {
      elements = Math.max(elements, pending[operand]);
    }
    if (elements < LEAST) {
      return 0;
    }
    Open chain = open.get(elements);
    Optional<BlockUnit> unit = chain.unit.with(ending);
    unit.ifPresent(asked -> chain.unit = asked);
    return unit.isPresent() ? elements : 0;
  }

  /** The number of elements of the chain that an elementwise equation belongs to, or 0. */
  private int chained(Equation equation) {
    int elements = type(equation.results().getFirst()).shape().size();
    int least =
        switch (equation.primitive()) {
          case Pointwise _ -> Formula.computes(program, equation) ? LEAST_FUSED : LEAST;
          case Slice slice when isLong(slice.shape()) -> LEAST;
          case Shift shift when isLong(shift.shape()) -> LEAST;
          // the same elements, whatever their shape: of a chain that is open, or a view
          case Reshape _ -> pending[equation.operands().getFirst()] == elements ? 1 : MANY;
          default -> MANY;
        };
    return elements >= least ? elements : 0;
  }

  private static boolean isMoved(Equation equation) {
    return equation.primitive() instanceof Slice || equation.primitive() instanceof Shift;
  }

  private static boolean isLong(Shape shape) {
    return shape.rank() > 0 && shape.extent(-1) >= LEAST_ROW;
  }

  private TensorType type(int variable) {
    return program.variables().get(variable);
  }
}
