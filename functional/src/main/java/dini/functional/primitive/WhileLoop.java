package dini.functional.primitive;

import dini.core.Comparisons;
import dini.core.DType;
import dini.core.Observer;
import dini.core.Program;
import dini.core.Reductions;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.TracerException;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Joint;
import dini.core.primitive.Linear;
import dini.core.trace.Batching;
import dini.core.trace.Bind;
import dini.core.trace.Closed;
import dini.core.trace.Differentiation;
import dini.core.trace.Differentiation.Duals;
import dini.core.trace.Leaves;
import dini.core.trace.Staging;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A loop as long as a condition holds. The operands are what the condition captured, what the body
 * captured, and the first carry; the results are the last carry. How many steps there are is known
 * when it has run, so reverse mode, which must keep something of each, is refused.
 *
 * @param test from the carry to a BOOL scalar
 * @param step from the carry to the next
 */
public record WhileLoop(Body test, Body step) implements Joint {
  private static final TensorType BOOL_SCALAR = new TensorType(Shape.of(), DType.BOOL);

  /** The carry has the same types before and after; callers see to it. */
  public WhileLoop {
    List<TensorType> carry = step.program().inputTypes();
    if (!carry.equals(step.program().outputTypes())
        || !carry.equals(test.program().inputTypes())
        || !test.program().outputTypes().equals(List.of(BOOL_SCALAR))) {
      throw new AssertionError(test + " " + step);
    }
  }

  private WhileLoop(Program condition, Program body) {
    this(new Body(condition), new Body(body));
  }

  /** The last carry of a loop. */
  public static Tensor[] of(Closed condition, Closed body, Tensor[] carry) {
    return new WhileLoop(condition.program(), body.program())
        .bind(condition.constants(), body.constants(), carry);
  }

  private Tensor[] bind(Tensor[]... operands) {
    return Bind.bindAll(this, Region.join(operands));
  }

  private Program condition() {
    return test.program();
  }

  private Program body() {
    return step.program();
  }

  @Override
  public String label() {
    return "whileLoop";
  }

  @Override
  public SequencedMap<String, Program> bodies() {
    SequencedMap<String, Program> bodies = new LinkedHashMap<>();
    bodies.put("condition", condition());
    bodies.put("body", body());
    return bodies;
  }

  private int carryStart() {
    return condition().constantCount() + body().constantCount();
  }

  private Tensor[] ofCondition(Tensor[] operands) {
    return Arrays.copyOf(operands, condition().constantCount());
  }

  private Tensor[] ofBody(Tensor[] operands) {
    return Arrays.copyOfRange(operands, condition().constantCount(), carryStart());
  }

  private Tensor[] carry(Tensor[] operands) {
    return Arrays.copyOfRange(operands, carryStart(), operands.length);
  }

  @Override
  public TensorType[] types(TensorType[] arguments) {
    List<TensorType> expected =
        new ArrayList<>(condition().variables().subList(0, condition().constantCount()));
    expected.addAll(new Region(body()).parameterTypes());
    if (!expected.equals(List.of(arguments))) {
      throw new ShapeException("whileLoop: expected " + expected + ", got " + List.of(arguments));
    }
    return body().outputTypes().toArray(TensorType[]::new);
  }

  @Override
  public DenseTensor[] evaluate(DenseTensor[] arguments) {
    types(Bind.types(arguments));
    int tests = condition().constantCount();
    Body.Loop goesOn = test.loop("whileLoop", Arrays.copyOf(arguments, tests));
    Body.Loop next = step.loop("whileLoop", Arrays.copyOfRange(arguments, tests, carryStart()));
    DenseTensor[] carry = Arrays.copyOfRange(arguments, carryStart(), arguments.length);
    for (int steps = 0; goesOn.run(carry)[0].booleans()[0]; steps++) {
      Observer.throwIfInterrupted("whileLoop", steps);
      carry = next.run(carry);
    }
    return carry;
  }

  /** The parameters of the body(), which are marked where operands are. */
  private boolean[] ofBodyAndCarry(boolean[] marks) {
    return Arrays.copyOfRange(marks, condition().constantCount(), marks.length);
  }

