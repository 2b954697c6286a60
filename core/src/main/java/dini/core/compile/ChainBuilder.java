package dini.core.compile;

import dini.core.DType;
import dini.core.Program;
import dini.core.Program.Equation;
import dini.core.Shape;
import dini.core.TensorType;
import dini.core.compile.Chain.Link;
import dini.core.compile.Chain.Place;
import dini.core.kernel.SumOrder;
import dini.core.primitive.Pointwise;
import dini.core.primitive.Reshape;
import dini.core.primitive.Shift;
import dini.core.primitive.Slice;
import dini.core.primitive.Unary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Places the results of one chain: in scratch where only the chain needs them. */
final class ChainBuilder {
  /** A block of 1,024 elements, or of fewer where a chain has many results at once. */
  private static final int BLOCK = 1024;

  /** Blocks of fewer elements cost more in calls than it takes to copy what is read. */
  private static final int SHORT = 256;

  /** Results at once of a chain up to which whole blocks stay in the first-level cache. */
  private static final int FEW = 6;

  private final Compiler compiler;
  private final Program program;
  private final TensorType[] types;
  private final Scratch scratch;
  private final List<Equation> all;

  /** The equations but for reshapes, on what those reshape. */
  private final List<Equation> equations;

  /** The reductions among them, by result. */
  private final Map<Integer, Ending> endings = new HashMap<>();

  /** The reshapes, by result: what they are views of. */
  private final Map<Integer, Integer> views = new LinkedHashMap<>();

  private final int elements;
  private final Place[] places;
  private final int[] lastLink;

  /** What only this chain needs. */
  private final boolean[] inside;

  /** What reductions read at the end of a block. */
  private final boolean[] reduced;

  private final List<Chain.Filling> fillings = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();

  /** The numbers of the equations of the links. */
  private final List<Integer> linked = new ArrayList<>();

  private final List<Chain.Sum> sums = new ArrayList<>();
  private final List<Chain.Rows> rows = new ArrayList<>();
  private final Map<Integer, Integer> gathered = new HashMap<>();
  private final Map<Repeated, Place> repeated = new HashMap<>();
  private int block;

  /** A variable that is repeated to fill a shape. */
  private record Repeated(int variable, Shape shape) {}

  ChainBuilder(Compiler compiler, List<Equation> equations) {
    this.compiler = compiler;
    this.program = compiler.program;
    this.types = compiler.types;
    this.scratch = compiler.scratch;
    this.all = equations;
    this.equations = arranged(withoutViews());
    this.places = new Place[types.length];
    this.lastLink = new int[types.length];
    this.inside = new boolean[types.length];
    this.reduced = new boolean[types.length];
    this.elements = size(equations.getFirst().results().getFirst());
  }

  private List<Equation> withoutViews() {
    List<Equation> others = new ArrayList<>();
    for (Equation equation : all) {
      int result = equation.results().getFirst();
      if (equation.primitive() instanceof Reshape) {
        int operand = equation.operands().getFirst();
        views.put(result, views.getOrDefault(operand, operand));
      } else {
        Ending.of(program, equation).ifPresent(ending -> endings.put(result, ending));
        others.add(
            equation.on(
                equation.operands().stream()
                    .map(operand -> views.getOrDefault(operand, operand))
                    .toList()));
      }
    }
    return others;
  }

  private Optional<Ending> ending(Equation equation) {
    return Optional.ofNullable(endings.get(equation.results().getFirst()));
  }

  /** The reshapes whose results are needed after the chain, on what they are views of. */
  List<Equation> viewsLeft() {
    return all.stream()
        .filter(equation -> equation.primitive() instanceof Reshape)
        .filter(equation -> isNeeded(equation.results().getFirst()))
        .map(equation -> equation.on(List.of(views.get(equation.results().getFirst()))))
        .toList();
  }

