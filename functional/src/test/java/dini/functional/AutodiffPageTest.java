package dini.functional;

import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.tanh;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Jit.jit;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.linearize;
import static dini.functional.Transforms.makeProgram;
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
            Quoted.source(AutodiffPageTest.class, "program"),
            Quoted.source(AutodiffPageTest.class, "root"));
  }
}
