package dini.core.compile;

import dini.core.DType;
import dini.core.Program;
import dini.core.Program.Equation;
import dini.core.Shape;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.compile.Chain.Link;
import dini.core.compile.Chain.Place;
import dini.core.dense.DenseTensor;
import dini.core.kernel.SumOrder;
import dini.core.primitive.Pointwise;
import dini.core.primitive.Reshape;
import dini.core.primitive.Rules;
import dini.core.primitive.Slice;
import dini.core.primitive.Writing;
import dini.core.primitive.WritingAll;
import dini.core.trace.Call;
import dini.core.trace.Closed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the steps of a program, and decides where every variable lives. */
final class Compiler {
  /** A block of 1,024 elements, or of fewer where a chain has many results at once. */
  private static final int BLOCK = 1024;

  /** Results at once of a chain up to which whole blocks stay in the first-level cache. */
  private static final int FEW = 6;

  /** A known value may be this many times as large as what it is computed from, or this large. */
  private static final int GROWTH = 4;

  private static final int SMALL = 1 << 16;

  private static final int RELEASED = -2;
  private static final int UNUSED = -1;

  private final Program program;
  private final TensorType[] types;
  private final DenseTensor[] known;

  /** For each variable, the one whose array it is a view of: itself, but for reshaped ones. */
  private final int[] root;

  private final int[] lastUse;

  /**
   * For each root, whether its array is given away, so that every run needs a new one: to whoever
   * gets the results, or to a primitive that may keep its arguments, or return them. Those that
   * write into given storage do neither.
   */
  private final boolean[] given;

  private final Storages storages;
  private final Scratch scratch = new Scratch();
  private final List<Step> steps = new ArrayList<>();
  private final List<Integer> fresh = new ArrayList<>();
  private final List<Integer> passing = new ArrayList<>();

  private Compiler(Closed closed) {
    this.program = closed.program();
    this.types = program.variables().toArray(TensorType[]::new);
    this.known = new DenseTensor[types.length];
    Tensor[] constants = closed.constants();
    for (int i = 0; i < constants.length; i++) {
      known[i] = (DenseTensor) constants[i];
    }
    this.root = new int[types.length];
    Arrays.setAll(root, i -> i);
    this.lastUse = new int[types.length];
    this.given = new boolean[types.length];
    this.storages = new Storages(types);
  }

  static Executable compile(Closed closed) {
    return new Compiler(closed).compile();
  }

  private Executable compile() {
    List<List<Equation>> units = Schedule.of(program, unknown());
    findLives(units);
    for (int i = 0; i < units.size(); i++) {
      List<Equation> unit = units.get(i);
      if (unit.size() == 1) {
        single(unit.getFirst());
      } else {
        chain(unit);
      }
      release(unit, i);
    }
    for (int i = 0; i < program.inputCount(); i++) {
      passing.add(program.constantCount() + i);
    }
    return new Executable(
        steps.toArray(Step[]::new),
        new Executable.Layout(
            program.constantCount(),
            types,
            known,
            storages.numbers(),
            storages.examples(),
            array(fresh),
            array(passing),
            scratch,
            array(program.outputs())));
  }

  private static int[] array(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  // ---- what does not depend on inputs is computed once ----

  private List<Equation> unknown() {
    List<Equation> unknown = new ArrayList<>();
    for (Equation equation : program.equations()) {
      if (!compute(equation)) {
        unknown.add(equation);
      }
    }
    return unknown;
  }

  private boolean compute(Equation equation) {
    if (!(equation.primitive() instanceof Rules rules)) {
      return false;
    }
    DenseTensor[] arguments = new DenseTensor[equation.operands().size()];
    long size = 0;
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = known[equation.operands().get(i)];
      if (arguments[i] == null) {
        return false;
      }
      size += arguments[i].shape().size();
    }
    for (int result : equation.results()) {
      int own = types[result].shape().size();
      if (own > SMALL && own > GROWTH * size) {
        return false;
      }
    }
    try {
      DenseTensor[] results = rules.evaluate(arguments);
      for (int i = 0; i < results.length; i++) {
        known[equation.results().get(i)] = results[i];
      }
      return true;
    } catch (IllegalArgumentException _) {
      // what fails, fails when it is run
      return false;
    }
  }

  // ---- lives ----

  private void findLives(List<List<Equation>> units) {
    Arrays.fill(lastUse, UNUSED);
    for (List<Equation> unit : units) {
      for (Equation equation : unit) {
        if (equation.primitive() instanceof Reshape) {
          root[equation.results().getFirst()] = root[equation.operands().getFirst()];
        }
      }
    }
    for (int i = 0; i < units.size(); i++) {
      for (Equation equation : units.get(i)) {
        for (int operand : equation.operands()) {
          lastUse[root[operand]] = i;
          given[root[operand]] |= keepsArguments(equation);
        }
      }
    }
    for (int variable : program.outputs()) {
      given[root[variable]] = true;
    }
  }

  private static boolean keepsArguments(Equation equation) {
    return switch (equation.primitive()) {
      case Writing _, WritingAll _, Reshape _ -> false;
      default -> true;
    };
  }

