package dini.functional.catalogue;

import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;

import dini.core.DType;
import dini.core.Primitive;
import dini.core.Program;
import dini.core.Program.Equation;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.trace.Staging;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which primitives the law tests exercise, and how. Nothing is declared: each law takes the entries
 * that its test takes, records the functions that the test runs on them, and follows tangents,
 * cotangents and lanes through the equations of the recordings. Bodies of loops and branches do not
 * count.
 */
final class Coverage {

  /** A column of the matrix. */
  enum Law {
    VALUE("value", "equals an oracle (ValueTest)"),
    NARROW("f32", "in FLOAT32, near FLOAT64 (ValueTest)"),
    JVP("jvp", "its jvp rule, against differences (DerivativeTest, SecondOrderTest)"),
    TRANSPOSE(
        "transpose",
        "its transpose rule, by `<u, Jv> = <J'u, v>` and gradients of gradients (DerivativeTest,"
            + " SecondOrderTest)"),
    SECOND("second", "u'Hv by four pairs of modes (SecondOrderTest)"),
    BATCH_EACH("vmap, each", "each operand with lanes while another has none (BatchTest)"),
    BATCH_ALL("vmap, all", "all operands with lanes (BatchTest)"),
    JIT("jit", "compiled, the same bits in FLOAT64 (JitTest)"),
    JIT_NARROW("jit f32", "compiled, the same bits in FLOAT32 (JitTest)"),
    JIT_DERIVATIVE("jit grad", "compiled within derivatives in both precisions (JitTest)"),
    KERNELS("kernels", "the same bits by scalar kernels and vectors of any width (BitsTest)"),
    EMPTY("size 0", "an operand or result without elements"),
    RANK_0("rank 0", "an operand or result of rank 0"),
    ONE("size 1", "an operand with axes and one element"),
    ODD("tail", "an odd number of elements above 16: no multiple of any number of lanes");

    final String title;
    final String text;

    Law(String title, String text) {
      this.title = title;
      this.text = text;
    }
  }

  /** How a law reaches a primitive. */
  enum Reach {
    /** As part of an operation of the catalogue. */
    DIRECT,
    /** Only as part of the derivative of one. */
    DERIVATIVE
  }

  /** What is known of one primitive. */
  static final class Row {
    final Map<Law, Reach> reached = new EnumMap<>(Law.class);
    boolean floatingOperand;
    boolean floatingResult;
    boolean frozen;

    /** Whether a differentiable operation of the catalogue is this primitive and nothing else. */
    boolean alone;

    /** The subsets of operands that had lanes, by the number of operands. */
    private final Map<Integer, Map<Reach, Set<BitSet>>> lanes = new TreeMap<>();

    private void reach(Law law, Reach how) {
      reached.merge(law, how, (x, y) -> x == Reach.DIRECT ? x : y);
    }

    /** Operands that no recording gives lanes are constants of a body. */
    private void settleLanes() {
      lanes.values().forEach(each -> each.forEach(this::settleLanes));
    }

    private void settleLanes(Reach how, Set<BitSet> seen) {
      BitSet all = new BitSet();
      seen.forEach(all::or);
      if (seen.contains(all)) {
        reach(Law.BATCH_ALL, how);
      }
      if (all.stream()
          .allMatch(
              i ->
                  all.cardinality() == 1
                      || seen.stream().anyMatch(some -> some.get(i) && !some.equals(all)))) {
        reach(Law.BATCH_EACH, how);
      }
    }
  }

  private final Map<String, Row> rows = new TreeMap<>();

  /** Primitives whose derivative is zero by decree: tangents end there. */
  private final Set<String> frozen = new HashSet<>();

  private Coverage() {}

  static String nameOf(Primitive primitive) {
    return primitive instanceof Enum<?> constant
        ? constant.getDeclaringClass().getCanonicalName() + "." + constant.name()
        : primitive.getClass().getCanonicalName();
  }

  /** The rows by the names of the primitives. */
  static Map<String, Row> measure() {
    Coverage coverage = new Coverage();
    Catalogue.all().filter(entry -> entry.kind() == Entry.Kind.FROZEN).forEach(coverage::freeze);
    ValueTest.entries().forEach(coverage::values);
    JitTest.entries().forEach(coverage::compiled);
    Fingerprint.entries().forEach(coverage::kernels);
    DerivativeTest.entries().forEach(coverage::firstOrder);
    SecondOrderTest.entries().forEach(coverage::secondOrder);
    BatchTest.entries().forEach(coverage::lanes);
    BatchTest.differentiable().forEach(coverage::lanesOfDerivatives);
    JitTest.differentiable().forEach(coverage::compiledDerivatives);
    coverage.rows.values().forEach(Row::settleLanes);
    return coverage.rows;
  }

