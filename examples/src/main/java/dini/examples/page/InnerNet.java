package dini.examples.page;

import static dini.core.Elementwise.square;
import static dini.core.Reductions.mean;
import static dini.core.Trees.treeAddScaled;
import static dini.core.Trees.treeSub;
import static dini.core.Trees.treeVdot;
import static dini.linalg.LinearSolvers.cg;

import dini.core.Tensor;
import dini.functional.nn.ImplicitMetaGradientModule;
import dini.functional.nn.Linear;

/**
 * A net whose parameters solve an inner problem: fit a batch, but stay near the meta-parameters.
 * Those are a net too, the one that a few examples of a new task are fitted from (implicit MAML).
 */
final class InnerNet extends ImplicitMetaGradientModule<Linear, Linear> {
  private final Tensor batch;
  private final Tensor labels;

  InnerNet(Tensor batch, Tensor labels) {
    super(cg());
    this.batch = batch;
    this.labels = labels;
  }

  Tensor forward(Linear net, Tensor x) {
    return net.apply(x);
  }

  @Override
  protected Tensor objective(Linear net, Linear meta) {
    Linear gap = treeSub(net, meta);
    Tensor error = mean(square(forward(net, batch).sub(labels)));
    return error.add(treeVdot(gap, gap).mul(0.5));
  }

  @Override
  protected Linear solve(Linear init, Linear meta) {
    Linear net = init;
    for (int step = 0; step < 200; step++) {
      net = treeAddScaled(net, -0.2, optimality(net, meta));
    }
    return net;
  }
}
