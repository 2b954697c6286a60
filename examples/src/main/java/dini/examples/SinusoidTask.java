package dini.examples;

import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.square;
import static dini.core.Reductions.mean;
import static dini.core.Trees.treeAddScaled;
import static dini.core.Trees.treeMap;
import static dini.core.Trees.treeNorm;
import static dini.core.Trees.treeSub;
import static dini.core.Trees.treeVdot;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.valueAndGrad;
import static dini.functional.Transforms.vmap;
import static dini.linalg.LinearSolvers.cg;

import dini.core.DType;
import dini.core.Elementwise;
import dini.core.Tensor;
import dini.functional.ValueAndGrad;
import dini.linalg.LinearSolver;
import dini.linalg.Policy;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Task T5: the meta-gradient of implicit MAML (Rajeswaran, Finn, Kakade, Levine 2019) on 25 sine
 * waves. A network with tanh layers learns each wave from 10 points, held near the common
 * parameters; the loss is that on 10 other points of each wave.
 *
 * @param waves the points of all waves, stacked
 * @param start the common parameters
 */
record SinusoidTask(Wave waves, TanhNetwork start) {
  private static final int WAVES = 25;
  private static final int POINTS = 10;
  private static final double PULL = 2;
  private static final double RATE = 0.05;
  private static final int STEPS = 16;

  /** Points to learn from and points to judge by, (points, 1) each. */
  record Wave(Tensor x, Tensor y, Tensor queryX, Tensor queryY) {}

  /** What the learning of a wave depends on. */
  record Lesson(TanhNetwork common, Wave wave) {}

  static SinusoidTask create() {
    Tensor amplitude = PortableRandom.uniform(1, WAVES, 1, 1).mul(0.4).add(0.1);
    Tensor phase = PortableRandom.uniform(2, WAVES, 1, 1).mul(Math.PI - 0.5).add(0.5);
    Tensor x = PortableRandom.uniform(3, WAVES, POINTS, 1).mul(10).sub(5);
    Tensor queryX = PortableRandom.uniform(4, WAVES, POINTS, 1).mul(10).sub(5);
    return new SinusoidTask(
        new Wave(
            x, amplitude.mul(sin(x.sub(phase))), queryX, amplitude.mul(sin(queryX.sub(phase)))),
        TanhNetwork.of(200, DType.FLOAT64, 1, 40, 40, 1));
  }

  TaskResult measure(Mode mode) {
    Function<TanhNetwork, ValueAndGrad<TanhNetwork>> both =
        mode.of(common -> lossAndGradient(mode, common));
    return TaskResult.measure(
            mode,
            "T5",
            WAVES + " tasks",
            () -> both.apply(start),
            result -> result.value().toDouble())
        .withGradientNorm(treeNorm(both.apply(start).grad()).toDouble());
  }

  /** The mean loss after learning, and its gradient through the learning. */
  ValueAndGrad<TanhNetwork> lossAndGradient(Mode mode, TanhNetwork at) {
    LinearSolver fewSteps = cg().withRtol(1e-7).withMaxSteps(5);
    BiFunction<TanhNetwork, Lesson, TanhNetwork> stationary = grad(SinusoidTask::objective);
    // five steps of CG and sixteen of gradient descent are what this method makes do with
    BiFunction<TanhNetwork, Lesson, TanhNetwork> learn =
        customRoot(stationary, fewSteps)
            .onUnsolved(Policy.IGNORE)
            .onResidual(Policy.IGNORE)
            .batched()
            .apply(mode.of(SinusoidTask::descend));
    return valueAndGrad(common -> mean(vmap(wave -> loss(learn, common, wave), waves)), at);
  }

  private static Tensor loss(
      BiFunction<TanhNetwork, Lesson, TanhNetwork> learn, TanhNetwork common, Wave wave) {
    TanhNetwork init = treeMap(Elementwise::stopGradient, common);
    TanhNetwork learned = learn.apply(init, new Lesson(common, wave));
    return error(learned, wave.queryX(), wave.queryY());
  }

  private static TanhNetwork descend(TanhNetwork init, Lesson lesson) {
    TanhNetwork params = init;
    for (int i = 0; i < STEPS; i++) {
      params = treeAddScaled(params, -RATE, grad(SinusoidTask::objective, params, lesson));
    }
    return params;
  }

  private static Tensor objective(TanhNetwork params, Lesson lesson) {
    TanhNetwork away = treeSub(params, lesson.common());
    Tensor error = error(params, lesson.wave().x(), lesson.wave().y());
    return error.add(treeVdot(away, away).mul(PULL / 2));
  }

  private static Tensor error(TanhNetwork params, Tensor x, Tensor y) {
    return mean(square(params.apply(x).sub(y)));
  }
}
