package dini.functional.primitive;

import dini.core.Observer;
import dini.core.Program;
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
import dini.core.trace.Differentiation.Duals;
import dini.core.trace.Leaves;
import dini.core.trace.Staging;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * A loop over the leading axis of some tensors, which carries others from step to step: {@code
 * (carry, y) = body(carry, x)}. The operands are what the body captured, the first carry, and the
 * tensors to go through; the results are the last carry, and what each step gave, stacked.
 *
 * @param body from carry and slices to carry and what it gives beside
 * @param carryCount how many inputs, from the first, and outputs are the carry
 * @param length the number of steps
 * @param reverse whether it goes from the last slice to the first
 */
public record ScanLoop(Body body, int carryCount, int length, boolean reverse) implements Joint {

  /** The body's carry has the same types before and after; callers see to it. */
  public ScanLoop {
    Program program = body.program();
    if (!program
        .inputTypes()
        .subList(0, carryCount)
        .equals(program.outputTypes().subList(0, carryCount))) {
      throw new AssertionError(program);
    }
  }

  /** A loop whose body is a program. */
  public ScanLoop(Program program, int carryCount, int length, boolean reverse) {
    this(new Body(program), carryCount, length, reverse);
  }

  Program program() {
    return body.program();
  }

  /** Applies this primitive. */
  public Tensor[] bind(Tensor[]... operands) {
    return Bind.bindAll(this, Region.join(operands));
  }

  @Override
  public String label() {
    return "scan";
  }

  @Override
  public String parameters() {
    return "length=" + length + (reverse ? ", reverse" : "");
  }

  @Override
  public SequencedMap<String, Program> bodies() {
    return new TreeMap<>(Map.of("body", program()));
  }

  int capturedCount() {
    return program().constantCount();
  }

  int sliceCount() {
    return program().inputCount() - carryCount;
  }

  int givenCount() {
    return program().outputs().size() - carryCount;
  }

  Region region() {
    return new Region(program());
  }

  /** The captured values, or what stands for them in an array of operands. */
  Tensor[] captured(Tensor[] operands) {
    return Arrays.copyOf(operands, capturedCount());
  }

  /** The carry among operands. */
  Tensor[] carry(Tensor[] operands) {
    return Arrays.copyOfRange(operands, capturedCount(), capturedCount() + carryCount);
  }

  /** What the loop goes through, among operands. */
  Tensor[] slices(Tensor[] operands) {
    return Arrays.copyOfRange(operands, capturedCount() + carryCount, operands.length);
  }

  boolean[] captured(boolean[] marks) {
    return Arrays.copyOf(marks, capturedCount());
  }

  boolean[] carry(boolean[] marks) {
    return Arrays.copyOfRange(marks, capturedCount(), capturedCount() + carryCount);
  }

  boolean[] slices(boolean[] marks) {
    return Arrays.copyOfRange(marks, capturedCount() + carryCount, marks.length);
  }

  private TensorType stacked(TensorType type) {
    return new TensorType(type.shape().insert(0, length), type.dtype());
  }

  @Override
  public TensorType[] types(TensorType[] arguments) {
    List<TensorType> expected = new ArrayList<>(region().parameterTypes());
    for (int i = capturedCount() + carryCount; i < expected.size(); i++) {
      expected.set(i, stacked(expected.get(i)));
    }
    if (!expected.equals(List.of(arguments))) {
      throw new ShapeException("scan: expected " + expected + ", got " + List.of(arguments));
    }
    List<TensorType> results = program().outputTypes();
    TensorType[] types = new TensorType[results.size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = i < carryCount ? results.get(i) : stacked(results.get(i));
    }
    return types;
  }

