package dini.functional.primitive;

import dini.core.Program;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.trace.Closed;
import dini.core.trace.Differentiation;
import dini.core.trace.Differentiation.Duals;
import dini.core.trace.Differentiation.Linearized;
import dini.core.trace.Leaves;
import dini.core.trace.StageTracer;
import dini.core.trace.Staging;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A scan with its derivative. Forward, it is one scan that carries tangents beside values, and
 * keeps nothing. Recorded, it is a scan that also stacks what the derivative of each step needs,
 * and a linear scan over that: the split of Radul et al., You only linearize once, 2023, section 5.
 */
final class ScanDerivative {
  private final ScanLoop scan;
  private final Tensor[] primals;

  /** With zeros where a carry begins to move in a later step. */
  private final Tensor[] tangents;

  private final boolean[] moving;
  private final Leaves body;
  private final List<TensorType> types;

  private ScanDerivative(ScanLoop scan, Tensor[] primals, Tensor[] tangents, boolean[] moving) {
    this.scan = scan;
    this.primals = primals;
    this.tangents = tangents;
    this.moving = moving;
    this.body = scan.region().function();
    this.types = scan.region().parameterTypes();
  }

  static ScanDerivative of(ScanLoop scan, Tensor[] primals, Tensor[] tangents) {
    boolean[] given = new boolean[tangents.length];
    for (int i = 0; i < given.length; i++) {
      given[i] = tangents[i] != null;
    }
    boolean[] moving = scan.region().closure(given, scan.capturedCount(), scan.carryCount());
    Tensor[] filled = tangents.clone();
    for (int i = 0; i < moving.length; i++) {
      moving[i] &= primals[i].dtype().isFloating();
      if (moving[i] && filled[i] == null) {
        filled[i] = Tensors.zerosLike(primals[i]);
      }
    }
    return new ScanDerivative(scan, primals, filled, moving);
  }

  private int carryCount() {
    return scan.carryCount();
  }

  private boolean[] movingCarry() {
    return scan.carry(moving);
  }

  /** Types of the parameters with those of the marked tangents behind each group. */
  private List<TensorType> typesWithTangents() {
    List<TensorType> all = new ArrayList<>();
    int captured = scan.capturedCount();
    int[] bounds = {0, captured, captured + carryCount(), types.size()};
    for (int group = 0; group < 3; group++) {
      all.addAll(types.subList(bounds[group], bounds[group + 1]));
      for (int i = bounds[group]; i < bounds[group + 1]; i++) {
        if (moving[i]) {
          all.add(types.get(i));
        }
      }
    }
    return all;
  }

  /** Results and tangents of one scan over both. */
  Duals forward() {
    boolean[] moved = new boolean[scan.givenCount()];
    Closed closed =
        Staging.stage(
            all -> {
              Cursor in = new Cursor(all);
              Tensor[] captured = in.take(scan.capturedCount());
              Tensor[] capturedTangents = in.spread(scan.captured(moving));
              Tensor[] carry = in.take(carryCount());
              Tensor[] carryTangents = in.spread(movingCarry());
              Tensor[] slices = in.take(scan.sliceCount());
              Tensor[] sliceTangents = in.spread(scan.slices(moving));
              Duals duals =
                  Differentiation.jvp(
                      body,
                      Region.join(captured, carry, slices),
                      Region.join(capturedTangents, carryTangents, sliceTangents));
              return outputs(duals, moved);
            },
            typesWithTangents());
    int captured = scan.capturedCount() + Region.count(scan.captured(moving));
    ScanLoop both =
        new ScanLoop(
            new Region(closed.program()).capturing(closed.program().constantCount() + captured),
            carryCount() + Region.count(movingCarry()),
            scan.length(),
            scan.reverse());
    Tensor[] results =
        both.bind(
            closed.constants(),
            scan.captured(primals),
            Region.marked(scan.captured(tangents), scan.captured(moving)),
            scan.carry(primals),
            Region.marked(scan.carry(tangents), movingCarry()),
            scan.slices(primals),
            Region.marked(scan.slices(tangents), scan.slices(moving)));
    Cursor out = new Cursor(results);
    Tensor[] carry = out.take(carryCount());
    Tensor[] carryTangents = out.spread(movingCarry());
    Tensor[] given = out.take(scan.givenCount());
    Tensor[] givenTangents = out.spread(moved);
    return new Duals(Region.join(carry, given), Region.join(carryTangents, givenTangents));
  }

  /** Carry with tangents, then what is given with the tangents that there are, which it marks. */
  private Tensor[] outputs(Duals duals, boolean[] moved) {
    int carried = carryCount();
    Tensor[] values = duals.values();
    Tensor[] derivatives = duals.tangents().clone();
    for (int i = 0; i < derivatives.length; i++) {
      if (i >= carried) {
        moved[i - carried] = derivatives[i] != null;
      } else if (movingCarry()[i] && derivatives[i] == null) {
        derivatives[i] = Tensors.zerosLike(values[i]);
      }
    }
    return Region.join(
        Arrays.copyOf(values, carried),
        Region.marked(Arrays.copyOf(derivatives, carried), movingCarry()),
        Arrays.copyOfRange(values, carried, values.length),
        Region.marked(Arrays.copyOfRange(derivatives, carried, derivatives.length), moved));
  }

