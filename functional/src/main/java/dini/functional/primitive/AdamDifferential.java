package dini.functional.primitive;

import static dini.functional.primitive.AdamOperands.COUNT;
import static dini.functional.primitive.AdamOperands.TENSORS;
import static dini.functional.primitive.AdamOperands.anyPresent;
import static dini.functional.primitive.AdamOperands.filled;

import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import dini.core.kernel.AdamKernel;
import dini.core.primitive.Linear;
import dini.core.primitive.WritingAll;
import dini.core.trace.Bind;
import dini.core.trace.Differentiation;
import java.util.Arrays;

/**
 * The derivative of a step of Adam with respect to g, mu and nu, linear in its last three operands.
 * Before those come the point, which is g and both moments after the step, and the constants.
 *
 * @param transposed whether directions are cotangents of the results and not tangents of the
 *     arguments
 */
public record AdamDifferential(boolean transposed) implements WritingAll {

  /** Applies this primitive. */
  Tensor[] apply(Tensor[] point, Tensor[] directions) {
    return Bind.bindAll(this, AdamOperands.join(point, directions));
  }

  @Override
  public String label() {
    return "adamDifferential";
  }

  @Override
  public String parameters() {
    return transposed ? "transposed" : "";
  }

  @Override
  public TensorType[] types(TensorType[] arguments) {
    return AdamOperands.types(arguments);
  }

  @Override
  public DenseTensor[] evaluate(DenseTensor[] arguments) {
    types(Bind.types(arguments));
    return AdamOperands.run(transposed ? AdamKernel.COTANGENT : AdamKernel.TANGENT, arguments);
  }

  @Override
  public void write(DenseTensor[] arguments, DenseTensor[] results) {
    AdamOperands.write(transposed ? AdamKernel.COTANGENT : AdamKernel.TANGENT, arguments, results);
  }

  private Tensor[] composed(Tensor[] operands) {
    return transposed ? ComposedAdam.cotangent(operands) : ComposedAdam.tangent(operands);
  }

  @Override
  public Tensor[] jvp(Tensor[] primals, Tensor[] results, Tensor[] tangents) {
    Tensor[] moved = new Tensor[TENSORS];
    if (anyPresent(tangents, COUNT, tangents.length)) {
      Tensor[] directions = filled(tangents, COUNT, tangents.length, primals[0].type());
      moved = apply(Arrays.copyOf(primals, COUNT), directions);
    }
    if (anyPresent(tangents, 0, COUNT)) {
      Tensor[] ofPoint = tangents.clone();
      Arrays.fill(ofPoint, COUNT, ofPoint.length, null);
      moved =
          AdamOperands.sums(
              moved, Differentiation.jvp(this::composed, primals, ofPoint).tangents());
    }
    return moved;
  }

  @Override
  public Tensor[] transpose(Tensor[] cotangents, Tensor[] operands) {
    for (int i = 0; i < COUNT; i++) {
      if (Linear.is(operands[i])) {
        throw Linear.notLinear(this, i);
      }
    }
    Tensor[] result = new Tensor[operands.length];
    if (anyPresent(cotangents, 0, TENSORS)) {
      Tensor[] directions = filled(cotangents, 0, TENSORS, operands[0].type());
      Tensor[] images =
          new AdamDifferential(!transposed).apply(Arrays.copyOf(operands, COUNT), directions);
      System.arraycopy(images, 0, result, COUNT, TENSORS);
    }
    return result;
  }

  @Override
  public Tensor[] batch(int size, Tensor[] arguments, boolean[] batched) {
    Tensor[] lanes = AdamOperands.lanes(size, arguments, batched);
    return AdamOperands.constantsVary(batched) ? composed(lanes) : Bind.bindAll(this, lanes);
  }
}
