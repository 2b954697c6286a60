package dini.core.compile;

import dini.core.Primitive;
import dini.core.Program;
import dini.core.Program.Equation;
import dini.core.Shape;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.Broadcast;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Binary;
import dini.core.primitive.BroadcastTo;
import dini.core.primitive.Convert;
import dini.core.primitive.Embed;
import dini.core.primitive.Pointwise;
import dini.core.primitive.Reshape;
import dini.core.primitive.Shift;
import dini.core.primitive.Slice;
import dini.core.primitive.StopGradient;
import dini.core.trace.Call;
import dini.core.trace.Closed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Removes from a program what it can do without: equations whose results nobody uses, equations
 * that say what an earlier one says, captured values that are equal, and operations that change
 * nothing. The results keep their bits.
 */
public final class Simplifier {
  /** Captured values up to this size are compared with each other. */
  private static final int COMPARED = 16;

  private final Program program;
  private final Tensor[] constants;

  /** Whether the result will only be run, and never differentiated. */
  private final boolean forValues;

  /** For each variable, the one that stands for it. */
  private final int[] same;

  private final Map<Said, List<Integer>> said = new HashMap<>();
  private final Equation[] definition;
  private final List<Equation> kept = new ArrayList<>();

  /**
   * What an equation says; two that say the same have the same results. The methods that the
   * compiler would derive, and those of primitives, start machinery of the JDK, 20 ms in all, so
   * the first program is compiled without.
   */
  private record Said(Primitive primitive, List<Integer> operands) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Said that
          && operands.equals(that.operands)
          && primitive.equals(that.primitive);
    }

    @Override
    public int hashCode() {
      return 31 * primitive.label().hashCode() + operands.hashCode();
    }
  }

  private Simplifier(Closed closed, boolean forValues) {
    this.program = closed.program();
    this.constants = closed.constants();
    this.forValues = forValues;
    this.same = new int[program.variables().size()];
    this.definition = new Equation[same.length];
    Arrays.setAll(same, i -> i);
  }

  /** The program without what it does not need, with the same values and derivatives. */
  public static Closed simplify(Closed closed) {
    return new Simplifier(closed, false).simplified();
  }

  /** As {@link #simplify}, for a program that is only run: derivatives may change. */
  static Closed forValues(Closed closed) {
    return new Simplifier(Inliner.inlined(closed), true).simplified();
  }

  private Closed simplified() {
    mergeConstants();
    for (Equation equation : program.equations()) {
      Equation substituted =
          equation.on(equation.operands().stream().map(operand -> same[operand]).toList());
      if (forValues) {
        add(reshapedOnce(shifted(withoutBroadcasts(substituted))));
      } else {
        add(substituted);
      }
    }
    return renumbered(needed());
  }

  private void add(Equation equation) {
    int standIn = standIn(equation);
    if (standIn >= 0) {
      same[equation.results().getFirst()] = standIn;
    } else {
      keep(equation);
    }
  }

  private void mergeConstants() {
    Map<Tensor, Integer> seen = new HashMap<>();
    for (int i = 0; i < constants.length; i++) {
      if (constants[i] instanceof DenseTensor dense && dense.shape().size() <= COMPARED) {
        Integer first = seen.putIfAbsent(dense, i);
        same[i] = first == null ? i : first;
      }
    }
  }

  private void keep(Equation equation) {
    if (!(equation.primitive() instanceof Call)) {
      List<Integer> before =
          said.putIfAbsent(
              new Said(equation.primitive(), inAnyOrder(equation)), equation.results());
      if (before != null) {
        for (int i = 0; i < before.size(); i++) {
          same[equation.results().get(i)] = before.get(i);
        }
        return;
      }
    }
    for (int result : equation.results()) {
      definition[result] = equation;
    }
    kept.add(equation);
  }

  /** The operands; sorted, where values alone count and their order changes none. */
  private List<Integer> inAnyOrder(Equation equation) {
    boolean commutes = equation.primitive() == Binary.ADD || equation.primitive() == Binary.MUL;
    return forValues && commutes
        ? equation.operands().stream().sorted().toList()
        : equation.operands();
  }

  private TensorType type(int variable) {
    return program.variables().get(variable);
  }

  /** The operand that has the bits of the result, or -1. */
  private int standIn(Equation equation) {
    int first = equation.operands().isEmpty() ? -1 : equation.operands().getFirst();
    TensorType result = type(equation.results().getFirst());
    return switch (equation.primitive()) {
      case Reshape _, BroadcastTo _, Convert _ -> result.equals(type(first)) ? first : -1;
      case StopGradient _ -> forValues ? first : -1;
      case Binary binary when binary == Binary.MUL -> {
        int second = equation.operands().get(1);
        yield isOne(second) && result.equals(type(first))
            ? first
            : isOne(first) && result.equals(type(second)) ? second : -1;
      }
      default -> -1;
    };
  }

  private boolean isOne(int variable) {
    return variable < constants.length
        && constants[variable] instanceof DenseTensor dense
        && dense.shape().size() == 1
        && switch (dense.data()) {
          case double[] x -> x[0] == 1;
          case float[] x -> x[0] == 1;
          case int[] x -> x[0] == 1;
          case long[] x -> x[0] == 1;
          default -> false;
        };
  }

  /** Elementwise primitives broadcast for themselves, which saves the larger tensor. */
  private Equation withoutBroadcasts(Equation equation) {
    if (!(equation.primitive() instanceof Pointwise)) {
      return equation;
    }
    List<Integer> operands = new ArrayList<>(equation.operands());
    Shape shape = type(equation.results().getFirst()).shape();
    for (int i = 0; i < operands.size(); i++) {
      Equation source = definition[operands.get(i)];
      if (source != null && source.primitive() instanceof BroadcastTo) {
        int before = operands.set(i, source.operands().getFirst());
        if (!broadcast(operands).equals(shape)) {
          operands.set(i, before);
        }
      }
    }
    return equation.on(operands);
  }

  /** Padding, and slices of what is padded, become shifts: the padded tensor need not be made. */
  private Equation shifted(Equation equation) {
    return switch (equation.primitive()) {
      case Embed embed when embed.step().isAll(1) && embed.shape().rank() > 0 ->
          replaced(
              equation, new Shift(embed.start().negated(), embed.shape()), equation.operands());
      case Slice slice when slice.step().isAll(1) -> {
        Equation source = definition[equation.operands().getFirst()];
        yield source != null && source.primitive() instanceof Shift shift
            ? replaced(
                equation,
                new Shift(shift.start().plus(slice.start()), slice.shape()),
                source.operands())
            : equation;
      }
      default -> equation;
    };
  }

  private static Equation replaced(Equation equation, Primitive primitive, List<Integer> operands) {
    return new Equation(primitive, operands, equation.results(), equation.source());
  }

  /** A reshape of what is reshaped already skips the first one. */
  private Equation reshapedOnce(Equation equation) {
    if (equation.primitive() instanceof Reshape) {
      Equation source = definition[equation.operands().getFirst()];
      if (source != null && source.primitive() instanceof Reshape) {
        return equation.on(source.operands());
      }
    }
    return equation;
  }

  private Shape broadcast(List<Integer> operands) {
    Shape shape = Shape.SCALAR;
    for (int operand : operands) {
      shape = Broadcast.shape("broadcast", shape, type(operand).shape());
    }
    return shape;
  }

  private boolean[] needed() {
    boolean[] needed = new boolean[same.length];
    for (int output : program.outputs()) {
      needed[same[output]] = true;
    }
    for (int i = kept.size() - 1; i >= 0; i--) {
      if (kept.get(i).results().stream().anyMatch(result -> needed[result])) {
        kept.get(i).operands().forEach(operand -> needed[operand] = true);
      }
    }
    return needed;
  }

  private Closed renumbered(boolean[] needed) {
    int[] number = new int[same.length];
    List<TensorType> types = new ArrayList<>();
    List<Tensor> captured = new ArrayList<>();
    for (int i = 0; i < constants.length; i++) {
      if (needed[i]) {
        number[i] = define(types, i);
        captured.add(constants[i]);
      }
    }
    for (int i = 0; i < program.inputCount(); i++) {
      number[constants.length + i] = define(types, constants.length + i);
    }
    List<Equation> equations = new ArrayList<>();
    for (Equation equation : kept) {
      if (equation.results().stream().anyMatch(result -> needed[result])) {
        List<Integer> operands = equation.operands().stream().map(i -> number[i]).toList();
        equation.results().forEach(result -> number[result] = define(types, result));
        equations.add(
            equation
                .on(operands)
                .defining(equation.results().stream().map(i -> number[i]).toList()));
      }
    }
    List<Integer> outputs = program.outputs().stream().map(i -> number[same[i]]).toList();
    return Closed.of(
        new Program(types, captured.size(), program.inputCount(), equations, outputs), captured);
  }

  private int define(List<TensorType> types, int variable) {
    types.add(type(variable));
    return types.size() - 1;
  }
}
