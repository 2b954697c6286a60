package dini.functional.primitive;

import dini.core.Comparisons;
import dini.core.DType;
import dini.core.DTypeException;
import dini.core.IndexException;
import dini.core.Program;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Linear;
import dini.core.primitive.Rules;
import dini.core.trace.Batching;
import dini.core.trace.Bind;
import dini.core.trace.Closed;
import dini.core.trace.Differentiation;
import dini.core.trace.Differentiation.Duals;
import dini.core.trace.Leaves;
import dini.core.trace.Runner;
import dini.core.trace.Staging;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.IntFunction;

/**
 * One of several programs on the same inputs. The operands are the index of the branch, what each
 * branch captured, branch after branch, and the inputs. An index of BOOL chooses between two: the
 * first if it is false.
 *
 * @param choices programs that take inputs of the same types to outputs of the same types
 */
public record Choice(List<Body> choices) implements Rules {

  /** Copies the list. */
  public Choice {
    choices = List.copyOf(choices);
    List<Program> branches = choices.stream().map(Body::program).toList();
    for (Program branch : branches) {
      if (!branch.inputTypes().equals(branches.getFirst().inputTypes())
          || !branch.outputTypes().equals(branches.getFirst().outputTypes())) {
        throw new AssertionError(branches);
      }
    }
  }

  private static Choice between(List<Program> branches) {
    return new Choice(branches.stream().map(Body::new).toList());
  }

  private List<Program> branches() {
    return choices.stream().map(Body::program).toList();
  }

  private Program branch(int number) {
    return choices.get(number).program();
  }

  /** The results of the branch that an index says; callers have brought the index into range. */
  public static Tensor[] of(Tensor index, List<Closed> branches, Tensor[] inputs) {
    List<Tensor> operands = new ArrayList<>();
    operands.add(index);
    branches.forEach(branch -> operands.addAll(List.of(branch.constants())));
    operands.addAll(List.of(inputs));
    Choice choice = between(branches.stream().map(Closed::program).toList());
    return Bind.bindAll(choice, operands.toArray(Tensor[]::new));
  }

  @Override
  public String label() {
    return "cond";
  }

  @Override
  public SequencedMap<String, Program> bodies() {
    SequencedMap<String, Program> bodies = new LinkedHashMap<>();
    for (int i = 0; i < choices.size(); i++) {
      bodies.put("branch " + i, branch(i));
    }
    return bodies;
  }

  private int inputCount() {
    return branch(0).inputCount();
  }

  /** Where the captured values of a branch begin among the operands. */
  private int start(int branch) {
    int start = 1;
    for (Program before : branches().subList(0, branch)) {
      start += before.constantCount();
    }
    return start;
  }

  /** What a branch captured, of an array of operands. */
  private Tensor[] captured(int branch, Tensor[] operands) {
    int start = start(branch);
    return Arrays.copyOfRange(operands, start, start + branch(branch).constantCount());
  }

  private Tensor[] inputs(Tensor[] operands) {
    return Arrays.copyOfRange(operands, operands.length - inputCount(), operands.length);
  }

  /** All parameters of a branch, of an array of operands. */
  private Tensor[] parameters(int branch, Tensor[] operands) {
    return Region.join(captured(branch, operands), inputs(operands));
  }

  private boolean[] captured(int branch, boolean[] marks) {
    int start = start(branch);
    return Arrays.copyOfRange(marks, start, start + branch(branch).constantCount());
  }

  private boolean[] inputs(boolean[] marks) {
    return Arrays.copyOfRange(marks, marks.length - inputCount(), marks.length);
  }

  private boolean[] parameters(int branch, boolean[] marks) {
    boolean[] captured = captured(branch, marks);
    boolean[] all = Arrays.copyOf(captured, captured.length + inputCount());
    System.arraycopy(inputs(marks), 0, all, captured.length, inputCount());
    return all;
  }

