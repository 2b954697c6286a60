package dini.functional;

import static dini.core.Elementwise.exp;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.ControlFlow.foriLoop;
import static dini.functional.Debugging.debugPrint;
import static dini.functional.Jit.jit;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;

import dini.core.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Values are shown whenever they are computed, and change nothing. */
class DebugPrintTest {
  private final List<String> lines = new ArrayList<>();

  private Tensor cube(Tensor x) {
    return debugPrint("square", x.mul(x), lines::add).mul(x);
  }

  @Test
  void valuesAreShownAtOnce() {
    assertThat(cube(scalar(2)).toDouble()).isEqualTo(8);
    assertThat(lines).containsExactly("square: 4.0  f64[]");
  }

  @Test
  void standardOutputIsWhereTheyGo() {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      assertThat(debugPrint("x", scalar(2)).toDouble()).isEqualTo(2);
    } finally {
      System.setOut(before);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8).strip()).isEqualTo("x: 2.0  f64[]");
  }

  @Test
  void compiledFunctionsShowThemInEveryRun() {
    Function<Tensor, Tensor> f = jit(this::cube);
    f.apply(scalar(2));
    f.apply(scalar(3));
    f.apply(scalar(3));
    assertThat(lines)
        .containsExactly("square: 4.0  f64[]", "square: 9.0  f64[]", "square: 9.0  f64[]");
  }

  @Test
  void equalLinesOfACompiledFunctionAreAllShown() {
    Function<Tensor, Tensor> f =
        jit(x -> debugPrint("x", x, lines::add).add(debugPrint("x", x, lines::add)));
    assertThat(f.apply(scalar(2)).toDouble()).isEqualTo(4);
    assertThat(lines).containsExactly("x: 2.0  f64[]", "x: 2.0  f64[]");
  }

  @Test
  void derivativesAreThoseOfTheIdentity() {
    assertThat(grad(this::cube, scalar(2)).toDouble()).isEqualTo(12);
    assertThat(jvp(this::cube, scalar(2), scalar(1)).tangent().toDouble()).isEqualTo(12);
    assertThat(grad(grad(this::cube)).apply(scalar(2)).toDouble()).isEqualTo(12);
    assertThat(lines).hasSize(3).containsOnly("square: 4.0  f64[]");
    Function<Tensor, Tensor> compiled = jit(grad(this::cube));
    lines.clear();
    assertThat(compiled.apply(scalar(3)).toDouble()).isEqualTo(27);
    assertThat(lines).containsExactly("square: 9.0  f64[]");
  }

  @Test
  void lanesAreShownTogether() {
    Function<Tensor, Tensor> f = this::cube;
    Tensor x = tensor(1, 2, 3);
    assertThat(vmap(f, x)).isEqualTo(tensor(1, 8, 27));
    assertThat(jit((Tensor z) -> vmap(f, z)).apply(x)).isEqualTo(tensor(1, 8, 27));
    assertThat(lines).hasSize(2).containsOnly("square: [1. 4. 9.]  f64[3]");
  }

  @Test
  void loopsShowThemInEveryStep() {
    Function<Tensor, Tensor> f =
        jit(x -> foriLoop(0, 30, x, (i, z) -> debugPrint("z", exp(z.neg()), lines::add)));
    f.apply(scalar(1));
    assertThat(lines).hasSize(30).doesNotHaveDuplicates();
  }
}
