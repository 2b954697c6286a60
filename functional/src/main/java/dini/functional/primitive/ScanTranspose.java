package dini.functional.primitive;

import dini.core.Elementwise;
import dini.core.Program;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.primitive.Linear;
import dini.core.trace.Closed;
import dini.core.trace.Runner;
import dini.core.trace.Staging;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The transpose of a scan that is linear in some operands: a scan the other way round, which
 * carries the cotangents of the carry, and those of captured values added up.
 */
final class ScanTranspose {
  private final ScanLoop scan;
  private final Tensor[] operands;

  /** What depends on linear operands. A carry may do so though it begins with zeros. */
  private final boolean[] linear;

  private ScanTranspose(ScanLoop scan, Tensor[] operands, boolean[] linear) {
    this.scan = scan;
    this.operands = operands;
    this.linear = linear;
  }

  static ScanTranspose of(ScanLoop scan, Tensor[] operands) {
    boolean[] given = new boolean[operands.length];
    for (int i = 0; i < given.length; i++) {
      given[i] = Linear.is(operands[i]);
    }
    boolean[] linear = scan.region().closure(given, scan.capturedCount(), scan.carryCount());
    return new ScanTranspose(scan, operands, linear);
  }

  /** The cotangents of the linear operands, null for the others. */
  Tensor[] apply(Tensor[] cotangents) {
    if (Arrays.stream(cotangents).allMatch(cotangent -> cotangent == null)) {
      return new Tensor[operands.length];
    }
    return Region.count(scan.carry(linear)) < scan.carryCount()
        ? withoutKnownCarry(cotangents)
        : transposed(cotangents);
  }

  private static int[] where(boolean[] marks, int offset) {
    return IntStream.range(0, marks.length).filter(i -> marks[i]).map(i -> i + offset).toArray();
  }

  private static int[] join(int[]... parts) {
    return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
  }

  private static int[] range(int from, int count) {
    return IntStream.range(from, from + count).toArray();
  }

  // ---- a carry that does not depend on what the map is linear in ----

  /**
   * Runs the known part of the carry forward first, and stacks it: the rest is a scan that goes
   * through it, and carries only what is linear.
   */
  private Tensor[] withoutKnownCarry(Tensor[] cotangents) {
    int captured = scan.capturedCount();
    boolean[] linearCarry = scan.carry(linear);
    boolean[] knownCarry = Region.not(linearCarry);
    int[] knownSlices = where(Region.not(scan.slices(linear)), captured + scan.carryCount());
    int[] known = where(knownCarry, captured);
    Program program = scan.program();
    List<Integer> outputs = new ArrayList<>();
    for (int i : known) {
      outputs.add(program.outputs().get(i - captured));
    }
    for (int i : known) {
      outputs.add(i);
    }
    int[] knownCaptured = where(Region.not(scan.captured(linear)), 0);
    int[] parameters = join(knownCaptured, known, knownSlices);
    ScanLoop before =
        new ScanLoop(
            scan.region().part(parameters, knownCaptured.length, outputs),
            known.length,
            scan.length(),
            scan.reverse());
    Tensor[] results =
        before.bind(IntStream.of(parameters).mapToObj(i -> operands[i]).toArray(Tensor[]::new));
    Tensor[] stacks = Arrays.copyOfRange(results, known.length, results.length);

    int[] carry = where(linearCarry, captured);
    List<Integer> rest = new ArrayList<>();
    List<Tensor> restCotangents = new ArrayList<>();
    for (int i = 0; i < program.outputs().size(); i++) {
      if (i >= scan.carryCount() || linearCarry[i]) {
        rest.add(program.outputs().get(i));
        restCotangents.add(cotangents[i]);
      }
    }
    int[] all =
        join(
            range(0, captured),
            carry,
            known,
            range(captured + scan.carryCount(), scan.sliceCount()));
    ScanLoop after =
        new ScanLoop(
            scan.region().part(all, captured, rest), carry.length, scan.length(), scan.reverse());
    Tensor[] inner = new Tensor[all.length];
    for (int i = 0; i < all.length; i++) {
      int stack = i - captured - carry.length;
      inner[i] = stack >= 0 && stack < known.length ? stacks[stack] : operands[all[i]];
    }
    Tensor[] found = of(after, inner).apply(restCotangents.toArray(Tensor[]::new));
    Tensor[] result = new Tensor[operands.length];
    for (int i = 0; i < all.length; i++) {
      result[all[i]] = found[i];
    }
    return result;
  }