  private Region region(int branch) {
    return new Region(branch(branch));
  }

  private Tensor[] bind(Tensor index, IntFunction<Tensor[]> captured, Tensor[]... inputs) {
    List<Tensor> operands = new ArrayList<>();
    operands.add(index);
    for (int i = 0; i < choices.size(); i++) {
      operands.addAll(List.of(captured.apply(i)));
    }
    operands.addAll(List.of(Region.join(inputs)));
    return Bind.bindAll(this, operands.toArray(Tensor[]::new));
  }

  @Override
  public TensorType[] types(TensorType[] arguments) {
    TensorType index = arguments[0];
    boolean two = index.dtype() == DType.BOOL;
    if (index.dtype().isFloating() || two && choices.size() != 2) {
      throw new DTypeException(
          "cond: " + index + " cannot choose one of " + choices.size() + " branches");
    }
    if (index.shape().rank() != 0) {
      throw new ShapeException("cond: expected a scalar to choose by, got " + index);
    }
    List<TensorType> expected = new ArrayList<>();
    branches()
        .forEach(branch -> expected.addAll(branch.variables().subList(0, branch.constantCount())));
    expected.addAll(branch(0).inputTypes());
    List<TensorType> given = List.of(arguments).subList(1, arguments.length);
    if (!expected.equals(given)) {
      throw new ShapeException("cond: expected " + expected + ", got " + given);
    }
    return branch(0).outputTypes().toArray(TensorType[]::new);
  }

  @Override
  public DenseTensor[] evaluate(DenseTensor[] arguments) {
    types(Bind.types(arguments));
    long index = Shapes.astype(arguments[0], DType.INT64).toLongArray()[0];
    if (index < 0 || index >= choices.size()) {
      throw new IndexException("cond: no branch " + index + " of " + choices.size());
    }
    int chosen = (int) index;
    DenseTensor[] inputs =
        Arrays.copyOfRange(arguments, arguments.length - inputCount(), arguments.length);
    int start = start(chosen);
    DenseTensor[] captured =
        Arrays.copyOfRange(arguments, start, start + branch(chosen).constantCount());
    return choices.get(chosen).once("cond", captured, inputs);
  }

  // ---- derivatives ----

  /** The tangents by a choice of the branches' derivatives, which compute again what they need. */
  @Override
  public Tensor[] jvp(Tensor[] primals, Tensor[] results, Tensor[] tangents) {
    boolean[] moving = new boolean[tangents.length];
    for (int i = 0; i < moving.length; i++) {
      moving[i] = tangents[i] != null;
    }
    boolean linear = Arrays.stream(tangents).anyMatch(Linear::is);
    // all of them, whatever the branches do: so it is where one branch is known
    boolean[] moved = new boolean[results.length];
    for (int k = 0; k < moved.length; k++) {
      moved[k] = results[k].dtype().isFloating();
    }
    List<Program> derivatives = new ArrayList<>();
    List<Tensor[]> captured = new ArrayList<>();
    for (int i = 0; i < choices.size(); i++) {
      Closed derivative = derivative(i, linear, moving, moved);
      int count =
          derivative.program().constantCount()
              + branch(i).constantCount()
              + Region.count(captured(i, moving));
      derivatives.add(new Region(new Region(derivative.program()).capturing(count)).pruned());
      captured.add(
          Region.join(
              derivative.constants(),
              captured(i, primals),
              Region.marked(captured(i, tangents), captured(i, moving))));
    }
    Tensor[] outputs =
        between(derivatives)
            .bind(
                primals[0],
                captured::get,
                inputs(primals),
                Region.marked(inputs(tangents), inputs(moving)));
    return new Cursor(outputs).spread(moved);
  }

