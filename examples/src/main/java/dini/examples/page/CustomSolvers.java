package dini.examples.page;

import static dini.core.Elementwise.square;
import static dini.core.Tensors.scalar;
import static dini.functional.Transforms.grad;
import static dini.functional.nn.StateDicts.extractStateDict;
import static dini.functional.nn.StateDicts.recoverStateDict;

import dini.core.Tensor;
import dini.functional.nn.CopyMode;
import dini.functional.optim.ChainState;
import dini.functional.optim.MetaAdam;
import java.util.ArrayList;
import java.util.List;

/**
 * Custom solvers and state dictionaries: two inner steps, back to the start, the same two steps
 * again, and the gradient of an outer loss with respect to the meta-parameter x.
 *
 * @param a the parameter after two steps
 * @param again the parameter after recovery of each state and the same two steps
 * @param metaGradient the derivative of the outer loss with respect to x
 * @param byReference the same derivative, where the state is one of after the first step
 * @param byDeepCopy the same, where that state carries no derivative
 */
public record CustomSolvers(
    Tensor a, List<Tensor> again, Tensor metaGradient, Tensor byReference, Tensor byDeepCopy) {

  /** Runs the block. */
  public static CustomSolvers run() {
    Tensor x = scalar(2);
    MetaAdam<Net> optim = new MetaAdam<>(new Net(scalar(1)), 1.0);

    // by reference: the tensors themselves
    Net initNet = extractStateDict(optim.params(), CopyMode.REFERENCE);
    ChainState initOptim = extractStateDict(optim, CopyMode.REFERENCE);
    // by reference, but buffers, of which this net has none, without derivatives
    Net detached = extractStateDict(optim.params(), CopyMode.REFERENCE, true);
    // by copy: values do not change, so this is the same
    Net copied = extractStateDict(optim.params(), CopyMode.COPY);
    // by deep copy: without derivatives
    Net deepCopied = extractStateDict(optim.params(), CopyMode.DEEPCOPY);

    Tensor a = twoSteps(optim, x);

    List<Tensor> again = new ArrayList<>();
    for (Net state : List.of(initNet, detached, copied, deepCopied)) {
      optim.setParams(recoverStateDict(optim.params(), state));
      recoverStateDict(optim, initOptim);
      again.add(twoSteps(optim, x)); // the same result
    }

    return new CustomSolvers(
        a,
        again,
        grad(CustomSolvers::outerLoss, x),
        grad(y -> outerLossFromHalfway(y, CopyMode.REFERENCE), x),
        grad(y -> outerLossFromHalfway(y, CopyMode.DEEPCOPY), x));
  }

  private static Tensor twoSteps(MetaAdam<Net> optim, Tensor x) {
    for (int i = 0; i < 2; i++) {
      optim.step(net -> net.apply(x));
    }
    return optim.params().a();
  }

  /** An outer loss after recovery and two steps, all of which are differentiated. */
  static Tensor outerLoss(Tensor x) {
    MetaAdam<Net> optim = new MetaAdam<>(new Net(scalar(1)), 1.0);
    Net initNet = extractStateDict(optim.params(), CopyMode.REFERENCE);
    ChainState initOptim = extractStateDict(optim, CopyMode.REFERENCE);
    twoSteps(optim, x);
    optim.setParams(recoverStateDict(optim.params(), initNet));
    recoverStateDict(optim, initOptim);
    return square(twoSteps(optim, x).sub(3));
  }

  /** The same, but the state is extracted after the first step, which depends on x. */
  static Tensor outerLossFromHalfway(Tensor x, CopyMode by) {
    MetaAdam<Net> optim = new MetaAdam<>(new Net(scalar(1)), 1.0);
    optim.step(net -> net.apply(x));
    Net net = extractStateDict(optim.params(), by);
    ChainState state = extractStateDict(optim, by);
    twoSteps(optim, x);
    optim.setParams(recoverStateDict(optim.params(), net));
    recoverStateDict(optim, state);
    optim.step(p -> p.apply(x));
    return square(optim.params().a().sub(3));
  }

  @Override
  public String toString() {
    return """
    after two steps:                   a = %s
    recovered, after the same steps:   a = %s
    d outer loss / dx:                 %s
    from a state after one step:       %s by reference
                                       %s by deep copy\
    """
        .formatted(a, again.getFirst(), metaGradient, byReference, byDeepCopy);
  }
}
