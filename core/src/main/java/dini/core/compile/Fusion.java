package dini.core.compile;

import dini.core.DType;
import dini.core.Program;
import dini.core.Program.Equation;
import dini.core.compile.Chain.Link;
import dini.core.compile.Chain.Place;
import dini.core.compile.Formula.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** Gathers neighbouring links of a chain that one loop can compute. */
final class Fusion {
  private final Program program;

  /** Whether a result is needed after the equation of some number, and has to be stored. */
  private final BiPredicate<Integer, Integer> outlives;

  private final List<Equation> equations = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();

  /** What the links read of others, and how it is numbered. */
  private final Map<Input, Integer> inputs = new LinkedHashMap<>();

  /**
   * A variable and where it stands: under another shape it may stand elsewhere. A chain has one
   * object for a place.
   */
  private record Input(int variable, Place place) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Input that && variable == that.variable && place == that.place;
    }

    @Override
    public int hashCode() {
      return variable;
    }
  }

  /** The number in the chain of the last equation so far. */
  private int last;

  Fusion(Program program, BiPredicate<Integer, Integer> outlives) {
    this.program = program;
    this.outlives = outlives;
  }

  boolean isEmpty() {
    return links.isEmpty();
  }

  /** Takes in the link of an equation of the chain, if it fits to those before. */
  boolean takes(Equation equation, int number, Link link) {
    int result = equation.results().getFirst();
    DType dtype = program.variables().get(result).dtype();
    boolean fits =
        Formula.computes(program, equation)
            && links.size() < Formula.MOST_TERMS
            && (isEmpty() || dtype == program.variables().get(term(0)).dtype());
    if (!fits) {
      return false;
    }
    List<Input> more = new ArrayList<>();
    for (int i = 0; i < equation.operands().size(); i++) {
      int operand = equation.operands().get(i);
      if (number(operand) < 0) {
        more.add(new Input(operand, i == 0 ? link.x() : link.y()));
      }
    }
    long read = more.stream().filter(each -> !inputs.containsKey(each)).distinct().count();
    long written = equations.stream().filter(each -> outlives(each, number)).count() + 1;
    if (inputs.size() + read + written > Formula.MOST_ARRAYS) {
      return false;
    }
    more.forEach(each -> inputs.putIfAbsent(each, inputs.size()));
    equations.add(equation);
    links.add(link);
    last = number;
    return true;
  }

  private boolean outlives(Equation equation, int last) {
    return outlives.test(equation.results().getFirst(), last);
  }

  private int term(int number) {
    return equations.get(number).results().getFirst();
  }

  /** The number of the term that defines a variable, or -1. */
  private int number(int variable) {
    for (int i = 0; i < equations.size(); i++) {
      if (term(i) == variable) {
        return i;
      }
    }
    return -1;
  }

  /** One link as it is, or several with their loop. */
  Chain.Part part() {
    if (links.size() == 1) {
      return links.getFirst();
    }
    List<Place> places = new ArrayList<>();
    int uniform = 0;
    for (Input input : inputs.keySet()) {
      uniform |= input.place.uniform() ? 1 << places.size() : 0;
      places.add(input.place);
    }
    List<Term> terms = new ArrayList<>();
    List<Integer> stored = new ArrayList<>();
    for (int i = 0; i < links.size(); i++) {
      Equation equation = equations.get(i);
      int x = operand(equation, 0, links.get(i).x());
      int y = equation.operands().size() == 1 ? x : operand(equation, 1, links.get(i).y());
      terms.add(new Term(equation.primitive(), x, y));
      if (outlives(equation, last)) {
        stored.add(i);
        places.add(links.get(i).out());
      }
    }
    DType dtype = program.variables().get(term(0)).dtype();
    Formula formula = new Formula(dtype, inputs.size(), uniform, terms, stored);
    return new Chain.Fused(
        links.toArray(Link[]::new), Loops.of(formula), places.toArray(Place[]::new));
  }

  private int operand(Equation equation, int at, Place place) {
    int operand = equation.operands().get(at);
    int term = number(operand);
    return term < 0 ? inputs.get(new Input(operand, place)) : inputs.size() + term;
  }
}