  /** Gives a result the array that it is written to. */
  private void place(int variable) {
    if (given[variable]) {
      fresh.add(variable);
    } else {
      storages.take(variable);
    }
  }

  private void release(List<Equation> unit, int at) {
    for (Equation equation : unit) {
      for (int operand : equation.operands()) {
        int variable = root[operand];
        if (lastUse[variable] == at && storages.has(variable)) {
          storages.release(variable);
          lastUse[variable] = RELEASED;
        }
      }
      for (int result : equation.results()) {
        if (root[result] == result && lastUse[result] == UNUSED && storages.has(result)) {
          storages.release(result);
        }
      }
    }
  }

  // ---- steps of one equation ----

  private void single(Equation equation) {
    int[] operands = array(equation.operands());
    int result = equation.results().getFirst();
    switch (equation.primitive()) {
      case Reshape _ -> view(equation, operands[0], result);
      case Pointwise rule when isDirect(operands, result) -> elements(equation, rule, operands);
      case Writing rule -> {
        place(result);
        steps.add(new Steps.Write(rule, operands, result, equation));
      }
      case WritingAll rule -> {
        int[] results = array(equation.results());
        for (int each : results) {
          place(each);
        }
        steps.add(new Steps.WriteAll(rule, operands, results, equation));
      }
      case Rules rule -> {
        int[] results = array(equation.results());
        forget(results);
        steps.add(new Steps.Evaluate(rule, operands, results, equation));
      }
      case Call call -> {
        int[] results = array(equation.results());
        forget(results);
        steps.add(new Steps.Calling(call, operands, results, equation));
      }
      default -> throw new AssertionError(equation);
    }
  }

  private void forget(int[] results) {
    for (int result : results) {
      passing.add(result);
    }
  }

  private void view(Equation equation, int from, int result) {
    if (storages.has(from)) {
      storages.share(result, from);
    } else {
      steps.add(new Steps.View(from, result, types[result], equation));
      passing.add(result);
    }
  }

  /** Whether every operand has all elements of the result, or one. */
  private boolean isDirect(int[] operands, int result) {
    int n = size(result);
    boolean whole = false;
    for (int operand : operands) {
      if (size(operand) != n && size(operand) != 1) {
        return false;
      }
      whole |= size(operand) == n;
    }
    return whole;
  }

  private int size(int variable) {
    return types[variable].shape().size();
  }

  private void elements(Equation equation, Pointwise rule, int[] operands) {
    int result = equation.results().getFirst();
    int n = size(result);
    place(result);
    if (operands.length == 1) {
      steps.add(new Steps.Mapped(rule, operands[0], result, n, equation));
      return;
    }
    Place[] places = new Place[3];
    for (int i = 0; i < 3; i++) {
      int operand = operands[Math.min(i, operands.length - 1)];
      places[i] = Steps.variable(operand, size(operand) != n);
    }
    Place out = Steps.variable(result, false);
    steps.add(
        new Steps.Elements(new Link(rule, places[0], places[1], places[2], out), n, equation));
  }

  // ---- chains ----

  private void chain(List<Equation> equations) {
    steps.add(new ChainBuilder(equations).build());
  }

  /** Places the results of one chain: in scratch where only the chain needs them. */
  private final class ChainBuilder {
    private final List<Equation> equations;
    private final int elements;
    private final Place[] places = new Place[types.length];
    private final int[] lastLink = new int[types.length];

    /** What reductions read at the end of a block. */
    private final boolean[] reduced = new boolean[types.length];

    private final List<Spread> spreads = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final List<Chain.Sum> sums = new ArrayList<>();
    private final List<Chain.Rows> rows = new ArrayList<>();
    private final Map<Integer, Integer> gathered = new HashMap<>();
    private final Map<Repeated, Place> repeated = new HashMap<>();
    private int block;

    /** A variable that is repeated to fill a shape. */
    private record Repeated(int variable, Shape shape) {}

    ChainBuilder(List<Equation> equations) {
      this.equations = equations;
      this.elements = size(equations.getFirst().results().getFirst());
    }

    Chain build() {
      boolean[] inside = new boolean[types.length];
      BlockUnit unit = BlockUnit.ANY;
      int local = 0;
      for (int i = 0; i < equations.size(); i++) {
        for (int operand : equations.get(i).operands()) {
          lastLink[operand] = i;
        }
        int result = equations.get(i).results().getFirst();
        Optional<Ending> ending = Ending.of(program, equations.get(i));
        inside[result] = ending.isEmpty() && !escapes(result);
        local += inside[result] ? 1 : 0;
        reduced[equations.get(i).operands().getFirst()] |= ending.isPresent();
        unit = ending.isEmpty() ? unit : unit.with(ending.get()).orElseThrow();
      }
      int about = local <= FEW ? BLOCK : BLOCK / 2;
      block = unit.within(period(about / 2), about).orElse(unit.block(about));
      scratch.release();
      equations.forEach(equation -> reserve(equation, inside));
      for (int i = 0; i < equations.size(); i++) {
        add(equations.get(i), i, inside);
      }
      return new Chain(elements, block, spreads, links, sums, rows, equations.getLast());
    }

