package dini.core.compile;

import dini.core.Program.Equation;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.TracerException;
import dini.core.dense.DenseTensor;
import dini.core.primitive.Pointwise;
import dini.core.primitive.Rules;
import dini.core.primitive.Writing;
import dini.core.primitive.WritingAll;
import dini.core.trace.Bind;
import dini.core.trace.Call;

/** The steps of one equation. */
final class Steps {
  private Steps() {}

  private static DenseTensor[] gather(Frame frame, int[] operands) {
    DenseTensor[] arguments = new DenseTensor[operands.length];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = frame.values()[operands[i]];
    }
    return arguments;
  }

  /** An elementwise primitive whose operands have all elements or one. */
  record Elements(Chain.Link link, int n, Equation equation) implements Step {
    @Override
    public void run(Frame frame) {
      link.run(frame, 0, n);
    }
  }

  /** An elementwise primitive of one operand that has all elements. */
  record Mapped(Pointwise rule, int x, int out, int n, Equation equation) implements Step {
    @Override
    public void run(Frame frame) {
      Object data = frame.data(x);
      rule.run(data, 0, data, 0, data, 0, 0, frame.data(out), 0, n);
    }
  }

  /** A primitive that writes into given storage. */
  record Write(Writing rule, int[] operands, int out, Equation equation) implements Step {
    @Override
    public void run(Frame frame) {
      rule.write(gather(frame, operands), frame.values()[out]);
    }
  }

  /** A primitive that writes several results into given storage. */
  record WriteAll(WritingAll rule, int[] operands, int[] results, Equation equation)
      implements Step {
    @Override
    public void run(Frame frame) {
      rule.write(gather(frame, operands), gather(frame, results));
    }
  }

  /** A primitive that makes its results. */
  record Evaluate(Rules rule, int[] operands, int[] results, Equation equation) implements Step {
    @Override
    public void run(Frame frame) {
      DenseTensor[] made = rule.evaluate(gather(frame, operands));
      for (int i = 0; i < made.length; i++) {
        frame.values()[results[i]] = made[i];
      }
    }
  }

  /** The elements of a variable under another shape. */
  record View(int from, int to, TensorType type, Equation equation) implements Step {
    @Override
    public void run(Frame frame) {
      frame.values()[to] = new DenseTensor(type, frame.data(from));
    }
  }

  /** A call of Java code. */
  record Calling(Call call, int[] operands, int[] results, Equation equation) implements Step {
    @Override
    public void run(Frame frame) {
      Tensor[] made = call.body().apply(gather(frame, operands));
      for (int i = 0; i < made.length; i++) {
        if (!(Bind.resolve(made[i]) instanceof DenseTensor dense)) {
          throw new TracerException(
              call.label()
                  + ": the code that a compiled program calls captured a traced value "
                  + made[i].type()
                  + "; pass it as an argument instead");
        }
        frame.values()[results[i]] = dense;
      }
    }
  }
}
