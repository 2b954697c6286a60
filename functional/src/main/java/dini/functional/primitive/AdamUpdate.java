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

/** A step of Adam: g, mu, nu and the constants to both moments and the direction. */
public enum AdamUpdate implements WritingAll {
  /** The only one. */
  UPDATE;

  @Override
  public String label() {
    return "adam";
  }

  @Override
  public TensorType[] types(TensorType[] arguments) {
    return AdamOperands.types(arguments);
  }

  @Override
  public DenseTensor[] evaluate(DenseTensor[] arguments) {
    types(Bind.types(arguments));
    return AdamOperands.run(AdamKernel.UPDATE, arguments);
  }

  @Override
  public void write(DenseTensor[] arguments, DenseTensor[] results) {
    AdamOperands.write(AdamKernel.UPDATE, arguments, results);
  }

  @Override
  public Tensor[] jvp(Tensor[] primals, Tensor[] results, Tensor[] tangents) {
    Tensor[] moved = new Tensor[TENSORS];
    if (anyPresent(tangents, 0, TENSORS)) {
      Tensor[] point = primals.clone();
      point[1] = results[0];
      point[2] = results[1];
      Tensor[] directions = filled(tangents, 0, TENSORS, primals[0].type());
      moved = new AdamDifferential(false).apply(point, directions);
    }
    if (anyPresent(tangents, TENSORS, COUNT)) {
      Tensor[] ofConstants = tangents.clone();
      Arrays.fill(ofConstants, 0, TENSORS, null);
      moved =
          AdamOperands.sums(
              moved, Differentiation.jvp(ComposedAdam::update, primals, ofConstants).tangents());
    }
    return moved;
  }

  @Override
  public Tensor[] transpose(Tensor[] cotangents, Tensor[] operands) {
    for (int i = 0; i < operands.length; i++) {
      if (Linear.is(operands[i])) {
        throw Linear.notLinear(this, i);
      }
    }
    return new Tensor[operands.length];
  }

  @Override
  public Tensor[] batch(int size, Tensor[] arguments, boolean[] batched) {
    Tensor[] lanes = AdamOperands.lanes(size, arguments, batched);
    return AdamOperands.constantsVary(batched)
        ? ComposedAdam.update(lanes)
        : Bind.bindAll(this, lanes);
  }
}
