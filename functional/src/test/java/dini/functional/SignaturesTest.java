package dini.functional;

import static dini.core.Elementwise.sin;
import static dini.core.Reductions.sum;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.functional.Implicit.customArgmin;
import static dini.functional.Implicit.customArgmin3;
import static dini.functional.Implicit.customFixedPoint;
import static dini.functional.Implicit.customRoot;
import static dini.functional.Implicit.customRoot3;
import static dini.functional.Implicit.customRoot4;
import static dini.functional.Implicit.rootJvp;
import static dini.functional.Implicit.rootVjp;
import static dini.functional.Jacobians.hessian;
import static dini.functional.Jacobians.hvp;
import static dini.functional.Jacobians.jacfwd;
import static dini.functional.Jacobians.jacrev;
import static dini.functional.Transforms.grad;
import static dini.functional.Transforms.grad3;
import static dini.functional.Transforms.gradWithAux;
import static dini.functional.Transforms.jvp;
import static dini.functional.Transforms.linearize;
import static dini.functional.Transforms.valueAndGrad;
import static dini.functional.Transforms.valueAndGrad3;
import static dini.functional.Transforms.valueAndGradWithAux;
import static dini.functional.Transforms.vjp;
import static dini.functional.Transforms.vmap;
import static dini.linalg.LinearSolvers.cg;
import static dini.linalg.LinearSolvers.normalCg;
import static org.assertj.core.api.Assertions.assertThat;