  /**
   * The tangents of a branch as a program of what it captured, the tangents of that, its inputs,
   * and their tangents.
   */
  private Closed derivative(int branch, boolean linear, boolean[] moving, boolean[] moved) {
    Program program = branch(branch);
    Leaves f = region(branch).function();
    boolean[] movingCaptured = captured(branch, moving);
    boolean[] movingInputs = inputs(moving);
    boolean[] movingParameters = parameters(branch, moving);
    List<TensorType> types = new ArrayList<>();
    addTypes(types, program.variables().subList(0, program.constantCount()), movingCaptured);
    addTypes(types, program.inputTypes(), movingInputs);
    return Staging.stage(
        all -> {
          Cursor in = new Cursor(all);
          Tensor[] constants = in.take(program.constantCount());
          Tensor[] constantTangents = in.take(Region.count(movingCaptured));
          Tensor[] inputs = in.take(program.inputCount());
          Tensor[] parameters = Region.join(constants, inputs);
          Tensor[] tangents = Region.join(constantTangents, in.rest());
          return Region.marked(
              linear
                  ? linearized(f, program, parameters, movingParameters, tangents)
                  : forward(f, parameters, movingParameters, tangents),
              moved);
        },
        types);
  }

  /** By a linear program, which can be transposed. */
  private static Tensor[] linearized(
      Leaves f, Program program, Tensor[] parameters, boolean[] moving, Tensor[] tangents) {
    return Differentiation.linearize(
            parts -> f.apply(Region.merged(parameters, parts, moving)),
            Region.marked(parameters, moving))
        .recording()
        .freeze(program.outputTypes().toArray(TensorType[]::new))
        .apply(tangents);
  }

  /** By the rules of forward mode, which there are of more operations. */
  private static Tensor[] forward(
      Leaves f, Tensor[] parameters, boolean[] moving, Tensor[] tangents) {
    Duals duals = Differentiation.jvp(f, parameters, new Cursor(tangents).spread(moving));
    Tensor[] filled = duals.tangents().clone();
    for (int i = 0; i < filled.length; i++) {
      filled[i] = filled[i] == null ? Tensors.zerosLike(duals.values()[i]) : filled[i];
    }
    return filled;
  }

  private static void addTypes(List<TensorType> types, List<TensorType> values, boolean[] moving) {
    types.addAll(values);
    for (int i = 0; i < moving.length; i++) {
      if (moving[i]) {
        types.add(values.get(i));
      }
    }
  }

  @Override
  public Tensor[] transpose(Tensor[] cotangents, Tensor[] operands) {
    boolean[] linear = new boolean[operands.length];
    boolean[] given = new boolean[cotangents.length];
    for (int i = 0; i < linear.length; i++) {
      linear[i] = Linear.is(operands[i]);
    }
    if (linear[0]) {
      throw Linear.notLinear(this, 0);
    }
    for (int i = 0; i < given.length; i++) {
      given[i] = cotangents[i] != null;
    }
    List<Program> transposed = new ArrayList<>();
    List<Tensor[]> captured = new ArrayList<>();
    for (int i = 0; i < choices.size(); i++) {
      Closed back = transposed(i, linear, given);
      int count = back.program().constantCount() + Region.count(Region.not(captured(i, linear)));
      transposed.add(new Region(back.program()).capturing(count));
      captured.add(
          Region.join(
              back.constants(),
              Region.marked(captured(i, operands), Region.not(captured(i, linear)))));
    }
    Tensor[] results =
        between(transposed)
            .bind(
                operands[0],
                captured::get,
                Region.marked(inputs(operands), Region.not(inputs(linear))),
                Region.marked(cotangents, given));
    return new Cursor(results).spread(linear);
  }

