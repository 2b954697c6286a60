package dini.functional.primitive;

import dini.core.Primitive;
import dini.core.Program;
import dini.core.Program.Equation;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Joint;
import dini.core.primitive.Linear;
import dini.core.trace.Batching;
import dini.core.trace.Bind;
import dini.core.trace.Closed;
import dini.core.trace.Differentiation;
import dini.core.trace.Differentiation.Duals;
import dini.core.trace.Differentiation.Linearized;
import dini.core.trace.Leaves;
import dini.core.trace.Runner;
import dini.core.trace.StageTracer;
import dini.core.trace.Staging;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A program whose reverse mode keeps its operands, and the results of some of its operations; what
 * else the derivative needs, it computes again. The operands are what the program captured, and its
 * inputs.
 *
 * @param body the program
 * @param saved the operations whose results are kept
 */
public record Recomputed(Body body, Predicate<Primitive> saved) implements Joint {

  private Recomputed(Program program, Predicate<Primitive> saved) {
    this(new Body(program), saved);
  }

  private Program program() {
    return body.program();
  }

  /** The results of a recorded function. */
  public static Tensor[] of(Closed closed, Predicate<Primitive> saved, Tensor[] inputs) {
    return new Recomputed(closed.program(), saved).bind(closed.constants(), inputs);
  }

  private Tensor[] bind(Tensor[]... operands) {
    return Bind.bindAll(this, Region.join(operands));
  }

  @Override
  public String label() {
    return "checkpoint";
  }

  @Override
  public SequencedMap<String, Program> bodies() {
    return new TreeMap<>(Map.of("body", program()));
  }

  private Region region() {
    return new Region(program());
  }

  @Override
  public TensorType[] types(TensorType[] arguments) {
    if (!region().parameterTypes().equals(List.of(arguments))) {
      throw new ShapeException(
          "checkpoint: expected " + region().parameterTypes() + ", got " + List.of(arguments));
    }
    return program().outputTypes().toArray(TensorType[]::new);
  }

  @Override
  public DenseTensor[] evaluate(DenseTensor[] arguments) {
    types(Bind.types(arguments));
    int captured = program().constantCount();
    // not compiled: arrays that wait for the next run are what a checkpoint is there to save
    return body.computed(
        "checkpoint",
        Arrays.copyOf(arguments, captured),
        Arrays.copyOfRange(arguments, captured, arguments.length));
  }

  // ---- derivatives ----

  @Override
  public Duals both(Tensor[] primals, Tensor[] tangents) {
    boolean[] moving = new boolean[tangents.length];
    for (int i = 0; i < moving.length; i++) {
      moving[i] = tangents[i] != null;
    }
    return Arrays.stream(tangents).anyMatch(Linear::is)
        ? linearized(primals, tangents, moving)
        : forward(primals, tangents, moving);
  }

  private Duals forward(Tensor[] primals, Tensor[] tangents, boolean[] moving) {
    Leaves f = region().function();
    boolean[] moved = new boolean[program().outputs().size()];
    List<TensorType> types = new ArrayList<>(region().parameterTypes());
    types.addAll(List.of(Bind.types(Region.marked(tangents, moving))));
    Closed closed =
        Staging.stage(
            all -> {
              Cursor in = new Cursor(all);
              Duals duals = Differentiation.jvp(f, in.take(moving.length), in.spread(moving));
              for (int i = 0; i < moved.length; i++) {
                moved[i] = duals.tangents()[i] != null;
              }
              return Region.join(duals.values(), Region.marked(duals.tangents(), moved));
            },
            types);
    Cursor out =
        new Cursor(of(closed, saved, Region.join(primals, Region.marked(tangents, moving))));
    return new Duals(out.take(moved.length), out.spread(moved));
  }