import dini.core.Tensor;
import dini.linalg.Solution;
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
  void threeArguments() {
    Params expected = new Params(tensor(60, 120), scalar(100));
    Params g = grad3((p, batch, k) -> loss(p, batch).mul(k), PARAMS, BATCH, 2);
    assertThat(g).isEqualTo(expected);
    F3<Params, Tensor, Integer, ValueAndGrad<Params>> both =
        valueAndGrad3((p, batch, k) -> loss(p, batch).mul(k));
    assertThat(both.apply(PARAMS, BATCH, 2)).isEqualTo(new ValueAndGrad<>(scalar(300), expected));
    assertThat(valueAndGrad3((p, batch, k) -> loss(p, batch).mul(k), PARAMS, BATCH, 2))
        .isEqualTo(both.apply(PARAMS, BATCH, 2));
  }

  @Test
  void otherOutputs() {
    Tensor x = tensor(3, 4);
    WithAux<Tensor, Integer> g = gradWithAux(z -> new WithAux<>(sum(z.mul(z)), z.size()), x);
    assertThat(g).isEqualTo(new WithAux<>(tensor(6, 8), 2));
    WithAux<ValueAndGrad<Tensor>, Integer> both =
        valueAndGradWithAux(z -> new WithAux<>(sum(z.mul(z)), z.size()), x);
    assertThat(both).isEqualTo(new WithAux<>(new ValueAndGrad<>(scalar(25), tensor(6, 8)), 2));
    Function<Tensor, WithAux<Tensor, Integer>> function =
        gradWithAux(z -> new WithAux<>(sum(z.mul(z)), z.size()));
    assertThat(function.apply(x)).isEqualTo(g);
    Function<Tensor, WithAux<ValueAndGrad<Tensor>, Integer>> bothFunction =
        valueAndGradWithAux(z -> new WithAux<>(sum(z.mul(z)), z.size()));
    assertThat(bothFunction.apply(x)).isEqualTo(both);
  }

  static Tensor scaledCubes(Tensor x, Double factor) {
    return sum(x.pow(3)).mul(factor);
  }

  @Test
  void jacobians() {
    Tensor x = tensor(1, 2);
    Tensor twice = tensor(new double[][] {{2, 0}, {0, 4}});
    Tensor fourTimes = tensor(new double[][] {{4, 0}, {0, 8}});
    Function<Tensor, Tensor> forward = jacfwd(z -> z.mul(z));
    Function<Tensor, Tensor> reverse = jacrev(z -> z.mul(z));
    BiFunction<Tensor, Double, Tensor> forward2 = jacfwd((z, a) -> z.mul(z).mul(a));
    BiFunction<Tensor, Double, Tensor> reverse2 = jacrev((z, a) -> z.mul(z).mul(a));
    assertThat(forward.apply(x)).isEqualTo(twice);
    assertThat(reverse.apply(x)).isEqualTo(twice);
    assertThat(forward2.apply(x, 2.0)).isEqualTo(fourTimes);
    assertThat(reverse2.apply(x, 2.0)).isEqualTo(fourTimes);
    assertThat(jacfwd(z -> z.mul(z), x)).isEqualTo(twice);
    assertThat(jacrev(z -> z.mul(z), x)).isEqualTo(twice);
    assertThat(jacfwd((z, a) -> z.mul(z).mul(a), x, 2.0)).isEqualTo(fourTimes);
    assertThat(jacrev((z, a) -> z.mul(z).mul(a), x, 2.0)).isEqualTo(fourTimes);
  }

  @Test
  void hessians() {
    Tensor x = tensor(1, 2);
    Tensor v = tensor(1, -1);
    Tensor h = tensor(new double[][] {{12, 0}, {0, 24}});
    Tensor hv = tensor(12, -24);
    Function<Tensor, Tensor> function = hessian(z -> scaledCubes(z, 2.0));
    BiFunction<Tensor, Double, Tensor> function2 = hessian((z, a) -> scaledCubes(z, a));
    BiFunction<Tensor, Double, Tensor> reference = hessian(SignaturesTest::scaledCubes);
    assertThat(function.apply(x)).isEqualTo(h);
    assertThat(function2.apply(x, 2.0)).isEqualTo(h);
    assertThat(reference.apply(x, 2.0)).isEqualTo(h);
    assertThat(hessian(z -> scaledCubes(z, 2.0), x)).isEqualTo(h);
    assertThat(hessian((z, a) -> scaledCubes(z, a), x, 2.0)).isEqualTo(h);
    BiFunction<Tensor, Tensor, Tensor> product = hvp(z -> scaledCubes(z, 2.0));
    F3<Tensor, Double, Tensor, Tensor> product2 = hvp((z, a) -> scaledCubes(z, a));
    assertThat(product.apply(x, v)).isEqualTo(hv);
    assertThat(product2.apply(x, 2.0, v)).isEqualTo(hv);
    assertThat(hvp(z -> scaledCubes(z, 2.0), x, v)).isEqualTo(hv);
    assertThat(hvp((z, a) -> scaledCubes(z, a), x, 2.0, v)).isEqualTo(hv);
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

  @Test
  void otherFormsOfRoots() {
    Tensor half = tensor(0.5, 1);
    // method references, typed lambdas and targets fix the types
    BiFunction<Tensor, Params, Tensor> argmin =
        customArgmin(SignaturesTest::objective).apply((init, p) -> p.w());
    Near.assertNear(grad(p -> sum(argmin.apply(half, p)), PARAMS).w(), 1, 1);
    F3<Tensor, Params, Double, Tensor> three =
        customArgmin3((Tensor x, Params p, Double k) -> objective(x, p).mul(k))
            .apply((init, p, k) -> p.w());
    Near.assertNear(grad(p -> sum(three.apply(half, p, 2.0)), PARAMS).w(), 1, 1);
    Root3<Tensor, Params, Double> root = customRoot3((x, p, k) -> x.sub(p.w()).mul(k));
    Near.assertNear(
        grad(p -> sum(root.apply((init, q, k) -> q.w()).apply(half, p, 3.0)), PARAMS).w(), 1, 1);
    Root4<Tensor, Params, Double, String> four =
        customRoot4((x, p, k, name) -> x.sub(p.w()).mul(k));
    Near.assertNear(
        grad(p -> sum(four.apply((init, q, k, n) -> q.w()).apply(half, p, 3.0, "n")), PARAMS).w(),
        1,
        1);
    Root<Tensor, Params> fixed = customFixedPoint((x, p) -> p.w());
    Near.assertNear(grad(p -> sum(fixed.apply((i, q) -> q.w()).apply(half, p)), PARAMS).w(), 1, 1);
    Tensor tangent = rootJvp((x, p) -> x.sub(p.w()), PARAMS.w(), PARAMS, PARAMS);
    assertThat(tangent).isEqualTo(PARAMS.w());
    Params cotangent = rootVjp((x, p) -> x.sub(p.w()), PARAMS.w(), PARAMS, half, cg());
    assertThat(cotangent.w()).isEqualTo(half);
    Kkt<Tensor, Params> kkt =
        Kkt.minimize(SignaturesTest::objective).equality((x, p) -> sum(x).sub(p.b()));
    assertThat(kkt.start(half, PARAMS).equalityDual()).isEqualTo(scalar(0));
    Solution<Tensor> solution = cg().withRidge(1).solve(x -> x.mul(3), tensor(4, 8));
    Near.assertNear(solution.value(), 1, 2);
  }
}