  Chain build() {
    BlockUnit unit = BlockUnit.ANY;
    int local = 0;
    for (int i = 0; i < equations.size(); i++) {
      for (int operand : equations.get(i).operands()) {
        lastLink[operand] = i;
      }
      int result = equations.get(i).results().getFirst();
      Optional<Ending> ending = ending(equations.get(i));
      inside[result] = ending.isEmpty() && !escapes(result);
      local += inside[result] ? 1 : 0;
      for (int operand : equations.get(i).operands()) {
        reduced[operand] |= ending.isPresent();
      }
      unit = ending.isEmpty() ? unit : unit.with(ending.get()).orElseThrow();
    }
    int about = local <= FEW ? BLOCK : BLOCK / 2;
    int wanted = unit.within(together(), SHORT, about / 2 * 3).orElse(unit.block(about));
    block = Math.min(elements, wanted);
    scratch.release();
    equations.forEach(this::reserve);
    for (int i = 0; i < equations.size(); i++) {
      add(equations.get(i), i);
    }
    return new Chain(elements, block, fillings, parts(), sums, rows, equations.getLast());
  }

  /**
   * The number of neighbours that stand together wherever this chain reads in another order: the
   * greatest that divides all such numbers, or 0 if there is none of a block's length.
   */
  private int together() {
    int together = 0;
    for (Equation equation : equations) {
      for (Spread spread : spreads(equation).values()) {
        if (spread.together() >= SHORT) {
          together = BlockUnit.divisor(together, spread.together());
        }
      }
    }
    return together;
  }

  /** What an equation reads in another order than its result's, by variable. */
  private Map<Integer, Spread> spreads(Equation equation) {
    int first = equation.operands().getFirst();
    return switch (equation.primitive()) {
      case Slice slice -> Map.of(first, Spread.part(first, types[first].shape(), slice));
      case Shift shift -> Map.of(first, Spread.moved(first, types[first].shape(), shift));
      case Pointwise _ -> {
        Map<Integer, Spread> repeated = new LinkedHashMap<>();
        Shape whole = types[equation.results().getFirst()].shape();
        for (int operand : equation.operands()) {
          if (size(operand) != elements && size(operand) != 1) {
            repeated.put(operand, Spread.repeated(operand, types[operand].shape(), whole));
          }
        }
        yield repeated;
      }
      default -> Map.of();
    };
  }

  /** Whether a result, or a view of it, is needed after the chain. */
  private boolean escapes(int result) {
    return isNeeded(result)
        || views.entrySet().stream()
            .anyMatch(view -> view.getValue() == result && isNeeded(view.getKey()));
  }

  private boolean isNeeded(int variable) {
    return compiler.isOutput(variable) || compiler.uses(variable) > usesHere(variable);
  }

  private int usesHere(int variable) {
    int count = 0;
    for (Equation equation : all) {
      count += equation.operands().contains(variable) ? 1 : 0;
    }
    return count;
  }

  /** What is filled before the first link of a block runs, and what outlives a block. */
  private void reserve(Equation equation) {
    int[] operands = Compiler.array(equation.operands());
    Optional<Ending> ending = ending(equation);
    if (ending.isPresent()) {
      for (int operand : operands) {
        if (inside[operand] && ending.get() instanceof Ending.Whole) {
          int length = Math.min(elements, SumOrder.BLOCK);
          gathered.computeIfAbsent(operand, _ -> scratch.take(types[operand].dtype(), length));
        }
      }
      return;
    }
    int result = equation.results().getFirst();
    Shape shape = types[result].shape();
    spreads(equation)
        .forEach(
            (operand, spread) -> {
              if (equation.primitive() instanceof Pointwise) {
                repeated.computeIfAbsent(
                    new Repeated(operand, shape), absent -> fill(spread, types[operand].dtype()));
              } else if (inside[result]) {
                places[result] = fill(spread, types[result].dtype());
              } else {
                hold(result);
                fillings.add(new Chain.Filling(spread, places[result]));
              }
            });
  }

  /** Where blocks are read that stand in a variable in another order: there, or copied. */
  private Place fill(Spread spread, DType dtype) {
    Place out = new Place(true, scratch.take(dtype, block), false, spread);
    fillings.add(new Chain.Filling(spread, out));
    return out;
  }