  /** One loop over values and tangents. */
  @Override
  public Duals both(Tensor[] primals, Tensor[] tangents) {
    boolean[] given = new boolean[tangents.length];
    for (int i = 0; i < given.length; i++) {
      given[i] = tangents[i] != null;
      if (Linear.is(tangents[i])) {
        throw reverse();
      }
    }
    int captured = body().constantCount();
    int carried = body().inputCount();
    boolean[] moving = new Region(body()).closure(ofBodyAndCarry(given), captured, carried);
    for (int i = 0; i < moving.length; i++) {
      moving[i] &= body().variables().get(i).dtype().isFloating();
    }
    boolean[] movingCaptured = Arrays.copyOf(moving, captured);
    boolean[] movingCarry = Arrays.copyOfRange(moving, captured, moving.length);
    Leaves f = new Region(body()).function();
    List<TensorType> captures = body().variables().subList(0, captured);
    List<TensorType> carryTypes = body().inputTypes();
    Closed step =
        Staging.stage(
            all -> {
              Cursor in = new Cursor(all);
              Tensor[] constants = in.take(captured);
              Tensor[] constantTangents = in.spread(movingCaptured);
              Tensor[] carry = in.take(carried);
              Tensor[] carryTangents = in.spread(movingCarry);
              Duals duals =
                  Differentiation.jvp(
                      f,
                      Region.join(constants, carry),
                      Region.join(constantTangents, carryTangents));
              return Region.join(duals.values(), filled(duals.tangents(), movingCarry));
            },
            concat(
                captures,
                marked(captures, movingCaptured),
                carryTypes,
                marked(carryTypes, movingCarry)));
    int more = Region.count(movingCaptured);
    Closed test = withMoreInputs(condition(), marked(carryTypes, movingCarry));
    WhileLoop loop =
        new WhileLoop(
            new Region(test.program())
                .capturing(test.program().constantCount() + condition().constantCount()),
            new Region(step.program()).capturing(step.program().constantCount() + captured + more));
    Tensor[] results =
        loop.bind(
            test.constants(),
            ofCondition(primals),
            step.constants(),
            ofBody(primals),
            Region.marked(ofBody(tangents), movingCaptured),
            carry(primals),
            filled(carry(tangents), movingCarry));
    Cursor out = new Cursor(results);
    return new Duals(out.take(carried), out.spread(movingCarry));
  }

  /** The tangents in moving places, with zeros where there is none. */
  private Tensor[] filled(Tensor[] tangents, boolean[] moving) {
    Tensor[] filled = tangents.clone();
    for (int i = 0; i < filled.length; i++) {
      filled[i] = filled[i] == null ? Tensors.zeros(body().inputTypes().get(i)) : filled[i];
    }
    return Region.marked(filled, moving);
  }

  private static List<TensorType> marked(List<TensorType> types, boolean[] marks) {
    List<TensorType> marked = new ArrayList<>();
    for (int i = 0; i < marks.length; i++) {
      if (marks[i]) {
        marked.add(types.get(i));
      }
    }
    return marked;
  }

  @SafeVarargs
  private static List<TensorType> concat(List<TensorType>... parts) {
    List<TensorType> all = new ArrayList<>();
    for (List<TensorType> part : parts) {
      all.addAll(part);
    }
    return all;
  }

  /** The program with more inputs, which it does not look at. */
  private static Closed withMoreInputs(Program program, List<TensorType> more) {
    Leaves f = new Region(program).function();
    int count = program.constantCount() + program.inputCount();
    return Staging.stage(
        all -> f.apply(Arrays.copyOf(all, count)),
        concat(new Region(program).parameterTypes(), more));
  }

  private TracerException reverse() {
    return new TracerException(
        "whileLoop: reverse mode (grad, vjp, jacrev, and linearize) needs the number of steps in"
            + " advance; use foriLoop with fixed bounds, or scan, or forward mode (jvp, jacfwd)");
  }

  @Override
  public Tensor[] transpose(Tensor[] cotangents, Tensor[] operands) {
    throw reverse();
  }

  // ---- lanes ----

  @Override
  public Tensor[] batch(int size, Tensor[] arguments, boolean[] batched) {
    int captured = body().constantCount();
    int carried = body().inputCount();
    boolean[] lanes = new Region(body()).closure(ofBodyAndCarry(batched), captured, carried);
    boolean[] tested = ofCondition(lanes, Arrays.copyOf(batched, condition().constantCount()));
    boolean masked = new Region(condition()).reachedOutputs(tested)[0];
    if (masked) {
      Arrays.fill(lanes, captured, lanes.length, true);
    }
    boolean[] carryLanes = Arrays.copyOfRange(lanes, captured, lanes.length);
    Tensor[] carry = carry(arguments);
    for (int i = 0; i < carry.length; i++) {
      if (carryLanes[i] && !batched[carryStart() + i]) {
        carry[i] = Shapes.broadcastTo(carry[i], carry[i].shape().insert(0, size));
      }
    }
    Tensor[] results =
        masked
            ? untilAllAreDone(size, arguments, carry, batched, lanes)
            : together(size, arguments, carry, lanes);
    for (int i = 0; i < results.length; i++) {
      results[i] =
          carryLanes[i]
              ? results[i]
              : Shapes.broadcastTo(results[i], results[i].shape().insert(0, size));
    }
    return results;
  }

  private static boolean[] join(boolean[] x, boolean[] y) {
    boolean[] joined = Arrays.copyOf(x, x.length + y.length);
    System.arraycopy(y, 0, joined, x.length, y.length);
    return joined;
  }

