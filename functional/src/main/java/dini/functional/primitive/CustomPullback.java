package dini.functional.primitive;

import dini.core.ShapeException;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Tensors;
import dini.core.TracerException;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Linear;
import dini.core.primitive.Rules;
import dini.core.trace.Batching;
import dini.core.trace.Bind;
import dini.core.trace.Closed;
import dini.core.trace.Differentiation;
import dini.core.trace.Leaves;
import dini.core.trace.Staging;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The derivative of a function that is known by its pullback: linear in the tangents of the
 * arguments, and transposed by calling the pullback. The operands are what the pullback needs, and
 * the tangents.
 *
 * @param residualCount how many operands the pullback needs
 * @param backward the pullback: from these and the cotangents of the results to those of the
 *     arguments
 * @param results the types of the tangents of the results
 */
public record CustomPullback(int residualCount, Leaves backward, List<TensorType> results)
    implements Rules {

  /** Copies the list. */
  public CustomPullback {
    results = List.copyOf(results);
  }

  /** Applies this primitive. */
  public Tensor[] bind(Tensor[] residuals, Tensor[] tangents) {
    return Bind.bindAll(this, Region.join(residuals, tangents));
  }

  @Override
  public String label() {
    return "customVjp";
  }

  private Tensor[] residuals(Tensor[] operands) {
    return Arrays.copyOf(operands, residualCount);
  }

  private Tensor[] tangents(Tensor[] operands) {
    return Arrays.copyOfRange(operands, residualCount, operands.length);
  }

  @Override
  public TensorType[] types(TensorType[] arguments) {
    if (arguments.length < residualCount) {
      throw new ShapeException(
          "customVjp: expected "
              + residualCount
              + " values and tangents, got "
              + List.of(arguments));
    }
    return results.toArray(TensorType[]::new);
  }

  @Override
  public DenseTensor[] evaluate(DenseTensor[] arguments) {
    Tensor[] images = image(arguments);
    DenseTensor[] dense = new DenseTensor[images.length];
    for (int i = 0; i < dense.length; i++) {
      dense[i] = (DenseTensor) images[i];
    }
    return dense;
  }

  /** The derivative along the tangents: the transpose of the pullback. */
  private Tensor[] image(Tensor[] operands) {
    Tensor[] residuals = residuals(operands);
    Closed closed =
        Staging.stage(cotangents -> backward.apply(Region.join(residuals, cotangents)), results);
    Tensor[] images;
    try {
      images = closed.transpose(tangents(operands));
    } catch (IllegalArgumentException notLinear) {
      TracerException refusal =
          new TracerException(
              "customVjp: forward mode (jvp, linearize) transposes the pullback, which is not made"
                  + " of operations that are linear in the cotangent; use reverse mode, or"
                  + " customJvp: "
                  + notLinear.getMessage());
      refusal.initCause(notLinear);
      throw refusal;
    }
    for (int i = 0; i < images.length; i++) {
      images[i] = images[i] == null ? Tensors.zeros(results.get(i)) : images[i];
    }
    return images;
  }

  @Override
  public Tensor[] jvp(Tensor[] primals, Tensor[] values, Tensor[] moved) {
    Tensor[] tangents = tangents(moved);
    boolean linear = Arrays.stream(residuals(moved)).allMatch(tangent -> tangent == null);
    if (!linear) {
      return Differentiation.jvp(this::image, primals, moved).tangents();
    }
    for (int i = 0; i < tangents.length; i++) {
      Tensor tangent = tangents[i];
      tangents[i] = tangent == null ? Tensors.zerosLike(primals[residualCount + i]) : tangent;
    }
    return bind(residuals(primals), tangents);
  }

  @Override
  public Tensor[] transpose(Tensor[] cotangents, Tensor[] operands) {
    for (int i = 0; i < residualCount; i++) {
      if (Linear.is(operands[i])) {
        throw Linear.notLinear(this, i);
      }
    }
    Tensor[] given = cotangents.clone();
    boolean zero = true;
    for (int i = 0; i < given.length; i++) {
      zero &= given[i] == null;
      given[i] = given[i] == null ? Tensors.zeros(results.get(i)) : given[i];
    }
    Tensor[] result = new Tensor[operands.length];
    if (!zero) {
      Tensor[] pulled = backward.apply(Region.join(residuals(operands), given));
      for (int i = residualCount; i < operands.length; i++) {
        result[i] = Linear.is(operands[i]) ? pulled[i - residualCount] : null;
      }
    }
    return result;
  }

  @Override
  public Tensor[] batch(int size, Tensor[] arguments, boolean[] batched) {
    Tensor[] operands = arguments.clone();
    for (int i = residualCount; i < operands.length; i++) {
      if (!batched[i]) {
        operands[i] = Shapes.broadcastTo(operands[i], operands[i].shape().insert(0, size));
      }
    }
    boolean[] lanes = Arrays.copyOf(batched, residualCount + results.size());
    Arrays.fill(lanes, residualCount, lanes.length, true);
    List<TensorType> types = new ArrayList<>();
    for (TensorType type : results) {
      types.add(new TensorType(type.shape().insert(0, size), type.dtype()));
    }
    Leaves mapped = all -> Batching.map(backward, size, all, lanes);
    return Bind.bindAll(new CustomPullback(residualCount, mapped, types), operands);
  }
}