  private void add(Equation equation, int at) {
    int[] operands = Compiler.array(equation.operands());
    int result = equation.results().getFirst();
    Optional<Ending> ending = ending(equation);
    if (ending.isPresent()) {
      compiler.place(result);
      if (ending.get() instanceof Ending.Whole) {
        Chain.Gathered x = gathered(operands[0]);
        boolean products = operands.length == 2;
        Chain.Gathered y = products && operands[1] != operands[0] ? gathered(operands[1]) : x;
        sums.add(new Chain.Sum(x, y, products, result));
      } else {
        rows.add(new Chain.Rows(places[operands[0]], ending.get(), result));
      }
      return;
    }
    if (!(equation.primitive() instanceof Pointwise rule)) {
      return;
    }
    Place[] from = new Place[3];
    for (int i = 0; i < 3; i++) {
      from[i] = operand(operands[Math.min(i, operands.length - 1)], types[result].shape());
    }
    hold(result);
    linked.add(at);
    links.add(new Link(rule, from[0], from[1], from[2], places[result]));
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

  /**
   * In an order that has the arithmetic together, and functions of one variable next to each other.
   */
  private List<Equation> arranged(List<Equation> equations) {
    List<Equation> arranged = new ArrayList<>();
    List<Equation> left = new ArrayList<>(equations);
    Set<Integer> missing = new HashSet<>();
    equations.forEach(equation -> missing.addAll(equation.results()));
    while (!left.isEmpty()) {
      for (Equation equation : List.copyOf(left)) {
        if (Formula.computes(program, equation) && isReady(equation, missing)) {
          move(equation, left, arranged, missing);
        }
      }
      List<Equation> others = left.stream().filter(each -> isReady(each, missing)).toList();
      Map<Integer, List<Equation>> byOperand = new LinkedHashMap<>();
      for (Equation other : others) {
        byOperand.computeIfAbsent(other.operands().getFirst(), _ -> new ArrayList<>()).add(other);
      }
      for (List<Equation> each : byOperand.values()) {
        each.forEach(equation -> move(equation, left, arranged, missing));
      }
    }
    return arranged;
  }

  private static boolean isReady(Equation equation, Set<Integer> missing) {
    return equation.operands().stream().noneMatch(missing::contains);
  }

  private static void move(
      Equation equation, List<Equation> from, List<Equation> to, Set<Integer> missing) {
    from.removeIf(each -> each == equation);
    to.add(equation);
    missing.removeAll(equation.results());
  }

  /** The links, with what is computed together: arithmetic in one loop, tanh and its slope. */
  private List<Chain.Part> parts() {
    List<Chain.Part> parts = new ArrayList<>();
    for (int i = 0; i < links.size(); ) {
      Fusion fusion = new Fusion(program, this::outlives);
      for (; i < links.size(); i++) {
        int number = linked.get(i);
        if (!fusion.takes(equations.get(number), number, links.get(i))) {
          break;
        }
      }
      if (!fusion.isEmpty()) {
        parts.add(fusion.part());
      } else if (i + 1 < links.size() && isTanh(links.get(i), links.get(i + 1))) {
        parts.add(tanh(links.get(i), links.get(i + 1)));
        i += 2;
      } else {
        parts.add(links.get(i++));
      }
    }
    return parts;
  }

  /** Whether two links are the hyperbolic tangent and its slope at the same elements. */
  private static boolean isTanh(Link one, Link other) {
    return one.x() == other.x()
        && (one.rule() == Unary.TANH && other.rule() == Unary.SECH_SQUARED
            || one.rule() == Unary.SECH_SQUARED && other.rule() == Unary.TANH);
  }

  private static Chain.Tanh tanh(Link one, Link other) {
    return one.rule() == Unary.TANH
        ? new Chain.Tanh(one.x(), one.out(), other.out())
        : new Chain.Tanh(one.x(), other.out(), one.out());
  }

  /** Whether a result is needed after the equation of some number. */
  private boolean outlives(int result, int number) {
    return !inside[result] || reduced[result] || lastLink[result] > number;
  }

  private void hold(int result) {
    if (inside[result]) {
      places[result] = Place.scratch(scratch.take(types[result].dtype(), block));
    } else {
      compiler.place(result);
      places[result] = Place.variable(result, false);
    }
  }

  private Chain.Gathered gathered(int variable) {
    Place in = operand(variable, types[variable].shape());
    return new Chain.Gathered(in, gathered.getOrDefault(variable, Compiler.UNUSED));
  }

  private Place operand(int variable, Shape shape) {
    if (places[variable] != null) {
      return places[variable];
    }
    int size = size(variable);
    if (size == elements || size == 1) {
      places[variable] = Place.variable(variable, size != elements);
      return places[variable];
    }
    return repeated.get(new Repeated(variable, shape));
  }

  private int size(int variable) {
    return compiler.size(variable);
  }
}
