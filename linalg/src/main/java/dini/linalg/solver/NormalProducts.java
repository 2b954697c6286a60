package dini.linalg.solver;

import dini.core.Primitive;
import dini.core.Program;
import dini.core.Program.Equation;
import dini.core.Shape;
import dini.core.TensorType;
import dini.core.primitive.Binary;
import dini.core.primitive.Gram;
import dini.core.primitive.MatMul;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes {@code A' (w * (A u))} in a program as one product with a Gram matrix, which reads A once
 * instead of twice. Hessians of least squares and of generalized linear models are made of such
 * terms, and an iterative solver applies them in every step.
 */
public final class NormalProducts {
  private final Program program;
  private final List<TensorType> variables;
  private final List<Equation> equations = new ArrayList<>();

  /** For each variable, the number of the equation that defines it, or -1. */
  private final int[] definitions;

  private final int[] uses;

  /** Whether a variable depends on an input. */
  private final boolean[] moving;

  private NormalProducts(Program program) {
    this.program = program;
    this.variables = new ArrayList<>(program.variables());
    int count = variables.size();
    this.definitions = new int[count];
    this.uses = new int[count];
    this.moving = new boolean[count];
    Arrays.fill(definitions, -1);
    for (int i = 0; i < program.inputCount(); i++) {
      moving[program.constantCount() + i] = true;
    }
    for (int i = 0; i < program.equations().size(); i++) {
      Equation equation = program.equations().get(i);
      boolean moves = false;
      for (int operand : equation.operands()) {
        uses[operand]++;
        moves |= moving[operand];
      }
      for (int result : equation.results()) {
        definitions[result] = i;
        moving[result] = moves;
      }
    }
    program.outputs().forEach(output -> uses[output]++);
  }

  /** The program with such terms written as one. */
  public static Program fused(Program program) {
    return new NormalProducts(program).fused();
  }

  /** {@code A v} or {@code A' v} for a matrix that does not depend on the inputs. */
  private record Product(int matrix, int vector, boolean transposed) {}

  /** The equations that make up a term, and its weights from the inside out. */
  private record Term(Product inner, List<Integer> weights, List<Integer> members) {}

  private Program fused() {
    List<Optional<Term>> terms = new ArrayList<>();
    Set<Integer> absorbed = new HashSet<>();
    for (Equation equation : program.equations()) {
      Optional<Term> term = term(equation);
      terms.add(term);
      term.ifPresent(found -> absorbed.addAll(found.members()));
    }
    if (absorbed.isEmpty()) {
      return program;
    }
    for (int i = 0; i < terms.size(); i++) {
      Equation equation = program.equations().get(i);
      if (terms.get(i).isPresent()) {
        write(terms.get(i).get(), equation.results());
      } else if (!absorbed.contains(i)) {
        equations.add(equation);
      }
    }
    return new Program(
        variables, program.constantCount(), program.inputCount(), equations, program.outputs());
  }

  /** The term that an equation is the outer product of, if it is one. */
  private Optional<Term> term(Equation outer) {
    Product second = product(outer);
    if (second == null || !second.transposed()) {
      return Optional.empty();
    }
    List<Integer> weights = new ArrayList<>();
    List<Integer> members = new ArrayList<>();
    int vector = second.vector();
    while (uses[vector] == 1 && definitions[vector] >= 0) {
      Equation equation = program.equations().get(definitions[vector]);
      members.addFirst(definitions[vector]);
      Product first = product(equation);
      if (first != null) {
        return first.matrix() == second.matrix() && !first.transposed()
            ? Optional.of(new Term(first, weights, members))
            : Optional.empty();
      }
      int weight = weight(equation);
      if (weight < 0) {
        return Optional.empty();
      }
      weights.addFirst(weight);
      int left = equation.operands().get(0);
      vector = left == weight ? equation.operands().get(1) : left;
    }
    return Optional.empty();
  }

  private Product product(Equation equation) {
    if (!(equation.primitive() instanceof MatMul(boolean tx, boolean ty))) {
      return null;
    }
    int x = equation.operands().get(0);
    int y = equation.operands().get(1);
    if (rank(x) == 2 && rank(y) == 1 && !moving[x] && moving[y]) {
      return new Product(x, y, tx);
    }
    if (rank(x) == 1 && rank(y) == 2 && moving[x] && !moving[y]) {
      return new Product(y, x, !ty);
    }
    return null;
  }

  /** The factor of a vector that does not depend on the inputs, or -1. */
  private int weight(Equation equation) {
    if (equation.primitive() != Binary.MUL) {
      return -1;
    }
    int x = equation.operands().get(0);
    int y = equation.operands().get(1);
    if (moving[x] == moving[y]) {
      return -1;
    }
    int vector = moving[x] ? x : y;
    return shape(vector).equals(shape(equation.results().getFirst())) ? x + y - vector : -1;
  }

  private Shape shape(int variable) {
    return variables.get(variable).shape();
  }

  private int rank(int variable) {
    return shape(variable).rank();
  }

  private void write(Term term, List<Integer> results) {
    int a = term.inner().matrix();
    int u = term.inner().vector();
    TensorType type = new TensorType(Shape.of(shape(a).extent(0)), variables.get(a).dtype());
    List<Integer> factors = new ArrayList<>();
    int weights = -1;
    for (int weight : term.weights()) {
      if (!shape(weight).equals(type.shape())) {
        factors.add(weight);
      } else {
        weights = weights < 0 ? weight : equation(Binary.MUL, type, weights, weight);
      }
    }
    for (int factor : weights < 0 ? List.<Integer>of() : factors) {
      weights = equation(Binary.MUL, type, weights, factor);
    }
    if (weights >= 0) {
      equations.add(new Equation(new Gram(true), List.of(a, u, weights), results));
    } else if (factors.isEmpty()) {
      equations.add(new Equation(new Gram(false), List.of(a, u), results));
    } else {
      TensorType image = variables.get(results.getFirst());
      int last = equation(new Gram(false), image, a, u);
      for (int factor : factors.subList(1, factors.size())) {
        last = equation(Binary.MUL, image, last, factor);
      }
      equations.add(new Equation(Binary.MUL, List.of(last, factors.getFirst()), results));
    }
  }

  private int equation(Primitive primitive, TensorType type, Integer... operands) {
    variables.add(type);
    int result = variables.size() - 1;
    equations.add(new Equation(primitive, List.of(operands), List.of(result)));
    return result;
  }
}