  // ---- recordings ----

  private static Program operation(Sample sample) {
    return Staging.stage(sample.entry().operation()::apply, Sample.types(sample.arguments()))
        .program();
  }

  /** The floating results as a function of the floating arguments. */
  private static Program function(Sample sample) {
    return Staging.stage(sample.function()::apply, Sample.types(sample.point())).program();
  }

  /** The tangent as a function of point and direction: linear in the second half. */
  private static Program pushforward(Sample sample, Function<Tensor[], Tensor[]> f) {
    Tensor[] x = sample.point();
    int n = x.length;
    List<TensorType> types = new ArrayList<>(Sample.types(x));
    types.addAll(Sample.types(x));
    return Staging.stage(
            both ->
                jvp(f, Arrays.copyOf(both, n), Arrays.copyOfRange(both, n, both.length)).tangent(),
            types)
        .program();
  }

  private static Program gradient(Sample sample) {
    return Staging.stage(x -> grad(sample.weighted(), x), Sample.types(sample.point())).program();
  }

  // ---- laws ----

  private Row row(Equation equation) {
    return rows.computeIfAbsent(nameOf(equation.primitive()), name -> new Row());
  }

  private void freeze(Entry entry) {
    Sample.each(entry, DType.FLOAT64, 91)
        .map(Coverage::operation)
        .filter(program -> program.equations().size() == 1)
        .map(program -> program.equations().getFirst())
        .forEach(
            equation -> {
              frozen.add(nameOf(equation.primitive()));
              row(equation).frozen = true;
            });
  }

  private void values(Entry entry) {
    Sample.eachAndLarge(entry, DType.FLOAT64, 91)
        .map(Coverage::operation)
        .forEach(
            program -> {
              everything(program, Law.VALUE, Reach.DIRECT);
              shapes(program, Reach.DIRECT);
            });
    Sample.eachAndLarge(entry, DType.FLOAT32, 91)
        .map(Coverage::operation)
        .forEach(program -> floats(program, Law.NARROW, Reach.DIRECT));
  }

  private void compiled(Entry entry) {
    Sample.eachAndLarge(entry, DType.FLOAT64, 91)
        .forEach(sample -> everything(operation(sample), Law.JIT, Reach.DIRECT));
    Sample.eachAndLarge(entry, DType.FLOAT32, 91)
        .forEach(sample -> floats(operation(sample), Law.JIT_NARROW, Reach.DIRECT));
  }

  private void kernels(Entry entry) {
    Sample.eachAndLarge(entry, DType.FLOAT64, 91)
        .forEach(sample -> everything(operation(sample), Law.KERNELS, Reach.DIRECT));
  }

  private void firstOrder(Entry entry) {
    Sample.each(entry, DType.FLOAT64, 91)
        .forEach(
            sample -> {
              Program function = function(sample);
              active(function, Law.JVP, Reach.DIRECT);
              if (function.equations().size() == 1) {
                row(function.equations().getFirst()).alone = true;
              }
              linear(pushforward(sample, sample.function()), Reach.DIRECT);
            });
  }

  private void secondOrder(Entry entry) {
    Sample.each(entry, DType.FLOAT64, 91)
        .forEach(
            sample -> {
              active(function(sample), Law.SECOND, Reach.DIRECT);
              Program tangent = pushforward(sample, sample.function());
              for (Program derivative : List.of(tangent, gradient(sample))) {
                active(derivative, Law.JVP, Reach.DERIVATIVE);
                active(derivative, Law.SECOND, Reach.DERIVATIVE);
              }
              linear(pushforward(sample, x -> grad(sample.weighted(), x)), Reach.DERIVATIVE);
            });
  }

  private void compiledDerivatives(Entry entry) {
    Sample.each(entry, DType.FLOAT64, 91)
        .forEach(
            sample -> {
              active(function(sample), Law.JIT_DERIVATIVE, Reach.DIRECT);
              Program gradient = gradient(sample);
              for (Law law : List.of(Law.VALUE, Law.JIT, Law.JIT_DERIVATIVE, Law.KERNELS)) {
                everything(gradient, law, Reach.DERIVATIVE);
              }
              shapes(gradient, Reach.DERIVATIVE);
            });
    Sample.each(entry, DType.FLOAT32, 91)
        .forEach(
            sample -> {
              for (Law law : List.of(Law.NARROW, Law.JIT_NARROW)) {
                floats(gradient(sample), law, Reach.DERIVATIVE);
              }
            });
  }

