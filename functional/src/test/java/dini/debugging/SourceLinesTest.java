package dini.debugging;

import static dini.core.Elementwise.exp;
import static dini.core.Indexing.take;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.tensor;
import static dini.functional.Jit.jit;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.makeProgram;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dini.core.DType;
import dini.core.IndexException;
import dini.core.Program;
import dini.core.Program.Equation;
import dini.core.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Equations know the line of the user's code that they were recorded from. */
class SourceLinesTest {

  private static Tensor loss(Tensor x) {
    return sum(exp(x));
  }

  private static List<String> methods(Program program) {
    return program.equations().stream()
        .map(Equation::source)
        .map(
            line ->
                line.orElseThrow().replaceAll(".*\\.(\\w+)\\(SourceLinesTest.java:\\d+\\)", "$1"))
        .toList();
  }

  @Test
  void everyEquationHasTheLineOfItsCall() {
    assertThat(methods(makeProgram(SourceLinesTest::loss, tensor(1, 2))))
        .containsExactly("loss", "loss");
    Program gradient = makeProgram((Tensor x) -> grad(SourceLinesTest::loss, x), tensor(1, 2));
    assertThat(methods(gradient)).contains("loss").hasSameSizeAs(gradient.equations());
  }

  @Test
  void equationsOfTwoLinesMayBeEqual() {
    Program one = makeProgram((Tensor x) -> exp(x), tensor(1, 2));
    Program two = makeProgram((Tensor x) -> exp(x), tensor(1, 2));
    assertThat(one).isEqualTo(two).hasSameHashCodeAs(two);
    assertThat(one.equations().getFirst().source())
        .isNotEqualTo(two.equations().getFirst().source());
  }

  @Test
  void failuresOfCompiledProgramsNameTheLine() {
    var compiled = jit((Tensor i) -> take(tensor(1, 2, 3), i, 0));
    Tensor outside = tensor(7).astype(DType.INT64);
    assertThatThrownBy(() -> compiled.apply(outside))
        .isInstanceOf(IndexException.class)
        .satisfies(
            e ->
                assertThat(e.getSuppressed()[0])
                    .hasMessageContaining("at take, which was recorded at")
                    .hasMessageContaining("SourceLinesTest.java:"));
  }
}
