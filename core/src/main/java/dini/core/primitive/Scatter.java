package dini.core.primitive;

import static dini.core.Comparisons.eq;
import static dini.core.Elementwise.add;
import static dini.core.Elementwise.div;
import static dini.core.Elementwise.mul;

import dini.core.Comparisons;
import dini.core.DType;
import dini.core.DTypeException;
import dini.core.Indexing.Mode;
import dini.core.Shape;
import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.dense.DenseTensor;
import dini.core.kernel.BinaryKernel;
import dini.core.kernel.Rows;

/**
 * A tensor whose elements at positions of one axis are combined with updates, in the order in which
 * these stand. The arguments are the tensor, the indices and the updates.
 *
 * @param kind how an element and an update are combined
 * @param axis the axis
 * @param along as in {@link Take}
 * @param mode what an index outside the axis means
 * @param operation what the user called, for messages
 */
public record Scatter(Kind kind, int axis, boolean along, Mode mode, String operation)
    implements Single {
  /** What becomes of an element and an update. */
  public enum Kind {
    /** The update; of several at one position the last. */
    SET,
    /** Their sum. */
    ADD,
    /** Their product. */
    MUL,
    /** The larger one. */
    MAX,
    /** The smaller one. */
    MIN
  }

  @Override
  public String label() {
    return label(kind);
  }

  /** The name of a kind in programs and messages. */
  public static String label(Kind kind) {
    return switch (kind) {
      case SET -> "atSet";
      case ADD -> "atAdd";
      case MUL -> "atMul";
      case MAX -> "atMax";
      case MIN -> "atMin";
    };
  }

  @Override
  public String parameters() {
    return "axis=" + axis + (along ? ", along" : "") + (mode == Mode.THROW ? "" : ", mode=" + mode);
  }

  @Override
  public TensorType type(TensorType... arguments) {
    TensorType x = arguments[0];
    TensorType indices = arguments[1];
    TensorType updates = arguments[2];
    Positions.check(operation, indices);
    if (x.dtype() != updates.dtype()) {
      throw Mismatch.of(operation, x, updates);
    }
    if (kind != Kind.SET && x.dtype() == DType.BOOL) {
      throw new DTypeException(operation + ": truth values can only be set, got " + x);
    }
    Shape expected;
    if (along) {
      Positions.checkAlong(operation, x, indices, axis);
      expected = indices.shape();
    } else {
      expected = Positions.replaced(x.shape(), axis, indices.shape());
    }
    if (!updates.shape().equals(expected)) {
      throw new ShapeException(
          operation
              + ": updates "
              + updates
              + " of "
              + x
              + " at indices "
              + indices
              + " along axis "
              + axis
              + ": expected shape "
              + expected);
    }
    return x;
  }

  @Override
  public DenseTensor value(DenseTensor... arguments) {
    DenseTensor x = arguments[0];
    DenseTensor indices = arguments[1];
    DenseTensor updates = arguments[2];
    DenseTensor out = DenseTensor.allocate(type(x.type(), indices.type(), updates.type()));
    int[] places = Positions.rows(operation, indices, x.shape(), axis, along, mode);
    int length = Positions.rowLength(x.shape(), axis, along);
    System.arraycopy(x.data(), 0, out.data(), 0, x.size());
    switch (kind) {
      case SET -> Rows.set(updates.data(), places, length, out.data());
      case ADD -> combine(BinaryKernel.ADD, updates, places, length, out);
      case MUL -> combine(BinaryKernel.MUL, updates, places, length, out);
      case MAX -> combine(BinaryKernel.MAX, updates, places, length, out);
      case MIN -> combine(BinaryKernel.MIN, updates, places, length, out);
    }
    return out;
  }

  static void combine(
      BinaryKernel op, DenseTensor updates, int[] places, int length, DenseTensor out) {
    switch (updates.data()) {
      case double[] x -> Rows.combine(op, x, places, length, out.doubles());
      case float[] x -> Rows.combine(op, x, places, length, out.floats());
      case int[] x -> Rows.combine(op, x, places, length, out.ints());
      default -> Rows.combine(op, updates.longs(), places, length, out.longs());
    }
  }

  @Override
  public Tensor tangent(Tensor[] primals, Tensor result, Tensor[] tangents) {
    Tensor x = primals[0];
    Tensor indices = primals[1];
    Tensor updates = primals[2];
    Tensor ofX = tangents[0];
    Tensor ofUpdates = tangents[2];
    return switch (kind) {
      case SET -> bind(orZero(ofX, x), indices, orZero(ofUpdates, updates));
      case ADD ->
          ofX == null
              ? sums(x).bind(ofUpdates, indices)
              : ofUpdates == null ? ofX : bind(ofX, indices, ofUpdates);
      case MUL -> {
        Tensor left = ofX == null ? null : bind(ofX, indices, updates);
        yield ofUpdates == null ? left : plus(left, ofFactors(x, indices, updates, ofUpdates));
      }
      case MAX, MIN -> ofExtrema(primals, result, ofX, ofUpdates);
    };
  }

  private static Tensor orZero(Tensor tangent, Tensor primal) {
    return tangent == null ? Tensors.zerosLike(primal) : tangent;
  }

  private static Tensor plus(Tensor x, Tensor y) {
    return x == null ? y : add(x, y);
  }

  private ScatterAdd sums(Tensor x) {
    return new ScatterAdd(axis, along, x.shape().extent(axis), mode, operation);
  }

  private Take reading() {
    return new Take(axis, along, mode, operation);
  }

  /** Each factor's tangent times the element and all other factors there: no division by zero. */
  private Tensor ofFactors(Tensor x, Tensor indices, Tensor updates, Tensor tangent) {
    Tensor others = OtherFactors.of(this, x.shape().extent(axis), indices, updates);
    Tensor rest = mul(reading().linear(x, indices), others);
    return sums(x).bind(mul(rest, tangent), indices);
  }

  /** Those that attain the result, the element among them, share equally. */
  private Tensor ofExtrema(Tensor[] primals, Tensor result, Tensor ofX, Tensor ofUpdates) {
    Tensor x = primals[0];
    Tensor indices = primals[1];
    Tensor own = Shapes.astype(eq(x, result), x.dtype());
    Tensor attained = eq(primals[2], reading().bind(result, indices));
    Tensor chosen = Shapes.astype(attained, x.dtype());
    Tensor sum = ofX == null ? null : mul(own, ofX);
    if (ofUpdates != null) {
      sum = plus(sum, sums(x).bind(mul(chosen, ofUpdates), indices));
    }
    return div(sum, add(own, sums(x).bind(chosen, indices)));
  }

  @Override
  public Tensor[] cotangents(Tensor cotangent, Tensor[] operands) {
    boolean first = Linear.is(operands[0]);
    boolean last = Linear.is(operands[2]);
    Tensor indices = operands[1];
    return switch (kind) {
      case SET ->
          new Tensor[] {
            first ? bind(cotangent, indices, Tensors.zeros(operands[2].type())) : null,
            null,
            last ? ofLast(cotangent, indices) : null
          };
      case ADD ->
          new Tensor[] {
            first ? cotangent : null, null, last ? reading().linear(cotangent, indices) : null
          };
      case MUL -> {
        if (last) {
          throw Linear.notLinear(this, 2);
        }
        yield new Tensor[] {bind(cotangent, indices, operands[2]), null, null};
      }
      case MAX, MIN -> throw Linear.notLinear(this, first ? 0 : 2);
    };
  }

  /** The cotangents of the updates that stayed: of those at one position, the last. */
  private Tensor ofLast(Tensor cotangent, Tensor indices) {
    Tensor read = reading().linear(cotangent, indices);
    int extent = cotangent.shape().extent(axis);
    if (along) {
      Tensor count = Tensors.arange(indices.shape().extent(axis));
      Tensor numbers = Positions.line(count, axis, indices.shape());
      Tensor written = bind(Tensors.zeros(cotangent.shape().toArray()), indices, numbers);
      return Comparisons.where(eq(reading().bind(written, indices), numbers), read, 0);
    }
    Tensor numbers = Shapes.reshape(Tensors.arange(indices.size()), indices.shape());
    Scatter line = new Scatter(Kind.SET, 0, false, mode, operation);
    Tensor written = line.bind(Tensors.zeros(extent), indices, numbers);
    Tensor stayed = eq(line.reading().bind(written, indices), numbers);
    Shape spread = stayed.shape();
    for (int i = axis + 1; i < cotangent.rank(); i++) {
      spread = spread.insert(spread.rank(), 1);
    }
    return Comparisons.where(Shapes.reshape(stayed, spread), read, 0);
  }

  @Override
  public Tensor mapped(int size, Tensor[] arguments, boolean[] batched) {
    Tensor x = Broadcasting.lead(arguments[0], batched[0], size);
    Tensor indices = arguments[1];
    Tensor updates = Broadcasting.lead(arguments[2], batched[2], size);
    if (along) {
      return new Scatter(kind, axis + 1, true, mode, operation)
          .bind(x, Broadcasting.lead(indices, batched[1], size), updates);
    }
    if (!batched[1]) {
      return new Scatter(kind, axis + 1, false, mode, operation).bind(x, indices, updates);
    }
    Shape own = indices.shape().remove(0);
    Shape wide = Positions.merged(updates.shape(), axis + 1, own.rank());
    return new Scatter(kind, axis + 1, true, mode, operation)
        .bind(x, Positions.spread(indices, axis + 1, wide), Shapes.reshape(updates, wide));
  }
}