  // ---- a carry that is linear ----

  private Tensor[] transposed(Tensor[] cotangents) {
    int captured = scan.capturedCount();
    int carried = scan.carryCount();
    boolean[] linearCaptured = scan.captured(linear);
    boolean[] linearSlices = scan.slices(linear);
    int[] knownCaptured = where(Region.not(linearCaptured), 0);
    int[] knownSlices = where(Region.not(linearSlices), captured + carried);
    int[] addedUp = where(linearCaptured, 0);
    int[] sliced = where(linearSlices, captured + carried);
    Program program =
        scan.region()
            .part(
                join(knownCaptured, knownSlices, addedUp, range(captured, carried), sliced),
                knownCaptured.length + knownSlices.length,
                scan.program().outputs());
    Runner runner = new Runner(program);
    boolean[] given = new boolean[scan.givenCount()];
    for (int i = 0; i < given.length; i++) {
      given[i] = cotangents[carried + i] != null;
    }
    Closed closed =
        Staging.stage(
            all -> {
              Cursor in = new Cursor(all);
              Tensor[] constants = in.take(knownCaptured.length);
              Tensor[] sums = in.take(addedUp.length);
              Tensor[] carry = in.take(carried);
              Tensor[] slices = in.take(knownSlices.length);
              Tensor[] back =
                  runner.transpose(
                      Region.join(constants, slices), Region.join(carry, in.spread(given)));
              return outputs(program, sums, back);
            },
            types(program, knownCaptured.length, knownSlices.length, addedUp.length, given));
    ScanLoop back =
        new ScanLoop(
            new Region(closed.program())
                .capturing(closed.program().constantCount() + knownCaptured.length),
            addedUp.length + carried,
            scan.length(),
            !scan.reverse());
    Tensor[] results =
        back.bind(
            closed.constants(),
            operandsAt(knownCaptured),
            zeros(program.inputTypes().subList(0, addedUp.length)),
            lastCarry(program, addedUp.length, cotangents),
            operandsAt(knownSlices),
            Region.marked(Arrays.copyOfRange(cotangents, carried, cotangents.length), given));
    int[] places = join(addedUp, range(captured, carried), sliced);
    Tensor[] result = new Tensor[operands.length];
    for (int i = 0; i < places.length; i++) {
      result[places[i]] = Linear.is(operands[places[i]]) ? results[i] : null;
    }
    return result;
  }

  /** What a step back gives: sums, cotangents of the carry, and those of the slices. */
  private static Tensor[] outputs(Program program, Tensor[] sums, Tensor[] back) {
    Tensor[] outputs = new Tensor[back.length];
    for (int i = 0; i < back.length; i++) {
      if (i < sums.length) {
        outputs[i] = back[i] == null ? sums[i] : Elementwise.add(sums[i], back[i]);
      } else {
        outputs[i] = back[i] == null ? Tensors.zeros(program.inputTypes().get(i)) : back[i];
      }
    }
    return outputs;
  }

  private List<TensorType> types(
      Program program, int knownCaptured, int knownSlices, int addedUp, boolean[] given) {
    List<TensorType> known = program.variables().subList(0, knownCaptured + knownSlices);
    List<TensorType> types = new ArrayList<>(known.subList(0, knownCaptured));
    types.addAll(program.inputTypes().subList(0, addedUp + scan.carryCount()));
    types.addAll(known.subList(knownCaptured, known.size()));
    for (int i = 0; i < given.length; i++) {
      if (given[i]) {
        types.add(program.outputTypes().get(scan.carryCount() + i));
      }
    }
    return types;
  }

  private Tensor[] operandsAt(int[] places) {
    return IntStream.of(places).mapToObj(i -> operands[i]).toArray(Tensor[]::new);
  }

  private static Tensor[] zeros(List<TensorType> types) {
    return types.stream().map(Tensors::zeros).toArray(Tensor[]::new);
  }

  private Tensor[] lastCarry(Program program, int addedUp, Tensor[] cotangents) {
    Tensor[] carry = Arrays.copyOf(cotangents, scan.carryCount());
    for (int i = 0; i < carry.length; i++) {
      carry[i] = carry[i] == null ? Tensors.zeros(program.inputTypes().get(addedUp + i)) : carry[i];
    }
    return carry;
  }
}
