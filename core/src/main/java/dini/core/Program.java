package dini.core;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A recorded computation: typed equations in order, over numbered variables. Variables 0 up to the
 * number of constants are values captured from outside, lifted out as operands; then come the
 * inputs; then the results of the equations.
 *
 * <p>It prints like a jaxpr:
 *
 * <pre>
 * { lambda a:f64[] ; b:f64[3] . let
 *     c:f64[3] = mul a b
 *     d:f64[] = sum[axes=[0]] c
 *   in ( d ) }
 * </pre>
 *
 * @param variables the type of every variable
 * @param constantCount how many variables are captured values
 * @param inputCount how many variables are inputs
 * @param equations the equations, each after those it depends on
 * @param outputs the variables that are the results
 */
public record Program(
    List<TensorType> variables,
    int constantCount,
    int inputCount,
    List<Equation> equations,
    List<Integer> outputs) {

  /** Copies the lists. */
  public Program {
    variables = List.copyOf(variables);
    equations = List.copyOf(equations);
    outputs = List.copyOf(outputs);
  }

  /**
   * One application of a primitive.
   *
   * @param primitive what is applied
   * @param operands the variables it is applied to
   * @param results the variables it defines
   * @param source the line of the user's code that it comes from, where that is known; two
   *     equations from different lines may be equal
   */
  public record Equation(
      Primitive primitive, List<Integer> operands, List<Integer> results, Optional<String> source) {
    /** Copies the lists. */
    public Equation {
      operands = List.copyOf(operands);
      results = List.copyOf(results);
    }

    /**
     * An equation that comes from no line of the user's.
     *
     * @param primitive what is applied
     * @param operands the variables it is applied to
     * @param results the variables it defines
     */
    public Equation(Primitive primitive, List<Integer> operands, List<Integer> results) {
      this(primitive, operands, results, Optional.empty());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Equation that
          && primitive.equals(that.primitive)
          && operands.equals(that.operands)
          && results.equals(that.results);
    }

    @Override
    public int hashCode() {
      return Objects.hash(primitive, operands, results);
    }

    /**
     * The same primitive on other operands.
     *
     * @param others the variables it is applied to instead
     * @return the equation
     */
    public Equation on(List<Integer> others) {
      return new Equation(primitive, others, results, source);
    }

    /**
     * The same application with results of other names.
     *
     * @param others the variables it defines instead
     * @return the equation
     */
    public Equation defining(List<Integer> others) {
      return new Equation(primitive, operands, others, source);
    }
  }

  /**
   * The types of the inputs.
   *
   * @return the types, in order
   */
  public List<TensorType> inputTypes() {
    return variables.subList(constantCount, constantCount + inputCount);
  }

  /**
   * The types of the outputs.
   *
   * @return the types, in order
   */
  public List<TensorType> outputTypes() {
    return outputs.stream().map(variables::get).toList();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{ lambda ");
    text.append(typed(IntStream.range(0, constantCount)))
        .append("; ")
        .append(typed(IntStream.range(constantCount, constantCount + inputCount)))
        .append(". let\n");
    for (Equation equation : equations) {
      String parameters = equation.primitive().parameters();
      text.append("    ")
          .append(typed(equation.results().stream().mapToInt(Integer::intValue)))
          .append("= ")
          .append(equation.primitive().label())
          .append(parameters.isEmpty() ? "" : "[" + parameters + "]")
          .append(' ')
          .append(names(equation.operands()))
          .append('\n');
      equation.primitive().bodies().forEach((name, body) -> text.append(indented(name, body)));
    }
    return text.append("  in ( ").append(names(outputs)).append(" ) }").toString();
  }

  /** A program inside an operation, further to the right. */
  private static String indented(String name, Program body) {
    return ("  " + name + " = " + body).indent(6);
  }

  private String typed(IntStream variables) {
    return variables
        .mapToObj(variable -> name(variable) + ":" + this.variables.get(variable) + " ")
        .collect(Collectors.joining());
  }

  private static String names(List<Integer> variables) {
    return variables.stream().map(Program::name).collect(Collectors.joining(" "));
  }

  /** a, b, …, z, ba, bb, …: the number in base 26. */
  private static String name(int variable) {
    String last = String.valueOf((char) ('a' + variable % 26));
    return variable < 26 ? last : name(variable / 26) + last;
  }
}