  private Duals linearized(Tensor[] primals, Tensor[] tangents, boolean[] moving) {
    Leaves f = region().function();
    Closed[] linear = new Closed[1];
    boolean[] moved = new boolean[program().outputs().size()];
    Closed known =
        Staging.stage(
            all -> {
              Linearized both =
                  Differentiation.linearize(
                      parts -> f.apply(Region.merged(all, parts, moving)),
                      Region.marked(all, moving));
              for (int i = 0; i < moved.length; i++) {
                moved[i] = !both.recording().isZero(i);
              }
              linear[0] =
                  both.recording().freeze(program().outputTypes().toArray(TensorType[]::new));
              return Region.join(both.values(), stagedAmong(linear[0].constants()));
            },
            region().parameterTypes());
    Region values = new Region(known.program());
    int[] parameters = new int[values.parameterCount()];
    Arrays.setAll(parameters, i -> i);
    int[] kept = keptOf(known.program());
    Uses uses = Uses.of(linear[0].program());
    Closed tangent = tangentProgram(values, parameters, kept, linear[0], uses, moved);
    Region region = new Region(tangent.program());
    boolean[] used = new Region(region.pruned()).used();

    int keptFrom = tangent.program().constantCount() + parameters.length;
    List<Integer> outputs = new ArrayList<>(known.program().outputs().subList(0, moved.length));
    for (int i = 0; i < kept.length; i++) {
      if (used[keptFrom + i]) {
        outputs.add(kept[i]);
      }
    }
    Program primal = values.part(parameters, known.program().constantCount(), outputs);
    Tensor[] operands = Region.join(known.constants(), primals);
    Cursor out = new Cursor(new Recomputed(primal, saved).bind(operands));
    Tensor[] results = out.take(moved.length);
    Tensor[] moving_ = Region.marked(tangents, moving);
    Tensor[] keptValues = out.spread(Arrays.copyOfRange(used, keptFrom, keptFrom + kept.length));
    Tensor[] all = Region.join(tangent.constants(), operands, keptValues, uses.of(moving_));
    return new Duals(results, new Cursor(ofUsed(region, used, uses.count(), all)).spread(moved));
  }

  private static Tensor[] stagedAmong(Tensor[] tensors) {
    return Arrays.stream(tensors).filter(x -> x instanceof StageTracer).toArray(Tensor[]::new);
  }

