package dini.functional;

import static dini.core.Comparisons.gt;
import static dini.core.Elementwise.neg;
import static dini.core.Elementwise.round;
import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.sqrt;
import static dini.core.Elementwise.square;
import static dini.core.Elementwise.tanh;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Checkpoint.checkpoint;
import static dini.functional.ControlFlow.cond;
import static dini.functional.ControlFlow.foriLoop;
import static dini.functional.CustomDerivatives.customJvp;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Jit.jit;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.linearize;
import static dini.functional.Transforms.makeProgram;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;

import dini.core.Program;
import dini.core.Tensor;
import java.io.IOException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The code of docs/autodiff.md. */
class AutodiffPageTest {

  @Test
  void aDerivativeIsALinearMap() {
    // [map
    Tensor x = tensor(1, 2);
    Linearized<Tensor, Tensor> tanhAtX = linearize((Tensor z) -> tanh(z), x);
    Tensor tangent = tanhAtX.map().apply(tensor(1, 0));
    Tensor cotangent = tanhAtX.map().transpose().apply(tensor(1, 0));
    // map]
    assertThat(cotangent).isEqualTo(tangent);
  }

  @Test
  void aBatchRuleWorksOnAllLanes() {
    // [lanes
    BiFunction<Tensor, Tensor, Tensor> loss = (w, z) -> square(sum(w.mul(z)));
    Tensor weights = tensor(1, 2);
    Tensor examples = tensor(new double[][] {{1, 0}, {0, 1}, {1, 1}});
    Tensor each = vmap(z -> grad(w -> loss.apply(w, z), weights), examples); // (3, 2)
    // lanes]
    assertThat(each).isEqualTo(tensor(new double[][] {{2, 0}, {0, 4}, {6, 6}}));
  }

  @Test
  void aRuleOfYourOwn() {
    // [custom
    Function<Tensor, Tensor> rounded =
        customJvp((Tensor z) -> round(z), (z, dz) -> new Jvp<>(round(z), dz)); // as if it were z
    Tensor through = grad(z -> sum(square(rounded.apply(z))), tensor(1.2, 2.7)); // [2. 6.]
    // custom]
    assertThat(through).isEqualTo(tensor(2, 6));
  }

  @Test
  void aLoopIsOneOperation() {
    // [loop
    Tensor decay = grad(q -> foriLoop(0, 10, scalar(1), (i, c) -> c.mul(q)), scalar(0.5)); // 10 q^9
    Tensor roots =
        vmap(z -> cond(gt(z, 0), z, p -> sqrt(p), p -> neg(p)), tensor(4, -9)); // [2. 9.]
    // loop]
    assertThat(decay.toDouble()).isEqualTo(10 * Math.pow(0.5, 9));
    assertThat(roots.toArray()).containsExactly(2, 9);
  }

  @Test
  void aCheckpointComputesAgain() {
    // [checkpoint
    Function<Tensor, Tensor> layer = checkpoint(z -> tanh(sin(z)));
    Tensor slopes = grad(z -> sum(layer.apply(layer.apply(z))), tensor(1, 2));
    // checkpoint]
    Function<Tensor, Tensor> kept = z -> tanh(sin(z));
    assertThat(slopes).isEqualTo(grad(z -> sum(kept.apply(kept.apply(z))), tensor(1, 2)));
  }

  @Test
  void aProgramIsWhatIsLeft() {
    // [program
    Function<Tensor, Tensor> f = z -> sum(sin(z));
    Program program = makeProgram((Tensor z) -> grad(f, z), tensor(1, 2));
    JitFunction<Tensor, Tensor> compiled = jit((Tensor z) -> grad(f, z));
    Tensor gradient = compiled.apply(tensor(1, 2)); // the bits of grad(f, tensor(1, 2))
    // program]
    // the value of f is not needed, so its sine is gone
    assertThat(program.toString()).contains(" cos ").doesNotContain(" sin ");
    assertThat(gradient).isEqualTo(grad(f, tensor(1, 2)));
  }

  @Test
  void aSolverIsDifferentiatedByItsCondition() {
    // [root
    BiFunction<Tensor, Tensor, Tensor> cubeRoot =
        customRoot((Tensor z, Tensor t) -> z.pow(3).sub(t))
            .apply((init, t) -> scalar(Math.cbrt(t.toDouble())));
    Tensor slope = grad(t -> cubeRoot.apply(scalar(1), t), scalar(8)); // 1 / 12
    Tensor second = grad(t -> grad(s -> cubeRoot.apply(scalar(1), s), t), scalar(8));
    // root]
    assertThat(slope.toDouble()).isCloseTo(1 / 12.0, within());
    assertThat(second.toDouble()).isCloseTo(-2 / 9.0 / 32, within());
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.api.Assertions.within(1e-14);
  }

  @Test
  void pageQuotesThisTest() throws IOException {
    assertThat(Quoted.blocks(ClassPathTest.root().resolve("docs/autodiff.md")))
        .containsExactly(
            Quoted.source(AutodiffPageTest.class, "map"),
            Quoted.source(AutodiffPageTest.class, "lanes"),
            Quoted.source(AutodiffPageTest.class, "custom"),
            Quoted.source(AutodiffPageTest.class, "loop"),
            Quoted.source(AutodiffPageTest.class, "checkpoint"),
            Quoted.source(AutodiffPageTest.class, "program"),
            Quoted.source(AutodiffPageTest.class, "root"));
  }
}