  /** The cotangents of all linear operands by one branch: zeros for what others captured. */
  private Closed transposed(int branch, boolean[] linear, boolean[] given) {
    boolean[] known = Region.not(parameters(branch, linear));
    int[] order = new int[known.length];
    int at = 0;
    for (boolean first : new boolean[] {true, false}) {
      for (int i = 0; i < known.length; i++) {
        if (known[i] == first) {
          order[at++] = i;
        }
      }
    }
    Program program = region(branch).part(order, Region.count(known), branch(branch).outputs());
    Runner runner = new Runner(program);
    List<TensorType> types =
        new ArrayList<>(program.variables().subList(0, program.constantCount()));
    for (int i = 0; i < given.length; i++) {
      if (given[i]) {
        types.add(program.outputTypes().get(i));
      }
    }
    return Staging.stage(
        all -> {
          Cursor in = new Cursor(all);
          Tensor[] constants = in.take(program.constantCount());
          Tensor[] back = runner.transpose(constants, in.spread(given));
          for (int i = 0; i < back.length; i++) {
            back[i] = back[i] == null ? Tensors.zeros(program.inputTypes().get(i)) : back[i];
          }
          return ofAllBranches(branch, back, linear);
        },
        types);
  }

  private Tensor[] ofAllBranches(int branch, Tensor[] back, boolean[] linear) {
    List<Tensor> outputs = new ArrayList<>();
    int own = Region.count(captured(branch, linear));
    for (int i = 0; i < choices.size(); i++) {
      boolean[] marks = captured(i, linear);
      if (i == branch) {
        outputs.addAll(List.of(back).subList(0, own));
      } else {
        for (int k = 0; k < marks.length; k++) {
          if (marks[k]) {
            outputs.add(Tensors.zeros(branch(i).variables().get(k)));
          }
        }
      }
    }
    outputs.addAll(List.of(back).subList(own, back.length));
    return outputs.toArray(Tensor[]::new);
  }

  // ---- lanes ----

  @Override
  public Tensor[] batch(int size, Tensor[] arguments, boolean[] batched) {
    return batched[0] ? selected(size, arguments, batched) : mapped(size, arguments, batched);
  }

  /** Every lane chooses: all branches run, and each lane takes from one. */
  private Tensor[] selected(int size, Tensor[] arguments, boolean[] batched) {
    Tensor index = arguments[0];
    Tensor[] results = null;
    for (int i = 0; i < choices.size(); i++) {
      Tensor[] parameters = parameters(i, arguments);
      Leaves f = region(i).function();
      Tensor[] own = Batching.map(f, size, parameters, parameters(i, batched));
      if (results == null) {
        results = own;
      } else {
        for (int k = 0; k < own.length; k++) {
          Tensor here = index.dtype() == DType.BOOL ? index : Comparisons.eq(index, i);
          results[k] = Comparisons.where(WhileLoop.alongLanes(here, own[k]), own[k], results[k]);
        }
      }
    }
    return results;
  }

  private Tensor[] mapped(int size, Tensor[] arguments, boolean[] batched) {
    boolean[] varies = new boolean[branch(0).outputs().size()];
    for (int i = 0; i < choices.size(); i++) {
      boolean[] reached = region(i).reachedOutputs(parameters(i, batched));
      for (int k = 0; k < varies.length; k++) {
        varies[k] |= reached[k];
      }
    }
    List<Program> programs = new ArrayList<>();
    List<Tensor[]> captured = new ArrayList<>();
    for (int i = 0; i < choices.size(); i++) {
      Leaves f = region(i).function();
      boolean[] lanes = parameters(i, batched);
      Closed closed =
          Staging.stage(
              all -> Batching.map(f, size, all, lanes, Region.not(varies)),
              ScanLoop.withLanes(region(i).parameterTypes(), size, lanes));
      int own = branch(i).constantCount();
      programs.add(new Region(closed.program()).capturing(closed.program().constantCount() + own));
      captured.add(Region.join(closed.constants(), captured(i, arguments)));
    }
    Tensor[] results = between(programs).bind(arguments[0], captured::get, inputs(arguments));
    for (int k = 0; k < results.length; k++) {
      results[k] =
          varies[k]
              ? results[k]
              : Shapes.broadcastTo(results[k], results[k].shape().insert(0, size));
    }
    return results;
  }
}