  private void lanes(Entry entry) {
    Sample.each(entry, DType.FLOAT64, 91).forEach(sample -> lanes(operation(sample), Reach.DIRECT));
  }

  private void lanesOfDerivatives(Entry entry) {
    Sample.each(entry, DType.FLOAT64, 91)
        .forEach(sample -> lanes(gradient(sample), Reach.DERIVATIVE));
  }

  // ---- what a recording shows ----

  private void everything(Program program, Law law, Reach how) {
    for (Equation equation : program.equations()) {
      Row row = row(equation);
      row.reach(law, how);
      row.floatingOperand |= any(program, equation.operands(), Coverage::isFloating);
      row.floatingResult |= any(program, equation.results(), Coverage::isFloating);
    }
  }

  private void floats(Program program, Law law, Reach how) {
    for (Equation equation : program.equations()) {
      if (any(program, equation.operands(), type -> type.dtype() == DType.FLOAT32)
          || any(program, equation.results(), type -> type.dtype() == DType.FLOAT32)) {
        row(equation).reach(law, how);
      }
    }
  }

  private void shapes(Program program, Reach how) {
    for (Equation equation : program.equations()) {
      Row row = row(equation);
      List<Integer> all =
          Stream.concat(equation.operands().stream(), equation.results().stream()).toList();
      if (any(program, all, type -> type.shape().size() == 0)) {
        row.reach(Law.EMPTY, how);
      }
      if (any(program, all, type -> type.shape().rank() == 0)) {
        row.reach(Law.RANK_0, how);
      }
      if (any(program, all, type -> type.shape().rank() > 0 && type.shape().size() == 1)) {
        row.reach(Law.ONE, how);
      }
      if (any(program, all, type -> type.shape().size() > 16 && type.shape().size() % 2 == 1)) {
        row.reach(Law.ODD, how);
      }
    }
  }

  /** Equations through which tangents of the inputs flow. */
  private void active(Program program, Law law, Reach how) {
    BitSet moving = inputs(program, 0, -1);
    for (Equation equation : program.equations()) {
      boolean reached =
          equation.operands().stream().anyMatch(moving::get)
              && any(program, equation.results(), Coverage::isFloating);
      if (reached) {
        row(equation).reach(law, how);
        if (!frozen.contains(nameOf(equation.primitive()))) {
          equation.results().stream()
              .filter(result -> isFloating(program.variables().get(result)))
              .forEach(moving::set);
        }
      }
    }
  }

  /** Equations on the way from the direction to the results: those are what is transposed. */
  private void linear(Program pushforward, Reach how) {
    BitSet moving = inputs(pushforward, pushforward.inputCount() / 2, -1);
    List<Equation> tangents = new ArrayList<>();
    for (Equation equation : pushforward.equations()) {
      if (equation.operands().stream().anyMatch(moving::get)) {
        tangents.add(equation);
        equation.results().forEach(moving::set);
      }
    }
    BitSet asked = new BitSet();
    pushforward.outputs().forEach(asked::set);
    for (Equation equation : tangents.reversed()) {
      if (equation.results().stream().anyMatch(asked::get)) {
        equation.operands().forEach(asked::set);
        row(equation).reach(Law.TRANSPOSE, how);
      }
    }
  }

  /** Which operands have lanes, for every subset of inputs that has. */
  private void lanes(Program program, Reach how) {
    for (int mask = 1; mask < 1 << program.inputCount(); mask++) {
      BitSet mapped = inputs(program, 0, mask);
      for (Equation equation : program.equations()) {
        BitSet operands = new BitSet();
        IntStream.range(0, equation.operands().size())
            .filter(i -> mapped.get(equation.operands().get(i)))
            .forEach(operands::set);
        if (!operands.isEmpty()) {
          row(equation)
              .lanes
              .computeIfAbsent(equation.operands().size(), arity -> new EnumMap<>(Reach.class))
              .computeIfAbsent(how, each -> new HashSet<>())
              .add(operands);
          equation.results().forEach(mapped::set);
        }
      }
    }
  }

  /** The inputs from a number on whose bit is set in a mask. */
  private static BitSet inputs(Program program, int from, int mask) {
    BitSet chosen = new BitSet();
    for (int i = from; i < program.inputCount(); i++) {
      chosen.set(program.constantCount() + i, (mask >>> i & 1) != 0);
    }
    return chosen;
  }

  private static boolean isFloating(TensorType type) {
    return type.dtype().isFloating();
  }

  private static boolean any(
      Program program, List<Integer> variables, Predicate<TensorType> condition) {
    return variables.stream().map(program.variables()::get).anyMatch(condition);
  }
}
