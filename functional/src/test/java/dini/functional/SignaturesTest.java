package dini.functional;

import static dini.core.Elementwise.sin;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Jacobians.hessian;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.grad3;
import static dini.functional.Transforms.gradWithAux;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.linearize;
import static dini.functional.Transforms.valueAndGrad;
import static dini.functional.Transforms.vjp;
import static dini.functional.Transforms.vmap;
import static dini.linalg.LinearSolvers.normalCg;
import static org.assertj.core.api.Assertions.assertThat;

import dini.core.Tensor;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Every form in which users write the transformations: that Java infers the types is the test. */
class SignaturesTest {

  /** Two tensors. */
  public record Params(Tensor w, Tensor b) {}

  private static final Params PARAMS = new Params(tensor(1, 2), scalar(3));
  private static final Tensor BATCH = tensor(10, 20);

  static Tensor loss(Params p, Tensor batch) {
    return sum(p.w().mul(batch)).mul(p.b());
  }

  static Tensor objective(Tensor x, Params p) {
    return sum(x.sub(p.w()).pow(2)).mul(p.b());
  }

  @Test
  void targetTypeFixesTheArgument() {
    UnaryOperator<Tensor> df = grad(x -> sum(sin(x)));
    assertThat(df.apply(scalar(0))).isEqualTo(scalar(1));
    Function<Tensor, ValueAndGrad<Tensor>> both = valueAndGrad(x -> sum(x.mul(x)));
    assertThat(both.apply(tensor(3.0))).isEqualTo(new ValueAndGrad<>(scalar(9), tensor(6.0)));
    Function<Tensor, Tensor> mapped = vmap(x -> x.mul(2));
    assertThat(mapped.apply(tensor(1, 2))).isEqualTo(tensor(2, 4));
    F3<Params, Tensor, Integer, Params> df3 = grad3((p, batch, k) -> loss(p, batch).mul(k));
    assertThat(df3.apply(PARAMS, BATCH, 2)).isEqualTo(new Params(tensor(60, 120), scalar(100)));
  }

  @Test
  void argumentFixesTheType() {
    Params g = grad(p -> loss(p, BATCH), PARAMS);
    assertThat(g).isEqualTo(new Params(tensor(30, 60), scalar(50)));
    Params g2 = grad((p, batch) -> loss(p, batch), PARAMS, BATCH);
    assertThat(g2).isEqualTo(g);
    ValueAndGrad<Params> both = valueAndGrad(p -> loss(p, BATCH), PARAMS);
    assertThat(both).isEqualTo(new ValueAndGrad<>(scalar(150), g));
    assertThat(valueAndGrad(SignaturesTest::loss, PARAMS, BATCH)).isEqualTo(both);
    Tensor ys = vmap(x -> x.mul(2), tensor(1, 2));
    assertThat(ys).isEqualTo(tensor(2, 4));
    Jvp<Tensor> jvp = jvp(x -> x.mul(x), scalar(3), scalar(1));
    assertThat(jvp).isEqualTo(new Jvp<>(scalar(9), scalar(6)));
    Vjp<Params, Tensor> vjp = vjp(p -> loss(p, BATCH), PARAMS);
    assertThat(vjp.pullback().apply(scalar(1))).isEqualTo(g);
    Linearized<Tensor, Tensor> linearized = linearize(x -> x.mul(x), scalar(3));
    assertThat(linearized.map().apply(scalar(2))).isEqualTo(scalar(12));
    Tensor h = hessian(x -> sum(x.mul(x)), scalar(3));
    assertThat(h).isEqualTo(scalar(2));
  }

  @Test
  void methodReferences() {
    BiFunction<Params, Tensor, Params> gradient = grad(SignaturesTest::loss);
    assertThat(gradient.apply(PARAMS, BATCH)).isEqualTo(new Params(tensor(30, 60), scalar(50)));
    BiFunction<Params, Tensor, ValueAndGrad<Params>> both = valueAndGrad(SignaturesTest::loss);
    assertThat(both.apply(PARAMS, BATCH).value()).isEqualTo(scalar(150));
    UnaryOperator<Tensor> cosine = grad(x -> sin(x));
    assertThat(cosine.apply(scalar(0))).isEqualTo(scalar(1));
  }

  @Test
  void typedLambdas() {
    var d = grad((Tensor x) -> sum(x.mul(x)));
    assertThat(d.apply(tensor(3.0))).isEqualTo(tensor(6.0));
    assertThat(vmap(Axes.in(1), (Tensor x) -> sum(x)).apply(tensor(new double[][] {{1, 2}})))
        .isEqualTo(tensor(1, 2));
    Function<Tensor, Tensor> columns = vmap(Axes.in(1), x -> sum(x));
    assertThat(columns.apply(tensor(new double[][] {{1, 2}}))).isEqualTo(tensor(1, 2));
    var aux = gradWithAux((Tensor x) -> new WithAux<>(sum(x), x.size()));
    assertThat(aux.apply(tensor(3, 4)).aux()).isEqualTo(2);
  }

  @Test
  void functionsOfSupertypes() {
    Function<Object, Tensor> constant = anything -> scalar(1);
    Tensor g = grad(constant, tensor(3, 4));
    assertThat(g).isEqualTo(tensor(0, 0));
  }

  @Test
  void rootOfAGradient() {
    BiFunction<Tensor, Params, Tensor> stationary = grad(SignaturesTest::objective);
    BiFunction<Tensor, Params, Tensor> solve =
        customRoot(stationary, normalCg()).apply((init, p) -> p.w());
    assertThat(solve.apply(tensor(0, 0), PARAMS)).isEqualTo(tensor(1, 2));
    Params g = grad(p -> sum(solve.apply(tensor(0, 0), p).mul(BATCH)), PARAMS);
    Near.assertNear(g.w(), 10, 20);
    Near.assertNear(g.b(), 0);
    BiFunction<Tensor, Params, Tensor> typed =
        customRoot((Tensor x, Params p) -> x.sub(p.w())).apply((init, p) -> p.w());
    Near.assertNear(grad(p -> sum(typed.apply(tensor(0, 0), p)), PARAMS).w(), 1, 1);
    Root<Tensor, Params> root = customRoot((x, p) -> x.sub(p.w()));
    BiFunction<Tensor, Params, WithAux<Tensor, String>> aux =
        root.withAux((init, p) -> new WithAux<>(p.w(), "3 steps"));
    assertThat(aux.apply(tensor(0, 0), PARAMS)).isEqualTo(new WithAux<>(tensor(1, 2), "3 steps"));
  }
}
