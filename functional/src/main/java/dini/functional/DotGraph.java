package dini.functional;

import dini.core.Primitive;
import dini.core.Program;
import dini.core.Program.Equation;
import dini.core.Tensor;
import dini.core.dense.DenseTensor;
import dini.core.trace.Closed;
import dini.functional.primitive.Choice;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Writes a program in the language of Graphviz. */
final class DotGraph {
  /** Longer parameters, of a solver for instance, are cut: their box would fill the picture. */
  private static final int LONGEST_PARAMETERS = 48;

  private static final String INPUT = "shape=ellipse, fillcolor=\"#cfe2f3\"";
  private static final String CAPTURED = "shape=ellipse, fillcolor=\"#fce5cd\"";
  private static final String OUTPUT = "shape=ellipse, fillcolor=\"#c9e7c1\", penwidth=2";

  private final StringBuilder nodes = new StringBuilder();

  /** They come last: a node belongs to every frame in which an edge mentions it. */
  private final StringBuilder edges = new StringBuilder();

  private DotGraph() {}

  /**
   * The graph of a program.
   *
   * @param inputs the names of its inputs
   * @param outputs the names of its outputs
   * @param linear whether what depends on the inputs is dashed
   */
  static String of(Closed closed, List<String> inputs, List<String> outputs, boolean linear) {
    DotGraph graph = new DotGraph();
    Scope scope = new Scope(closed.program(), "", "  ", linear);
    Tensor[] constants = closed.constants();
    for (int i = 0; i < constants.length; i++) {
      scope.sources[i] = graph.node(scope, "c" + i, captured(constants[i]), CAPTURED, false);
    }
    graph.write(scope, inputs, outputs);
    return """
    digraph program {
      ordering=in;
      node [shape=box, style=filled, fillcolor=white, fontname=Helvetica];
      edge [fontname=Helvetica, fontsize=10];
    """
        + graph.nodes
        + graph.edges
        + "}\n";
  }

  /** A program that is being written, or the program inside one of its operations. */
  private static final class Scope {
    private final Program program;

    /** What the names of its nodes begin with. */
    private final String prefix;

    private final String indent;

    /** The node that each variable comes from. */
    private final String[] sources;

    /** Which result of several each variable is, as its edges say it. */
    private final String[] places;

    private final boolean[] dashed;
    private final boolean linear;

    Scope(Program program, String prefix, String indent, boolean linear) {
      int count = program.variables().size();
      this.program = program;
      this.prefix = prefix;
      this.indent = indent;
      this.linear = linear;
      this.sources = new String[count];
      this.places = Collections.nCopies(count, "").toArray(String[]::new);
      this.dashed = new boolean[count];
    }
  }

  /** Everything but the captured values, whose sources are known. */
  private void write(Scope scope, List<String> inputs, List<String> outputs) {
    Program program = scope.program;
    for (int i = 0; i < program.inputCount(); i++) {
      int variable = program.constantCount() + i;
      scope.sources[variable] = node(scope, "x" + i, inputs.get(i), INPUT, scope.linear);
      scope.dashed[variable] = scope.linear;
    }
    for (int i = 0; i < program.equations().size(); i++) {
      write(scope, program.equations().get(i), "e" + i);
    }
    for (int i = 0; i < program.outputs().size(); i++) {
      int variable = program.outputs().get(i);
      edge(scope, variable, node(scope, "y" + i, outputs.get(i), OUTPUT, scope.dashed[variable]));
    }
  }

  private void write(Scope scope, Equation equation, String id) {
    boolean dashed = equation.operands().stream().anyMatch(operand -> scope.dashed[operand]);
    String parameters = equation.primitive().parameters();
    String label =
        equation.primitive().label() + (parameters.isEmpty() ? "" : "\n" + shortened(parameters));
    String node = operation(scope, equation, id, label, dashed);
    List<Integer> results = equation.results();
    for (int i = 0; i < results.size(); i++) {
      scope.sources[results.get(i)] = node;
      scope.places[results.get(i)] = results.size() == 1 ? "" : i + ": ";
      scope.dashed[results.get(i)] = dashed;
    }
  }

