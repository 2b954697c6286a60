package dini.core;

import dini.core.primitive.Scatter.Kind;
import dini.core.primitive.SetSlice;
import dini.core.primitive.Slice;
import dini.core.trace.Bind;

/** The elements that positions and ranges select: each is named once. */
final class AtRange extends At {
  private final Cut cut;

  AtRange(Tensor x, Cut cut) {
    super(AT, x);
    this.cut = cut;
  }

  /** The elements, with the axes of single positions. */
  private Tensor part() {
    return Bind.bind(new Slice(cut.start(), cut.step(), cut.grid()), x);
  }

  @Override
  public Tensor get() {
    return Shapes.reshape(part(), cut.result());
  }

  @Override
  Tensor combined(Kind kind, Tensor updates) {
    Tensor fitted = Shapes.reshape(broadcast(kind, updates, cut.result()), cut.grid());
    Tensor part =
        switch (kind) {
          case SET -> fitted;
          case ADD -> Elementwise.add(part(), fitted);
          case MUL -> Elementwise.mul(part(), fitted);
          case MAX -> Elementwise.maximum(part(), fitted);
          case MIN -> Elementwise.minimum(part(), fitted);
        };
    return Bind.bind(new SetSlice(cut.start(), cut.step()), x, part);
  }
}