    /**
     * The number of elements after which what is repeated begins anew, if it is long: the greatest
     * that divides all of them, or 0 if nothing long is repeated.
     */
    private int period(int least) {
      int period = 0;
      for (Equation equation : equations) {
        for (int operand : equation.operands()) {
          if (size(operand) >= least
              && equation.primitive() instanceof Pointwise
              && isRepeated(operand, equation)) {
            period = BlockUnit.divisor(period, size(operand));
          }
        }
      }
      return period;
    }

    /** Whether an operand is repeated as a whole, along leading axes. */
    private boolean isRepeated(int operand, Equation equation) {
      Shape own = types[operand].shape();
      Shape whole = types[equation.results().getFirst()].shape();
      int size = 1;
      int axis = 1;
      int rank = Math.min(own.rank(), whole.rank());
      for (; axis <= rank && own.extent(-axis) == whole.extent(-axis); axis++) {
        size *= own.extent(-axis);
      }
      return size == size(operand) && size < elements;
    }

    /** Whether a result is needed after the chain. */
    private boolean escapes(int result) {
      if (given[root[result]]) {
        return true;
      }
      return uses(result) > usesHere(result);
    }

    private int usesHere(int variable) {
      int count = 0;
      for (Equation equation : equations) {
        count += equation.operands().contains(variable) ? 1 : 0;
      }
      return count;
    }

    /** What is filled before the first link of a block runs, and what outlives a block. */
    private void reserve(Equation equation, boolean[] inside) {
      int[] operands = array(equation.operands());
      Optional<Ending> ending = Ending.of(program, equation);
      if (ending.isPresent()) {
        if (inside[operands[0]] && ending.get() instanceof Ending.Whole) {
          int length = Math.min(elements, SumOrder.BLOCK);
          gathered.put(operands[0], scratch.take(types[operands[0]].dtype(), length));
        }
        return;
      }
      int result = equation.results().getFirst();
      if (equation.primitive() instanceof Slice slice) {
        hold(result, inside);
        Shape whole = types[operands[0]].shape();
        spreads.add(Spread.part(operands[0], whole, slice, places[result]));
        return;
      }
      Shape shape = types[result].shape();
      for (int operand : operands) {
        if (isRepeated(operand, equation) && size(operand) % block == 0) {
          repeated.put(
              new Repeated(operand, shape), new Place(false, operand, false, size(operand)));
        } else if (size(operand) != elements && size(operand) != 1) {
          repeated.computeIfAbsent(
              new Repeated(operand, shape),
              absent -> {
                Place out = blocks(types[operand].dtype());
                spreads.add(Spread.repeated(operand, types[operand].shape(), shape, out));
                return out;
              });
        }
      }
    }

    private void add(Equation equation, int at, boolean[] inside) {
      int[] operands = array(equation.operands());
      int result = equation.results().getFirst();
      Optional<Ending> ending = Ending.of(program, equation);
      if (ending.isPresent()) {
        place(result);
        Place in = places[operands[0]];
        if (ending.get() instanceof Ending.Whole) {
          sums.add(new Chain.Sum(in, gathered.getOrDefault(operands[0], UNUSED), result));
        } else {
          rows.add(new Chain.Rows(in, ending.get(), result));
        }
        return;
      }
      if (equation.primitive() instanceof Slice) {
        return;
      }
      Place[] from = new Place[3];
      for (int i = 0; i < 3; i++) {
        from[i] = operand(operands[Math.min(i, operands.length - 1)], types[result].shape());
      }
      hold(result, inside);
      links.add(
          new Link((Pointwise) equation.primitive(), from[0], from[1], from[2], places[result]));
      for (int operand : operands) {
        if (inside[operand]
            && lastLink[operand] == at
            && !reduced[operand]
            && places[operand] != null) {
          scratch.release(places[operand].index());
          places[operand] = null;
        }
      }
    }

    private void hold(int result, boolean[] inside) {
      if (inside[result]) {
        places[result] = blocks(types[result].dtype());
      } else {
        place(result);
        places[result] = Steps.variable(result, false);
      }
    }

    /** A scratch array for the blocks of one variable. */
    private Place blocks(DType dtype) {
      return new Place(true, scratch.take(dtype, block), false, Integer.MAX_VALUE);
    }

    private Place operand(int variable, Shape shape) {
      if (places[variable] != null) {
        return places[variable];
      }
      int size = size(variable);
      if (size == elements || size == 1) {
        places[variable] = Steps.variable(variable, size != elements);
        return places[variable];
      }
      return repeated.get(new Repeated(variable, shape));
    }
  }

  private int[] useCounts;

  /** How many equations use a variable. */
  private int uses(int variable) {
    if (useCounts == null) {
      useCounts = new int[types.length];
      for (Equation equation : program.equations()) {
        equation.operands().stream().distinct().forEach(operand -> useCounts[operand]++);
      }
    }
    return useCounts[variable];
  }
}