  /** The variables that are results of operations that are saved. */
  private int[] keptOf(Program values) {
    List<Integer> kept = new ArrayList<>();
    for (Equation equation : values.equations()) {
      if (saved.test(equation.primitive())) {
        kept.addAll(equation.results());
      }
    }
    return kept.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The tangents of the results from parameters, kept values, and uses of tangents. */
  private static Closed tangentProgram(
      Region values, int[] parameters, int[] kept, Closed linear, Uses uses, boolean[] moved) {
    int[] given = Arrays.copyOf(parameters, parameters.length + kept.length);
    System.arraycopy(kept, 0, given, parameters.length, kept.length);
    List<Integer> all = values.program().outputs();
    Leaves residuals =
        new Region(values.part(given, given.length, all.subList(moved.length, all.size())))
            .function();
    Runner runner = new Runner(uses.program());
    List<TensorType> types = new ArrayList<>();
    for (int variable : given) {
      types.add(values.program().variables().get(variable));
    }
    types.addAll(uses.program().inputTypes());
    return Staging.stage(
        operands -> {
          Cursor in = new Cursor(operands);
          Tensor[] found = residuals.apply(in.take(given.length));
          Tensor[] constants = linear.constants();
          for (int i = 0, at = 0; i < constants.length; i++) {
            constants[i] = constants[i] instanceof StageTracer ? found[at++] : constants[i];
          }
          return Region.marked(runner.apply(constants, in.rest()), moved);
        },
        types);
  }

  /** The results of a program of whose operands only those that it uses are held on to. */
  private static Tensor[] ofUsed(Region region, boolean[] used, int inputs, Tensor[] operands) {
    List<Integer> order = new ArrayList<>();
    List<Tensor> needed = new ArrayList<>();
    int inputsFrom = used.length - inputs;
    int captured = 0;
    for (int i = 0; i < used.length; i++) {
      if (used[i] || i >= inputsFrom) {
        order.add(i);
        needed.add(operands[i]);
        captured += i < inputsFrom ? 1 : 0;
      }
    }
    int[] parameters = order.stream().mapToInt(Integer::intValue).toArray();
    Program program = region.part(parameters, captured, region.program().outputs());
    return new Recomputed(program, _ -> false).bind(needed.toArray(Tensor[]::new));
  }

  /**
   * A linear program that takes each use of an input as an input of its own, the last use first: so
   * the transpose gives their cotangents one by one, and who adds them up does so in the order in
   * which it would without this program in between. Sums have the same bits then.
   *
   * @param program the program
   * @param inputs the input that each is a use of
   */
  private record Uses(Program program, List<Integer> inputs) {

    static Uses of(Program linear) {
      int first = linear.constantCount();
      int last = first + linear.inputCount();
      List<TensorType> added = new ArrayList<>();
      List<Integer> inputs = new ArrayList<>();
      List<Equation> equations = new ArrayList<>();
      // outputs come first: it is from them that cotangents start
      List<Integer> outputs = new ArrayList<>();
      for (int output : linear.outputs()) {
        outputs.add(use(output, first, last, linear, inputs, added));
      }
      for (Equation equation : linear.equations().reversed()) {
        List<Integer> operands = new ArrayList<>();
        for (int operand : equation.operands()) {
          operands.add(use(operand, first, last, linear, inputs, added));
        }
        equations.add(equation.on(operands));
      }
      Collections.reverse(equations);
      return renumbered(linear, first, last, outputs, equations, added, inputs);
    }

    /** A negative number for a use of an input; other variables as they are. */
    private static int use(
        int variable,
        int first,
        int last,
        Program linear,
        List<Integer> inputs,
        List<TensorType> added) {
      if (variable < first || variable >= last) {
        return variable;
      }
      inputs.add(variable - first);
      added.add(linear.variables().get(variable));
      return -inputs.size();
    }

    private static Uses renumbered(
        Program linear,
        int first,
        int last,
        List<Integer> outputs,
        List<Equation> equations,
        List<TensorType> added,
        List<Integer> inputs) {
      int shift = added.size() - (last - first);
      List<TensorType> types = new ArrayList<>(linear.variables().subList(0, first));
      types.addAll(added);
      types.addAll(linear.variables().subList(last, linear.variables().size()));
      List<Equation> moved = new ArrayList<>();
      for (Equation equation : equations) {
        moved.add(
            new Equation(
                equation.primitive(),
                renumbered(equation.operands(), first, shift),
                renumbered(equation.results(), first, shift)));
      }
      return new Uses(
          new Program(types, first, added.size(), moved, renumbered(outputs, first, shift)),
          List.copyOf(inputs));
    }

    private static List<Integer> renumbered(List<Integer> variables, int first, int shift) {
      return variables.stream()
          .map(v -> v < 0 ? first - v - 1 : v < first ? v : v + shift)
          .toList();
    }

    int count() {
      return inputs.size();
    }

    /** A tensor for each use. */
    Tensor[] of(Tensor[] tensors) {
      return inputs.stream().map(input -> tensors[input]).toArray(Tensor[]::new);
    }
  }

  @Override
  public Tensor[] transpose(Tensor[] cotangents, Tensor[] operands) {
    boolean[] linear = new boolean[operands.length];
    for (int i = 0; i < linear.length; i++) {
      linear[i] = Linear.is(operands[i]);
    }
    boolean[] given = new boolean[cotangents.length];
    for (int i = 0; i < given.length; i++) {
      given[i] = cotangents[i] != null;
    }
    int[] order = new int[operands.length];
    int at = 0;
    for (boolean first : new boolean[] {false, true}) {
      for (int i = 0; i < order.length; i++) {
        if (linear[i] == first) {
          order[at++] = i;
        }
      }
    }
    int known = operands.length - Region.count(linear);
    Program arranged = region().part(order, known, program().outputs());
    Runner runner = new Runner(arranged);
    boolean[] reached = new boolean[arranged.inputCount()];
    List<TensorType> types = new ArrayList<>(arranged.variables().subList(0, known));
    types.addAll(List.of(Bind.types(Region.marked(cotangents, given))));
    Closed back =
        Staging.stage(
            all -> {
              Cursor in = new Cursor(all);
              Tensor[] found = runner.transpose(in.take(known), in.spread(given));
              for (int i = 0; i < found.length; i++) {
                reached[i] = found[i] != null;
              }
              return Region.marked(found, reached);
            },
            types);
    Tensor[] results =
        of(
            back,
            saved,
            Region.join(
                Region.marked(operands, Region.not(linear)), Region.marked(cotangents, given)));
    return new Cursor(new Cursor(results).spread(reached)).spread(linear);
  }

  // ---- lanes ----

  @Override
  public Tensor[] batch(int size, Tensor[] arguments, boolean[] batched) {
    Leaves f = region().function();
    boolean[] lanes = region().reachedOutputs(batched);
    Closed mapped =
        Staging.stage(
            all -> Batching.map(f, size, all, batched, Region.not(lanes)),
            ScanLoop.withLanes(region().parameterTypes(), size, batched));
    Tensor[] results = of(mapped, saved, arguments);
    for (int i = 0; i < results.length; i++) {
      results[i] =
          lanes[i]
              ? results[i]
              : Shapes.broadcastTo(results[i], results[i].shape().insert(0, size));
    }
    return results;
  }
}
