package dini.jmh.autodiff;

import static dini.core.Elementwise.sin;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.tensor;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.valueAndGrad;

import dini.core.Tensor;
import dini.functional.ValueAndGrad;
import dini.jmh.Timed;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * What an operation costs when the arithmetic is nothing: a chain of 60 operations (mul, sin, add)
 * on 8 elements, per operation. {@code value} is the control: the same chain without a derivative.
 */
public class SmallTensors extends Timed {
  private static final int ROUNDS = 20;
  private static final int OPERATIONS = 3 * ROUNDS;

  private final Tensor x = tensor(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8);
  private final Tensor a = tensor(0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2);
  private final Function<Tensor, Tensor> chain = this::chain;

  private Tensor chain(Tensor start) {
    Tensor z = start;
    for (int i = 0; i < ROUNDS; i++) {
      z = sin(z.mul(a)).add(a);
    }
    return sum(z);
  }

  /** The chain alone. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public Tensor value() {
    return chain(x);
  }

  /** The chain and its gradient. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public ValueAndGrad<Tensor> gradient() {
    return valueAndGrad(chain, x);
  }

  /** The gradient of a function of the gradient. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public Tensor gradientOfGradient() {
    return grad((Tensor y) -> sum(grad(chain, y)), x);
  }
}
