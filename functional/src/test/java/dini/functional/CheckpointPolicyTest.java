package dini.functional;

import static dini.core.Elementwise.cos;
import static dini.core.Elementwise.exp;
import static dini.core.Elementwise.sin;
import static dini.core.Elementwise.tanh;
import static dini.core.Products.matmul;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Checkpoint.checkpoint;
import static dini.functional.Checkpoint.checkpointName;
import static dini.functional.CheckpointPolicy.dotsSaveable;
import static dini.functional.CheckpointPolicy.everythingSaveable;
import static dini.functional.CheckpointPolicy.nothingSaveable;
import static dini.functional.CheckpointPolicy.saveOnly;
import static dini.functional.Checks.checkGrads;
import static dini.functional.ControlFlow.scan;
import static dini.functional.Near.assertNear;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.linearize;
import static dini.functional.Transforms.makeProgram;
import static dini.functional.Transforms.valueAndGrad;
import static dini.functional.Transforms.vmap;
import static org.assertj.core.api.Assertions.assertThat;

import dini.core.DType;
import dini.core.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Policies change what is computed again, and no bit. */
class CheckpointPolicyTest {
  private static final Tensor W = tensor(new double[][] {{0.3, -0.2}, {0.5, 0.7}});
  private static final Tensor X = tensor(0.4, -1.1);
  private static final Tensor V = tensor(1, 0.5);

  private static final List<CheckpointPolicy> POLICIES =
      List.of(everythingSaveable(), nothingSaveable(), dotsSaveable(), saveOnly("h"));

  /** Each value used several times, so that the order of sums of cotangents shows. */
  private static Tensor block(Tensor w, Tensor x) {
    Tensor h = checkpointName(matmul(w, x).add(sin(x)), "h");
    Tensor y = tanh(h).mul(x).add(exp(h.mul(0.3))).sub(x.mul(0.1));
    return matmul(w, y.mul(h)).add(cos(y)).add(x);
  }

  private static Tensor plain(Tensor w, Tensor x) {
    return sum(block(w, block(w, x).mul(x)).add(x.mul(x)));
  }

  private static Tensor checked(CheckpointPolicy policy, Tensor w, Tensor x) {
    Function<Tensor, Tensor> block = checkpoint(policy, z -> block(w, z));
    return sum(block.apply(block.apply(x).mul(x)).add(x.mul(x)));
  }

  @Test
  void valuesAndGradientsHaveTheSameBits() {
    for (CheckpointPolicy policy : POLICIES) {
      for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
        Tensor w = W.astype(dtype);
        Tensor x = X.astype(dtype);
        assertThat(valueAndGrad(z -> checked(policy, w, z), x))
            .isEqualTo(valueAndGrad(z -> plain(w, z), x));
        assertThat(valueAndGrad(z -> checked(policy, z, x), w))
            .isEqualTo(valueAndGrad(z -> plain(z, x), w));
        Tensor v = V.astype(dtype);
        assertThat(jvp((Tensor z) -> checked(policy, w, z), x, v))
            .isEqualTo(jvp((Tensor z) -> plain(w, z), x, v));
        assertThat(linearize((Tensor z) -> checked(policy, w, z), x).map().apply(v))
            .isEqualTo(linearize((Tensor z) -> plain(w, z), x).map().apply(v));
      }
    }
  }

  @Test
  void higherOrdersAndLanes() {
    Tensor lanes = tensor(new double[][] {{0.4, -1.1}, {1, 2}, {-0.3, 0.2}});
    for (CheckpointPolicy policy : POLICIES) {
      UnaryOperator<Tensor> gradient = grad(z -> checked(policy, W, z));
      UnaryOperator<Tensor> expected = grad(z -> plain(W, z));
      Tensor mapped = vmap(gradient, lanes);
      assertNear(mapped, vmap(expected, lanes).toArray());
      assertNear(
          grad(z -> sum(gradient.apply(z).mul(V)), X),
          grad(z -> sum(expected.apply(z).mul(V)), X).toArray());
      assertNear(
          jvp(gradient::apply, X, V).tangent(), jvp(expected::apply, X, V).tangent().toArray());
      assertNear(
          grad(z -> sum(vmap(row -> checked(policy, W, row), z)), lanes),
          grad(z -> sum(vmap(row -> plain(W, row), z)), lanes).toArray());
      checkGrads(z -> checked(policy, W, z), X, 2);
    }
  }

  // ---- counting ----

  private static long count(String operation, String program) {
    return Pattern.compile("= " + operation + "\\b").matcher(program).results().count();
  }

  private static String gradientProgram(CheckpointPolicy policy, Function<Tensor, Tensor> f) {
    Function<Tensor, Tensor> checked = checkpoint(policy, f);
    Function<Tensor, ValueAndGrad<Tensor>> both = valueAndGrad(x -> sum(checked.apply(x)));
    return makeProgram(both, X).toString();
  }

  /** The derivative of the outer tanh needs the second product, which needs the first tanh. */
  private static Tensor layers(Tensor x) {
    return tanh(matmul(W, checkpointName(tanh(matmul(W, x)), "h")));
  }

  @Test
  void recomputationIsWhatThePolicySays() {
    Function<Tensor, Tensor> layers = CheckpointPolicyTest::layers;
    // two products forward and two back; one or two again
    String everything = gradientProgram(everythingSaveable(), layers);
    assertThat(count("matmul", everything)).isEqualTo(4);
    assertThat(count("tanh", everything)).isEqualTo(2);
    String nothing = gradientProgram(nothingSaveable(), layers);
    assertThat(count("matmul", nothing)).isEqualTo(6);
    assertThat(count("tanh", nothing)).isEqualTo(3);
    String dots = gradientProgram(dotsSaveable(), layers);
    assertThat(count("matmul", dots)).isEqualTo(4);
    assertThat(count("tanh", dots)).isEqualTo(2);
    String named = gradientProgram(saveOnly("h"), layers);
    assertThat(count("matmul", named)).isEqualTo(6);
    assertThat(count("tanh", named)).isEqualTo(2);
    assertThat(count("tanh", gradientProgram(saveOnly("other"), layers))).isEqualTo(3);
  }

  @Test
  void whatANamedValueWasComputedFromIsNotComputedAgain() {
    Function<Tensor, Tensor> f = x -> sin(checkpointName(matmul(W, matmul(W, x)), "h"));
    assertThat(count("matmul", gradientProgram(nothingSaveable(), f))).isEqualTo(6);
    assertThat(count("matmul", gradientProgram(saveOnly("h"), f))).isEqualTo(4);
  }

  @Test
  void checkpointsInLoopsComputeAgain() {
    Function<Tensor, Tensor> loop = x -> scan(3, c -> new Scan<>(layers(c), scalar(0)), x).carry();
    Function<Tensor, Tensor> again =
        x ->
            scan(3, c -> new Scan<>(checkpoint(CheckpointPolicyTest::layers, c), scalar(0)), x)
                .carry();
    assertThat(grad(x -> sum(again.apply(x)), X)).isEqualTo(grad(x -> sum(loop.apply(x)), X));
    UnaryOperator<Tensor> plain = grad(x -> sum(loop.apply(x)));
    UnaryOperator<Tensor> checked = grad(x -> sum(again.apply(x)));
    assertThat(count("matmul", makeProgram(plain::apply, X).toString())).isEqualTo(4);
    assertThat(count("matmul", makeProgram(checked::apply, X).toString())).isEqualTo(6);
  }
}