  /** The node of an operation, with frames for the programs that it runs. */
  private String operation(
      Scope scope, Equation equation, String id, String label, boolean dashed) {
    Primitive primitive = equation.primitive();
    List<Integer> operands = equation.operands();
    Optional<Program> map = primitive.subprogram();
    if (map.isPresent()) {
      List<Integer> captured = operands.subList(0, map.get().constantCount());
      Scope inner = new Scope(map.get(), scope.prefix + id, scope.indent + "  ", dashed);
      open(scope, inner, captured, "inside " + primitive.label());
      String node = node(inner, "", label, "", dashed);
      close(scope, inner, node);
      edges(scope, operands.subList(captured.size(), operands.size()), node);
      return node;
    }
    String node = node(scope, id, label, "", dashed);
    int at = primitive instanceof Choice ? 1 : 0;
    edges(scope, operands.subList(0, at), node);
    int number = 0;
    for (Map.Entry<String, Program> body : primitive.bodies().entrySet()) {
      Program program = body.getValue();
      String prefix = scope.prefix + id + "b" + number++;
      Scope inner = new Scope(program, prefix, scope.indent + "  ", dashed);
      List<Integer> captured = operands.subList(at, at + program.constantCount());
      open(scope, inner, captured, body.getKey() + " of " + primitive.label());
      close(scope, inner, node);
      at += captured.size();
    }
    edges(scope, operands.subList(at, operands.size()), node);
    return node;
  }

  /** Begins the frame of a program that an operation runs, which takes values from outside. */
  private void open(Scope scope, Scope inner, List<Integer> captured, String title) {
    for (int i = 0; i < captured.size(); i++) {
      int operand = captured.get(i);
      inner.sources[i] = scope.sources[operand];
      inner.places[i] = scope.places[operand];
      inner.dashed[i] = scope.dashed[operand];
    }
    line(scope, "subgraph " + quoted("cluster_" + inner.prefix) + " {");
    line(inner, "label=" + quoted(title) + ";");
    line(inner, "fontname=Helvetica;");
  }

  /** Writes the program into its frame, and ties what it gives to the operation. */
  private void close(Scope scope, Scope inner, String node) {
    int inputs = inner.program.inputCount();
    int outputs = inner.program.outputs().size();
    write(inner, numbered("in", inputs), numbered("out", outputs));
    line(scope, "}");
    for (int i = 0; i < outputs; i++) {
      edge(inner.prefix + "y" + i, node, "style=dotted, arrowhead=none");
    }
  }

  private void edges(Scope scope, List<Integer> operands, String node) {
    operands.forEach(operand -> edge(scope, operand, node));
  }

  private static List<String> numbered(String word, int count) {
    return IntStream.range(0, count).mapToObj(i -> count == 1 ? word : word + " " + i).toList();
  }

  private String node(Scope scope, String id, String label, String look, boolean dashed) {
    String name = scope.prefix + id;
    line(
        scope,
        name
            + " [label="
            + quoted(label)
            + (look.isEmpty() ? "" : ", " + look)
            + (dashed ? ", style=\"filled,dashed\"" : "")
            + "];");
    return name;
  }

  private void edge(Scope scope, int variable, String to) {
    String type = quoted(scope.places[variable] + scope.program.variables().get(variable));
    edge(
        scope.sources[variable],
        to,
        "label=" + type + (scope.dashed[variable] ? ", style=dashed" : ""));
  }

  private void edge(String from, String to, String attributes) {
    edges.append("  " + from + " -> " + to + " [" + attributes + "];\n");
  }

  private void line(Scope scope, String statement) {
    nodes.append(scope.indent).append(statement).append('\n');
  }

  /** A number as itself, everything else as that it was captured. */
  private static String captured(Tensor value) {
    if (!(value instanceof DenseTensor) || value.rank() != 0) {
      return "captured";
    }
    return switch (value.dtype()) {
      case FLOAT64 -> whole(Double.toString(value.toDouble()));
      case FLOAT32 -> whole(Float.toString((float) value.toDouble()));
      case INT32, INT64 -> Long.toString(value.toLongArray()[0]);
      case BOOL -> Boolean.toString(value.toDouble() != 0);
    };
  }

  private static String whole(String number) {
    return number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
  }

  private static String shortened(String parameters) {
    return parameters.codePointCount(0, parameters.length()) <= LONGEST_PARAMETERS
        ? parameters
        : parameters.substring(0, parameters.offsetByCodePoints(0, LONGEST_PARAMETERS - 1)) + "…";
  }

  /**
   * A string that Graphviz shows as it is: quotes end it, backslashes begin escapes of its own,
   * ampersands HTML entities, and of the control characters it knows only the end of a line.
   */
  static String quoted(String label) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : label.toCharArray()) {
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '&' -> quoted.append("&amp;");
        case '\n' -> quoted.append("\\n");
        default -> quoted.append(Character.isISOControl(c) ? '\ufffd' : c);
      }
    }
    return quoted.append('"').toString();
  }
}