  @Override
  public DenseTensor[] evaluate(DenseTensor[] arguments) {
    TensorType[] types = types(Bind.types(arguments));
    Body.Loop loop = body.loop("scan", Arrays.copyOf(arguments, capturedCount()));
    DenseTensor[] inputs =
        Arrays.copyOfRange(arguments, capturedCount(), capturedCount() + program().inputCount());
    DenseTensor[] sliced = Arrays.copyOfRange(inputs, carryCount, inputs.length);
    DenseTensor[] results = new DenseTensor[types.length];
    for (int i = carryCount; i < types.length; i++) {
      results[i] = DenseTensor.allocate(types[i]);
    }
    for (int step = 0; step < length; step++) {
      Observer.throwIfInterrupted("scan", step);
      int at = reverse ? length - 1 - step : step;
      for (int i = 0; i < sliced.length; i++) {
        inputs[carryCount + i] = slice(sliced[i], at, program().variables().get(sliceVariable(i)));
      }
      DenseTensor[] outputs = loop.run(inputs);
      System.arraycopy(outputs, 0, inputs, 0, carryCount);
      for (int i = carryCount; i < outputs.length; i++) {
        int size = outputs[i].size();
        System.arraycopy(outputs[i].data(), 0, results[i].data(), at * size, size);
      }
    }
    System.arraycopy(inputs, 0, results, 0, carryCount);
    return results;
  }

  /** The variable of the body that stands for a slice. */
  private int sliceVariable(int number) {
    return capturedCount() + carryCount + number;
  }

  private static DenseTensor slice(DenseTensor stacked, int at, TensorType type) {
    DenseTensor slice = DenseTensor.allocate(type);
    int size = slice.size();
    System.arraycopy(stacked.data(), at * size, slice.data(), 0, size);
    return slice;
  }

  @Override
  public Duals both(Tensor[] primals, Tensor[] tangents) {
    boolean recorded = Arrays.stream(tangents).anyMatch(Linear::is);
    ScanDerivative derivative = ScanDerivative.of(this, primals, tangents);
    return recorded ? derivative.linearized() : derivative.forward();
  }

  @Override
  public Tensor[] transpose(Tensor[] cotangents, Tensor[] operands) {
    return ScanTranspose.of(this, operands).apply(cotangents);
  }

  @Override
  public Tensor[] batch(int size, Tensor[] arguments, boolean[] batched) {
    boolean[] lanes = region().closure(batched, capturedCount(), carryCount);
    boolean[] results = region().reachedOutputs(lanes);
    for (int i = 0; i < carryCount; i++) {
      results[i] = lanes[capturedCount() + i];
    }
    Tensor[] operands = arguments.clone();
    for (int i = 0; i < operands.length; i++) {
      boolean sliced = i >= capturedCount() + carryCount;
      if (lanes[i] && !batched[i]) {
        operands[i] = Shapes.broadcastTo(operands[i], operands[i].shape().insert(0, size));
      }
      operands[i] = lanes[i] && sliced ? Shapes.moveAxis(operands[i], 0, 1) : operands[i];
    }
    boolean[] common = Region.not(results);
    Leaves f = region().function();
    Closed mapped =
        Staging.stage(
            all -> Batching.map(f, size, all, lanes, common),
            withLanes(region().parameterTypes(), size, lanes));
    ScanLoop scan =
        new ScanLoop(
            new Region(mapped.program())
                .capturing(mapped.program().constantCount() + capturedCount()),
            carryCount,
            length,
            reverse);
    Tensor[] outputs = scan.bind(mapped.constants(), operands);
    for (int i = 0; i < outputs.length; i++) {
      boolean given = i >= carryCount;
      outputs[i] =
          !results[i]
              ? Shapes.broadcastTo(outputs[i], outputs[i].shape().insert(0, size))
              : given ? Shapes.moveAxis(outputs[i], 1, 0) : outputs[i];
    }
    return outputs;
  }

  /** Types with a leading axis where marked. */
  static List<TensorType> withLanes(List<TensorType> types, int size, boolean[] marks) {
    List<TensorType> batched = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      TensorType type = types.get(i);
      batched.add(marks[i] ? new TensorType(type.shape().insert(0, size), type.dtype()) : type);
    }
    return batched;
  }
}