  // ---- recorded ----

  /** Where the linear body finds a value that it needs. */
  private enum Source {
    CAPTURED,
    SLICE,
    STACKED,
    CONSTANT
  }

  /** A value that the linear body needs: a number in the group that it comes from, or itself. */
  private record Residual(Source source, int number, Tensor value) {}

  /** The results of a scan that keeps what the linear scan needs, and that of the linear scan. */
  Duals linearized() {
    List<Residual> residuals = new ArrayList<>();
    boolean[] moved = new boolean[scan.program().outputs().size()];
    Closed[] linear = new Closed[1];
    Closed known =
        Staging.stage(
            all -> {
              Linearized both =
                  Differentiation.linearize(
                      parts -> body.apply(merged(all, parts)), Region.marked(all, moving));
              for (int i = 0; i < moved.length; i++) {
                moved[i] = !both.recording().isZero(i);
              }
              TensorType[] outputs = scan.program().outputTypes().toArray(TensorType[]::new);
              linear[0] = both.recording().freeze(outputs);
              List<Tensor> stacked = new ArrayList<>();
              for (Tensor value : linear[0].constants()) {
                residuals.add(residual(value, all, stacked));
              }
              return Region.join(both.values(), stacked.toArray(Tensor[]::new));
            },
            types);
    int captured = known.program().constantCount() + scan.capturedCount();
    ScanLoop values =
        new ScanLoop(
            new Region(known.program()).capturing(captured),
            carryCount(),
            scan.length(),
            scan.reverse());
    Cursor out = new Cursor(values.bind(known.constants(), primals));
    Tensor[] results = out.take(moved.length);
    Tensor[] stacks = out.rest();
    for (int i = 0; i < carryCount(); i++) {
      moved[i] = movingCarry()[i];
    }
    Tensor[] derivatives = linearScan(linear[0].program(), residuals, stacks, moved);
    return new Duals(results, new Cursor(derivatives).spread(moved));
  }

  /** The parameters with others in the moving places. */
  private Tensor[] merged(Tensor[] all, Tensor[] parts) {
    Tensor[] merged = all.clone();
    for (int i = 0, at = 0; i < merged.length; i++) {
      merged[i] = moving[i] ? parts[at++] : merged[i];
    }
    return merged;
  }

  private Residual residual(Tensor value, Tensor[] all, List<Tensor> stacked) {
    for (int i = 0; i < all.length; i++) {
      if (all[i] == value && i < scan.capturedCount()) {
        return new Residual(Source.CAPTURED, i, value);
      }
      if (all[i] == value && i >= scan.capturedCount() + carryCount()) {
        return new Residual(Source.SLICE, i, value);
      }
    }
    if (value instanceof StageTracer) {
      stacked.add(value);
      return new Residual(Source.STACKED, stacked.size() - 1, value);
    }
    return new Residual(Source.CONSTANT, 0, value);
  }

  /**
   * The scan of the linear body. Its parameters are the residuals, then the moving tangents; as
   * those of a scan they are sorted into what is the same in all steps, the carry, and the rest.
   */
  private Tensor[] linearScan(
      Program program, List<Residual> residuals, Tensor[] stacks, boolean[] moved) {
    List<Integer> order = new ArrayList<>();
    List<Tensor> operands = new ArrayList<>();
    for (int i = 0; i < residuals.size(); i++) {
      Residual residual = residuals.get(i);
      switch (residual.source) {
        case CONSTANT -> add(order, i, operands, residual.value);
        case CAPTURED -> add(order, i, operands, primals[residual.number]);
        case SLICE, STACKED -> {
          // below
        }
      }
    }
    int carried = scan.capturedCount();
    int sliced = carried + carryCount();
    addTangents(0, carried, residuals.size(), order, operands);
    int captured = order.size();
    addTangents(carried, sliced, residuals.size(), order, operands);
    for (int i = 0; i < residuals.size(); i++) {
      Residual residual = residuals.get(i);
      switch (residual.source) {
        case SLICE -> add(order, i, operands, primals[residual.number]);
        case STACKED -> add(order, i, operands, stacks[residual.number]);
        case CONSTANT, CAPTURED -> {
          // above
        }
      }
    }
    addTangents(sliced, tangents.length, residuals.size(), order, operands);
    List<Integer> outputs = new ArrayList<>();
    for (int i = 0; i < moved.length; i++) {
      if (moved[i]) {
        outputs.add(program.outputs().get(i));
      }
    }
    int[] parameters = order.stream().mapToInt(Integer::intValue).toArray();
    ScanLoop linear =
        new ScanLoop(
            new Region(program).part(parameters, captured, outputs),
            Region.count(movingCarry()),
            scan.length(),
            scan.reverse());
    return linear.bind(operands.toArray(Tensor[]::new));
  }

  private static void add(
      List<Integer> order, int parameter, List<Tensor> operands, Tensor operand) {
    order.add(parameter);
    operands.add(operand);
  }

  /** The tangents of the parameters in a range, which come after all residuals. */
  private void addTangents(
      int from, int to, int residuals, List<Integer> order, List<Tensor> operands) {
    int number = residuals;
    for (int i = 0; i < to; i++) {
      if (moving[i]) {
        if (i >= from) {
          add(order, number, operands, tangents[i]);
        }
        number++;
      }
    }
  }
}