  /** All lanes take the same number of steps: the condition does not look at the batch. */
  private Tensor[] together(int size, Tensor[] arguments, Tensor[] carry, boolean[] lanes) {
    int captured = body().constantCount();
    Leaves f = new Region(body()).function();
    boolean[] common = Region.not(Arrays.copyOfRange(lanes, captured, lanes.length));
    Closed step =
        Staging.stage(
            all -> Batching.map(f, size, all, lanes, common),
            ScanLoop.withLanes(new Region(body()).parameterTypes(), size, lanes));
    Leaves test = new Region(condition()).function();
    boolean[] tested = ofCondition(lanes, new boolean[condition().constantCount()]);
    Closed unchanged =
        Staging.stage(
            all -> Batching.map(test, size, all, tested, new boolean[] {true}),
            ScanLoop.withLanes(new Region(condition()).parameterTypes(), size, tested));
    return loop(unchanged, step)
        .bind(
            unchanged.constants(),
            ofCondition(arguments),
            step.constants(),
            ofBody(arguments),
            carry);
  }

  /** The loop of derived programs, which take what the programs here captured as inputs. */
  private WhileLoop loop(Closed test, Closed step) {
    return new WhileLoop(
        new Region(test.program())
            .capturing(test.program().constantCount() + condition().constantCount()),
        new Region(step.program())
            .capturing(step.program().constantCount() + body().constantCount()));
  }

  /** The marks of the condition's parameters: of what it captured, and those of the carry. */
  private boolean[] ofCondition(boolean[] ofBody, boolean[] captured) {
    return join(captured, Arrays.copyOfRange(ofBody, body().constantCount(), ofBody.length));
  }

  /**
   * The lanes stop at different steps: the loop runs until the last one does, and carries which
   * lanes still run, so that the others keep what they have.
   */
  private Tensor[] untilAllAreDone(
      int size, Tensor[] arguments, Tensor[] carry, boolean[] batched, boolean[] lanes) {
    Leaves test = new Region(condition()).function();
    Leaves f = new Region(body()).function();
    int tests = condition().constantCount();
    boolean[] tested = ofCondition(lanes, Arrays.copyOf(batched, tests));
    TensorType running = new TensorType(Shape.of(size), DType.BOOL);
    List<TensorType> carries = ScanLoop.withLanes(body().inputTypes(), size, all(carry.length));
    Closed any =
        Staging.stage(
            all -> new Tensor[] {Comparisons.gt(Reductions.sum(all[tests]), 0)},
            concat(
                ScanLoop.withLanes(captures(condition()), size, Arrays.copyOf(batched, tests)),
                List.of(running),
                carries));
    // the body tests where it ends, so it takes what the condition captured as well
    Closed step =
        Staging.stage(
            all -> {
              Cursor in = new Cursor(all);
              Tensor[] ofTest = in.take(tests);
              Tensor[] ofStep = in.take(body().constantCount());
              Tensor alive = in.take(1)[0];
              Tensor[] before = in.rest();
              Tensor[] after = Batching.map(f, size, Region.join(ofStep, before), lanes);
              for (int i = 0; i < after.length; i++) {
                after[i] = Comparisons.where(alongLanes(alive, after[i]), after[i], before[i]);
              }
              Tensor goesOn = Batching.map(test, size, Region.join(ofTest, after), tested)[0];
              Tensor still = Comparisons.where(alive, goesOn, Tensors.zeros(running));
              return Region.join(new Tensor[] {still}, after);
            },
            concat(
                ScanLoop.withLanes(captures(condition()), size, Arrays.copyOf(batched, tests)),
                ScanLoop.withLanes(
                    captures(body()), size, Arrays.copyOf(lanes, body().constantCount())),
                List.of(running),
                carries));
    WhileLoop loop =
        new WhileLoop(
            new Region(any.program()).capturing(any.program().constantCount() + tests),
            new Region(step.program())
                .capturing(step.program().constantCount() + tests + body().constantCount()));
    Tensor[] first = Batching.map(test, size, Region.join(ofCondition(arguments), carry), tested);
    Tensor[] results =
        loop.bind(
            any.constants(),
            ofCondition(arguments),
            step.constants(),
            ofCondition(arguments),
            ofBody(arguments),
            first,
            carry);
    return Arrays.copyOfRange(results, 1, results.length);
  }

  private static List<TensorType> captures(Program program) {
    return program.variables().subList(0, program.constantCount());
  }

  private static boolean[] all(int count) {
    boolean[] all = new boolean[count];
    Arrays.fill(all, true);
    return all;
  }

  /** One value a lane, to choose between whole lanes of another tensor. */
  static Tensor alongLanes(Tensor lanes, Tensor like) {
    int[] extents = new int[like.rank()];
    Arrays.fill(extents, 1);
    extents[0] = lanes.size();
    return Shapes.reshape(lanes, Shape.of(extents));
  }
}
