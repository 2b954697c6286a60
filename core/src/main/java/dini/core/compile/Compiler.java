package dini.core.compile;

import dini.core.Program;
import dini.core.Program.Equation;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.compile.Chain.Link;
import dini.core.compile.Chain.Place;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Pointwise;
import dini.core.primitive.Reshape;
import dini.core.primitive.Rules;
import dini.core.primitive.Writing;
import dini.core.primitive.WritingAll;
import dini.core.trace.Call;
import dini.core.trace.Closed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes the steps of a program, and decides where every variable lives. */
final class Compiler {
  /** A known value may be this many times as large as what it is computed from, or this large. */
  private static final int GROWTH = 4;

  private static final int SMALL = 1 << 16;

  private static final int RELEASED = -2;
  static final int UNUSED = -1;

  final Program program;
  final TensorType[] types;
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

  /** Those of them that a primitive may keep. */
  private boolean[] kept;

  private final Storages storages;
  final Scratch scratch = new Scratch();
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
            array(program.outputs()),
            roots()));
  }

  /** The arrays of the results that are new in every run, and nobody's but the caller's. */
  private int[] roots() {
    Set<Integer> seen = new HashSet<>();
    return program.outputs().stream()
        .mapToInt(output -> root[output])
        .map(own -> fresh.contains(own) && !kept[own] && seen.add(own) ? own : UNUSED)
        .toArray();
  }

  static int[] array(List<Integer> numbers) {
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
    kept = given.clone();
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
  void place(int variable) {
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

  int size(int variable) {
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
      places[i] = Place.variable(operand, size(operand) != n);
    }
    Place out = Place.variable(result, false);
    steps.add(
        new Steps.Elements(new Link(rule, places[0], places[1], places[2], out), n, equation));
  }

  // ---- chains ----

  private void chain(List<Equation> equations) {
    ChainBuilder builder = new ChainBuilder(this, equations);
    steps.add(builder.build());
    for (Equation view : builder.viewsLeft()) {
      view(view, view.operands().getFirst(), view.results().getFirst());
    }
  }

  private int[] useCounts;

  boolean isOutput(int variable) {
    return program.outputs().contains(variable);
  }

  /** How many equations use a variable. */
  int uses(int variable) {
    if (useCounts == null) {
      useCounts = new int[types.length];
      for (Equation equation : program.equations()) {
        equation.operands().stream().distinct().forEach(operand -> useCounts[operand]++);
      }
    }
    return useCounts[variable];
  }
}
